"""What is asked for: which area, which responses, which items, in which format."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from census.accounts.actors import COUNTRY

EXPORT_VERSION = 1
"""Grows whenever a column is added, removed or given another meaning; marks of before end."""


class Format(StrEnum):
    """How the files are written."""

    PARQUET = "parquet"
    CSV = "csv"


class Which(StrEnum):
    """Which responses: only those that count, or every one that was understood."""

    COUNTING = "counting"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Order:
    """One export as it is asked for."""

    format: Format = Format.PARQUET
    area: str = COUNTRY
    which: Which = Which.COUNTING
    has_sensitive: bool = False
    """With the items of PDPA section 26: nationality, religion, functional difficulties."""
    since: str | None = None
    """The mark of the export that this one goes on from."""

    @property
    def scope(self) -> dict[str, str | bool | int]:
        """What two exports must have in common for one to go on from the other."""
        return {
            "export_version": EXPORT_VERSION,
            "area": self.area,
            "with": self.which.value,
            "sensitive": self.has_sensitive,
        }
