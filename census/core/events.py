"""Events: what happened, to what, by whom, written in the transaction that made it so.

Events get their numbers after the commit, from one sequencer, so that numbers are in commit order:
whoever follows them by a cursor misses nothing. The sequencer also chains each event to the one
before by a hash, so that a changed or removed event is found. Only the number and the hash are ever
added to an event; triggers refuse every other change.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, bindparam, func, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from census.core import db, jobs
from census.core.bulk import insert_rows
from census.core.db import Base

GENESIS = hashlib.sha256(b"sammano").digest()
"""What the first event is chained to."""

SEQUENCER_LOCK = 0x5A4D_4E4F
"""The advisory lock that lets one sequencer at a time give out numbers."""

_PENDING = "events"

Follower = TypeVar("Follower")


class Recorder(Protocol):
    """Whoever makes things happen: only the id is written down."""

    @property
    def id(self) -> UUID: ...


class Event(Base):
    """Something that happened; it is never changed."""

    __tablename__ = "core_event"
    __table_args__ = (
        UniqueConstraint("number"),
        Index("ix_core_event_area", "area", "number"),
        Index(
            "ix_core_event_not_numbered",
            "id",
            sqlite_where=text("number IS NULL"),
            postgresql_where=text("number IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor_id: Mapped[UUID | None]
    name: Mapped[str]
    subject: Mapped[str]
    area: Mapped[str | None]
    details: Mapped[dict[str, Any]]
    number: Mapped[int | None]
    hash: Mapped[bytes | None]


AtOnce = Callable[[Session, Sequence[Event]], None]


@dataclass(frozen=True)
class Reaction:
    """What follows an event: in the same transaction, and as owed jobs after it.

    A job is owed once for each area the events name, or for each subject where they name none.
    """

    at_once: tuple[AtOnce, ...] = ()
    afterwards: tuple[jobs.Job, ...] = ()


class _Reactions:
    """The reactions of this process; `connect` fills them."""

    by_name: Mapping[str, Reaction] = {}


def connect(reactions: Mapping[str, Reaction]) -> None:
    """Let these reactions follow events in every transaction from now on."""
    _Reactions.by_name = reactions
    db.before_commit(react)


def record(
    session: Session,
    actor: Recorder | None,
    name: str,
    subject: object,
    *,
    at: datetime,
    area: str | None = None,
    details: dict[str, Any] | None = None,
) -> Event:
    """Write down that something happened. Details hold identifiers and codes, never answers."""
    event = Event(
        id=db.new_id(),
        at=at,
        actor_id=actor.id if actor else None,
        name=name,
        subject=str(subject),
        area=area,
        details=details or {},
    )
    session.info.setdefault(_PENDING, []).append(event)
    return event


def react(session: Session) -> None:
    """Write the recorded events and do what follows them at once; owe what follows afterwards."""
    while recorded := session.info.pop(_PENDING, None):
        _insert(session, recorded)
        for act, events in _grouped(recorded, lambda reaction: reaction.at_once):
            act(session, events)
        jobs.owe_all(
            session,
            [
                (job, key)
                for job, events in _grouped(recorded, lambda reaction: reaction.afterwards)
                for key in sorted({event.area or event.subject for event in events})
            ],
        )
        session.flush()


def number_committed(session: Session, *, limit: int = 10_000) -> int:
    """Give committed events their numbers and chain them; returns how many there were."""
    if db.is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(SEQUENCER_LOCK)))
    number, chained_to = last_link(session)
    waiting = session.scalars(
        select(Event).where(Event.number.is_(None)).order_by(Event.id).limit(limit)
    ).all()
    links = []
    for event in waiting:
        number += 1
        chained_to = link_hash(chained_to, number, event)
        links.append({"event_id": event.id, "given_number": number, "given_hash": chained_to})
    if links:
        table = Event.__table__
        statement = (
            update(table)  # type: ignore[arg-type]
            .where(table.c.id == bindparam("event_id"))
            .values(number=bindparam("given_number"), hash=bindparam("given_hash"))
        )
        session.connection().execute(statement, links)
    return len(links)


def last_link(session: Session) -> tuple[int, bytes]:
    """The number and the hash of the last numbered event."""
    row = session.execute(
        select(Event.number, Event.hash)
        .where(Event.number.is_not(None))
        .order_by(Event.number.desc())
        .limit(1)
    ).first()
    return (0, GENESIS) if row is None else (row.number, row.hash)


def link_hash(chained_to: bytes, number: int, event: Event) -> bytes:
    """SHA-256 over the hash before and the canonical JSON of the event with its number."""
    content = {
        "number": number,
        "id": str(event.id),
        "at": event.at.isoformat(),
        "actor": str(event.actor_id) if event.actor_id else None,
        "name": event.name,
        "subject": event.subject,
        "area": event.area,
        "details": event.details,
    }
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(chained_to + canonical.encode()).digest()


def first_broken_link(session: Session, *, page: int = 5_000) -> int | None:
    """The number of the first event whose hash or number is not what it must be, or none."""
    chained_to = GENESIS
    for expected, event in enumerate(_numbered(session, page), start=1):
        if event.number != expected or event.hash != link_hash(chained_to, expected, event):
            return expected
        chained_to = event.hash
    return None


def _numbered(session: Session, page: int) -> Iterator[Event]:
    after = 0
    while True:
        events = session.scalars(
            select(Event).where(Event.number > after).order_by(Event.number).limit(page)
        ).all()
        yield from events
        if len(events) < page:
            return
        after = events[-1].number or after
        session.expunge_all()


def _insert(session: Session, recorded: Sequence[Event]) -> None:
    rows = [
        {
            "id": event.id,
            "at": event.at,
            "actor_id": event.actor_id,
            "name": event.name,
            "subject": event.subject,
            "area": event.area,
            "details": event.details,
        }
        for event in recorded
    ]
    session.flush()
    insert_rows(session, Event, rows)


def _grouped(
    recorded: Sequence[Event], followers_of: Callable[[Reaction], Sequence[Follower]]
) -> Iterator[tuple[Follower, list[Event]]]:
    """Each follower once, with all the events it follows, in the order of the reactions."""
    groups: dict[int, tuple[Follower, list[Event]]] = {}
    for event in recorded:
        for follower in followers_of(_Reactions.by_name.get(event.name, Reaction())):
            groups.setdefault(id(follower), (follower, []))[1].append(event)
    yield from groups.values()
