"""The catalogue of rules, and how what they find is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from census.collection.codelists import Mode, Severity
from census.collection.edits import CATALOGUE, Context, Finding, judge, sentence
from census.collection.edits.catalogue import HOUSEHOLD_EDITS, ITEM_EDITS, PERSON_EDITS
from census.collection.edits.description import CONDITIONS, described
from census.collection.instances.answers import Override, Problem
from census.collection.instances.parsing import parse
from census.collection.instances.reading import read_household
from census.collection.questionnaires.sources import sample_instance, sources, text
from census.core.locale import Locale
from tests.factories.answers import family, family_with

PAGE = Path(__file__).parents[2] / "docs" / "edits.md"
CONTEXT = Context(province_code="20", mode=Mode.FACE_TO_FACE)

HARD = {
    "E-I01", "E-I02",
    "E-I08", "E-I09", "E-H01", "E-H02", "E-H03", "E-H04", "E-H05", "E-H06", "E-H08", "E-H12",
    "E-H18", "E-H19", "E-H20", "E-P01", "E-P02", "E-P05", "E-P08", "E-P10", "E-P11", "E-P13",
    "E-P14", "E-P18", "E-P20", "E-P22", "E-P24", "E-P29", "E-P31", "E-P34", "E-P36", "E-P39",
    "E-P45",
}  # fmt: skip


def found(answers, edit: str, context: Context = CONTEXT) -> list[Finding]:
    return [finding for finding in judge(answers, context) if finding.edit == edit]


def test_no_rule_is_listed_twice():
    listed = [edit.id for edit in (*HOUSEHOLD_EDITS, *PERSON_EDITS, *ITEM_EDITS)]

    assert len(listed) == len(set(listed))


def test_the_catalogue_has_all_86_rules_in_the_order_of_the_census():
    sizes = {"I": 10, "H": 22, "P": 46, "X": 8}
    expected = [f"E-{group}{n:02d}" for group, size in sizes.items() for n in range(1, size + 1)]

    assert list(CATALOGUE) == expected
    assert {edit.version for edit in CATALOGUE.values()} == {1}


def test_what_is_asked_beyond_the_areas_of_a_supervisor_is_a_query():
    queries = {id_ for id_, edit in CATALOGUE.items() if edit.severity is Severity.QUERY}

    assert queries == {"E-I03", "E-P25", *(f"E-X{n:02d}" for n in range(1, 9))}


def test_the_hard_rules_are_those_that_block_an_approval():
    assert {id_ for id_, edit in CATALOGUE.items() if edit.severity is Severity.HARD} == HARD


def test_every_rule_speaks_to_the_reader_in_thai_and_in_english():
    thai = {sentence(id_, Locale.TH) for id_ in CATALOGUE}
    english = {sentence(id_, Locale.EN) for id_ in CATALOGUE}

    assert len(thai) == len(english) == len(CATALOGUE)
    assert all(any("ก" <= letter <= "๛" for letter in said) for said in thai)
    assert not any("ก" <= letter <= "๛" for said in english for letter in said)


def test_a_rule_says_what_it_finds():
    assert sentence("E-H04", Locale.TH) == "จำนวนสมาชิกไม่ตรงกับรายชื่อ"
    assert sentence("E-H04", Locale.EN) == "Total differs from roster"


def test_the_form_asks_for_reasons_on_soft_rules_of_the_catalogue_and_in_its_words():
    asked = {
        row["edit"]: text(row, "label", "th") for row in sources("household", "2564.1").soft_edits
    }

    assert {CATALOGUE[id_].severity for id_ in asked} == {Severity.SOFT}
    assert asked == {id_: sentence(id_, Locale.TH) for id_ in asked}


@pytest.mark.parametrize("mode", [Mode.DROP_OFF, Mode.MAIL])
def test_on_paper_a_hard_rule_is_soft(mode):
    wrong = family(h23=2)

    assert found(wrong, "E-H05")[0].severity is Severity.HARD
    assert found(wrong, "E-H05", replace(CONTEXT, mode=mode))[0].severity is Severity.SOFT


def test_without_a_mode_on_the_envelope_the_instance_says_which():
    wrong = family(h23=2, mode=Mode.MAIL)

    assert found(wrong, "E-H05", replace(CONTEXT, mode=None))[0].severity is Severity.SOFT


def test_a_reason_overrides_a_soft_finding_and_leaves_it_on_record():
    crowded = family(h08=1, h09=1, h22=7, overrides=(Override("E-H10", None, "a dormitory"),))

    assert found(crowded, "E-H10") == [Finding("E-H10", Severity.SOFT, None, overridden=True)]


@pytest.mark.parametrize(
    "override",
    [Override("E-P33", 3, "moved in"), Override("E-P32", 2, "moved in"), Override("E-P33", 2, " ")],
    ids=["another person", "another rule", "no reason"],
)
def test_a_reason_counts_only_for_its_rule_and_its_person(override):
    answers = replace(family_with(2, p12="0"), overrides=(override,))

    assert found(answers, "E-P33") == [Finding("E-P33", Severity.SOFT, 2)]


def test_a_reason_does_not_override_a_hard_finding():
    answers = family(h23=2, overrides=(Override("E-H05", None, "so it is"),))

    assert not found(answers, "E-H05")[0].overridden


def test_everything_wrong_is_told_at_once_structure_first():
    answers = replace(
        family_with(2, p04=None, p12="0", p13=None, p13_province=None, p14=None),
        h22=4,
        h13="5",
        ended_at=datetime.fromisoformat("2020-12-05T09:00:00+07:00"),
    )

    told = [(finding.edit, finding.person) for finding in judge(answers, CONTEXT)]

    assert told == [
        ("E-I09", None),
        ("E-H04", None),
        ("E-H05", None),
        ("E-P05", 2),
        ("E-H12", None),
        ("E-H18", None),
        ("E-H19", 2),
        ("E-P33", 2),
    ]


def test_an_answer_to_a_skipped_item_names_the_item():
    assert found(family(h13="5"), "E-H18")[0].nodes == ("h14",)


@pytest.mark.parametrize(
    ("changes", "nodes"),
    [
        ({"p10": "1"}, ("p10",)),
        ({"p16": "6"}, ("p16",)),
        ({"p13": "1"}, ("p13",)),
        ({"p11_province": "21"}, ("p11_province",)),
    ],
)
def test_a_child_has_no_answers_to_the_questions_of_adults(changes, nodes):
    child = found(family_with(3, **changes), "E-H18")

    assert [(finding.person, finding.nodes) for finding in child] == [(3, nodes)]


def test_all_that_is_missing_of_one_person_is_one_finding():
    missing = found(family_with(1, p09=None, p16=None), "E-H19")

    assert [(finding.person, finding.nodes) for finding in missing] == [(1, ("p09", "p16"))]


@pytest.mark.parametrize("node", ["p07", "p07_reason", "p02_last", "p15_studying"])
def test_what_need_not_be_answered_is_not_missing(node):
    assert found(family_with(1, **{node: None}), "E-H19") == []


@pytest.mark.parametrize(
    ("changes", "node"),
    [({"h01": "77"}, "h01"), ({"h19": "1 7"}, "h19"), ({"h04": 100}, "h04"), ({"h08": 0}, "h08")],
)
def test_a_code_that_no_item_knows_is_invalid(changes, node):
    assert [finding.nodes for finding in found(family(**changes), "E-H20")] == [(node,)]


def test_an_answer_of_another_kind_is_invalid_too():
    answers = family(h08=None, problems=(Problem("h08", None, "not_a_count"),))

    assert [finding.nodes for finding in found(answers, "E-H20")] == [("h08",)]
    assert found(answers, "E-H19") == []


def test_a_month_that_the_year_did_not_have_is_invalid():
    impossible = family_with(1, p05_month="02", p05_year=2483, p06=80)

    assert [finding.nodes for finding in found(impossible, "E-H20")] == [("p05_month",)]


def test_not_known_and_refused_are_answers():
    answers = family_with(2, p09="R", p10="9", p05_month="99", p05_year=9999, p15="98", p16="9")

    assert judge(answers, CONTEXT) == []


def test_the_sample_of_the_questionnaire_has_only_the_finding_it_gives_a_reason_for():
    answers = read_household(parse(sample_instance("household", "2564.1")))
    period = (date(2020, 12, 1), date(2021, 3, 31))

    findings = judge(answers, replace(CONTEXT, field_period=period))

    assert findings == [Finding("E-P40", Severity.SOFT, 1, overridden=True)]


def test_the_page_in_the_documentation_is_the_one_the_catalogue_gives():
    assert PAGE.read_text(encoding="utf-8") == described()


def test_the_page_has_a_line_for_every_rule_with_its_words_and_condition():
    page = described()

    assert set(CONDITIONS) == set(CATALOGUE)
    assert [
        id_
        for id_, edit in CATALOGUE.items()
        if f"| `{id_}` | {edit.version} |" not in page or f"| {edit.th} | {edit.en} |" not in page
    ] == []
