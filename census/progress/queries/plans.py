"""What today's plan expects of enumeration areas, and how far they are: for whoever works them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.core.clock import census_day
from census.frame.queries import current_version
from census.progress.models import Tally, Threshold
from census.progress.queries.days import periods_planned
from census.progress.rules.periods import planned_in_force


@dataclass(frozen=True, slots=True)
class AreaPlan:
    """How many households have to have responded by the end of a day, and how many have."""

    on: date
    expected: int
    done: int


def plans_of(session: Session, ea_codes: Collection[str], *, at: datetime) -> dict[str, AreaPlan]:
    """Today's plan of each of these areas; none of one that counts nowhere, or without a plan.

    The plan leads to the area's part of the highest threshold by the end of the field period.
    """
    frozen, today = current_version(session), census_day(session, at)
    if frozen is None:
        return {}
    rows = session.execute(
        select(Tally.ea_code, Tally.responded, func.max(Threshold.households).label("target"))
        .join(Threshold, Threshold.area_code == Tally.ea_code)
        .where(Tally.ea_code.in_(ea_codes), Threshold.frame_version == frozen.number)
        .group_by(Tally.ea_code, Tally.responded)
    ).all()
    periods = periods_planned(session)
    planned = {row.ea_code: planned_in_force(periods, today, int(row.target)) for row in rows}
    return {
        row.ea_code: AreaPlan(today, expected, row.responded)
        for row in rows
        if (expected := planned[row.ea_code]) is not None
    }
