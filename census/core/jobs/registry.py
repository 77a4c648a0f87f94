"""What work there is: every background job by its name, and what is done again and again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

DEFAULT_TIMEOUT = timedelta(minutes=5)
"""How long a job may take that does not say."""


class Queue(StrEnum):
    """The queues, in the order in which a worker empties them."""

    EVENTS = "events"
    PROGRESS = "progress"
    DEFAULT = "default"


@dataclass(frozen=True)
class Job:
    """A function of one identifier that can be owed, and done in the background."""

    function: Callable[[str], None]
    queue: Queue
    timeout: timedelta
    gathers_for: timedelta = timedelta()
    """How long it waits, so that whatever is owed for the same key meanwhile is done with it."""

    @property
    def name(self) -> str:
        """The module and name of the function: how the ledger speaks of it."""
        return f"{self.function.__module__}.{self.function.__qualname__}"

    def __call__(self, key: str) -> None:
        """Do it now, in this thread."""
        self.function(key)


class UnknownJobError(LookupError):
    """The ledger names a job that this version of the code does not have."""


_jobs: dict[str, Job] = {}
_periodic: dict[Callable[[], object], timedelta] = {}


def job(
    queue: Queue,
    *,
    timeout: timedelta = DEFAULT_TIMEOUT,
    gathers_for: timedelta = timedelta(),
) -> Callable[[Callable[[str], None]], Job]:
    """Make a function of one identifier a job. It must be safe to run any number of times.

    A job that gathers is not rung for: the next sweep after its time finds it.
    """

    def declare(function: Callable[[str], None]) -> Job:
        declared = Job(function, queue, timeout, gathers_for)
        _jobs[declared.name] = declared
        return declared

    return declare


def job_named(name: str) -> Job:
    """The job with this name; a name nobody declared is refused."""
    try:
        return _jobs[name]
    except KeyError:
        raise UnknownJobError(name) from None


def timeout_of(name: str) -> timedelta:
    """How long the job with this name may take."""
    return _jobs[name].timeout if name in _jobs else DEFAULT_TIMEOUT


def every(interval: timedelta) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Do the function again and again in the background, about this long apart."""

    def declare(function: Callable[[], object]) -> Callable[[], object]:
        _periodic[function] = interval
        return function

    return declare


def periodic() -> dict[Callable[[], object], timedelta]:
    """What is done again and again, and how long apart."""
    return dict(_periodic)
