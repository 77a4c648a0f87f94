"""The table of items agrees with the questionnaire, and asks each of the right people."""

from __future__ import annotations

from dataclasses import fields

import pytest

from census.collection.instances.answers import HouseholdAnswers, PersonAnswers, Problem
from census.collection.instances.births import birth_of, never_was
from census.collection.instances.coverage import cover, cover_member
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS, Kind
from census.collection.instances.members import REFERENCE_DAY, Household
from census.collection.questionnaires.nodes import nodes
from tests.factories.answers import family, family_with, household, person

ITEMS = {item.node: item for item in (*HOUSEHOLD_ITEMS, *PERSON_ITEMS)}


def asked_of(position: int, **changes: object) -> dict[str, bool | None]:
    """Which items the member must, must not, or may be asked."""
    member = Household(family_with(position, **changes)).members[position - 1]
    return {item.node: item.universe(member) for item in PERSON_ITEMS}


def asked_about(**changes: object) -> dict[str, bool | None]:
    """Which items must, must not, or may be asked about the household."""
    subject = Household(family(**changes))
    return {item.node: item.universe(subject) for item in HOUSEHOLD_ITEMS}


def test_every_item_is_a_node_of_the_questionnaire_and_every_answer_a_field():
    in_form = {node.name for node in nodes("household", "2564.1")}
    answered = {each.name for each in (*fields(HouseholdAnswers), *fields(PersonAnswers))}

    assert ITEMS.keys() <= in_form
    assert ITEMS.keys() <= answered


def test_every_code_that_the_form_offers_is_admitted():
    offered = [
        (node.name, code.value)
        for node in nodes("household", "2564.1")
        if node.name in ITEMS
        for code in node.codes
    ]

    assert len(offered) > 100
    assert [pair for pair in offered if not ITEMS[pair[0]].admits(pair[1])] == []


@pytest.mark.parametrize(
    ("node", "admitted", "refused"),
    [
        ("h01", ["1", "98", "99", "R"], ["0", "10", "01", "x", "๑"]),
        ("h02", ["1", "9"], ["R", "99"]),
        ("h04", [1, 99], [0, 100]),
        ("h19", ["0", "1 2 3", "R"], ["5", "1,2"]),
        ("h20_cars", [0, 20, 99], [21]),
        ("h21_language", ["mya", "und"], ["MYA", "my", "mya "]),
        ("h25", [0, 99, 999], [100]),
        ("p04", ["1", "2"], ["3", "9", "R"]),
        ("p05_month", ["01", "12", "99"], ["00", "13", "1"]),
        ("p05_year", [2413, 2563, 9999], [2412, 2564, 1977]),
        ("p06", [0, 120, 999], [121]),
        ("p08", ["764", "104", "997", "998", "999"], ["000", "765", "TH"]),
        ("p11_province", ["20", "99"], ["28", "1"]),
        ("p15", ["01", "12", "98", "99"], ["00", "13"]),
        ("p17", ["0", "9", "X"], ["10"]),
        ("p18", ["A", "U", "X"], ["V", "a"]),
        ("p20_seeing", ["1", "4", "9"], ["0", "5"]),
    ],
)
def test_an_item_admits_its_codes_and_no_others(node, admitted, refused):
    item = ITEMS[node]

    assert all(item.admits(answer) for answer in admitted)
    assert not any(item.admits(answer) for answer in refused)


def test_an_empty_dwelling_ends_the_questionnaire():
    asked = asked_about(h02="3")

    assert asked.pop("h01") is True
    assert asked.pop("h02") is True
    assert set(asked.values()) == {False}


def test_a_demolished_dwelling_need_not_have_a_structure():
    assert asked_about(h02="8")["h01"] is None


def test_of_an_absent_household_what_neighbours_tell_may_be_given():
    asked = asked_about(h02="2")

    assert asked["h04"] is False
    assert asked["h03"] is asked["h05"] is asked["h22"] is None


def test_a_collective_household_is_not_asked_about_its_dwelling():
    asked = asked_about(h03="2")

    assert {asked[f"h{n:02d}"] for n in range(5, 20)} == {False}
    assert asked["h20_cars"] is asked["h25"] is False
    assert asked["h21"] is asked["h22"] is True


