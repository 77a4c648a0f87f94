"""Setting a quarantined submission aside: it stays, with the reason why it will never count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Standing
from census.collection.errors import NotInQuarantine
from census.collection.models import Submission
from census.collection.queries import WAITING, submission_within
from census.collection.services.locking import lock_areas
from census.core.events import record


def set_submission_aside(
    session: Session,
    actor: Actor,
    instance_id: str,
    *,
    sha256: bytes,
    reason: str,
    at: datetime,
) -> Submission:
    """Take one out of quarantine for good. The reason is kept in the event."""
    submission = submission_within(session, actor, instance_id, sha256=sha256)
    if submission.ea_code:
        lock_areas(session, [submission.ea_code])
    session.refresh(submission)
    if submission.standing not in WAITING:
        raise NotInQuarantine()
    submission.standing = Standing.VOID
    record(
        session,
        actor,
        "submission.set_aside",
        instance_id,
        area=submission.ea_code,
        at=at,
        details={"sha256": submission.sha256.hex(), "reason": reason},
    )
    return submission
