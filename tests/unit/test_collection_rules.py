"""Dispositions, completeness, and which of several responses counts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest

from census.collection.codelists import (
    VISIT_RESULTS,
    AaporClass,
    Disposition,
    Mode,
)
from census.collection.rules import (
    Candidate,
    answered_items,
    best_response,
    completeness,
    disposition_of,
    finality,
    is_final,
    is_response,
)
from census.core.locale import Locale
from tests.factories.answers import family, household, person

NOON = datetime(2020, 12, 5, 5, 0, tzinfo=UTC)


def candidate(number: int, **facts: object) -> Candidate:
    given = {"answered_items": 90, "started_at": NOON, "ended_at": NOON + timedelta(minutes=20)}
    return Candidate(id=UUID(int=number), instance_id=f"uuid:{number}", **(given | facts))


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        (Mode.FACE_TO_FACE, "11"),
        (Mode.DROP_OFF, "12"),
        (Mode.MAIL, "13"),
        (Mode.INTERNET, "14"),
        (Mode.TELEPHONE, "15"),
    ],
)
def test_a_complete_response_is_recorded_under_its_mode(mode, code):
    assert disposition_of(family(), mode) == code


@pytest.mark.parametrize(
    ("occupancy", "code"),
    [
        ("2", "24"),
        ("3", "40"),
        ("4", "41"),
        ("5", "40"),
        ("6", "42"),
        ("7", "44"),
        ("8", "43"),
        ("9", "45"),
    ],
)
def test_the_occupancy_of_a_dwelling_gives_its_disposition(occupancy, code):
    assert disposition_of(household(h01="1", h02=occupancy), Mode.FACE_TO_FACE) == code


def test_sex_and_age_of_everyone_with_structure_and_size_are_sufficient():
    roster = (person(1, p04="1", p06=40), person(2, p04="2", p05_year=2525))
    answers = household(h01="1", h02="1", h22=2, persons=roster)

    assert disposition_of(answers, Mode.MAIL) is Disposition.PARTIAL


@pytest.mark.parametrize(
    "lacking",
    [
        {"h01": None},
        {"h22": None},
        {"persons": ()},
        {"persons": (person(1, p04="1", p06=40), person(2, p04="2"))},
        {"persons": (person(1, p04="1", p06=40), person(2, p06=3))},
        {"persons": (person(1, p04="R", p06=40),)},
        {"h02": None},
    ],
)
def test_less_than_that_is_broken_off(lacking):
    least = {"h01": "1", "h02": "1", "h22": 1, "persons": (person(1, p04="1", p06=40),)}

    assert disposition_of(household(**least | lacking), Mode.MAIL) is Disposition.BROKEN_OFF


def test_a_response_that_lacks_a_single_item_is_still_complete():
    assert disposition_of(replace(family(), h15=None), Mode.MAIL) is Disposition.COMPLETE_MAIL


def test_a_full_response_in_no_known_mode_is_partial():
    assert disposition_of(family(), None) is Disposition.PARTIAL


def test_an_item_left_out_lowers_the_number_answered_by_one():
    whole = family()

    assert answered_items(whole) - answered_items(replace(whole, h15=None)) == 1


def test_an_answer_to_a_skipped_item_does_not_make_a_response_fuller():
    whole = family(h13="5", h14=None)

    assert answered_items(replace(whole, h14="1")) == answered_items(whole)


def test_everything_asked_and_answered_is_all_there_is():
    found = completeness(family())

    assert found.share == 1
    assert found.missing == 0


@pytest.mark.parametrize(("code", "final"), [("11", True), ("49", True), ("70", False)])
def test_work_goes_on_while_a_disposition_is_interim(code, final):
    assert is_final(Disposition(code)) is final


def test_a_household_without_a_disposition_is_neither_final_nor_a_response():
    assert not is_final(None)
    assert not is_response(None)


def test_complete_and_sufficient_partial_responses_are_responses():
    assert {each.value for each in Disposition if is_response(each)} == {
        "11", "12", "13", "14", "15", "16",
    }  # fmt: skip


def test_dispositions_weigh_in_the_order_of_their_finality():
    order = ["11", "17", "47", "20", "40", "30", "70"]

    weights = [finality(Disposition(code)) for code in order]

    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(order)


@pytest.mark.parametrize("code", ["43", "45", "47"])
def test_without_evidence_a_vanished_dwelling_weighs_less_than_a_refusal(code):
    assert finality(Disposition(code)) > finality(Disposition.REFUSED_BY_HOUSEHOLD)
    assert finality(Disposition(code), evident=False) < finality(Disposition.REFUSED_BY_HOUSEHOLD)


def test_a_refusal_outweighs_a_vacancy():
    assert finality(Disposition.REFUSED_BY_HOUSEHOLD) > finality(Disposition.VACANT)


def test_of_two_dispositions_alike_the_later_holds():
    alike = {finality(Disposition.NOT_CONTACTED), finality(Disposition.REFUSED_BY_HOUSEHOLD)}

    assert len(alike) == 1


def test_anything_is_more_final_than_nothing():
    assert finality(None) < finality(Disposition.CALL_BACK)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"answered_items": 1}, {"answered_items": 90, "ended_at": None}),
        ({"answered_items": 91}, {"ended_at": NOON + timedelta(days=9)}),
        ({"ended_at": NOON + timedelta(hours=1)}, {"started_at": NOON + timedelta(minutes=9)}),
        ({"started_at": NOON + timedelta(minutes=1)}, {}),
        ({}, {"started_at": None}),
    ],
    ids=["has an end", "most answered", "latest end", "latest start", "has a start"],
)
def test_the_best_response_counts(better, worse):
    # The better one has the higher id, so that the id does not decide.
    chosen = best_response([candidate(1, **worse), candidate(2, **better)])

    assert chosen.id == UUID(int=2)


def test_between_responses_alike_the_lowest_id_counts():
    assert best_response([candidate(2), candidate(1), candidate(3)]).id == UUID(int=1)


def test_the_choice_does_not_depend_on_the_order_of_arrival():
    responses = [candidate(1), candidate(2, answered_items=95), candidate(3, ended_at=None)]

    chosen = {best_response(order).id for order in permutations(responses)}

    assert chosen == {UUID(int=2)}


def test_a_corrected_response_does_not_count_however_full_it_was():
    first = candidate(1, answered_items=99)
    correction = candidate(2, answered_items=80, deprecated_id="uuid:1")

    assert best_response([first, correction]) is correction


def test_only_the_end_of_a_chain_of_corrections_counts():
    chain = [
        candidate(1, answered_items=99),
        candidate(2, answered_items=98, deprecated_id="uuid:1"),
        candidate(3, answered_items=10, deprecated_id="uuid:2"),
    ]

    assert best_response(chain) is chain[2]


def test_corrections_that_point_at_each_other_leave_one_that_counts():
    circle = [
        candidate(1, deprecated_id="uuid:2"),
        candidate(2, deprecated_id="uuid:1", answered_items=95),
    ]

    assert best_response(circle) is circle[1]


def test_there_is_no_best_of_nothing():
    with pytest.raises(ValueError, match="no response"):
        best_response([])


@pytest.mark.parametrize(
    ("code", "aapor"),
    [("15", "I"), ("16", "P"), ("17", "O"), ("20", "R"), ("22", "R"), ("24", "NC"), ("25", "NC"),
     ("28", "O"), ("33", "UH"), ("34", "UO"), ("40", "NE"), ("49", "NE"), ("70", "UH")],
)  # fmt: skip
def test_a_disposition_has_its_class_in_the_response_rates(code, aapor):
    assert Disposition(code).aapor is AaporClass(aapor)


def test_every_disposition_and_mode_has_a_name_in_both_languages():
    named = [*Disposition, *Mode]

    thai = {each.label(Locale.TH) for each in named}
    english = {each.label(Locale.EN) for each in named}

    assert len(thai) == len(english) == len(named)
    assert all(name.isascii() for name in english)
    assert not any(name.isascii() for name in thai)


def test_a_visit_reports_anything_but_a_response():
    assert Disposition.REFUSED_BY_HOUSEHOLD in VISIT_RESULTS
    assert not any(is_response(each) for each in VISIT_RESULTS)
