"""What was called and what came of it: invoked, then ok, fail, or info where nobody knows.

Every entry is a line of JSON in a file, written before the next thing happens, so that a run that
was stopped can be taken up again.
"""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ACKNOWLEDGED = frozenset({"accepted", "created", "duplicate", "quarantined", "conflict"})
"""What is said of a submission that is kept; `created` is what OpenRosa says, also to a repeat."""

Key = tuple[str, str]
"""A submission: the instance's id and the digest of its bytes."""


@dataclass(frozen=True, slots=True)
class Approval:
    """What a supervisor had before them, and what came of approving it."""

    household_id: str
    revision: int
    instance_id: str
    result: str


@dataclass(frozen=True, slots=True)
class FeedRow:
    """An event as somebody read it who followed the numbers during the run."""

    number: int
    hash: str
    name: str
    subject: str


class History:
    """Everything that was called in a run."""

    def __init__(self, path: Path | None = None) -> None:
        """Begin, or go on with what the file holds."""
        self.sent: dict[Key, str | None] = {}
        self.answers: dict[Key, Counter[str]] = defaultdict(Counter)
        self.refused: set[str] = set()
        self.attached: set[tuple[str, str]] = set()
        self.approvals: list[Approval] = []
        self.feed: list[FeedRow] = []
        self.unexpected: Counter[str] = Counter()
        self.drifted: list[str] = []
        self.faults: list[tuple[str, float]] = []
        self.acknowledgements = 0
        self.unknowns = 0
        self.added_up = 0
        self.spoke_at: list[tuple[float, float]] = []
        """When a call that was acknowledged began and ended."""
        self._acknowledged = 0
        self._lock = threading.Lock()
        self._file: IO[str] | None = None
        if path is not None:
            self._resume(path)
        self.resumed_with = self.distinct
        self.resumed_faults = len(self.faults)

    def close(self) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()
            self._file = None

    @property
    def distinct(self) -> int:
        """How many different submissions were acknowledged."""
        return self._acknowledged

    def is_answered(self, key: Key) -> bool:
        """Whether the submission was answered, once at least."""
        return key in self.answers

    def invoke(self, key: Key, household_id: str | None) -> None:
        """A submission is about to be sent."""
        self._note("s", *key, household_id)

    def answer(self, key: Key, outcome: str) -> None:
        """A submission was answered with 2xx."""
        self._note("a", *key, outcome)

    def attach(self, instance_id: str, digest: str) -> None:
        """A file was acknowledged together with its submission."""
        self._note("t", instance_id, digest)

    def refuse(self, digest: str) -> None:
        """A submission was refused with 4xx: its bytes are not to be kept."""
        self._note("r", digest)

    def approve(self, approval: Approval) -> None:
        """An approval was answered, or not."""
        self._note(
            "p", approval.household_id, approval.revision, approval.instance_id, approval.result
        )

    def read(self, row: FeedRow) -> None:
        """A follower read an event."""
        self._note("e", row.number, row.hash, row.name, row.subject)

    def be_surprised(self, what: str) -> None:
        """Something was answered that is never to be answered."""
        self._note("u", what)

    def see_drift(self, what: str) -> None:
        """A tally was not what a recount gave, during the run."""
        self._note("d", what)

    def add_up(self) -> None:
        """The rows of a page of progress were added up."""
        with self._lock:
            self.added_up += 1

    def suffer(self, fault: str) -> None:
        """A fault is being injected."""
        self._note("f", fault, time.monotonic())

    def speak(self, begun: float, ended: float) -> None:
        """A call was acknowledged that began and ended at these moments."""
        with self._lock:
            self.spoke_at.append((begun, ended))

    def miss(self) -> None:
        """A call ended without anybody knowing what came of it."""
        with self._lock:
            self.unknowns += 1

    def recoveries(self) -> dict[str, list[float]]:
        """For each kind of fault, how long after it the next call was acknowledged, in seconds."""
        found: dict[str, list[float]] = defaultdict(list)
        calls = sorted(self.spoke_at)
        position = 0
        for name, at in self.faults[self.resumed_faults :]:
            while position < len(calls) and calls[position][0] < at:
                position += 1
            later = [ended for _, ended in calls[position : position + 64]]
            if later:
                found[name].append(min(later) - at)
        return dict(found)

    def _note(self, kind: str, *content: Any) -> None:
        with self._lock:
            self._take(kind, content)
            if self._file is not None:
                self._file.write(json.dumps([kind, *content]) + "\n")
                self._file.flush()

    def _take(self, kind: str, content: tuple[Any, ...]) -> None:
        if kind == "s":
            self.sent.setdefault((content[0], content[1]), content[2])
        elif kind == "a":
            self._take_answer((content[0], content[1]), content[2])
        elif kind == "t":
            self.attached.add((content[0], content[1]))
        elif kind == "r":
            self.refused.add(content[0])
        elif kind == "p":
            self.approvals.append(Approval(*content))
        elif kind == "e":
            self.feed.append(FeedRow(*content))
        elif kind == "u":
            self.unexpected[content[0]] += 1
        elif kind == "d":
            self.drifted.append(content[0])
        elif kind == "f":
            self.faults.append((content[0], content[1]))

    def _take_answer(self, key: Key, outcome: str) -> None:
        if key not in self.answers:
            self._acknowledged += 1
        self.answers[key][outcome] += 1
        self.acknowledgements += 1

    def _resume(self, path: Path) -> None:
        if path.exists():
            with path.open() as lines:
                for line in lines:
                    # The last line may be half a line: the run was stopped while it was written.
                    if line.endswith("\n"):
                        kind, *content = json.loads(line)
                        self._take(kind, tuple(content))
        self._file = path.open("a")
