"""How many households each level of the indicator needs, and what an area still lacks.

The thresholds of the pilot, 542,780 / 626,280 / 709,790, are 65, 75 and 85 per cent of a planning
base of 835,040 households, rounded up to tens (NSO performance report, fiscal year 2564). The
planning base is not the frame, which has 832,173.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from census.progress.codelists import Condition

ROUNDING = 10


@dataclass(frozen=True, slots=True)
class LevelRule:
    """What one level of the indicator needs: a share of the planning base, and conditions."""

    score: int
    share: Fraction
    conditions: frozenset[Condition] = frozenset()


def round_up(value: Fraction | int, *, to: int = ROUNDING) -> int:
    """The next multiple of `to` that is not below the value, computed without floats."""
    return -(-Fraction(value) // to) * to


def ceil10(value: Fraction | int) -> int:
    """A number of households rounded up to tens."""
    return round_up(value, to=10)


def scaled_base(planning_base: int, scale: Fraction) -> Fraction:
    """The planning base that practice data of a smaller scale is measured against."""
    if scale <= 0:
        raise ValueError("practice data needs a scale above zero")
    return planning_base * scale


def thresholds_from_base(
    planning_base: Fraction | int, levels: Iterable[LevelRule], *, rounding: int = ROUNDING
) -> dict[int, int]:
    """The households each level needs, by level."""
    return {
        rule.score: round_up(rule.share * planning_base, to=rounding)
        for rule in sorted(levels, key=lambda rule: rule.score)
    }


def gaps(count: int, thresholds: Mapping[int, int]) -> dict[int, int]:
    """The households still lacking to each level, by level; none where it is reached."""
    return {level: max(0, needed - count) for level, needed in thresholds.items()}


def required_daily_rate(gap: int, days: int) -> Fraction | None:
    """The households a day that close the gap in the days that remain; none if no day remains."""
    if gap <= 0:
        return Fraction(0)
    return Fraction(gap, days) if days > 0 else None
