"""Places in the served application at which it dies, or waits, when the harness says so.

The harness and the processes under test share one small file: for each place a byte that says what
is to happen to whoever comes by next, and a count of those who came by. Only test code knows of
it: the places are put around named functions of the application when a test serves it.
"""

from __future__ import annotations

import mmap
import os
import signal
import struct
import time
from collections import Counter
from pathlib import Path
from types import TracebackType

PLACES = (
    "receipts_written",
    "case_locked",
    "submission_kept",
    "file_written",
    "before_commit",
    "after_commit",
    "before_answer",
    "in_sequencer",
    "job_claimed",
    "job_done",
)
"""In the order in which a submission comes by."""

OPEN, DEADLY, CLOSED, FULL = 0, 1, 2, 3
HELD_AT_MOST_S = 10.0

_SLOT = struct.Struct("<BxxxxxxxQ")


class Board:
    """What is to happen at each place, shared by the harness and the processes under test."""

    def __init__(self, path: Path) -> None:
        """Open the board in this file, making it where it is missing."""
        self.path = path
        self._deaths = path.with_suffix(".deaths")
        if not path.exists():
            path.write_bytes(bytes((len(PLACES) + 1) * _SLOT.size))
        with path.open("r+b") as file:
            self._shared = mmap.mmap(file.fileno(), 0)

    def __enter__(self) -> Board:
        """Use it."""
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Let go of the file."""
        self._shared.close()

    def arm(self, place: str) -> None:
        """Let the next who comes by die there."""
        self._shared[self._at(place)] = DEADLY

    def disarm(self, place: str) -> None:
        """Let everybody pass again."""
        self._shared[self._at(place)] = OPEN

    def is_armed(self, place: str) -> bool:
        """Whether nobody has died there since it was armed."""
        return self._shared[self._at(place)] == DEADLY

    def hold(self, place: str) -> None:
        """Let the next who comes by wait there until released; the others pass."""
        self._shared[self._at(place)] = CLOSED

    def is_holding(self, place: str) -> bool:
        """Whether somebody waits there."""
        return self._shared[self._at(place) + 1] == CLOSED

    def release(self, place: str) -> None:
        """Let go of who waits there."""
        self._shared[self._at(place) + 1] = OPEN
        self._shared[self._at(place)] = OPEN

    @property
    def is_disk_full(self) -> bool:
        """Whether the database is not to grow any more."""
        return self._shared[len(PLACES) * _SLOT.size] == FULL

    @is_disk_full.setter
    def is_disk_full(self, full: bool) -> None:
        self._shared[len(PLACES) * _SLOT.size] = FULL if full else OPEN

    def pass_by(self, place: str) -> None:
        """Come by a place in the process under test: pass, wait there, or die there."""
        at = self._at(place)
        (passed,) = struct.unpack_from("<Q", self._shared, at + 8)
        struct.pack_into("<Q", self._shared, at + 8, passed + 1)
        order = self._shared[at]
        if order == DEADLY:
            self._shared[at] = OPEN
            self._die(place)
        elif order == CLOSED:
            self._shared[at + 1] = CLOSED
            self._shared[at] = OPEN
            self._wait(at)

    def passed(self) -> dict[str, int]:
        """How often somebody came by each place; at least, for nobody waits to be counted."""
        return {
            place: struct.unpack_from("<Q", self._shared, self._at(place) + 8)[0]
            for place in PLACES
        }

    def deaths(self) -> Counter[str]:
        """How often a process died at each place."""
        if not self._deaths.exists():
            return Counter()
        return Counter(self._deaths.read_text().split())

    def _at(self, place: str) -> int:
        return PLACES.index(place) * _SLOT.size

    def _die(self, place: str) -> None:
        file = os.open(self._deaths, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(file, f"{place}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)

    def _wait(self, at: int) -> None:
        until = time.monotonic() + HELD_AT_MOST_S
        while self._shared[at + 1] == CLOSED and time.monotonic() < until:
            time.sleep(0.005)
