"""The sequencer: numbers and chains committed events, a batch at a time, about once a second."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from census.core.db import reading, transaction
from census.core.events import Event, number_committed
from census.core.jobs import every

BATCH = 10_000


@every(timedelta(seconds=1))
def number_waiting_events() -> None:
    """Number what was committed since the last time. Two at once wait for each other."""
    while _is_any_waiting():
        with transaction() as session:
            number_committed(session, limit=BATCH)


def _is_any_waiting() -> bool:
    # Asked without a write lock: most of the time nothing waits.
    with reading() as session:
        waiting = session.scalar(select(Event.id).where(Event.number.is_(None)).limit(1))
    return waiting is not None
