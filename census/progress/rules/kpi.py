"""The level and the score of the census indicator, and the conditions that cap them.

A level needs its number of households *and* its conditions. The number decides: the percentage of
the frame is another test, which can pass while the number fails, and is only shown beside it.
Interpolation between the levels is customary but not part of the indicator's published text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import takewhile

from census.progress.codelists import Condition
from census.progress.rules.rates import share_of
from census.progress.rules.thresholds import LevelRule, gaps

PERCENT_PASSES_COUNT_FAILS = "kpi.percent_passes_count_fails"


class ScoreRule(StrEnum):
    """What the score is interpolated on."""

    COUNT = "count"
    PERCENT = "percent"


class BelowLowest(StrEnum):
    """What a result below the lowest level scores."""

    ZERO = "zero"
    PROPORTIONAL = "proportional"


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the indicator stands."""

    response_rate: Fraction | None
    level: int
    interpolated: Fraction
    """What the result alone would score."""
    score: Fraction
    """The same, capped by the conditions that do not hold."""
    score_rule: ScoreRule
    gaps: dict[int, int]
    warning: str | None


def level_by_count(count: int, thresholds: Mapping[int, int]) -> int:
    """The highest level whose threshold, and every lower one, is reached; zero for none.

    Nothing counted reaches nothing, also in an area so small that its part of a threshold is zero.
    """
    if count <= 0:
        return 0
    return _highest_reached(count, ((needed, level) for level, needed in thresholds.items()))


def level_by_percent(rate: Fraction | None, rules: Iterable[LevelRule]) -> int:
    """The level that the unrounded response rate alone would give; zero for none."""
    if rate is None:
        return 0
    return _highest_reached(rate, ((rule.share, rule.score) for rule in rules))


def ceiling(holding: AbstractSet[Condition], rules: Iterable[LevelRule]) -> int:
    """The highest level that the conditions allow, however many households answered."""
    allowed = 0
    for rule in sorted(rules, key=lambda rule: rule.score):
        if not rule.conditions <= holding:
            break
        allowed = rule.score
    return allowed


def interpolate(
    value: Fraction | int,
    points: Iterable[tuple[Fraction | int, int]],
    *,
    below: BelowLowest = BelowLowest.ZERO,
) -> Fraction:
    """The score between the two neighbouring (value, score) points, on a straight line."""
    ascending = sorted(points, key=lambda point: point[1])
    reached = list(takewhile(lambda point: value >= point[0], ascending))
    if not reached:
        lowest, score = ascending[0]
        return (
            score * Fraction(value) / lowest if below is BelowLowest.PROPORTIONAL else Fraction(0)
        )
    here, score = reached[-1]
    if len(reached) == len(ascending):
        return Fraction(score)
    there, next_score = ascending[len(reached)]
    return score + (next_score - score) * Fraction(value - here) / (there - here)


def warning(by_count: int, by_percent: int) -> str | None:
    """The code of the warning that the percentage promises a level the number does not give."""
    return PERCENT_PASSES_COUNT_FAILS if by_percent > by_count else None


def assess(
    count: int,
    frame: int,
    thresholds: Mapping[int, int],
    rules: Sequence[LevelRule],
    holding: AbstractSet[Condition],
    *,
    score_rule: ScoreRule = ScoreRule.COUNT,
    below: BelowLowest = BelowLowest.ZERO,
) -> Standing:
    """Where the indicator stands: its level, its score, what is lacking, and what to beware of."""
    rate = share_of(count, frame)
    by_count = level_by_count(count, thresholds)
    cap = ceiling(holding, rules)
    interpolated = _interpolated(count, rate, thresholds, rules, score_rule, below)
    return Standing(
        response_rate=rate,
        level=min(by_count, cap),
        interpolated=interpolated,
        score=min(interpolated, Fraction(cap)),
        score_rule=score_rule,
        gaps=gaps(count, thresholds),
        warning=warning(by_count, level_by_percent(rate, rules)),
    )


def _highest_reached(value: Fraction | int, points: Iterable[tuple[Fraction | int, int]]) -> int:
    ascending = sorted(points, key=lambda point: point[1])
    reached = list(takewhile(lambda point: value >= point[0], ascending))
    return reached[-1][1] if reached else 0


def _interpolated(
    count: int,
    rate: Fraction | None,
    thresholds: Mapping[int, int],
    rules: Sequence[LevelRule],
    score_rule: ScoreRule,
    below: BelowLowest,
) -> Fraction:
    if count <= 0:
        return Fraction(0)
    if score_rule is ScoreRule.PERCENT:
        if rate is None:
            return Fraction(0)
        return interpolate(rate, ((rule.share, rule.score) for rule in rules), below=below)
    return interpolate(
        count, ((needed, level) for level, needed in thresholds.items()), below=below
    )
