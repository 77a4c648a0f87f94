"""When somebody may try to sign in again after failures; arithmetic over moments only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=5)
ACCOUNT_FAILURES = 5
ADDRESS_FAILURES = 30
ALL_FAILURES = 1_000

LONGEST_WAIT = timedelta(hours=24)
MEMORY = timedelta(hours=48)
"""How long failures are remembered: longer than the longest wait, or doubling would forget."""


def account_opens_at(failures: Sequence[datetime]) -> datetime | None:
    """When the account may be tried again: five failures in five minutes close it for as long.

    Every failure after that doubles the wait, up to a day. None: it was never closed.
    """
    opens_at: datetime | None = None
    wait = timedelta(0)
    for position, failed_at in enumerate(failures):
        if opens_at is None and not _ends_burst(failures, position):
            continue
        wait = min(wait * 2 or WINDOW, LONGEST_WAIT)
        opens_at = failed_at + wait
    return opens_at


def crowd_opens_at(failures: Sequence[datetime], *, most: int) -> datetime | None:
    """When an address, or everybody, may try again: once fewer than `most` failures are recent."""
    if len(failures) < most:
        return None
    return failures[-most] + WINDOW


def seconds_until(opens_at: datetime, *, at: datetime) -> int:
    """Whole seconds to wait, at least one."""
    return max(1, -int((at - opens_at).total_seconds() // 1))


def _ends_burst(failures: Sequence[datetime], position: int) -> bool:
    first = position - ACCOUNT_FAILURES + 1
    return first >= 0 and failures[position] - failures[first] < WINDOW
