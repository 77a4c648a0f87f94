"""Holding one submission of the quarantine, so that only one officer decides on it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.errors import NotInQuarantine, OwnRecord
from census.collection.models import Submission
from census.collection.quarantine import WAITING
from census.collection.queries import submission_within
from census.collection.services.taking_up import lock_receipts_of


def hold_waiting(session: Session, actor: Actor, instance_id: str, sha256: bytes) -> Submission:
    """The submission as it now is, until the end of the transaction; refuses what does not wait.

    Nobody decides on what they sent themselves.
    """
    submission = submission_within(session, actor, instance_id, sha256=sha256)
    lock_receipts_of(session, [submission])
    submission = submission_within(session, actor, instance_id, sha256=sha256)
    session.refresh(submission)
    if submission.standing not in WAITING:
        raise NotInQuarantine
    if submission.sender_id == actor.id:
        raise OwnRecord
    return submission
