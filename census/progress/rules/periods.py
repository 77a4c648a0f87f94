"""The field period and its revisions: which one is in force, and how far the plan is by a day.

A revision never replaces the one before it: the plan of each is kept, so that progress can be
compared with the plan in force and with the first one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

Curve = Callable[[Fraction], Fraction]
"""From the share of the period that has passed to the share of the target that is planned."""


@dataclass(frozen=True, slots=True)
class Period:
    """One revision of the field period; its first and last day are both worked."""

    revision: int
    starts_on: date
    ends_on: date
    decided_on: date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it starts."""
        if self.ends_on < self.starts_on:
            raise ValueError("a field period cannot end before it starts")


def length_in_days(period: Period) -> int:
    """How many days the period has, with its first and its last."""
    return (period.ends_on - period.starts_on).days + 1


def days_worked(period: Period, on: date) -> int:
    """How many days of the period are over at the end of a day."""
    return min(max(0, (on - period.starts_on).days + 1), length_in_days(period))


def remaining_days(period: Period, on: date) -> int:
    """How many calendar days of the period are left after a day."""
    return length_in_days(period) - days_worked(period, on)


def has_field_day(period: Period, on: date) -> bool:
    """Whether a day lies in the period."""
    return period.starts_on <= on <= period.ends_on


def period_in_force(revisions: Iterable[Period], on: date) -> Period | None:
    """The latest revision that had been decided by a day; none before the first decision."""
    decided = [period for period in revisions if period.decided_on <= on]
    return max(decided, key=lambda period: period.revision, default=None)


def linear(passed: Fraction) -> Fraction:
    """The same number of households on every day."""
    return passed


def s_curve(passed: Fraction) -> Fraction:
    """Slow at the beginning and at the end, fastest in the middle."""
    return passed * passed * (3 - 2 * passed)


def planned_by(period: Period, on: date, target: int, *, curve: Curve = linear) -> int:
    """How many households the plan has by the end of a day, halves rounded up."""
    passed = Fraction(days_worked(period, on), length_in_days(period))
    return int(target * curve(passed) + Fraction(1, 2))


def planned_in_force(
    revisions: Iterable[Period], on: date, target: int, *, curve: Curve = linear
) -> int | None:
    """How many households the plan in force on a day has by its end; none without a plan."""
    period = period_in_force(revisions, on)
    return None if period is None else planned_by(period, on, target, curve=curve)
