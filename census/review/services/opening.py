"""Opening a household's answers, and revealing an identity number: both leave a trace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.reading_answers import identity_number_of
from census.core.events import record
from census.review.errors import PersonNotFound
from census.review.queries.household import (
    OpenedHousehold,
    counting_submission,
    opened_household,
)
from census.review.services.reasons import said


def open_household(
    session: Session, actor: Actor, household_id: str, *, at: datetime
) -> OpenedHousehold:
    """Read a household's answers; the reading itself is an event."""
    opened = opened_household(session, actor, household_id)
    record(session, actor, "household.read", household_id, area=opened.case.ea_code, at=at)
    return opened


def reveal_identity(
    session: Session,
    actor: Actor,
    household_id: str,
    position: int,
    *,
    reason: str,
    at: datetime,
) -> str:
    """Show one person's identity number in full, once, to somebody who says why."""
    submission = counting_submission(session, actor, household_id)
    why = said(reason)
    number = identity_number_of(session, submission, position) if submission else None
    if submission is None or number is None:
        raise PersonNotFound
    record(
        session,
        actor,
        "identity.revealed",
        household_id,
        area=submission.ea_code,
        at=at,
        details={"person": position, "instance_id": submission.instance_id, "reason": why},
    )
    return number
