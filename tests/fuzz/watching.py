"""Noticing faults that an answer hides.

The system turns some of its own faults into answers that are right for the sender: a record that
made the reading fail is quarantined, a value that a constraint refused becomes a 409. Each leaves a
line in the log, and here each such line is a failure.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager


class HiddenFaults(logging.Handler):
    """Keeps what was logged as an error, or as a value the database could not keep."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the line, with the way to the fault."""
        if not record.name.startswith("census"):
            return
        said = record.getMessage()
        if record.levelno >= logging.ERROR or "cannot keep" in said:
            trace = logging.Formatter().formatException(record.exc_info) if record.exc_info else ""
            self.lines.append(f"{record.name}: {said}\n{trace}")

    def none_since(self) -> bool:
        """Whether nothing was kept; forgets what was."""
        lines, self.lines = self.lines, []
        assert not lines, "\n".join(lines)
        return True


@contextmanager
def watching() -> Iterator[HiddenFaults]:
    """Notice hidden faults for as long as this lasts."""
    handler = HiddenFaults()
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
