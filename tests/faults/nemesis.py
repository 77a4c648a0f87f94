"""Breaks the system, one fault after another, at the pace at which the work goes on."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from random import Random

from tests.faults import queue_server
from tests.faults.failpoints import PLACES, Board
from tests.faults.history import History
from tests.faults.postgresql import Cluster
from tests.faults.queue_server import QueueServer
from tests.faults.server import Served
from tests.faults.standby import Pair

DIES_WITHIN_S = 4.0
PAUSE_S = 1.5
ABSENT_S = 1.0
FULL_S = 0.5
LOOK_EVERY_S = 0.02

ON_SQLITE = {"kill_all": 10, "pause": 6, "redis_kill": 5, "redis_empty": 5, "disk_full": 6}
ON_POSTGRESQL = {
    "kill_worker": 10,
    "kill_all": 2,
    "kill_jobs": 6,
    "pause": 5,
    "kill_backend": 4,
    "crash_database": 3,
    "redis_kill": 4,
    "redis_empty": 6,
}
"""How often each fault comes in a hundred or so; every fail-point comes ten times beside them."""

EACH_FAIL_POINT = 10

ON_PAIR = {"fail_over": 2, "standby_away": 1}
"""What is done to a primary with a standby; the rest is done to one server."""


class Nemesis:
    """Injects faults in an order that the seed decides."""

    def __init__(
        self,
        served: Served,
        board: Board,
        history: History,
        *,
        cluster: Cluster | Pair | None,
        queue: QueueServer | None,
        seed: int,
    ) -> None:
        """Say what there is to be broken."""
        self.served, self.board, self.history = served, board, history
        self.cluster, self.queue = cluster, queue
        self.chance = Random(f"{seed}/nemesis")
        self.injected: Counter[str] = Counter()
        self._round: list[str] = []
        self._faults: dict[str, Callable[[], bool]] = {
            "kill_worker": self._kill_worker,
            "kill_all": self._kill_all,
            "kill_jobs": self._kill_jobs,
            "pause": self._pause,
            "kill_backend": self._kill_backend,
            "crash_database": self._crash_database,
            "fail_over": self._fail_over,
            "standby_away": self._standby_away,
            "redis_kill": self._redis_kill,
            "redis_empty": self._redis_empty,
            "disk_full": self._disk_full,
        }

    @property
    def count(self) -> int:
        """How many faults were injected."""
        return sum(self.injected.values())

    def strike(self) -> None:
        """Inject the next fault, and leave the system able to recover."""
        if not self._round:
            self._round = self._next_round()
        name = self._round.pop()
        if name in PLACES:
            self._die_at(name)
        else:
            self.history.suffer(name)
            if self._faults[name]():
                self.injected[name] += 1
        self.served.keep_running()

    def _next_round(self) -> list[str]:
        names = [name for name, times in self._shares().items() for _ in range(times)]
        self.chance.shuffle(names)
        return names

    def _shares(self) -> dict[str, int]:
        if isinstance(self.cluster, Pair):
            return ON_PAIR
        shares = ON_SQLITE if self.cluster is None else ON_POSTGRESQL
        return shares | dict.fromkeys(PLACES, EACH_FAIL_POINT)

    def _die_at(self, place: str) -> None:
        """Let whoever comes by the place next die there."""
        before = self.board.deaths()[place]
        self.board.arm(place)
        until = time.monotonic() + DIES_WITHIN_S
        while self.board.deaths()[place] == before and time.monotonic() < until:
            self.served.keep_running()
            time.sleep(LOOK_EVERY_S)
        self.board.disarm(place)
        if self.board.deaths()[place] > before:
            # What counts is the moment of death, which was just now.
            self.history.suffer(place)
            self.injected[place] += 1
        else:
            self._round.insert(0, place)

    def _kill_worker(self) -> bool:
        workers = self.served.answering()
        if workers:
            os.kill(self.chance.choice(workers), signal.SIGKILL)
        return bool(workers)

    def _kill_all(self) -> bool:
        self.served.kill_all()
        self.served.start()
        return True

    def _kill_jobs(self) -> bool:
        self.served.kill("worker")
        return True

    def _pause(self) -> bool:
        workers = self.served.answering()
        if not workers:
            return False
        paused = self.chance.choice(workers)
        os.kill(paused, signal.SIGSTOP)
        time.sleep(PAUSE_S)
        try:
            os.kill(paused, signal.SIGCONT)
        except ProcessLookupError:
            return False
        return True

    def _kill_backend(self) -> bool:
        assert self.cluster is not None
        return self.cluster.kill_backend()

    def _crash_database(self) -> bool:
        assert self.cluster is not None
        self.cluster.crash()
        self.cluster.start()
        return True

    def _fail_over(self) -> bool:
        assert isinstance(self.cluster, Pair)
        self.cluster.fail_over()
        return True

    def _standby_away(self) -> bool:
        assert isinstance(self.cluster, Pair)
        self.cluster.lose_standby()
        time.sleep(ABSENT_S)
        self.cluster.start()
        return True

    def _redis_kill(self) -> bool:
        if self.queue is None:
            queue_server.kill_whoever_serves(self._queue_url)
            return True
        self.queue.kill()
        time.sleep(ABSENT_S)
        self.queue.start()
        return True

    def _redis_empty(self) -> bool:
        queue_server.empty(self._queue_url)
        return True

    def _disk_full(self) -> bool:
        self.board.is_disk_full = True
        time.sleep(FULL_S)
        self.board.is_disk_full = False
        return True

    @property
    def _queue_url(self) -> str:
        """The server of the test, or the one that an embedded system started in its home."""
        if self.queue is not None:
            return self.queue.url
        return f"unix://{self.served.home.resolve()}/queue/redis.sock"
