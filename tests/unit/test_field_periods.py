"""The field period was extended twice, and every plan is kept."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from census.progress.rules.periods import (
    Period,
    days_worked,
    has_field_day,
    linear,
    period_in_force,
    planned_by,
    planned_in_force,
    remaining_days,
    s_curve,
)

START = date(2020, 12, 1)
FIRST = Period(1, START, date(2021, 1, 15), decided_on=date(2020, 10, 1))
SECOND = Period(2, START, date(2021, 2, 28), decided_on=date(2021, 1, 8))
THIRD = Period(3, START, date(2021, 3, 31), decided_on=date(2021, 2, 22))
REVISIONS = (THIRD, FIRST, SECOND)
TARGET = 709_790


@pytest.mark.parametrize(
    ("on", "in_force"),
    [
        (date(2020, 9, 30), None),
        (date(2020, 10, 1), FIRST),
        (date(2021, 1, 7), FIRST),
        (date(2021, 1, 8), SECOND),
        (date(2021, 2, 10), SECOND),
        (date(2021, 2, 22), THIRD),
        (date(2022, 1, 1), THIRD),
    ],
)
def test_the_latest_revision_decided_by_a_day_is_in_force(on, in_force):
    assert period_in_force(REVISIONS, on) is in_force


def test_of_two_revisions_decided_on_one_day_the_higher_number_is_in_force():
    correction = Period(4, START, date(2021, 3, 30), decided_on=THIRD.decided_on)

    assert period_in_force([correction, THIRD], THIRD.decided_on) is correction


@pytest.mark.parametrize(
    ("on", "worked", "left"),
    [
        (date(2020, 11, 1), 0, 46),
        (date(2020, 11, 30), 0, 46),
        (date(2020, 12, 1), 1, 45),
        (date(2021, 1, 14), 45, 1),
        (date(2021, 1, 15), 46, 0),
        (date(2021, 2, 1), 46, 0),
    ],
)
def test_the_days_of_a_period_are_either_worked_or_left(on, worked, left):
    assert (days_worked(FIRST, on), remaining_days(FIRST, on)) == (worked, left)


def test_the_first_and_the_last_day_belong_to_the_period():
    just_outside = (START - timedelta(days=1), FIRST.ends_on + timedelta(days=1))

    assert has_field_day(FIRST, START)
    assert has_field_day(FIRST, FIRST.ends_on)
    assert not any(has_field_day(FIRST, day) for day in just_outside)


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Period(1, START, START - timedelta(days=1), decided_on=START)


@pytest.mark.parametrize(
    ("on", "planned"),
    [
        (date(2020, 11, 30), 0),
        (date(2020, 12, 1), 15_430),
        (date(2020, 12, 23), 354_895),
        (date(2021, 1, 15), TARGET),
        (date(2021, 3, 1), TARGET),
    ],
)
def test_the_plan_grows_by_the_same_number_every_day_until_the_target(on, planned):
    assert planned_by(FIRST, on, TARGET) == planned


def test_an_extension_lowers_the_plan_from_the_day_it_was_decided():
    eve, day = date(2021, 1, 7), date(2021, 1, 8)

    assert planned_in_force(REVISIONS, eve, TARGET) == planned_by(FIRST, eve, TARGET)
    assert planned_in_force(REVISIONS, day, TARGET) == planned_by(SECOND, day, TARGET)
    assert planned_by(SECOND, day, TARGET) < planned_by(FIRST, day, TARGET)


def test_before_the_first_decision_there_is_no_plan():
    assert planned_in_force(REVISIONS, date(2020, 9, 1), TARGET) is None


@pytest.mark.parametrize("curve", [linear, s_curve])
def test_every_plan_starts_with_nothing_never_shrinks_and_ends_with_the_target(curve):
    days = [START + timedelta(days=n) for n in range(-1, 47)]

    planned = [planned_by(FIRST, day, TARGET, curve=curve) for day in days]

    assert planned[0] == 0
    assert planned == sorted(planned)
    assert planned[-1] == TARGET


def test_an_s_curve_is_behind_the_line_at_first_and_ahead_of_it_at_last():
    assert s_curve(Fraction(1, 4)) < Fraction(1, 4)
    assert s_curve(Fraction(1, 2)) == Fraction(1, 2)
    assert s_curve(Fraction(3, 4)) > Fraction(3, 4)
