"""Small sums behind the office's other indicators, which are reported beside the census.

They follow the office's performance report for the fiscal year 2564: services to data users, the
mean score of catalogue agencies, and the index of the public-sector management quality award
(PMQA 4.0).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

PMQA_FULL_SCORE = 500
PMQA_INDEX_STEPS = 4


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which data users were served; publications handed out are named but not counted."""

    name: str
    services: int
    is_counted: bool = True


def service_total(channels: Iterable[Channel]) -> int:
    """How often data users were served, over the channels that count."""
    return sum(channel.services for channel in channels if channel.is_counted)


def weighted_mean(groups: Iterable[tuple[int, Fraction]]) -> Fraction | None:
    """The mean score over groups of (members, mean score); none where nobody is counted."""
    listed = list(groups)
    members = sum(size for size, _ in listed)
    if not members:
        return None
    return sum((size * mean for size, mean in listed), Fraction(0)) / members


def scaled_to_hundred(score: Fraction, *, full: Fraction | int) -> Fraction:
    """A score out of `full`, as a score out of a hundred."""
    return score * 100 / full


def pmqa_index(score: Fraction) -> Fraction:
    """The "government 4.0" index from 0 to 4 that belongs to a PMQA score out of 500."""
    return score * PMQA_INDEX_STEPS / PMQA_FULL_SCORE
