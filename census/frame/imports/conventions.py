"""What a deployment decides about the files it imports."""

from __future__ import annotations

from dataclasses import dataclass

from census.frame.rules import THAILAND, Bounds


@dataclass(frozen=True, slots=True)
class Conventions:
    """The region digits in use, the box coordinates must lie in, and the years of birth."""

    region_digits: frozenset[int] = frozenset({2})
    bounds: Bounds = THAILAND
    birth_years_be: range = range(2413, 2564)
