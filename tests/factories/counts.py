"""A census of counts alone: areas with tallies as large as a test needs, and no households."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from sqlalchemy.orm import Session

from census.assignment.models import FieldPeriod
from census.core.bulk import insert_rows
from census.core.db import new_id
from census.frame.codelists import Level
from census.frame.models import Area, EnumerationArea, FrameVersion, FrozenCount
from census.progress.codelists import Condition
from census.progress.indicator import Indicator
from census.progress.models import ConditionStatement, DayTally, Tally
from census.progress.rules.thresholds import LevelRule
from census.progress.services.thresholds import apportion_version

NOON = datetime(2021, 2, 10, 5, tzinfo=UTC)
"""Noon in Bangkok on a day in the middle of the field period."""

BEFORE = frozenset({Condition.PROTOTYPE, Condition.TRANSFER})
INDICATOR = Indicator(
    planning_base=835_040,
    rounding=10,
    levels=(
        LevelRule(50, Fraction("0.65"), BEFORE),
        LevelRule(75, Fraction("0.75"), BEFORE),
        LevelRule(100, Fraction("0.85"), BEFORE | {Condition.PLAN}),
    ),
)
THRESHOLDS = {50: 542_780, 75: 626_280, 100: 709_790}

EA_20, EA_21, EA_24 = "22001011001", "22101011001", "22401011001"
PILOT = {EA_20: 428_641, EA_21: 218_369, EA_24: 185_163}
"""The households of the three provinces, as if each were one enumeration area."""

COUNTS = tuple(
    column.name
    for column in Tally.__table__.columns
    if not column.name.endswith("_code") and column.name != "recounted_at"
)
DAY_COUNTS = tuple(
    column.name
    for column in DayTally.__table__.columns
    if not column.name.endswith("_code") and column.name != "on"
)


def counted_census(
    session: Session, areas: Mapping[str, Mapping[str, int]], *, is_frozen: bool = True
) -> None:
    """Put these enumeration areas, all above them and their tallies into the database."""
    _add_tree(session, areas)
    for ea_code, counts in areas.items():
        insert_rows(
            session,
            Tally,
            [{**_ancestry(ea_code), **dict.fromkeys(COUNTS, 0), **counts, "recounted_at": NOON}],
        )
    if is_frozen:
        freeze_counts(session, 1, {code: counts["frame"] for code, counts in areas.items()})


def pilot(session: Session, responded: Mapping[str, int] | None = None, **counts: int) -> None:
    """The three provinces of the pilot; `counts` are further ones of the first of them."""
    given = responded or {}
    areas = {code: {"frame": size, **_answers(given.get(code, 0))} for code, size in PILOT.items()}
    areas[EA_20].update(counts)
    counted_census(session, areas)


def freeze_counts(session: Session, number: int, sizes: Mapping[str, int]) -> None:
    """A frozen frame version with so many households in each enumeration area."""
    session.add(
        FrameVersion(
            number=number,
            frozen_at=NOON,
            frozen_by=None,
            households=sum(sizes.values()),
            enumeration_areas=len(sizes),
        )
    )
    session.flush()
    insert_rows(
        session,
        FrozenCount,
        [{"version": number, "ea_code": code, "households": n} for code, n in sizes.items()],
    )
    apportion_version(session, number)


def add_day(session: Session, ea_code: str, on: date, **counts: int) -> None:
    """What one enumeration area did on a day."""
    row = {**_ancestry(ea_code), "on": on, **dict.fromkeys(DAY_COUNTS, 0), **counts}
    insert_rows(session, DayTally, [row])


def add_period(session: Session, revision: int, ends_on: date, decided_on: date) -> None:
    """A revision of the field period that began on 1 December 2020."""
    session.add(
        FieldPeriod(
            revision=revision,
            starts_on=date(2020, 12, 1),
            ends_on=ends_on,
            decided_on=decided_on,
            reason_th="เหตุผล",
            reason_en="A reason",
            decision_document="letter",
            recorded_by=None,
            recorded_at=NOON,
        )
    )
    session.flush()


def state(
    session: Session, *conditions: Condition, holds: bool = True, at: datetime = NOON
) -> None:
    """Headquarters' word on some conditions."""
    for condition in conditions:
        session.add(
            ConditionStatement(
                id=new_id(),
                condition=condition,
                holds=holds,
                evidence="letter",
                stated_by=new_id(),
                stated_at=at,
            )
        )
    session.flush()


def _answers(responded: int) -> dict[str, int]:
    names = ("final", "responded", "face_to_face", "complete")
    return dict.fromkeys(names, responded)


def _ancestry(ea_code: str) -> dict[str, Any]:
    return {
        "ea_code": ea_code,
        "subdistrict_code": ea_code[1:7],
        "district_code": ea_code[1:5],
        "province_code": ea_code[1:3],
    }


def _add_tree(session: Session, ea_codes: Mapping[str, object]) -> None:
    for level, codes in _codes_by_level(ea_codes).items():
        insert_rows(session, Area, [_area(code, level) for code in sorted(codes)])
    insert_rows(
        session,
        EnumerationArea,
        [
            {
                "code": code,
                **{name: value for name, value in _ancestry(code).items() if name != "ea_code"},
                "zone": 1,
                "name": f"เขต {code}",
                "is_practice": False,
            }
            for code in ea_codes
        ],
    )


def _codes_by_level(ea_codes: Mapping[str, object]) -> dict[Level, set[str]]:
    return {
        Level.COUNTRY: {"TH"},
        Level.PROVINCE: {code[1:3] for code in ea_codes},
        Level.DISTRICT: {code[1:5] for code in ea_codes},
        Level.SUBDISTRICT: {code[1:7] for code in ea_codes},
    }


def _area(code: str, level: Level) -> dict[str, Any]:
    is_country = level is Level.COUNTRY
    return {
        "code": code,
        "level": level,
        "parent_code": None if is_country else code[:-2] or "TH",
        "province_code": None if is_country else code[:2],
        "district_code": code[:4] if level in (Level.DISTRICT, Level.SUBDISTRICT) else None,
        "name_th": f"พื้นที่ {code}",
        "name_en": f"Area {code}",
    }
