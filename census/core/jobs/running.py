"""Carrying out owed jobs: claim one, do it, strike it off; once, even if a process dies between."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from uuid import UUID

from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from census.core import db
from census.core.clock import utcnow
from census.core.jobs import ledger
from census.core.jobs.ledger import Claim
from census.core.jobs.registry import job_named

log = logging.getLogger(__name__)

PAGE = 500

_held: ContextVar[Claim | None] = ContextVar("held", default=None)


class ClaimLostError(Exception):
    """Somebody else was given the job meanwhile: what this run found out is not kept."""


def run_owed(owed_id: str) -> None:
    """Answer one ring of the doorbell. It never raises: whatever is left undone stays owed."""
    try:
        _run(UUID(owed_id))
    except SQLAlchemyError as error:
        log.warning("owed job %s waits for the database: %s", owed_id, what_happened(error))


def run_all_owed(*, limit: int = 100_000) -> int:
    """Carry out everything that is owed and not at rest, here and now; returns how many runs."""
    runs = 0
    while runs < limit:
        with db.reading() as session:
            page = [line.id for line in ledger.due(session, at=utcnow(), limit=PAGE, waits=False)]
        carried_out = sum(_run(owed_id) for owed_id in page[: limit - runs])
        if not carried_out:
            break
        runs += carried_out
    return runs


def guarded(function: Callable[[], object]) -> None:
    """Do something whose failure must not end what comes after it."""
    try:
        function()
    except Exception as error:
        name = getattr(function, "__qualname__", repr(function))
        log.error("%s failed: %s", name, what_happened(error))


def what_happened(error: BaseException) -> str:
    """The class of an error and where it arose; never its message, which may hold an answer."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"


def _run(owed_id: UUID) -> bool:
    held = _claim(owed_id)
    if held is None:
        return False
    error = _carry_out(held)
    with db.transaction() as session:
        is_ours = (
            ledger.finish(session, held)
            if error is None
            else ledger.fail(session, held, error, at=utcnow())
        )
    if not is_ours:
        log.warning("job %s of %s was claimed anew while it ran", held.name, held.key)
    return True


def _claim(owed_id: UUID) -> Claim | None:
    try:
        with db.transaction() as session:
            return ledger.claim(session, owed_id, at=utcnow())
    except IntegrityError:
        # Another run of the same key was claimed in the same moment; it rings for us when done.
        return None


def _carry_out(held: Claim) -> str | None:
    """Do the job; returns the class of the error that ended it, or none."""
    db.before_commit(_refuse_if_lost)
    token = _held.set(held)
    try:
        job_named(held.name)(held.key)
    except Exception as error:
        log.warning("job %s of %s failed: %s", held.name, held.key, what_happened(error))
        return type(error).__name__
    finally:
        _held.reset(token)
    return None


def _refuse_if_lost(session: Session) -> None:
    held = _held.get()
    if held is not None and not ledger.is_held(session, held):
        raise ClaimLostError
