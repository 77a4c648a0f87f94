"""How the field work goes: a slow start, a good December, the second wave, and a long recovery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import exp, log

from census.demo.chance import chance
from census.demo.enumeration_areas import Kind, SyntheticArea
from census.demo.provinces import HOUSEHOLDS
from census.progress.rules.apportionment import apportion

STARTS_ON = date(2020, 12, 1)
ENDS_ON = date(2021, 3, 31)
FINAL_SHARE = Fraction(675_088, HOUSEHOLDS)
"""The share that the statistical office reported for the whole field period."""

_PHASES = (
    (date(2020, 12, 1), 0.45),
    (date(2020, 12, 7), 1.00),
    (date(2020, 12, 12), 1.45),
    (date(2020, 12, 21), 1.00),
    (date(2020, 12, 30), 0.12),
    (date(2021, 1, 4), 0.55),
    (date(2021, 1, 25), 1.20),
    (date(2021, 2, 1), 2.20),
    (date(2021, 2, 12), 0.55),
    (date(2021, 2, 27), 0.42),
    (date(2021, 3, 15), 0.22),
    (date(2021, 3, 25), 0.10),
)
"""From which day on how much is done a day; the numbers are relative to one another."""
_ON_SUNDAYS = 0.45


def field_days(on: date) -> list[date]:
    """The days on which field work was done when the day `on` begins."""
    last = min(on, ENDS_ON + timedelta(days=1))
    return [STARTS_ON + timedelta(days=day) for day in range(max(0, (last - STARTS_ON).days))]


def weight_of(day: date) -> float:
    """How much is done on a day, relative to others."""
    level = next(level for starts_on, level in reversed(_PHASES) if starts_on <= day)
    return level * (_ON_SUNDAYS if day.isoweekday() == 7 else 1.0)


def share_by(on: date) -> Fraction:
    """The share of all households that had responded when the day `on` begins."""
    whole = sum(map(weight_of, field_days(ENDS_ON + timedelta(days=1))))
    done = sum(map(weight_of, field_days(on)))
    return FINAL_SHARE * Fraction(round(1_000_000 * done / whole), 1_000_000)


def responses_by_area(
    areas: Sequence[SyntheticArea], total: int, seed: int, finished: frozenset[str]
) -> dict[str, int]:
    """How many households of each area responded: unequal, and together exactly the total."""
    households = sum(area.households for area in areas)
    share = min(max(total / households, 0.001), 0.999)
    weights = {
        area.code: max(1, round(1_000 * area.households * _share_of(area, share, seed, finished)))
        for area in areas
    }
    return spread(total, weights, {area.code: area.households for area in areas})


def spread(total: int, weights: dict[str, int], most: dict[str, int]) -> dict[str, int]:
    """Divide a total by weights, and give nobody more than the most they can take."""
    full: dict[str, int] = {}
    while True:
        free = {code: weight for code, weight in weights.items() if code not in full}
        left = total - sum(full.values())
        parts = apportion(left, free) if free else {}
        over = {code: most[code] for code, part in parts.items() if part > most[code]}
        if not over:
            return parts | full
        full |= over


def _share_of(area: SyntheticArea, share: float, seed: int, finished: frozenset[str]) -> float:
    """The share of an area whose province, kind and luck move it away from the whole's."""
    luck = chance(seed, "luck", area.code).gauss(0, 0.35)
    odds = log(share / (1 - share)) + area.province.headway + luck
    if area.kind is Kind.ROOMS:
        odds -= 0.45
    if area.code in finished:
        odds += 2.2
    # Some six in a hundred dwellings have nobody who could respond.
    return min(0.94, 1 / (1 + exp(-odds))) if share < 0.9 else share
