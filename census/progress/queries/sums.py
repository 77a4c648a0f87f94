"""Adding up tallies: every figure of an area is a sum over its enumeration areas, made by SQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from census.collection.codelists import Mode
from census.frame.codelists import Level
from census.frame.models import Area, EnumerationArea
from census.progress.indicator import indicator
from census.progress.models import Tally, Threshold
from census.progress.queries.scopes import COLUMN_OF, Scope

CLASSES = {
    "I": "complete",
    "P": "partial",
    "R": "refusal",
    "NC": "non_contact",
    "O": "other",
    "UH": "unknown_household",
    "UO": "unknown_other",
    "NE": "not_eligible",
}
"""The columns behind the letters of the outcome rates."""

COUNTED = (
    "frame",
    "added",
    "final",
    "responded",
    "approved",
    "ineligible",
    *(mode.value for mode in Mode),
    *CLASSES.values(),
)
"""The columns of a tally that people see the sums of."""


def total_counts(session: Session, scope: Scope) -> dict[str, int]:
    """Every count over the whole scope."""
    row = session.execute(select(*_sums()).where(scope.condition(Tally))).mappings().one()
    return {name: int(row[name]) for name in COUNTED}


def counts_by_area(
    session: Session, scope: Scope, level: Level, version: int | None
) -> Sequence[RowMapping]:
    """For each area of a level in the scope: its names, counts and parts of the thresholds."""
    code = getattr(Tally, COLUMN_OF[level])
    sums = (
        select(code.label("code"), *_sums())
        .where(scope.condition(Tally))
        .group_by(code)
        .subquery("sums")
    )
    parts = _threshold_parts(version).subquery("parts")
    named: Any
    if level is Level.ENUMERATION_AREA:
        named = aliased(EnumerationArea)
        th, en = named.name, named.name
    else:
        named = aliased(Area)
        th, en = named.name_th, named.name_en
    statement = (
        select(sums, th.label("name_th"), en.label("name_en"), *_without_code(parts))
        .join(named, named.code == sums.c.code)
        .outerjoin(parts, parts.c.code == sums.c.code)
        .order_by(sums.c.code)
    )
    return session.execute(statement).mappings().all()


def thresholds_of(session: Session, scope: Scope, version: int | None) -> dict[int, int]:
    """The parts of the thresholds that belong to the areas of the scope, by level, added up."""
    rows = session.execute(
        select(Threshold.level, func.sum(Threshold.households))
        .where(Threshold.frame_version == version, Threshold.area_code.in_(scope.codes))
        .group_by(Threshold.level)
    )
    return {level: int(households) for level, households in rows}


def part_column(level: int) -> str:
    """The name under which an area's part of a threshold comes."""
    return f"threshold_{level}"


def _sums() -> list[ColumnElement[Any]]:
    # PostgreSQL adds big integers up to a numeric; over no rows a sum is NULL.
    return [func.coalesce(func.sum(getattr(Tally, name)), 0).label(name) for name in COUNTED]


def _threshold_parts(version: int | None) -> Select[*tuple[Any, ...]]:
    """One row an area, with its part of every threshold."""
    return (
        select(
            Threshold.area_code.label("code"),
            *(
                func.max(case((Threshold.level == rule.score, Threshold.households))).label(
                    part_column(rule.score)
                )
                for rule in indicator().levels
            ),
        )
        .where(Threshold.frame_version == version)
        .group_by(Threshold.area_code)
    )


def _without_code(parts: Any) -> list[Any]:
    return [column for column in parts.c if column.name != "code"]
