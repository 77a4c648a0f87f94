"""The log that a form keeps of its own filling in, `audit.csv`: read into times and counts.

As described in the ODK XForms specification, Client Audit Logs. Stamps are milliseconds since 1970;
only the first is of the device's clock, the others are time that has passed since, which nobody can
set. The log may hold answers before and after each change, who filled in, and why they changed what
they did: none of that is kept here, only how often.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from census.core.clock import is_plausible

FILE_NAME = "audit.csv"
MAX_ROWS = 100_000
MAX_NODES = 5_000
LONGEST_MS = 7 * 24 * 3_600_000
"""No screen is shown for longer than a week: such a row is not believed."""

SCREENS = frozenset({"question", "group questions", "add repeat", "end screen"})
"""Events that show a screen from a start to an end."""

_NEEDED = frozenset({"event", "node", "start", "end"})
_NODE = re.compile(r"[\w/.:\[\]-]{1,255}")
_STAMP = re.compile(r"\d{1,15}", re.ASCII)


@dataclass(slots=True)
class NodeTimes:
    """How long one screen was looked at in all, how often, and how often its answer changed."""

    milliseconds: int = 0
    visits: int = 0
    changes: int = 0


@dataclass(slots=True)
class Paradata:
    """What a log tells of an interview; times in milliseconds."""

    nodes: dict[str, NodeTimes] = field(default_factory=dict)
    interview_ms: int = 0
    """The time during which any screen was shown; a pause is not part of it."""
    screens: int = 0
    """Screens shown, each as often as it was; several questions on one screen are one."""
    backward_jumps: int = 0
    """How often somebody went back to a screen that had been shown before the last one."""
    value_changes: int = 0
    """Answers that took the place of another one; a first answer is none."""
    resumes: int = 0
    constraint_errors: int = 0
    positions: int = 0
    mock_positions: int = 0
    """Positions with accuracy 0: the mark of one that was made up by another program."""
    first_at: datetime | None = None
    last_at: datetime | None = None
    skipped_rows: int = 0
    """Rows that make no sense, and whether more followed than are read: one is counted for them."""


def parse(data: bytes) -> Paradata | None:
    """Read a log; none if it is no such log. Unknown columns and events are passed by."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        header = [name.strip() for name in next(rows, [])]
    except csv.Error:
        return None
    if not set(header) >= _NEEDED or len(set(header)) != len(header):
        return None
    return _Reading(Paradata()).of(_records(header, rows))


def _records(header: list[str], rows: Iterator[list[str]]) -> Iterator[Mapping[str, str] | None]:
    """Each row by its columns; none for one that cannot be read."""
    for count in range(MAX_ROWS + 1):
        try:
            row = next(rows, None)
        except csv.Error:
            yield None
            continue
        if row is None:
            return
        if count == MAX_ROWS or len(row) > len(header):
            yield None
        elif row:
            yield dict(zip(header, row, strict=False))


@dataclass(slots=True)
class _Reading:
    """A log on its way through; what is needed until its end is kept here."""

    found: Paradata
    intervals: list[tuple[int, int]] = field(default_factory=list)
    starts: set[int] = field(default_factory=set)
    last_place: int = 0
    places: dict[str, int] = field(default_factory=dict)
    """The nodes in the order in which they were first shown."""
    earliest: int | None = None
    latest: int | None = None

    def of(self, records: Iterator[Mapping[str, str] | None]) -> Paradata:
        """Everything the records tell together."""
        for record in records:
            if record is None or not self._takes(record):
                self.found.skipped_rows += 1
        self.found.screens = len(self.starts)
        self.found.interview_ms = covered(self.intervals)
        self.found.first_at = _moment(self.earliest)
        self.found.last_at = _moment(self.latest)
        return self.found

    def _takes(self, record: Mapping[str, str]) -> bool:
        event = record.get("event", "").strip()
        start, end = _stamp(record.get("start", "")), _stamp(record.get("end", ""))
        if not event or start is None or (end is not None and not 0 <= end - start <= LONGEST_MS):
            return False
        self._note_moments(start, end)
        self._note_position(record)
        self.found.resumes += event == "form resume"
        self.found.constraint_errors += event == "constraint error"
        if event in SCREENS:
            return self._note_screen(event, record, start, end)
        return True

    def _note_moments(self, start: int, end: int | None) -> None:
        last = start if end is None else end
        self.earliest = start if self.earliest is None else min(self.earliest, start)
        self.latest = last if self.latest is None else max(self.latest, last)

    def _note_position(self, record: Mapping[str, str]) -> None:
        accuracy = _number(record.get("accuracy", ""))
        if _number(record.get("latitude", "")) is None or accuracy is None:
            return
        self.found.positions += 1
        self.found.mock_positions += accuracy == 0

    def _note_screen(
        self, event: str, record: Mapping[str, str], start: int, end: int | None
    ) -> bool:
        is_new = start not in self.starts
        self.starts.add(start)
        if end is not None:
            self.intervals.append((start, end))
        node = record.get("node", "").strip()
        if not node and event == "end screen":
            return True
        if not _NODE.fullmatch(node):
            return False
        if node not in self.places and len(self.places) >= MAX_NODES:
            return False
        place = self.places.setdefault(node, len(self.places))
        if is_new:
            # The questions of one screen are logged in any order: only the first of them tells.
            self.found.backward_jumps += place < self.last_place
            self.last_place = place
        self._note_node(node, 0 if end is None else end - start, is_changed=_is_changed(record))
        return True

    def _note_node(self, node: str, milliseconds: int, *, is_changed: bool) -> None:
        times = self.found.nodes.setdefault(node, NodeTimes())
        times.visits += 1
        times.milliseconds += milliseconds
        times.changes += is_changed
        self.found.value_changes += is_changed


def covered(intervals: list[tuple[int, int]]) -> int:
    """How long the intervals last together, where they overlap counted once.

    A screen with several questions is logged as a whole and once more for each of them.
    """
    total, reached = 0, None
    for start, end in sorted(intervals):
        begin = start if reached is None else max(start, reached)
        total += max(0, end - begin)
        reached = end if reached is None else max(reached, end)
    return total


def _is_changed(record: Mapping[str, str]) -> bool:
    old, new = record.get("old-value", ""), record.get("new-value", "")
    return bool(old) and old != new


def _stamp(text: str) -> int | None:
    return int(text) if _STAMP.fullmatch(text.strip()) else None


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _moment(milliseconds: int | None) -> datetime | None:
    if milliseconds is None:
        return None
    try:
        moment = datetime.fromtimestamp(milliseconds / 1000, UTC)
    except (OverflowError, ValueError, OSError):
        return None
    return moment if is_plausible(moment) else None
