"""Rules on persons: each fires on its fault and on no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

import pytest

from census.collection.codelists import Mode
from census.collection.edits import Context, judge
from tests.factories.answers import HEAD, NO_DIFFICULTY, SPOUSE, family, family_with, person

CONTEXT = Context(
    province_code="20",
    mode=Mode.FACE_TO_FACE,
    field_period=(date(2020, 12, 1), date(2021, 3, 31)),
)

head = partial(family_with, 1)
spouse = partial(family_with, 2)
child = partial(family_with, 3)


def broken(answers) -> set[tuple[str, int | None]]:
    return {(finding.edit, finding.person) for finding in judge(answers, CONTEXT)}


def other(**answers: object):
    """The third member, as somebody other than a child of the head."""
    return child(p10="1", p05_month="99", p05_year=9999, **answers)


def with_head(head_answers: dict[str, object], third_answers: dict[str, object]):
    """The family with another head and another third member."""
    whole = child(p05_month="99", p05_year=9999, **third_answers)
    changed = {"p05_month": "99", "p05_year": 9999} | head_answers
    return replace(whole, persons=(replace(whole.persons[0], **changed), *whole.persons[1:]))


CANNOT = dict.fromkeys(list(NO_DIFFICULTY)[:4], "4")

FAULTS = [
    ("E-P04", 2, spouse(p04="1"), spouse(p04=None)),
    ("E-P05", 2, spouse(p04=None), spouse(p04="2")),
    ("E-P05", 2, spouse(p04="9"), spouse(p04="1")),
    ("E-P06", 2, spouse(p02_title="01"), spouse(p02_title="09")),
    ("E-P06", 1, head(p02_title="03"), head(p02_title="03", p04=None)),
    ("E-P07", 2, spouse(p02_title="05"), spouse(p02_title="03")),
    ("E-P07", 3, child(p02_title="03"), child(p02_title="03", p06=999, p05_year=9999)),
    ("E-P08", 1, head(p06=121), head(p06=120)),
    ("E-P08", 1, head(p06=121), head(p06=999)),
    ("E-P09", 1, head(p06=100), head(p06=99)),
    ("E-P09", 1, head(p06=100), head(p06=999)),
    ("E-P10", 1, head(p06=45), head(p06=44)),
    ("E-P10", 1, head(p06=41), head(p06=42)),
    ("E-P10", 1, head(p05_month="99", p06=45), head(p05_month="99", p06=41)),
    ("E-P10", 1, head(p05_month="02", p05_year=2480, p06=84), head(p05_year=2480, p06=84)),
    ("E-P10", 1, head(p06=45), head(p06=999)),
    ("E-P11", 3, child(p05_month="01", p05_year=2564), child(p05_month="12", p05_year=2563)),
    ("E-P11", 3, child(p05_month="99", p05_year=2564), child(p05_month="99", p05_year=2563)),
    ("E-P12", 1, head(p06=14), head(p06=15)),
    ("E-P13", 3, other(p03="06", p06=54), other(p03="06", p06=55)),
    ("E-P14", 3, other(p03="02", p06=32), other(p03="02", p06=31)),
    ("E-P14", 3, other(p03="03", p06=32), other(p03="10", p06=32)),
    ("E-P15", 3, with_head({"p04": "2", "p06": 61}, {}), with_head({"p04": "2", "p06": 60}, {})),
    ("E-P15", 3, with_head({"p04": "2", "p06": 61}, {}), with_head({"p04": "1", "p06": 61}, {})),
    ("E-P16", 3, other(p03="05", p06=16), other(p03="05", p06=15)),
    ("E-P17", 2, spouse(p06=74), spouse(p06=73)),
    ("E-P18", 3, child(p10="2"), child(p10="9")),
    ("E-P18", 3, child(p10="2"), other(p06=13)),
    ("E-P19", 3, child(p06=16, p10="4"), child(p06=17, p10="4")),
    ("E-P20", 2, spouse(p10="1"), spouse(p10="9")),
    ("E-P21", 2, head(p10="4"), head(p10="3")),
    ("E-P21", 2, head(p10="1"), head(p10="9")),
    ("E-P22", 3, child(p03="03", p10="1"), child(p03="02", p10="1")),
    ("E-P23", 1, head(p07="3999900000011"), head(p07="3999900000010")),
    ("E-P23", 1, head(p07="399990000001"), head(p07=None)),
    ("E-P24", 3, child(p07="3999900000010"), child(p07=None)),
    ("E-P26", 1, head(p07="6999900000019"), head(p07="6999900000019", p08="104")),
    ("E-P26", 1, head(p07="0999900000015"), head(p07="699990000001")),
    ("E-P27", 3, child(p08="104"), child(p08="999")),
    ("E-P27", 3, child(p08="997"), child(p08=None)),
    ("E-P28", 1, head(p07="1999900000013"), head(p07="1999900000013", p05_year=2527)),
    ("E-P28", 1, head(p07="1999900000013"), head(p07="1999900000013", p05_year=9999)),
    ("E-P29", 1, head(p11="3"), head(p11="3", p11_province="24")),
    ("E-P29", 1, head(p11="3", p11_province="20"), head(p11="2")),
    ("E-P30", 1, head(p11="5"), head(p11="5", p08="104")),
    ("E-P31", 3, child(p13="1"), child(p13=None)),
    ("E-P32", 3, child(p12="5", p06=9), child(p12="5", p06=10)),
    ("E-P32", 3, child(p12="2", p06=0), child(p12="1", p06=0)),
    ("E-P33", 2, spouse(p12="0"), spouse(p12="1")),
    ("E-P34", 2, spouse(p13_province="20"), spouse(p13_province="24")),
    ("E-P35", 1, head(p15="09", p06=19), head(p15="09", p06=20)),
    ("E-P35", 1, head(p15="09", p06=19), head(p15="98", p06=19)),
    ("E-P36", 3, child(p15="03", p06=4), child(p15="02", p06=4)),
    ("E-P36", 3, child(p15="03", p06=4), child(p15="99", p06=4)),
    ("E-P37", 1, head(p15="01", p17="2"), head(p15="01", p17="3")),
    ("E-P38", 3, child(p15_studying="2"), child(p15_studying=None)),
    ("E-P38", 3, child(p15_studying="2", p06=14), child(p15_studying="2", p06=15)),
    ("E-P39", 1, head(p17=None), head(p16="5", p17=None)),
    ("E-P39", 1, head(p19=None), head(p16="2")),
    ("E-P40", 1, head(p19="4"), head(p19="4", p18="P")),
    ("E-P40", 1, head(p19="4"), head(p19="4", p18="X")),
    ("E-P41", 1, head(p17="6"), head(p17="6", p18="A")),
    ("E-P42", 1, head(p17="0"), head(p17="0", p18="O")),
    ("E-P43", 1, head(p06=80), head(p06=79)),
    ("E-P43", 1, head(p06=80), head(p06=80, p16="7")),
    ("E-P44", 1, head(**CANNOT), head(**CANNOT | {"p20_seeing": "3"})),
    ("E-P45", 3, child(p06=4), child(p06=5)),
]


@pytest.mark.parametrize(("edit", "line", "fault", "sound"), FAULTS)
def test_a_rule_fires_on_its_fault_and_names_the_person(edit, line, fault, sound):
    assert (edit, line) in broken(fault)


@pytest.mark.parametrize(("edit", "line", "fault", "sound"), FAULTS)
def test_a_rule_is_silent_where_there_is_no_fault_or_no_telling(edit, line, fault, sound):
    assert edit not in {found for found, _ in broken(sound)}


def test_only_the_second_of_two_equal_identity_numbers_is_reported():
    found = broken(child(p07="3999900000010"))

    assert {line for edit, line in found if edit == "E-P24"} == {3}


def test_without_one_head_nobody_is_compared_with_a_head():
    roster = (person(1, **HEAD), person(2, **HEAD | {"p06": 20}), person(3, **SPOUSE | {"p06": 99}))

    found = {edit for edit, _ in broken(family(persons=roster))}

    assert "E-P01" in found
    assert "E-P17" not in found


@pytest.mark.parametrize("answers", [head(p06=999, p05_year=9999), child(p06=999, p05_year=9999)])
def test_somebody_of_unknown_age_is_not_judged_by_age(answers):
    judged_by_age = {"E-P12", "E-P14", "E-P15", "E-P17", "E-P32", "E-P35", "E-P36", "E-P45"}

    assert not judged_by_age & {edit for edit, _ in broken(answers)}


def test_where_no_age_is_stated_the_birth_gives_it():
    assert ("E-P14", 3) in broken(child(p06=None, p05_year=2525))
