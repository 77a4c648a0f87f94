"""How far areas have come: a row for each area of a level, and their total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from sqlalchemy import RowMapping
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Mode
from census.frame.codelists import Level
from census.frame.queries import ListedArea, current_version
from census.progress import indicator
from census.progress.errors import LevelAboveArea
from census.progress.queries.outcomes import outcomes_in
from census.progress.queries.scopes import Scope, scope_of
from census.progress.queries.sums import COUNTED, counts_by_area, part_column, thresholds_of
from census.progress.rules.kpi import level_by_count
from census.progress.rules.rates import approval_rate, eligible_response_rate, response_rate
from census.progress.rules.thresholds import gaps

Counts = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AreaProgress:
    """One area's counts, its part of the thresholds, and what follows from both."""

    area: str
    name_th: str
    name_en: str
    counts: Counts
    thresholds: Mapping[int, int | None]
    """Its part of each threshold by level; unknown before the frame was first frozen."""

    @property
    def by_mode(self) -> dict[str, int]:
        """The responses, by the mode in which the household answered."""
        return {mode.value: self.counts[mode.value] for mode in Mode}

    @property
    def response_rate(self) -> Fraction | None:
        """Responded households over those of the frozen frame."""
        return response_rate(self.counts["responded"], self.counts["frame"])

    @property
    def eligible_response_rate(self) -> Fraction | None:
        """AAPOR RR2, which also counts households added in the field."""
        return eligible_response_rate(outcomes_in(self.counts))

    @property
    def approval_rate(self) -> Fraction | None:
        """Approved responses over the households of the frozen frame."""
        return approval_rate(self.counts["approved"], self.counts["frame"])

    @property
    def level(self) -> int:
        """The level reached by what the indicator counts: responses, or approved ones."""
        return level_by_count(counting(self.counts), self._known_thresholds)

    @property
    def approved_level(self) -> int:
        """The level reached by approved responses."""
        return level_by_count(self.counts["approved"], self._known_thresholds)

    @property
    def gap(self) -> dict[int, int | None]:
        """The households still lacking to each level, by level."""
        lacking = gaps(counting(self.counts), self._known_thresholds)
        return {level: lacking.get(level) for level in self.thresholds}

    @property
    def _known_thresholds(self) -> dict[int, int]:
        return {level: part for level, part in self.thresholds.items() if part is not None}


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an area has come at a moment, and each of its parts."""

    scope: Scope
    by: Level
    as_of: datetime
    frame_version: int | None
    rows: Sequence[AreaProgress]
    total: AreaProgress
    scale: str | None
    """The scale of practice data, as it was asked for; none where the data are real."""

    @property
    def area(self) -> ListedArea:
        """What the total is about."""
        return self.scope.area


def progress_of(
    session: Session,
    actor: Actor,
    code: str | None = None,
    *,
    by: Level | None = None,
    at: datetime,
) -> Progress:
    """How far an area has come, or all that the actor answers for."""
    scope = scope_of(session, actor, code)
    level = by or scope.next_level
    if not scope.may_be_divided_by(level):
        raise LevelAboveArea
    frozen = current_version(session)
    version = frozen.number if frozen else None
    rows = [_row(each, version) for each in counts_by_area(session, scope, level, version)]
    return Progress(
        scope=scope,
        by=level,
        as_of=at,
        frame_version=version,
        rows=rows,
        total=_total(session, scope, rows, version),
        scale=indicator.practice_scale_text(session),
    )


def counting(counts: Counts) -> int:
    """The households that count towards a level: those that responded, or approved ones."""
    return counts[indicator.indicator().counts]


def _row(row: RowMapping, version: int | None) -> AreaProgress:
    return AreaProgress(
        area=row["code"],
        name_th=row["name_th"],
        name_en=row["name_en"],
        counts={name: int(row[name]) for name in COUNTED},
        thresholds=_parts({level: row[part_column(level)] for level in _levels()}, version),
    )


def _total(
    session: Session, scope: Scope, rows: Sequence[AreaProgress], version: int | None
) -> AreaProgress:
    area = scope.area
    return AreaProgress(
        area=area.code,
        name_th=area.name_th,
        name_en=area.name_en,
        # Every enumeration area lies in one area of each level: the rows leave none out.
        counts={name: sum(row.counts[name] for row in rows) for name in COUNTED},
        thresholds=_thresholds_of_total(session, scope, version),
    )


def _thresholds_of_total(
    session: Session, scope: Scope, version: int | None
) -> dict[int, int | None]:
    if version is None and scope.is_country:
        return dict(indicator.thresholds(session))
    return _parts(thresholds_of(session, scope, version), version)


def _parts(found: Mapping[int, int | None], version: int | None) -> dict[int, int | None]:
    """An area without households on the frozen frame has no part of the thresholds: zero."""
    if version is None:
        return dict.fromkeys(_levels())
    return {level: int(found.get(level) or 0) for level in _levels()}


def _levels() -> list[int]:
    return [rule.score for rule in indicator.indicator().levels]
