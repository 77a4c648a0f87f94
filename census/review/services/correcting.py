"""Handing a returned household's answers back to the enumerator who sent them, to be corrected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.models import Lease
from census.collection.codelists import Review
from census.collection.errors import HouseholdNotFound
from census.collection.models import Case, Submission
from census.collection.services.keeping import unseal_raw
from census.core.events import record
from census.review.queries import asked_corrections


@dataclass(frozen=True, slots=True)
class Correction:
    """What counts for a household, as it was sent, and what is asked of whoever sent it."""

    household_id: str
    instance_id: str
    instance: str
    reason: str
    questions: tuple[str, ...]


def open_correction(
    session: Session, actor: Actor, household_id: str, *, at: datetime
) -> Correction:
    """Read the answers that the actor sent of a household in their hands that was returned.

    Whoever else answered for the household, in another mode or under another lease, is not shown:
    then there is nothing to correct here, and the household is asked anew.
    """
    submission = _own_returned(session, actor, household_id)
    asked = asked_corrections(session, [household_id]).get(household_id)
    if submission is None or asked is None:
        raise HouseholdNotFound
    record(
        session,
        actor,
        "correction.read",
        submission.instance_id,
        area=submission.ea_code,
        at=at,
    )
    return Correction(
        household_id=household_id,
        instance_id=submission.instance_id,
        instance=unseal_raw(submission.raw_sealed, submission.id).decode("utf-8", "replace"),
        reason=asked.reason,
        questions=asked.questions,
    )


def _own_returned(session: Session, actor: Actor, household_id: str) -> Submission | None:
    return session.scalars(
        select(Submission)
        .join(
            Case,
            (Case.province_code == Submission.province_code)
            & (Case.counting_submission_id == Submission.id),
        )
        .join(Lease, Lease.ea_code == Case.ea_code)
        .where(
            Case.ea_code == household_id.partition("-")[0],
            Case.household_id == household_id,
            Case.review == Review.RETURNED,
            Submission.sender_id == actor.id,
            Lease.enumerator_id == actor.id,
            Lease.ended_at.is_(None),
        )
    ).first()
