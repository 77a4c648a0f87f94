"""Who is told how far a load has come: a progress bar in the terminal, nobody in a test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

Advance = Callable[[int], None]


class Watcher(Protocol):
    """Whoever waits for the load."""

    def step(self, th: str, en: str, length: int) -> AbstractContextManager[Advance]:
        """A step of this length begins; what comes back is told how much of it is done."""


class Nobody:
    """Nobody watches."""

    @contextmanager
    def step(self, th: str, en: str, length: int) -> Iterator[Advance]:
        """Let the step pass unseen."""
        yield lambda _: None
