"""The ledger: which jobs are owed, which are being done, and which were given up.

A job is owed in the transaction that causes it, by adding a line. Nobody waits for anybody there:
lines for the same job and key may pile up, and fall together when one of them is claimed. Joining
an existing line instead would lose work: its run may have begun before the change was committed.

One run at a time holds a key. Whoever claims gets a fence; a run that lost its fence to a
later one can no longer commit. `due_at` is the moment before which a line is left alone, and a key
rests until every line of it that was already tried is due.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, Select, delete, exists, or_, select, text
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from census.core import db
from census.core.bulk import insert_rows
from census.core.clock import utcnow
from census.core.db import Base
from census.core.jobs.registry import Job, timeout_of

MAX_ATTEMPTS = 5
"""After as many claims without success a job is given up, visibly."""

REST_AFTER = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=1),
)
"""How long a key rests after its first, second, … failure; after the last it is in quarantine."""

TO_RING = "jobs_to_ring"
"""Where a session remembers which lines the doorbell is rung for after its commit."""


class OwedJob(Base):
    """A job that is owed for one key; the line goes when it is done."""

    __tablename__ = "core_owed_job"
    __table_args__ = (
        CheckConstraint("attempts >= 0", name="attempts_counted"),
        CheckConstraint("(claim IS NULL) = (claimed_at IS NULL)", name="claim_has_moment"),
        CheckConstraint("claim IS NULL OR failed_at IS NULL", name="failed_is_not_claimed"),
        Index("ix_core_owed_job_key", "name", "key"),
        Index("ix_core_owed_job_due", "queue", "due_at"),
        Index(
            "uq_core_owed_job_running",
            "name",
            "key",
            unique=True,
            sqlite_where=text("claim IS NOT NULL"),
            postgresql_where=text("claim IS NOT NULL"),
        ),
        Index(
            "uq_core_owed_job_failed",
            "name",
            "key",
            unique=True,
            sqlite_where=text("failed_at IS NOT NULL"),
            postgresql_where=text("failed_at IS NOT NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    key: Mapped[str]
    queue: Mapped[str]
    owed_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int]
    claimed_at: Mapped[datetime | None]
    claim: Mapped[UUID | None]
    failed_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


@dataclass(frozen=True)
class Claim:
    """The right to carry out one owed job, as long as nobody claims it anew."""

    owed_id: UUID
    name: str
    key: str
    fence: UUID


@dataclass(frozen=True)
class Ring:
    """One ring of the doorbell: for which line, on which queue, with how much time to do it."""

    owed_id: UUID
    queue: str
    timeout: timedelta


def owe(session: Session, job: Job, key: str) -> None:
    """Promise, in this transaction, that the job will be done for the key."""
    owe_many(session, job, [key])


def owe_many(session: Session, job: Job, keys: Sequence[str]) -> None:
    """Promise, in this transaction, that the job will be done for each key."""
    owe_all(session, [(job, key) for key in keys])


def owe_all(session: Session, owed: Sequence[tuple[Job, str]]) -> None:
    """Promise, in this transaction, that each job will be done for its key."""
    at = utcnow()
    promised = {(job.name, key): (job, _line(job, key, at=at)) for job, key in owed}
    insert_rows(session, OwedJob, [line for _job, line in promised.values()])
    for job, line in promised.values():
        if not job.gathers_for:
            _ring_later(session, line["id"], job.queue, job.timeout)


def _line(job: Job, key: str, *, at: datetime) -> dict[str, Any]:
    return {
        "id": db.new_id(),
        "name": job.name,
        "key": key,
        "queue": str(job.queue),
        "owed_at": at,
        "due_at": at + job.gathers_for,
        "attempts": 0,
    }


def claim(session: Session, owed_id: UUID, *, at: datetime) -> Claim | None:
    """Take on the owed job, and count the attempt before it begins; none if there is nothing to do.

    A job that kills its process could not count its attempts afterwards.
    """
    rung_for = session.get(OwedJob, owed_id)
    if rung_for is None:
        return None
    lines = _lock_lines(session, rung_for.name, rung_for.key)
    owed = [line for line in lines if line.failed_at is None]
    if not owed or any(line.attempts and line.due_at > at for line in lines):
        return None
    leader = max(owed, key=lambda line: line.attempts)
    if leader.claim is not None:
        leader.last_error = "Abandoned"
    if leader.attempts >= MAX_ATTEMPTS:
        _give_up(session, leader, at)
        return None
    for line in owed:
        if line is not leader:
            session.delete(line)
    fence = db.new_id()
    leader.attempts += 1
    leader.claim, leader.claimed_at = fence, at
    leader.due_at = at + 2 * timeout_of(leader.name)
    return Claim(leader.id, leader.name, leader.key, fence)


def is_held(session: Session, held: Claim) -> bool:
    """Whether the claim still stands; if so, it stands until this transaction ends."""
    return session.scalar(_line_of(held).with_for_update()) is not None


def finish(session: Session, held: Claim) -> bool:
    """Strike the job off, and what was given up for the same key; false if the claim was lost."""
    done = delete(OwedJob).where(OwedJob.id == held.owed_id, OwedJob.claim == held.fence)
    if session.scalar(done.returning(OwedJob.id)) is None:
        return False
    _forget_failed(session, held.name, held.key)
    owed_meanwhile = session.scalars(
        select(OwedJob).where(OwedJob.name == held.name, OwedJob.key == held.key).limit(1)
    ).first()
    if owed_meanwhile is not None:
        _ring_later(session, owed_meanwhile.id, owed_meanwhile.queue, timeout_of(held.name))
    return True


def fail(session: Session, held: Claim, error: str, *, at: datetime) -> bool:
    """Note that the attempt failed, and let the key rest; false if the claim was lost."""
    line = session.scalar(_line_of(held).with_for_update())
    if line is None:
        return False
    _let_rest(session, line, error, at)
    return True


def fail_whoever_holds(session: Session, owed_id: UUID, error: str, *, at: datetime) -> None:
    """Note that the process that carried out the job is dead; its rest began when it did."""
    line = session.get(OwedJob, owed_id, with_for_update=True)
    if line is None or line.claimed_at is None:
        return
    already_rested = at - line.claimed_at
    _let_rest(session, line, error, at)
    if line.failed_at is None:
        line.due_at -= already_rested
        if line.due_at <= at:
            _ring_later(session, line.id, line.queue, timeout_of(line.name))


def due(
    session: Session,
    *,
    at: datetime,
    limit: int,
    queue: str | None = None,
    waits: bool = True,
) -> list[OwedJob]:
    """The owed jobs that may be claimed, longest due first; one line a key.

    Without `waits`, those as well that only wait for more of their kind to be owed.
    """
    tried = aliased(OwedJob)
    is_resting = exists().where(
        tried.name == OwedJob.name, tried.key == OwedJob.key, tried.attempts > 0, tried.due_at > at
    )
    is_due = OwedJob.due_at <= at
    if not waits:
        is_due = or_(is_due, OwedJob.attempts == 0)
    statement = (
        select(OwedJob)
        .where(OwedJob.failed_at.is_(None), is_due, ~is_resting)
        .order_by(OwedJob.due_at, OwedJob.id)
        .limit(limit)
    )
    if queue is not None:
        statement = statement.where(OwedJob.queue == queue)
    first: dict[tuple[str, str], OwedJob] = {}
    for line in session.scalars(statement):
        first.setdefault((line.name, line.key), line)
    return list(first.values())


def failed_jobs(session: Session, *, limit: int = 500) -> Sequence[OwedJob]:
    """The jobs that were given up, the latest first: somebody must look at them."""
    return session.scalars(
        select(OwedJob)
        .where(OwedJob.failed_at.is_not(None))
        .order_by(OwedJob.failed_at.desc(), OwedJob.id)
        .limit(limit)
    ).all()


def owe_again(session: Session, owed_id: UUID, *, at: datetime) -> bool:
    """Take a job out of quarantine, after a repair; false if it is not there."""
    line = session.get(OwedJob, owed_id, with_for_update=True)
    if line is None or line.failed_at is None:
        return False
    line.failed_at, line.attempts, line.due_at = None, 0, at
    _ring_later(session, line.id, line.queue, timeout_of(line.name))
    return True


def _ring_later(session: Session, owed_id: UUID, queue: str, timeout: timedelta) -> None:
    session.info.setdefault(TO_RING, []).append(Ring(owed_id, queue, timeout))


def _line_of(held: Claim) -> Select[OwedJob]:
    return select(OwedJob).where(OwedJob.id == held.owed_id, OwedJob.claim == held.fence)


def _lock_lines(session: Session, name: str, key: str) -> Sequence[OwedJob]:
    # In the order of their ids, so that two who claim never wait for each other.
    return session.scalars(
        select(OwedJob)
        .where(OwedJob.name == name, OwedJob.key == key)
        .order_by(OwedJob.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _let_rest(session: Session, line: OwedJob, error: str, at: datetime) -> None:
    line.last_error = error
    if line.attempts >= MAX_ATTEMPTS:
        _give_up(session, line, at)
        return
    line.claim, line.claimed_at = None, None
    line.due_at = at + REST_AFTER[line.attempts - 1]


def _give_up(session: Session, line: OwedJob, at: datetime) -> None:
    _forget_failed(session, line.name, line.key)
    line.claim, line.claimed_at, line.failed_at = None, None, at
    line.due_at = at + REST_AFTER[-1]


def _forget_failed(session: Session, name: str, key: str) -> None:
    session.execute(
        delete(OwedJob).where(
            OwedJob.name == name, OwedJob.key == key, OwedJob.failed_at.is_not(None)
        )
    )
