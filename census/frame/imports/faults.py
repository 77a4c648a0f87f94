"""What is wrong with the rows of a file: noted while it is read, reported when it is done."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from census.core.locale import Locale
from census.frame.imports.reasons import Reason

REPORT_COLUMNS = ("line", "column", "value", "severity", "code", "reason_th", "reason_en")
HIDDEN = "***"
"""Stands for a value that is about a person and is never shown."""

LONGEST_SHOWN = 100
_READ_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class RowFault:
    """One wrong value: its line (in GeoJSON its feature), column, what stands there, and why."""

    line: int
    column: str
    value: str
    reason: Reason
    fact: str = ""

    def sentence(self, locale: Locale) -> str:
        """Why the value is wrong, in the reader's language."""
        return self.reason.sentence(locale, self.fact)

    @property
    def place(self) -> str:
        """Where it is: line, column, and what stands there."""
        return " · ".join(part for part in (str(self.line), self.column, self.value) if part)

    def __str__(self) -> str:
        """The fault on one line of a screen, in both languages."""
        return f"{self.place}: {self.sentence(Locale.TH)} / {self.sentence(Locale.EN)}"


Note = Callable[[RowFault], None]


def shown(value: str) -> str:
    """A value as a report may show it: short, on one line."""
    line = " ".join(value.split())
    return line if len(line) <= LONGEST_SHOWN else line[:LONGEST_SHOWN] + "…"


def write_report(path: Path, faults: Iterable[RowFault]) -> None:
    """Write every fault into a CSV file that spreadsheet programs open with its Thai intact."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(REPORT_COLUMNS)
        for fault in faults:
            writer.writerow(
                (
                    fault.line,
                    fault.column,
                    _harmless(fault.value),
                    "warning" if fault.reason.is_warning else "error",
                    fault.reason.code,
                    fault.sentence(Locale.TH),
                    fault.sentence(Locale.EN),
                )
            )


def _harmless(value: str) -> str:
    """A value that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.startswith(_READ_AS_FORMULA) else value
