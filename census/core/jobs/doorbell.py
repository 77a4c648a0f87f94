"""The doorbell: tells workers, through RQ, that something is owed. It may be broken at any time.

After a commit the doorbell is rung for what the transaction owes. Whatever is not heard is rung for
again by a sweep, so a lost queue loses time, not work; and nobody who commits ever waits for it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby
from threading import Event

import rq
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry
from rq.serializers import JSONSerializer
from sqlalchemy.orm import Session

from census.core import db
from census.core.clock import utcnow
from census.core.jobs import ledger
from census.core.jobs.ledger import Ring
from census.core.jobs.registry import Queue, timeout_of

log = logging.getLogger(__name__)

SWEEP_EVERY = timedelta(seconds=10)
GRACE = timedelta(seconds=5)
"""What became due just now has just been rung for: the sweep leaves it alone for so long."""

PAGE = 1_000
"""No sweep makes a queue longer than this."""

SILENCE_S = 5.0
"""After the doorbell failed, commits do not try it again for so long."""

FAILURES_KEPT_S = 86_400


class _Doorbell:
    """The doorbell of this process; `connect` fills it."""

    redis: Redis | None = None
    workers_redis: Redis | None = None
    prefix = ""
    silent_until = 0.0
    rung = Event()


def connect(redis: Redis, workers_redis: Redis, *, prefix: str = "") -> None:
    """Ring this doorbell after every commit from now on; workers have a connection of their own."""
    _Doorbell.redis = redis
    _Doorbell.workers_redis = workers_redis
    _Doorbell.prefix = prefix
    _Doorbell.silent_until = 0.0
    db.after_commit(ring)


def disconnect() -> None:
    """Ring no doorbell: what is owed stays in the ledger."""
    for redis in (_Doorbell.redis, _Doorbell.workers_redis):
        if redis is not None:
            redis.close()
    _Doorbell.redis = _Doorbell.workers_redis = None


def workers_redis() -> Redis:
    """The connection over which a worker waits to be rung for."""
    if _Doorbell.workers_redis is None:
        raise RuntimeError("jobs.connect_redis() has not been called")
    return _Doorbell.workers_redis


def impatient(redis_url: str) -> Redis:
    """A connection that gives up at once, for those who must not be kept waiting."""
    return Redis.from_url(
        redis_url, socket_connect_timeout=0.5, socket_timeout=1.0, retry=Retry(NoBackoff(), 1)
    )


def wait_for_ring(timeout_s: float) -> None:
    """Wait until this process rings, or so long."""
    _Doorbell.rung.wait(timeout_s)
    _Doorbell.rung.clear()


def wake() -> None:
    """End the wait of whoever waits for a ring in this process."""
    _Doorbell.rung.set()


def rq_queues(redis: Redis, queues: Sequence[Queue] = tuple(Queue)) -> list[rq.Queue]:
    """The queues of RQ, over this connection."""
    return [_rq_queue(redis, queue) for queue in queues]


def queue_state() -> str:
    """For the health page: `ok`, or `degraded` while jobs only pile up in the ledger."""
    bell = _Doorbell.redis
    if bell is None or _is_silent():
        return "degraded"
    try:
        bell.ping()
    except (RedisError, OSError):
        _fall_silent()
        return "degraded"
    return "ok"


def ring(session: Session) -> None:
    """Ring for what the committed transaction owes. It never raises."""
    rings: list[Ring] = session.info.pop(ledger.TO_RING, [])
    bell = _Doorbell.redis
    if not rings or bell is None or _is_silent():
        return
    try:
        _enqueue(bell, rings)
    except (RedisError, OSError) as error:
        _fall_silent()
        log.warning("%d owed jobs wait for the sweep: %s", len(rings), type(error).__name__)


def sweep() -> int:
    """Ring again for everything that is owed and due; returns how often it rang."""
    bell = _Doorbell.redis
    if bell is None:
        return 0
    rung = 0
    try:
        for queue in Queue:
            room = PAGE - _rq_queue(bell, queue).count
            rung += _enqueue(bell, _due(queue, room))
    except (RedisError, OSError) as error:
        _fall_silent()
        log.warning("the queue is away: %s", type(error).__name__)
    return rung


def _due(queue: Queue, room: int) -> list[Ring]:
    if room <= 0:
        return []
    with db.reading() as session:
        lines = ledger.due(session, at=utcnow() - GRACE, limit=room, queue=queue)
        return [Ring(line.id, line.queue, timeout_of(line.name)) for line in lines]


def _enqueue(bell: Redis, rings: Iterable[Ring]) -> int:
    by_queue = sorted(rings, key=lambda ring: ring.queue)
    for queue, group in groupby(by_queue, key=lambda ring: ring.queue):
        _rq_queue(bell, queue).enqueue_many(
            rq.Queue.prepare_data(
                "census.core.jobs.run_owed",
                args=(str(ring.owed_id),),
                timeout=round(ring.timeout.total_seconds()),
                result_ttl=0,
                failure_ttl=FAILURES_KEPT_S,
            )
            for ring in group
        )
    if by_queue:
        wake()
    return len(by_queue)


def _rq_queue(redis: Redis, queue: str) -> rq.Queue:
    return rq.Queue(f"{_Doorbell.prefix}{queue}", connection=redis, serializer=JSONSerializer)


def _is_silent() -> bool:
    return time.monotonic() < _Doorbell.silent_until


def _fall_silent() -> None:
    _Doorbell.silent_until = time.monotonic() + SILENCE_S
