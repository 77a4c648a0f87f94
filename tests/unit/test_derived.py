"""Derived variables, each by an example worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from census.collection.derived import ages, dwellings, indicators, persons
from census.collection.derived.ages import INTERNATIONAL, THAI, BroadCounts
from census.collection.derived.dwellings import HouseholdType
from census.collection.derived.persons import Activity, Registration
from census.collection.instances.answers import HouseholdAnswers
from census.collection.instances.members import Household, Member
from tests.factories.answers import HEAD, SPOUSE, family, family_with, household, person

EVEN = dict.fromkeys(range(100), 10)
"""Ten persons of every year of age from 0 to 99."""


def related(*relations: str, **answers: Any) -> Household:
    """A private household of a head and members so related, nobody of them married."""
    codes = ("00", *relations)
    single = HEAD | {"p10": "1"}
    roster = tuple(person(n, **single | {"p03": code}) for n, code in enumerate(codes, start=1))
    return Household(family(**{"persons": roster, "h22": len(codes)} | answers))


def member(answers: HouseholdAnswers, line: int = 1) -> Member:
    """One person of a household."""
    return Household(answers).members[line - 1]


@pytest.mark.parametrize(
    ("age", "group"),
    [(0, "0–4"), (4, "0–4"), (5, "5–9"), (84, "80–84"), (85, "85+"), (110, "85+"), (None, None)],
)
def test_ages_are_grouped_by_five_years_up_to_85(age, group):
    assert ages.age_group(age) == group
    assert len(ages.AGE_GROUPS) == 18


@pytest.mark.parametrize(
    ("age", "thai", "international"),
    [(14, "0–14", "0–14"), (15, "15–59", "15–64"), (60, "60+", "15–64"), (65, "60+", "65+")],
)
def test_there_are_two_broad_groupings_and_each_says_its_name(age, thai, international):
    assert (THAI.group(age), INTERNATIONAL.group(age)) == (thai, international)
    assert THAI.group(None) is None
    assert THAI.labels != INTERNATIONAL.labels
    assert THAI.en != INTERNATIONAL.en


def test_the_counts_of_broad_groups_add_up():
    assert ages.counted(EVEN, THAI) == BroadCounts(150, 450, 400)
    assert ages.counted(EVEN, INTERNATIONAL) == BroadCounts(150, 500, 350)


def test_the_size_is_the_stated_number_or_else_the_roster():
    assert dwellings.household_size(Household(family(h22=5))) == 5
    assert dwellings.household_size(Household(family(h22=9999))) == 3
    assert dwellings.household_size(Household(family(h22=None, persons=()))) is None
    assert dwellings.household_size(Household(household(h01="1", h02="3"))) is None


@pytest.mark.parametrize(
    ("relations", "kind"),
    [
        ((), HouseholdType.ONE_PERSON),
        (("01",), HouseholdType.COUPLE),
        (("01", "12"), HouseholdType.COUPLE),
        (("01", "02", "11"), HouseholdType.NUCLEAR),
        (("02",), HouseholdType.NUCLEAR),
        (("06", "06", "08"), HouseholdType.NUCLEAR),
        (("01", "03"), HouseholdType.EXTENDED),
        (("01", "02", "06"), HouseholdType.EXTENDED),
        (("05",), HouseholdType.EXTENDED),
        (("08",), HouseholdType.EXTENDED),
        (("01", "01", "02"), HouseholdType.EXTENDED),
        (("14", "15"), HouseholdType.NON_RELATIVES),
    ],
)
def test_a_household_is_classed_by_how_its_members_are_related(relations, kind):
    assert dwellings.household_type(related(*relations)) is kind


def test_a_married_head_with_parents_is_an_extended_family():
    whole = related("06").answers
    married = replace(whole, persons=(replace(whole.persons[0], p10="2"), whole.persons[1]))

    assert dwellings.household_type(Household(married)) is HouseholdType.EXTENDED


def test_a_collective_household_is_one_whoever_lives_in_it():
    assert dwellings.household_type(related("01", h03="2")) is HouseholdType.COLLECTIVE
    assert dwellings.generations(related("01", h03="2")) is None


def test_without_relations_the_type_is_not_known():
    assert dwellings.household_type(Household(family_with(2, p03=None))) is None
    assert dwellings.household_type(Household(family(persons=()))) is None


@pytest.mark.parametrize(
    ("relations", "count"),
    [((), 1), (("01",), 1), (("02", "03"), 2), (("05",), 2), (("02", "05", "06", "09"), 5)],
)
def test_generations_are_those_of_the_family_of_the_head(relations, count):
    assert dwellings.generations(related(*relations, "10", "15")) == count


def test_room_is_counted_by_rooms_and_by_bedrooms():
    assert dwellings.persons_per_room(Household(family(h08=2, h22=3))) == 1.5
    assert dwellings.persons_per_room(Household(family(h08=99))) is None
    assert dwellings.is_overcrowded(Household(family(h09=2, h22=7))) is True
    assert dwellings.is_overcrowded(Household(family(h09=2, h22=6))) is False
    assert dwellings.is_overcrowded(Household(family(h09=0, h22=4))) is True
    assert dwellings.is_overcrowded(Household(family(h09=99))) is None


@pytest.mark.parametrize(
    ("answer", "expected", "is_latent"),
    [
        ("1", Registration.HERE_AND_LIVING_HERE, False),
        ("2", Registration.LIVING_HERE_ONLY, False),
        ("3", Registration.LIVING_HERE_ONLY, True),
        ("4", Registration.LIVING_HERE_ONLY, True),
        ("5", None, True),
        ("9", None, None),
        (None, None, None),
    ],
)
def test_where_somebody_is_registered_says_whether_they_are_latent(answer, expected, is_latent):
    someone = member(family_with(1, p11=answer))

    assert persons.registration(someone) is expected
    assert persons.is_latent(someone) is is_latent


def test_a_household_counts_all_three_classes_of_registration():
    counts = persons.registrations(Household(replace(family_with(2, p11="3"), h25=2)))

    assert (counts.here, counts.elsewhere, counts.absent, counts.unknown) == (2, 1, 2, 0)
    assert persons.registrations(Household(family(h25=999))).absent is None


@pytest.mark.parametrize(
    ("code", "is_thai"), [("764", True), ("104", False), ("997", False), ("999", None), ("R", None)]
)
def test_nationality_is_thai_another_or_not_known(code, is_thai):
    assert persons.is_thai(member(family_with(1, p08=code))) is is_thai


@pytest.mark.parametrize(
    ("duration", "lifetime", "recent"),
    [("0", True, True), ("3", True, True), ("4", True, False), ("5", True, False),
     ("6", False, False), ("9", None, None), (None, None, None)],
)  # fmt: skip
def test_migrants_of_a_lifetime_and_of_the_last_five_years(duration, lifetime, recent):
    someone = member(family_with(1, p12=duration))

    assert persons.is_lifetime_migrant(someone) is lifetime
    assert persons.is_recent_migrant(someone) is recent


@pytest.mark.parametrize(
    ("level", "years"), [("01", 0), ("03", 6), ("05", 12), ("09", 16), ("11", 21), ("12", None)]
)
def test_each_level_of_education_stands_for_years(level, years):
    assert persons.years_of_schooling(member(family_with(1, p15=level))) == years


def test_activity_is_asked_from_fifteen():
    assert persons.activity(member(family_with(1, p16="2"))) is Activity.EMPLOYED
    assert persons.activity(member(family_with(1, p16="4"))) is Activity.SEASONALLY_INACTIVE
    assert persons.activity(member(family_with(1, p16="9"))) is None
    assert persons.activity(member(family_with(3, p16="1"), 3)) is None


def test_a_lot_of_difficulty_in_one_domain_is_a_disability():
    unknown = dict.fromkeys(persons.DIFFICULTY_NODES, "9")

    assert persons.has_disability(member(family())) is False
    assert persons.has_disability(member(family_with(1, p20_walking="3"))) is True
    assert persons.has_disability(member(family_with(1, p20_walking="2"))) is False
    assert persons.has_disability(member(family_with(1, **unknown))) is None
    assert persons.has_disability(member(family_with(1, **unknown | {"p20_seeing": "4"}))) is True
    assert persons.has_disability(member(family_with(3, p06=4), 3)) is None


def test_dependency_ratios_add_up():
    ratios = indicators.dependency_ratios(BroadCounts(30, 60, 15))

    assert (ratios.total, ratios.child, ratios.old_age) == (75, 50, 25)
    assert indicators.dependency_ratios(BroadCounts(1, 0, 1)) is None


def test_the_old_are_set_against_the_young_and_the_working():
    assert indicators.ageing_index(BroadCounts(30, 60, 15)) == 50
    assert indicators.potential_support_ratio(BroadCounts(30, 60, 15)) == 4
    assert indicators.ageing_index(BroadCounts(0, 1, 1)) is None
    assert indicators.potential_support_ratio(BroadCounts(1, 1, 0)) is None


def test_the_sex_ratio_is_men_for_a_hundred_women():
    assert indicators.sex_ratio(96, 100) == 96
    assert indicators.sex_ratio(1, 0) is None


def test_mean_and_median_age_are_in_exact_years():
    assert indicators.mean_age(EVEN) == 50
    assert indicators.median_age(EVEN) == 50
    assert indicators.mean_age({0: 1, 1: 3}) == 1.25
    assert indicators.median_age({0: 1, 1: 3}) == pytest.approx(1 + 1 / 3)
    assert indicators.median_age({}) is indicators.mean_age({}) is None


def test_the_mean_age_at_marriage_of_people_who_all_marry_at_20_is_20():
    never_married = dict.fromkeys(range(15, 55, 5), 0.0) | {15: 1.0}

    assert indicators.mean_age_at_marriage(never_married) == 20


def test_who_never_marries_takes_no_part_in_the_mean_age_at_marriage():
    shares = [0.95, 0.70, 0.40, 0.25, 0.15, 0.12, 0.10, 0.10]
    never_married = dict(zip(range(15, 55, 5), shares, strict=True))

    expected = (15 + 5 * 2.67 - 50 * 0.10) / 0.90

    assert indicators.mean_age_at_marriage(never_married) == pytest.approx(expected)
    assert indicators.mean_age_at_marriage(dict.fromkeys(range(15, 55, 5), 1.0)) is None
    assert indicators.mean_age_at_marriage({15: 1.0}) is None


def test_rates_of_employment_and_unemployment_have_their_own_denominators():
    activities = [
        *[Activity.EMPLOYED] * 6,
        *[Activity.UNEMPLOYED] * 1,
        *[Activity.SEASONALLY_INACTIVE] * 1,
        *[Activity.OUTSIDE] * 2,
        None,
    ]

    assert indicators.employment_rate(activities) == 0.6
    assert indicators.unemployment_rate(activities) == 0.125
    assert indicators.employment_rate([None]) is None
    assert indicators.unemployment_rate([Activity.OUTSIDE]) is None


def test_means_and_shares_are_of_those_who_are_known():
    assert indicators.mean_years_of_schooling([0, 6, 12, None]) == 6
    assert indicators.share_of([True, False, None, False, False]) == 0.25
    assert indicators.mean_years_of_schooling([None]) is indicators.share_of([]) is None


def test_two_adults_are_a_couple_by_relation_not_by_number():
    roster = (person(1, **HEAD), person(2, **SPOUSE))

    assert dwellings.household_type(Household(family(persons=roster))) is HouseholdType.COUPLE
