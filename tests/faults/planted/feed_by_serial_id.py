"""Numbers events when they are written, before the commit that makes them visible."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from census.core import db, events, sequencer
from census.core.events import GENESIS, Event, last_link, number_committed

_SERIAL = "planted_serial"


def plant() -> None:
    """Give out numbers by a serial, as a primary key would."""
    events._insert = _insert_numbered
    sequencer._is_any_waiting = lambda: False


def _insert_numbered(session: Session, recorded: Sequence[Event]) -> None:
    _begin_serial(session)
    session.flush()
    for event in recorded:
        number = session.scalar(text(f"SELECT nextval('{_SERIAL}')"))
        session.execute(
            insert(Event.__table__).values(
                id=event.id,
                at=event.at,
                actor_id=event.actor_id,
                name=event.name,
                subject=event.subject,
                area=event.area,
                details=event.details,
                number=number,
                hash=GENESIS,
            )
        )


def _begin_serial(session: Session) -> None:
    if session.scalar(text(f"SELECT to_regclass('{_SERIAL}')")) is not None:
        return
    with db.transaction() as other:
        number_committed(other)
        start = last_link(other)[0] + 1
        other.execute(text(f"CREATE SEQUENCE IF NOT EXISTS {_SERIAL} START {start}"))
