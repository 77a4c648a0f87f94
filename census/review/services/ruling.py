"""What a supervisor rules about the responses of one household: which counts, and which is void.

Like every decision, it is about what the actor had before them, and never about their own work.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Standing
from census.collection.models import Case, Submission
from census.collection.queries import case_within, submission_of_household
from census.collection.services.choosing import choose, withdraw_choice
from census.collection.services.voiding import void
from census.review.errors import BatchClosed, OwnWork
from census.review.queries.own_work import own_work_in
from census.review.services.reasons import said
from census.review.services.seeing import lock_household_as_seen


def choose_response(
    session: Session,
    actor: Actor,
    household_id: str,
    instance_id: str,
    *,
    sha256: bytes | None = None,
    seen: str,
    reason: str,
    at: datetime,
) -> None:
    """Let one response of a household count, whatever the rules prefer."""
    case = _lock(session, actor, household_id, seen)
    submission = _submission(session, case, instance_id, sha256)
    choose(session, actor, case, submission, reason=said(reason), at=at)


def withdraw_response_choice(
    session: Session, actor: Actor, household_id: str, *, seen: str, reason: str, at: datetime
) -> None:
    """Let the rules decide again which response of a household counts."""
    case = _lock(session, actor, household_id, seen)
    withdraw_choice(session, actor, case, reason=said(reason), at=at)


def void_submission(
    session: Session,
    actor: Actor,
    household_id: str,
    instance_id: str,
    *,
    sha256: bytes | None = None,
    seen: str,
    reason: str,
    at: datetime,
) -> None:
    """Take a submission that was started in error out of the census; void is void, however often.

    What it was before can be read for ever.
    """
    why = said(reason)
    case = case_within(session, actor, household_id).case
    submission = submission_of_household(session, case, instance_id, sha256)
    if submission.standing is Standing.VOID:
        return
    case = _lock(session, actor, household_id, seen)
    submission = _submission(session, case, instance_id, sha256)
    if submission.sender_id == actor.id:
        raise OwnWork(households=household_id)
    void(session, actor, case, submission, reason=why, at=at)


def _lock(session: Session, actor: Actor, household_id: str, seen: str) -> Case:
    ea_code = case_within(session, actor, household_id).case.ea_code
    locked = lock_household_as_seen(session, actor, ea_code, household_id, seen)
    if locked.area.closed_at is not None:
        raise BatchClosed
    if household_id in own_work_in(session, actor, ea_code):
        raise OwnWork(households=household_id)
    return locked.cases[household_id]


def _submission(session: Session, case: Case, instance_id: str, sha256: bytes | None) -> Submission:
    """The submission as it is now that its area is locked."""
    submission = submission_of_household(session, case, instance_id, sha256)
    session.refresh(submission)
    return submission
