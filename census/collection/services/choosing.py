"""Choosing which response of a household counts, where a supervisor knows better than the rules.

A choice is a fact like any other: it holds whatever comes later, and gives way to a correction of
what was chosen, to the answer of a later return, and to its own withdrawal. An approval names the
response that was read; if a ruling makes another one count, the household is submitted again.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Review, Ruling
from census.collection.errors import NoChoice, NotChoosable
from census.collection.models import Case, Submission
from census.collection.services.resolving import resolve
from census.collection.services.settling import UNDERSTOOD, settle
from census.core.events import record


def choose(
    session: Session,
    actor: Actor,
    case: Case,
    submission: Submission,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Let this response count for its household, saying why. The case is locked."""
    is_its_own = submission.household_id == case.household_id
    if not is_its_own or submission.standing not in UNDERSTOOD:
        raise NotChoosable
    case.chosen_submission_id, case.chosen_at = submission.id, at
    _rule(session, actor, case, submission, Ruling.CHOSEN, reason=reason, at=at)


def withdraw_choice(
    session: Session, actor: Actor, case: Case, *, reason: str, at: datetime
) -> None:
    """Let the rules decide again which response counts. The case is locked."""
    if case.chosen_submission_id is None:
        raise NoChoice
    submission = session.get_one(Submission, (case.province_code, case.chosen_submission_id))
    case.chosen_submission_id = case.chosen_at = None
    _rule(session, actor, case, submission, Ruling.CHOICE_WITHDRAWN, reason=reason, at=at)


def settle_ruling(session: Session, case: Case, *, at: datetime) -> None:
    """Settle a case after a person's ruling; an approval stays only where what it read counts."""
    was_approved = case.review is Review.APPROVED
    read = case.counting_submission_id, case.disposition
    approved_on, is_confirmed = case.approved_on, case.is_confirmed
    if was_approved:
        case.review = Review.SUBMITTED
    session.flush()
    settle(session, [case], at=at)
    if was_approved and read == (case.counting_submission_id, case.disposition):
        case.review, case.approved_on = Review.APPROVED, approved_on
        case.is_confirmed = is_confirmed
        session.flush()


def _rule(
    session: Session,
    actor: Actor,
    case: Case,
    submission: Submission,
    ruling: Ruling,
    *,
    reason: str,
    at: datetime,
) -> None:
    resolve(session, actor, submission, ruling, reason, at)
    settle_ruling(session, case, at=at)
    record(
        session,
        actor,
        f"response.{ruling}",
        submission.instance_id,
        area=case.ea_code,
        at=at,
        details={"household_id": case.household_id, "sha256": submission.sha256.hex()},
    )
