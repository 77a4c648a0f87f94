"""The embedded default: the same jobs, done in threads of the web server, with nothing to install.

The queue is a private Redis server if the program is there, else it lives in memory; the ledger is
the database either way, so nothing that is owed is lost with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

from redis import Redis
from rq.serializers import JSONSerializer

from census.core.jobs import doorbell
from census.core.jobs.private_redis import PrivateRedis
from census.core.jobs.running import guarded
from census.core.jobs.workers import EmbeddedWorker, Ticker

log = logging.getLogger(__name__)

LISTEN_S = 1.0
"""How long a ring of another process in the same home may go unheard."""

JOBS_AT_ONCE = 50
"""After so many jobs the thread looks whether it is to stop."""

LOOK_AFTER_EVERY = timedelta(seconds=5)
STOP_WITHIN_S = 10.0


class EmbeddedQueue:
    """A queue and who works on it, inside this process."""

    def __init__(self, home: Path) -> None:
        """Find out what kind of queue there can be in this home, and connect to it."""
        self.stopped = Event()
        self.server: PrivateRedis | None = PrivateRedis(home)
        if self.server.ensure():
            workers_redis = Redis.from_url(self.server.url)
            doorbell.connect(doorbell.impatient(self.server.url), workers_redis)
        else:
            self.server = None
            workers_redis = _connect_in_memory()
        self.redis = workers_redis
        self.threads = (
            Thread(target=self._work, name="embedded-worker", daemon=True),
            Ticker(self.stopped, self._upkeep()),
        )

    def start(self) -> None:
        """Begin to do what is owed."""
        for thread in self.threads:
            thread.start()

    def stop(self) -> None:
        """End the threads after what they are at, then the queue."""
        self.stopped.set()
        doorbell.wake()
        for thread in self.threads:
            thread.join(STOP_WITHIN_S)
        doorbell.disconnect()
        if self.server is not None:
            self.server.stop()

    def _upkeep(self) -> dict[Callable[[], object], timedelta]:
        return {} if self.server is None else {self.server.ensure: LOOK_AFTER_EVERY}

    def _work(self) -> None:
        while not self.stopped.is_set():
            guarded(self._work_off)
            doorbell.wait_for_ring(LISTEN_S)

    def _work_off(self) -> None:
        queues = doorbell.rq_queues(self.redis)
        while not self.stopped.is_set() and any(queue.count for queue in queues):
            worker = EmbeddedWorker(queues, connection=self.redis, serializer=JSONSerializer)
            worker.work(burst=True, max_jobs=JOBS_AT_ONCE, logging_level="WARNING")


def _connect_in_memory() -> Redis:
    # Only here, because it is large and production never needs it.
    from fakeredis import FakeServer, FakeStrictRedis

    server = FakeServer()
    workers_redis = FakeStrictRedis(server=server)
    doorbell.connect(FakeStrictRedis(server=server), workers_redis)
    return workers_redis
