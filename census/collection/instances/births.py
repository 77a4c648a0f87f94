"""When somebody was born and how old that makes them, from a month and a Buddhist-era year."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from census.core.locale import gregorian_year

UNKNOWN_YEAR = 9999
UNKNOWN_AGE = 999

# Only years that can be a slip of the pen are turned into ages; others are invalid codes.
_FIRST_YEAR, _LAST_YEAR = 2300, 2700

_MONTHS = {f"{month:02d}": month for month in range(1, 13)}


class Birth(NamedTuple):
    """A birth, as closely as it is known: common-era (year, month) and ages at a reference day."""

    earliest: tuple[int, int]
    latest: tuple[int, int]
    oldest: int
    youngest: int


@lru_cache(maxsize=8192)
def birth_of(month: str | None, be_year: int | None, reference: date) -> Birth | None:
    """The birth behind an answer; None when the year is not known or there was no such month."""
    months = _possible_months(month, be_year)
    if not months:
        return None
    earliest, latest = months[0], months[-1]
    return Birth(earliest, latest, _age(earliest, reference), _age(latest, reference))


def never_was(month: str | None, be_year: int | None) -> bool:
    """Whether the answer names one of the three months that the year 2483 did not have."""
    return be_year == 2483 and month in ("01", "02", "03")


def _possible_months(month: str | None, be_year: int | None) -> list[tuple[int, int]]:
    if be_year is None or not _FIRST_YEAR <= be_year <= _LAST_YEAR:
        return []
    known = _MONTHS.get(month or "")
    candidates = (known,) if known else range(1, 13)
    found = []
    for candidate in candidates:
        try:
            found.append((gregorian_year(be_year, candidate), candidate))
        except ValueError:
            continue
    return sorted(found)


def _age(born: tuple[int, int], reference: date) -> int:
    """The age at last birthday, where the day is not known and the reference day opens a month."""
    year, month = born
    if born == (reference.year, reference.month):
        return 0
    return reference.year - year - (month >= reference.month)
