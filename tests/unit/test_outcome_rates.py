"""Outcome rates exist only where there is something to divide by."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from census.progress.rules.rates import (
    Outcomes,
    aapor_rates,
    approval_rate,
    eligible_response_rate,
    response_rate,
)

COUNTS = st.builds(Outcomes, *[st.integers(0, 1000)] * 8)


def test_without_any_case_no_rate_exists():
    assert set(aapor_rates(Outcomes()).values()) == {None}


def test_before_the_first_visit_nothing_is_known_of_who_is_eligible():
    rates = aapor_rates(Outcomes(UH=200))

    assert rates["e"] is None
    assert rates["RR1"] == rates["CON1"] == 0
    assert all(rates[name] is None for name in ("RR3", "RR5", "COOP1", "REF2", "CON3"))


def test_where_every_known_case_is_ineligible_the_estimated_share_is_zero():
    rates = aapor_rates(Outcomes(UH=5, NE=3))

    assert rates["e"] == 0
    assert rates["RR3"] is None


def test_another_estimate_of_e_can_be_given_and_is_reported():
    rates = aapor_rates(Outcomes(I=1, UO=2), e=Fraction(1, 2))

    assert rates["e"] == Fraction(1, 2)
    assert rates["RR3"] == Fraction(1, 2)


def test_weights_may_stand_in_place_of_counts():
    rates = aapor_rates(Outcomes(I=Fraction(3, 2), R=Fraction(1, 2)))

    assert rates["RR1"] == Fraction(3, 4)


def test_the_outcomes_of_two_areas_add_up_letter_by_letter():
    one = Outcomes(I=1, P=2, R=3, NC=4, O=5, UH=6, UO=7, NE=8)
    two = Outcomes(I=10, P=20, R=30, NC=40, O=50, UH=60, UO=70, NE=80)

    assert one + two == Outcomes(I=11, P=22, R=33, NC=44, O=55, UH=66, UO=77, NE=88)
    assert sum([one, two], Outcomes()) == one + two


def test_vacant_dwellings_lower_the_rate_of_the_frame_and_not_the_eligible_rate():
    outcomes = Outcomes(I=60, P=10, NC=10, UH=10, NE=10)

    assert response_rate(70, 100) == Fraction(7, 10)
    assert eligible_response_rate(outcomes) == Fraction(7, 9)
    assert approval_rate(35, 100) == Fraction(7, 20)


def test_a_rate_over_no_household_does_not_exist():
    assert approval_rate(0, 0) is None
    assert eligible_response_rate(Outcomes(NE=4)) is None


@given(COUNTS)
def test_every_rate_lies_between_zero_and_one(outcomes):
    existing = [rate for rate in aapor_rates(outcomes).values() if rate is not None]

    assert all(0 <= rate <= 1 for rate in existing)


@given(COUNTS)
def test_the_fewer_unknown_cases_are_counted_as_eligible_the_higher_the_rate(outcomes):
    rates = aapor_rates(outcomes)
    ascending = [rates[name] for name in ("RR2", "RR4", "RR6") if rates[name] is not None]

    assert ascending == sorted(ascending)


@given(COUNTS)
def test_the_eligible_response_rate_is_the_second_of_the_standard(outcomes):
    assert eligible_response_rate(outcomes) == aapor_rates(outcomes)["RR2"]
