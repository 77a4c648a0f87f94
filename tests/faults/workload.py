"""Everybody who works while the system is being broken, each in a thread of their own.

Whatever is not answered goes back to an outbox and is sent again until it is, as a tablet does.
Half of all calls go over the faulty network.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from typing import Any

from tests.faults.calls import Answer, call
from tests.faults.census import Ground
from tests.faults.history import History
from tests.faults.offices import Headquarters, Supervisor
from tests.faults.reader import Reader
from tests.faults.tablets import Tablet

THROUGH_PROXY = 0.5
REST_S = 0.15
"""The longest rest after a call that was not answered."""


class Field:
    """The people of a run, and the two ways over which they call."""

    def __init__(
        self, ground: Ground, history: History, *, port: int, proxy_port: int, seed: int
    ) -> None:
        """Say where the system is, directly and over the bad network."""
        self.ground, self.history = ground, history
        self.port, self.proxy_port = port, proxy_port
        self.seed = seed
        self.is_over = threading.Event()
        self.failures: list[BaseException] = []
        self.hands = ThreadPoolExecutor(8, thread_name_prefix="hand")
        self.tablets = [Tablet(self, number) for number in range(len(ground.tablets))]
        self.reader = Reader(self)
        self._threads = [
            threading.Thread(target=self._guard, args=(work,), name=name)
            for name, work in (
                *((f"tablet{tablet.number}", tablet.work) for tablet in self.tablets),
                ("supervisor", Supervisor(self).work),
                ("reader", self.reader.work),
                ("headquarters", Headquarters(self).work),
            )
        ]

    def begin(self) -> None:
        """Let everybody work."""
        for thread in self._threads:
            thread.start()

    def end(self, within_s: float) -> None:
        """Let everybody send what they still hold, and go home."""
        self.is_over.set()
        until = time.monotonic() + within_s
        for thread in self._threads:
            thread.join(max(0.1, until - time.monotonic()))
        self.hands.shutdown(wait=True)
        if self.failures:
            raise self.failures[0]

    @property
    def held(self) -> int:
        """How many submissions were sent and never answered."""
        return sum(len(tablet.outbox) for tablet in self.tablets)

    def refuse_to_go_on(self) -> None:
        """Raise what went wrong with somebody, if anything did."""
        if self.failures:
            raise self.failures[0]

    def call(
        self, chance: Random, method: str, path: str, token: str | None, **sent: Any
    ) -> Answer | None:
        """Call over one of the two networks, and note how it went."""
        through_proxy = chance.random() < THROUGH_PROXY and not self.is_over.is_set()
        begun = time.monotonic()
        answer = call(
            self.proxy_port if through_proxy else self.port, method, path, token=token, **sent
        )
        if answer is None or not answer.is_definite:
            self.history.miss()
            time.sleep(chance.uniform(0, REST_S))
        elif answer.is_ok:
            self.history.speak(begun, time.monotonic())
        if answer is not None and not answer.is_allowed:
            self.history.be_surprised(f"{answer.status} {method} {_route(path)}")
        return answer

    def _guard(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:
            self.failures.append(error)
            raise


def _route(path: str) -> str:
    """The address without what it asks for, and without the token that some addresses hold."""
    return "/openrosa/…/submission" if path.startswith("/openrosa") else path.split("?", 1)[0]
