"""The series: how many households responded and were approved on each day of the census clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.queries import field_periods
from census.collection.codelists import Mode
from census.core.clock import census_day
from census.frame.queries import current_version
from census.progress import indicator
from census.progress.models import DayTally
from census.progress.queries.scopes import Scope, scope_of
from census.progress.queries.sums import thresholds_of
from census.progress.rules.periods import Period, period_in_force, planned_in_force

DAY_COUNTS = ("responded", "approved", *(mode.value for mode in Mode))
NOTHING = dict.fromkeys(DAY_COUNTS, 0)


@dataclass(frozen=True, slots=True)
class Day:
    """One day: what came on it, what there was in all at its end, and what the plan has by then."""

    on: date
    counts: Mapping[str, int]
    cumulative: Mapping[str, int]
    planned: int | None
    """By the end of the day, by the plan that was in force on it; none where there was none."""

    @property
    def by_mode(self) -> dict[str, int]:
        """The day's responses, by mode."""
        return {mode.value: self.counts[mode.value] for mode in Mode}


def series_of(
    session: Session, actor: Actor, code: str | None = None, *, at: datetime
) -> list[Day]:
    """Every day from the first of the field period to today, or to the period's last."""
    scope = scope_of(session, actor, code)
    return series_in(session, scope, at=at)


def series_in(session: Session, scope: Scope, *, at: datetime) -> list[Day]:
    """The days of areas that the caller was found to answer for."""
    counts = _counts_by_day(session, scope)
    periods = periods_planned(session)
    target = _target(session, scope)
    days = []
    so_far = dict(NOTHING)
    for on in _days(counts, periods, today=census_day(session, at)):
        of_day = counts.get(on, NOTHING)
        so_far = {name: so_far[name] + of_day[name] for name in DAY_COUNTS}
        planned = None if target is None else planned_in_force(periods, on, target)
        days.append(Day(on=on, counts=of_day, cumulative=so_far, planned=planned))
    return days


def periods_planned(session: Session) -> list[Period]:
    """Every revision of the field period, as the plan knows it."""
    return [
        Period(row.revision, row.starts_on, row.ends_on, row.decided_on)
        for row in field_periods(session)
    ]


def _counts_by_day(session: Session, scope: Scope) -> dict[date, dict[str, int]]:
    sums: list[Any] = [func.sum(getattr(DayTally, name)).label(name) for name in DAY_COUNTS]
    rows = session.execute(
        select(DayTally.on, *sums).where(scope.condition(DayTally)).group_by(DayTally.on)
    ).mappings()
    return {row["on"]: {name: int(row[name]) for name in DAY_COUNTS} for row in rows}


def _target(session: Session, scope: Scope) -> int | None:
    """The households that the plan leads to: the part of the highest threshold."""
    frozen = current_version(session)
    if frozen is None:
        whole = indicator.thresholds(session) if scope.is_country else {}
        return max(whole.values(), default=None)
    parts = thresholds_of(session, scope, frozen.number)
    return parts[max(parts)] if parts else None


def _days(
    counts: Mapping[date, object], periods: Sequence[Period], *, today: date
) -> Iterator[date]:
    """The days without a gap; what came before or after the field period has its days too."""
    in_force = period_in_force(periods, today)
    edges = list(counts)
    if in_force is not None and in_force.starts_on <= today:
        edges += [in_force.starts_on, min(today, in_force.ends_on)]
    if edges:
        first = min(edges)
        for number in range((max(edges) - first).days + 1):
            yield first + timedelta(days=number)
