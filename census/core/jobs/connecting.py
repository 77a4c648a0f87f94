"""How this process hears of owed jobs: through a Redis server, embedded, or not at all."""

from __future__ import annotations

import atexit
from pathlib import Path

from redis import Redis

from census.core.jobs import doorbell
from census.core.jobs.embedded import EmbeddedQueue


class _Connected:
    """What this process has started; `connect_…` fills it."""

    embedded: EmbeddedQueue | None = None


def connect_redis(redis_url: str, *, prefix: str = "") -> None:
    """Production: ring the doorbell at this Redis server; workers are processes of their own."""
    connect_nothing()
    doorbell.connect(doorbell.impatient(redis_url), Redis.from_url(redis_url), prefix=prefix)


def connect_embedded(home: Path) -> None:
    """One office, one command: the jobs are done in threads of this process."""
    connect_nothing()
    _Connected.embedded = EmbeddedQueue(home)
    _Connected.embedded.start()
    atexit.register(connect_nothing)


def connect_nothing() -> None:
    """Commands and tests: what is owed stays owed, until `run_all_owed` or a worker."""
    if _Connected.embedded is not None:
        _Connected.embedded.stop()
        _Connected.embedded = None
    doorbell.disconnect()
