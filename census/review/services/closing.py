"""Closing an enumeration area once everything in it is approved, and reopening it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.core.db import new_id
from census.core.events import record
from census.review.codelists import ClosingStep
from census.review.errors import BatchClosed, BatchIncomplete, BatchNotClosed
from census.review.models import Closing
from census.review.queries import Batch, LockedBatch, batch
from census.review.rules import Seen
from census.review.services.reasons import said, said_or_nothing
from census.review.services.seeing import lock_as_seen


def close(
    session: Session,
    actor: Actor,
    ea_code: str,
    *,
    seen: Seen,
    reason: str = "",
    at: datetime,
) -> Batch:
    """Close an area whose households are all approved: what arrives from now on is quarantined."""
    locked = lock_as_seen(session, actor, ea_code, seen)
    if locked.area.closed_at is not None:
        raise BatchClosed
    counts = locked.counts
    if counts.not_approved or counts.quarantined:
        raise BatchIncomplete(not_approved=counts.not_approved, quarantined=counts.quarantined)
    _write_down(session, actor, locked, ClosingStep.CLOSED, said_or_nothing(reason), at)
    locked.area.closed_at = at
    session.flush()
    return batch(session, actor, ea_code)


def reopen(
    session: Session, actor: Actor, ea_code: str, *, seen: Seen, reason: str, at: datetime
) -> Batch:
    """Open a closed area again, saying why; approved households stay approved."""
    locked = lock_as_seen(session, actor, ea_code, seen)
    if locked.area.closed_at is None:
        raise BatchNotClosed
    _write_down(session, actor, locked, ClosingStep.REOPENED, said(reason), at)
    locked.area.closed_at = None
    session.flush()
    return batch(session, actor, ea_code)


def _write_down(
    session: Session,
    actor: Actor,
    locked: LockedBatch,
    step: ClosingStep,
    reason: str,
    at: datetime,
) -> None:
    closing = Closing(
        id=new_id(),
        ea_code=locked.area.ea_code,
        province_code=locked.area.province_code,
        step=step,
        reason=reason,
        etag=locked.etag,
        by=actor.id,
        at=at,
    )
    session.add(closing)
    record(
        session,
        actor,
        f"batch.{step}",
        closing.ea_code,
        area=closing.ea_code,
        at=at,
        details={"etag": closing.etag},
    )
