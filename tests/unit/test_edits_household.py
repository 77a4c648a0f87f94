"""Rules on the interview, the roster and the dwelling: each fires on its fault and on no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from census.collection.codelists import Disposition, Mode
from census.collection.edits import Context, judge
from tests.factories.answers import CHILD, HEAD, SPOUSE, family, family_with, household, person

FIELD_PERIOD = (date(2020, 12, 1), date(2021, 1, 15))
CONTEXT = Context(province_code="20", mode=Mode.FACE_TO_FACE, field_period=FIELD_PERIOD)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def broken(answers, context: Context = CONTEXT) -> set[str]:
    return {finding.edit for finding in judge(answers, context)}


def test_a_household_without_fault_has_no_findings():
    assert judge(family(), CONTEXT) == []


FAULTS = [
    ("E-I04", {"house_reg_code": "2001-00001-1"}, {"house_reg_code": "2001-000001-1"}),
    ("E-I04", {"house_reg_code": "20010000O11"}, {"house_reg_code": None}),
    ("E-I05", {"house_reg_code": "21010000011"}, {"house_reg_code": "20990000011"}),
    ("E-I08", {"started_at": at("2020-11-30T23:59:00+07:00")}, {"started_at": None}),
    (
        "E-I08",
        {"started_at": at("2021-01-15T17:30:00Z"), "ended_at": None},
        {"started_at": at("2021-01-15T16:30:00Z"), "ended_at": None},
    ),
    ("E-I09", {"ended_at": at("2020-12-05T10:00:00+07:00")}, {"ended_at": None}),
    (
        "E-I10",
        {"ended_at": at("2020-12-05T10:01:59+07:00")},
        {"ended_at": at("2020-12-05T10:02:00+07:00")},
    ),
    ("E-H02", {"persons": ()}, {"h02": "2", "persons": ()}),
    ("E-H03", {"h02": "3"}, {"h02": "2"}),
    ("E-H04", {"h22": 4}, {"h22": None}),
    ("E-H04", {"h22": 2, "h23": 1, "h24": 1}, {"h22": 9999}),
    ("E-H05", {"h23": 2}, {"h23": None}),
    ("E-H06", {"h23": 2, "h24": 1}, {"h23": 9999}),
    ("E-H07", {"h22": 21}, {"h22": 20}),
    ("E-H07", {"h22": 21}, {"h22": 21, "h03": "2"}),
    ("E-H08", {"h04": 0}, {"h04": None}),
    ("E-H09", {"h08": 1, "h09": 2}, {"h08": 2, "h09": 2}),
    ("E-H09", {"h08": 1, "h09": 2}, {"h08": 1, "h09": 99}),
    ("E-H10", {"h08": 1, "h22": 7}, {"h08": 1, "h22": 6}),
    ("E-H11", {"h01": "4", "h13": "5"}, {"h01": "1", "h13": "5"}),
    ("E-H12", {"h13": "5", "h14": "1"}, {"h13": "5", "h14": None}),
    ("E-H13", {"h01": "4", "h06": "1", "h07": "3"}, {"h01": "4", "h06": "3", "h07": "3"}),
    ("E-H14", {"h16": "4", "h18": "1", "h19": "1"}, {"h16": "4", "h18": "2", "h19": "1"}),
    ("E-H14", {"h16": "4", "h18": "3", "h19": "1 4"}, {"h16": "2", "h18": "1", "h19": "1 4"}),
    ("E-H15", {"h18": "2", "h19": "0"}, {"h18": "3", "h19": "0"}),
    ("E-H16", {"h01": "6", "h22": 11}, {"h01": "6", "h22": 10}),
    ("E-H22", {"h25": 14}, {"h25": 13}),
    ("E-H22", {"h25": 14}, {"h25": 999}),
]


@pytest.mark.parametrize(("edit", "fault", "sound"), FAULTS)
def test_a_rule_fires_on_its_fault(edit, fault, sound):
    assert edit in broken(family(**fault))


@pytest.mark.parametrize(("edit", "fault", "sound"), FAULTS)
def test_a_rule_is_silent_where_there_is_no_fault_or_no_telling(edit, fault, sound):
    assert edit not in broken(family(**sound))


def test_a_complete_outcome_contradicts_an_empty_dwelling():
    reported = replace(CONTEXT, outcome=Disposition.COMPLETE_FACE_TO_FACE)

    assert "E-H01" in broken(household(h01="1", h02="3"), reported)
    assert "E-H01" not in broken(family(), reported)
    assert "E-H01" not in broken(household(h01="1", h02="3"), CONTEXT)


def test_a_vacant_dwelling_alone_has_no_findings():
    assert judge(household(h01="1", h02="3"), CONTEXT) == []


def test_an_absent_household_need_not_be_described():
    assert judge(household(h01="1", h02="2"), CONTEXT) == []


def test_only_interviews_face_to_face_can_be_too_short():
    hasty = family(ended_at=at("2020-12-05T10:00:30+07:00"), mode=None)

    assert "E-I10" in broken(hasty)
    assert "E-I10" not in broken(hasty, replace(CONTEXT, mode=Mode.INTERNET))


def test_without_a_field_period_no_day_is_outside_it():
    late = family(started_at=at("2022-01-01T10:00:00+07:00"), ended_at=None)

    assert "E-I08" not in broken(late, replace(CONTEXT, field_period=None))


def test_a_day_counts_on_the_wall_clock_and_on_the_census_clock():
    wall = family(
        started_at=at("2030-12-05T10:00:00+07:00"), ended_at=at("2030-12-05T10:20:00+07:00")
    )
    ten_years_back = replace(CONTEXT, clock_offset=timedelta(days=-3652))

    assert "E-I08" in broken(wall)
    assert "E-I08" not in broken(wall, ten_years_back)
    assert "E-I08" not in broken(family(), ten_years_back)


@pytest.mark.parametrize(
    ("heads", "fires"), [(0, True), (1, False), (2, True)], ids=["none", "one", "two"]
)
def test_a_private_household_has_exactly_one_head(heads, fires):
    roster = tuple(person(n, **HEAD | {"p03": "00" if n <= heads else "10"}) for n in (1, 2))

    assert ("E-P01" in broken(family(persons=roster))) is fires


def test_a_collective_household_needs_no_head():
    dormitory = replace(family_with(1, p03="16"), h03="2")

    assert "E-P01" not in broken(dormitory)


@pytest.mark.parametrize(
    ("lines", "fires"),
    [
        ((1, 2, 3), False),
        ((1, 2, None), False),
        ((1, 3, 4), True),
        ((1, 1, 2), True),
        ((2, 1, 3), True),
    ],
)
def test_lines_are_numbered_without_a_gap(lines, fires):
    roster = tuple(
        replace(each, p01=line) for each, line in zip(family().persons, lines, strict=True)
    )

    assert ("E-P02" in broken(family(persons=roster))) is fires


def test_a_second_spouse_is_to_be_confirmed():
    roster = (person(1, **HEAD), person(2, **SPOUSE), person(3, **SPOUSE))

    assert "E-P03" in broken(family(persons=roster))
    assert "E-P03" not in broken(family())


def test_with_a_sex_missing_the_totals_by_sex_are_not_compared():
    roster = (person(1, **HEAD), person(2, **SPOUSE), person(3, **CHILD | {"p04": None}))

    found = broken(family(persons=roster))

    assert "E-P05" in found
    assert "E-H06" not in found
