"""The three provinces of the pilot, in the proportions the practice data keep to.

The split of the 832,173 households on the enumeration area lists over the provinces was never
published. It follows the household estimates of July 2019 of the National Statistical Office
(630,549, 321,229 and 272,383 households of 2.2, 2.1 and 2.3 persons).
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from census.progress.rules.apportionment import apportion


@dataclass(frozen=True, slots=True)
class Province:
    """What is invented alike all over a province."""

    code: str
    households: int
    mean_persons: float
    rented_rooms: float
    """The share of households in dormitories and flats."""
    headway: float
    """How far the field work is ahead of the others (log odds): the outbreak hit them unequally."""


PROVINCES = (
    Province("20", 428_641, 2.2, 0.35, headway=-0.05),
    Province("21", 218_369, 2.1, 0.35, headway=-0.30),
    Province("24", 185_163, 2.3, 0.20, headway=0.45),
)
BY_CODE = {province.code: province for province in PROVINCES}

HOUSEHOLDS = sum(province.households for province in PROVINCES)


def households_at(scale: Fraction) -> dict[str, int]:
    """The households of each province at a scale: parts that add up to the scaled total exactly."""
    sizes = {province.code: province.households for province in PROVINCES}
    return apportion(round(HOUSEHOLDS * scale), sizes)
