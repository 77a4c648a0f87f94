"""The background worker of production: a process of its own that does what is owed."""

from __future__ import annotations

from census.app import connect
from census.core import jobs
from config.settings import Settings


class QueueMissing(Exception):  # noqa: N818 - an answer to the operator
    """A worker needs a Redis server: the embedded default works inside `census serve`."""


def run(settings: Settings, *, burst: bool = False) -> None:
    """Answer the doorbell until told to stop."""
    if not settings.redis_url:
        raise QueueMissing
    connect(settings)
    jobs.work(burst=burst)