@pytest.mark.parametrize(
    ("changes", "node", "asked"),
    [
        ({"h13": "5"}, "h14", False),
        ({"h13": "1"}, "h14", True),
        ({"h13": None}, "h14", None),
        ({"h01": "4"}, "h07", False),
        ({"h01": "7"}, "h07", True),
        ({"h01": "6"}, "h10", False),
        ({"h01": "4"}, "h10", True),
        ({"h21": "1"}, "h21_language", False),
        ({"h21": "2"}, "h21_language", None),
        ({"h21": "3"}, "h21_language", True),
        ({"h03": None}, "h05", None),
        ({"h02": None}, "h22", None),
    ],
)
def test_an_item_of_the_household_follows_what_was_answered_before(changes, node, asked):
    assert asked_about(**changes)[node] is asked


@pytest.mark.parametrize(
    ("changes", "node", "asked"),
    [
        ({"p06": 12}, "p10", False),
        ({"p06": 13}, "p10", True),
        ({"p06": 2}, "p15", False),
        ({"p06": 3}, "p15", True),
        ({"p06": 14}, "p16", False),
        ({"p06": 15}, "p16", True),
        ({"p06": 4}, "p20_seeing", False),
        ({"p06": 5}, "p20_seeing", True),
        ({"p06": 999, "p05_year": 9999}, "p10", None),
        ({"p06": 999, "p05_year": 2553}, "p10", False),
        ({"p16": "1"}, "p17", True),
        ({"p16": "5"}, "p17", False),
        ({"p12": "5"}, "p13", False),
        ({"p12": "6"}, "p13", False),
        ({"p12": "9"}, "p13", False),
        ({"p12": "0"}, "p13", True),
        ({"p13": None}, "p14", False),
        ({"p13": "9"}, "p14", False),
        ({"p13": "1"}, "p14", True),
        ({"p13": "1"}, "p13_province", False),
        ({"p13": "3"}, "p13_country", True),
        ({"p11": "3"}, "p11_province", True),
        ({"p11": "1"}, "p11_province", False),
    ],
)
def test_an_item_of_a_person_follows_what_was_answered_before(changes, node, asked):
    assert asked_of(2, **changes)[node] is asked


def test_a_large_collective_household_may_give_a_short_roster():
    roster = tuple(person(n, p04="1", p06=30, p08="104") for n in range(1, 52))
    collective = Household(household(h02="1", h03="2", persons=roster))

    assert cover_member(collective.members[0]).missing == []


def test_a_collective_household_of_fifty_gives_the_full_roster():
    roster = tuple(person(n, p04="1", p06=30, p08="104") for n in range(1, 51))
    collective = Household(household(h02="1", h03="2", persons=roster))

    assert "p03" in cover_member(collective.members[0]).missing


def test_an_answer_that_was_not_of_its_kind_is_invalid_and_not_also_missing():
    answers = family(h08=None, problems=(Problem("h08", None, "not_a_count"),))

    found = cover(Household(answers))

    assert found.invalid == ["h08"]
    assert found.missing == []


@pytest.mark.parametrize(
    ("month", "year", "youngest", "oldest"),
    [
        ("05", 2520, 43, 43),
        ("12", 2520, 42, 42),
        ("99", 2520, 42, 43),
        ("12", 2563, 0, 0),
        ("02", 2480, 82, 82),
        ("04", 2480, 83, 83),
        ("99", 2483, 79, 80),
    ],
)
def test_an_age_follows_from_a_birth_in_the_buddhist_era(month, year, youngest, oldest):
    birth = birth_of(month, year, REFERENCE_DAY)

    assert (birth.youngest, birth.oldest) == (youngest, oldest)


@pytest.mark.parametrize(("month", "year"), [("05", 9999), ("05", None), ("02", 2483)])
def test_without_a_year_that_was_there_is_no_birth(month, year):
    assert birth_of(month, year, REFERENCE_DAY) is None


def test_the_year_2483_had_no_january():
    assert never_was("01", 2483)
    assert not never_was("04", 2483)
    assert not never_was("01", 2484)


def test_identity_numbers_and_names_are_free_of_codes():
    free = {node for node, item in ITEMS.items() if item.codes is None}

    assert free == {"h21_language", "p02_first", "p02_last", "p07"}
    assert ITEMS["p07"].kind is Kind.IDENTITY_NUMBER
