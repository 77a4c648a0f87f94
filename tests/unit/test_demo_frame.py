"""The invented frame keeps to the proportions it stands for, at every scale."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction
from functools import cache
from random import Random

import pytest
from shapely.geometry import Point, Polygon

from census.collection.edits.areas import MOST_REGISTER_DIFFERENCE
from census.core.identity_numbers import is_valid_pid
from census.demo.enumeration_areas import SyntheticArea
from census.demo.frame import shipped_subdistricts
from census.demo.households import (
    SHARES_HOUSE_WITH_PREVIOUS,
    SyntheticHousehold,
    household_at,
)
from census.demo.outlines import outlines, position_in
from census.demo.plan import Order, Plan
from census.demo.provinces import PROVINCES, households_at
from census.frame.rules import (
    THAILAND,
    agrees_with_subdistrict,
    is_house_code,
    is_plausible_position,
)

ONE_PER_CENT = Fraction("0.01")


@cache
def plan(scale: Fraction = ONE_PER_CENT, seed: int = 1) -> Plan:
    return Plan(Order(scale, seed, date(2021, 2, 10)), shipped_subdistricts())


@cache
def households_of(area: SyntheticArea) -> list[SyntheticHousehold]:
    corners = plan().corners[area.code]
    return [household_at(area, corners, 1, index) for index in range(area.households)]


def test_at_full_scale_there_are_the_households_of_the_three_provinces():
    assert households_at(Fraction(1)) == {"20": 428_641, "21": 218_369, "24": 185_163}


@pytest.mark.parametrize("scale", ["0.0001", "0.001", "0.01", "0.1", "1"])
def test_the_areas_have_exactly_the_scaled_households_in_every_province(scale):
    areas = plan(Fraction(scale)).areas

    for province in PROVINCES:
        counted = sum(area.households for area in areas if area.province is province)
        assert counted == households_at(Fraction(scale))[province.code]


def test_at_full_scale_about_4160_areas_have_about_200_households_and_some_a_thousand():
    sizes = sorted(area.households for area in plan(Fraction(1)).areas)

    assert 4_100 <= len(sizes) <= 4_220
    assert 160 <= sizes[len(sizes) // 2] <= 210
    assert 900 <= sizes[-1] <= 2_000


def test_at_one_per_cent_every_district_has_an_area():
    assert len({area.district_code for area in plan().areas}) == 30


def test_every_area_has_a_code_of_its_own_in_a_real_subdistrict():
    areas = plan(Fraction(1)).areas
    real = {code for codes in shipped_subdistricts().values() for code in codes}

    assert len({area.code for area in areas}) == len(areas)
    assert {area.subdistrict_code for area in areas} <= real
    assert all(agrees_with_subdistrict(area.code, area.subdistrict_code) for area in areas)


def test_outlines_of_areas_do_not_overlap_and_hold_their_households():
    drawn = list(outlines(plan().areas, 1))

    whole = sum(outline.area for _, outline in drawn)
    joined = Polygon().union(drawn[0][1])
    for _, outline in drawn[1:]:
        joined = joined.union(outline)
    assert joined.area == pytest.approx(whole, rel=1e-6)
    for area, outline in drawn:
        position = position_in(plan().corners[area.code], Random(1))
        assert outline.buffer(1e-6).contains(Point(position))


def test_every_household_lies_in_the_country_and_has_a_house_code_of_its_province():
    for area in plan().areas[::7]:
        for household in households_of(area):
            longitude, latitude = household.position
            assert is_plausible_position(latitude, longitude)
            assert THAILAND.south < latitude < 14.5
            assert is_house_code(household.house_code)
            assert household.house_code.startswith(area.province.code)


def test_identity_numbers_are_of_offices_that_do_not_exist_and_never_given_twice():
    persons = [
        person
        for area in plan().areas[:12]
        for household in households_of(area)
        for person in (*household.residents, *household.absentees)
    ]

    numbers = [person.identity_number for person in persons]
    assert len(set(numbers)) == len(numbers)
    assert all(9_900 <= int(number[1:5]) <= 9_999 for number in numbers)
    wrong = sum(not is_valid_pid(number) for number in numbers)
    assert 0 < wrong < 0.02 * len(numbers)
    assert {is_valid_pid(p.identity_number) for p in persons if not p.has_wrong_number} == {True}


@pytest.mark.parametrize("province", PROVINCES, ids=lambda province: province.code)
def test_households_are_as_large_as_those_of_their_province(province):
    sizes = [
        len(household.residents)
        for area in plan().areas
        if area.province is province
        for household in households_of(area)
    ]

    assert sum(sizes) / len(sizes) == pytest.approx(province.mean_persons, abs=0.15)
    assert sizes.count(1) / len(sizes) == pytest.approx(0.35, abs=0.05)


def test_about_fifteen_of_a_hundred_registered_persons_live_elsewhere():
    households = [household for area in plan().areas for household in households_of(area)]

    registered = sum(len(household.registered) for household in households)
    absent = sum(len(household.absentees) for household in households)
    assert absent / registered == pytest.approx(0.15, abs=0.02)


def test_about_thirty_of_a_hundred_residents_are_registered_elsewhere_and_62_here():
    residents = [p for area in plan().areas for h in households_of(area) for p in h.residents]

    elsewhere = sum(person.is_thai and not person.is_registered_here for person in residents)
    here = sum(person.is_registered_here for person in residents)
    assert elsewhere / len(residents) == pytest.approx(0.30, abs=0.02)
    assert here / len(residents) == pytest.approx(0.62, abs=0.02)


def test_households_know_how_many_have_their_house_code():
    for area in plan().areas:
        households = households_of(area)
        in_house = Counter(household.house_code for household in households)
        assert [each.in_house for each in households] == [
            in_house[each.house_code] for each in households
        ]


def test_a_share_of_the_households_shares_its_house():
    households = [each for area in plan().areas for each in households_of(area)]

    sharing = sum(each.in_house > 1 for each in households)
    assert sharing / len(households) == pytest.approx(2 * SHARES_HOUSE_WITH_PREVIOUS, abs=0.01)


def test_register_and_field_are_not_far_apart_in_an_area_of_the_usual_size():
    far = 0
    for area in plan().areas:
        households = households_of(area)
        registered = sum(len(each.registered) for each in households)
        residents = sum(len(each.residents) for each in households)
        far += residents > (1 + MOST_REGISTER_DIFFERENCE) * registered
    assert far <= 0.05 * len(plan().areas)


def test_about_eight_of_a_hundred_residents_are_not_thai():
    residents = [p for area in plan().areas for h in households_of(area) for p in h.residents]

    foreign = sum(not person.is_thai for person in residents)
    assert foreign / len(residents) == pytest.approx(0.08, abs=0.02)


def test_the_same_seed_gives_the_same_frame_and_another_seed_another():
    again = Plan(plan().order, shipped_subdistricts())

    assert again.areas == plan().areas
    assert again.corners == plan().corners
    assert plan(seed=2).areas != plan().areas
