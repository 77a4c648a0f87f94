"""Setting a quarantined submission aside: it stays, with the reason why it will never count."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Ruling, Standing
from census.collection.models import Submission
from census.collection.services.awaiting_originals import awaited
from census.collection.services.holding import hold_waiting
from census.collection.services.locking import lock_areas
from census.collection.services.repeating import CONFLICT
from census.collection.services.resolving import resolve
from census.collection.services.taking_up import take_up
from census.core.events import record

SET_ASIDE = "submission.set_aside"


def set_submission_aside(
    session: Session,
    actor: Actor,
    instance_id: str,
    *,
    sha256: bytes,
    reason: str,
    at: datetime,
) -> Submission:
    """Take one out of quarantine for good; the reason is kept beside it.

    A correction of it need not wait for it any longer.
    """
    submission = hold_waiting(session, actor, instance_id, sha256)
    # Whoever sends a variant again is told of the conflict, whatever became of it.
    is_variant = submission.reason_code == CONFLICT
    submission.reason_code = CONFLICT if is_variant else SET_ASIDE
    submission.standing = Standing.VOID
    session.flush()
    corrections = awaited(session, [], [instance_id])
    lock_areas(session, {each.ea_code for each in (submission, *corrections) if each.ea_code})
    resolve(session, actor, submission, Ruling.SET_ASIDE, reason, at)
    record(
        session,
        actor,
        "submission.set_aside",
        instance_id,
        area=submission.ea_code,
        at=at,
        details={"sha256": submission.sha256.hex()},
    )
    take_up(session, corrections, at=at, are_placed=True)
    return submission
