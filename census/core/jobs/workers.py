"""The workers: who answers the doorbell, and who sweeps and ticks beside them."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from threading import Event, Thread
from typing import Any
from uuid import UUID

import rq
from redis import Redis
from redis.exceptions import RedisError
from rq.exceptions import AbandonedJobError
from rq.job import Job as RqJob
from rq.serializers import JSONSerializer
from rq.timeouts import TimerDeathPenalty

from census.core import db
from census.core.clock import utcnow
from census.core.jobs import doorbell, ledger
from census.core.jobs.registry import Queue, periodic
from census.core.jobs.running import guarded

log = logging.getLogger(__name__)

WORKER_TTL_S = 60
MAINTENANCE_S = 30
WATCH_S = 5
"""How often a worker looks after the process that carries out a job."""

RECONNECT_S = 2.0
TICK_S = 0.25


class ForkingWorker(rq.Worker):
    """The worker of production: each job in a process of its own, so that no job can harm it."""

    max_connection_wait_time = 10

    @property
    def dequeue_timeout(self) -> int:
        """How long it waits for a ring before it looks for jobs whose worker has died."""
        return MAINTENANCE_S

    def get_heartbeat_ttl(self, job: RqJob, working_time: float = 0.0) -> int:
        """How long after its last sign of life a run counts as dead; RQ waits a minute more."""
        return int(self.job_monitoring_interval) + 15

    def main_work_horse(self, job: RqJob, queue: rq.Queue) -> None:
        """Begin life in the forked process: with connections of its own, the parent's untouched."""
        self.parents_pool = db.engine().pool
        db.engine().dispose(close=False)
        super().main_work_horse(job, queue)


class EmbeddedWorker(rq.SimpleWorker):
    """The worker inside the web server of one office: in a thread, without signals."""

    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self) -> None:
        """Signals belong to the main thread."""

    def procline(self, message: str) -> None:
        """The process keeps its name."""


class Ticker(Thread):
    """Sweeps, and does what is to be done again and again, each guarded from the others."""

    def __init__(self, stopped: Event, also: dict[Callable[[], object], timedelta]) -> None:
        """Tick until stopped; `also` is what only this process does."""
        super().__init__(name="ticker", daemon=True)
        self.stopped = stopped
        self.also = also

    def run(self) -> None:
        """Do whatever has become due, and look again a moment later."""
        due: dict[Callable[[], object], float] = {}
        while not self.stopped.is_set():
            tasks = {doorbell.sweep: doorbell.SWEEP_EVERY} | self.also | periodic()
            for function, interval in tasks.items():
                if time.monotonic() >= due.get(function, 0.0):
                    guarded(function)
                    due[function] = time.monotonic() + interval.total_seconds()
            self.stopped.wait(TICK_S)


def work(queues: Sequence[Queue] = tuple(Queue), *, burst: bool = False) -> None:
    """Answer the doorbell until told to stop (or, in a burst, until the queues are empty)."""
    redis = doorbell.workers_redis()
    stopped = Event()
    ticker = Ticker(stopped, {})
    if not burst:
        ticker.start()
    try:
        while not _work_until_stopped(redis, queues, burst) and not burst:
            time.sleep(RECONNECT_S)
    finally:
        stopped.set()


def _work_until_stopped(redis: Redis, queues: Sequence[Queue], burst: bool) -> bool:
    """Whether the worker ended because it was told to, not because the queue was away."""
    try:
        worker = ForkingWorker(
            doorbell.rq_queues(redis, queues),
            connection=redis,
            serializer=JSONSerializer,
            worker_ttl=WORKER_TTL_S,
            maintenance_interval=MAINTENANCE_S,
            job_monitoring_interval=WATCH_S,
            exception_handlers=[_note_abandoned],
            work_horse_killed_handler=_note_killed,
        )
        worker.work(burst=burst, logging_level="WARNING")
    except RedisError as error:
        log.warning("the queue is away: %s", type(error).__name__)
        return False
    return worker._shutdown_requested_date is not None


def _note_killed(job: RqJob, *_how: Any) -> None:
    """The process that carried out the job is dead: let its claim go at once."""
    guarded(lambda: _let_go(job, "ProcessKilled"))


def _note_abandoned(job: RqJob, kind: type[BaseException], *_how: Any) -> bool:
    """The worker is dead, and perhaps the process that carried out the job too."""
    if issubclass(kind, AbandonedJobError):
        guarded(lambda: _let_go(job, kind.__name__))
    return True


def _let_go(job: RqJob, error: str) -> None:
    (owed_id,) = job.args
    with db.transaction() as session:
        ledger.fail_whoever_holds(session, UUID(owed_id), error, at=utcnow())
