"""Who works where in the practice data."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from census.accounts.codelists import Role
from census.demo.frame import shipped_subdistricts
from census.demo.people import accounts_of
from census.demo.plan import Order, Plan


def plan(scale: str) -> Plan:
    return Plan(Order(Fraction(scale), 1, date(2021, 2, 10)), shipped_subdistricts())


@pytest.mark.parametrize("scale", ["0.0001", "0.01", "1"])
def test_every_area_is_in_the_hands_of_one_enumerator_and_one_supervisor(scale):
    made = plan(scale)

    for group in (made.staff.enumerators, made.staff.supervisors):
        held = [area.code for each in group for area in each.areas]
        assert sorted(held) == sorted(area.code for area in made.areas)


@pytest.mark.parametrize(("scale", "fewest", "most"), [("0.01", 5, 40), ("1", 1_350, 1_500)])
def test_an_enumerator_has_one_to_three_areas_of_one_district(scale, fewest, most):
    enumerators = plan(scale).staff.enumerators

    assert fewest <= len(enumerators) <= most
    assert {len(each.areas) for each in enumerators} <= {1, 2, 3}
    assert all(len({area.district_code for area in each.areas}) == 1 for each in enumerators)


def test_a_supervisor_works_in_one_province_with_no_more_than_a_handful_of_teams():
    made = plan("1")

    for supervisor in made.staff.supervisors:
        assert len({area.province.code for area in supervisor.areas}) == 1
        assert len(supervisor.areas) <= 45
    everything = [code for each in made.staff.supervisors for code in each.answers_for]
    assert len(set(everything)) == len(everything)


def test_there_is_an_account_for_every_role():
    accounts = {account.username: account for account in accounts_of(plan("0.01").staff)}

    named = {"admin", "hq", "province20", "province21", "province24", "supervisor1", "enumerator1"}
    assert named | {"clerk20", "auditor"} <= accounts.keys()
    assert {account.role for account in accounts.values()} == set(Role)
    assert accounts["hq"].areas == ("TH",)
