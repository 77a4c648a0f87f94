"""Applying the edit rules to what has arrived."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from census.assignment.queries import field_period_in_force
from census.collection.arrivals import NOT_UNDERSTOOD, Arrival
from census.collection.edits import Context, judge
from census.core.clock import census_day, census_moment

logger = logging.getLogger(__name__)


def judge_arrivals(session: Session, arrivals: Sequence[Arrival], *, at: datetime) -> None:
    """Find what is wrong with each understood arrival; findings do not refuse it."""
    clock_offset = census_moment(session, at) - at
    period = field_period_in_force(session, census_day(session, at))
    for arrival in arrivals:
        if not arrival.is_understood or arrival.answers is None:
            continue
        context = Context(
            province_code=arrival.province_code,
            mode=arrival.mode,
            field_period=(period.starts_on, period.ends_on) if period else None,
            clock_offset=clock_offset,
        )
        try:
            arrival.findings = judge(arrival.answers, context)
        except Exception:
            # A fault of ours must not cost a household its record or its neighbours theirs.
            logger.exception("an instance could not be judged")
            arrival.reason = NOT_UNDERSTOOD
