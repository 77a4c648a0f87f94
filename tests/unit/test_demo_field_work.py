"""The invented field work: exactly as many responses as asked for, and answers without a fault."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from functools import cache

import pytest

from census.collection.codelists import Disposition, Mode, Severity
from census.collection.edits import Context, judge
from census.collection.instances.parsing import parse
from census.collection.instances.reading import read_household
from census.collection.rules import disposition_of, is_final, is_response
from census.demo.agenda import Act, Agenda
from census.demo.answering import (
    CORRECTED,
    FIRST,
    Version,
    action_of,
    submission_of,
)
from census.demo.blemishes import Blemish, blemish_by_chance
from census.demo.chance import chance, uuid_urn
from census.demo.frame import shipped_subdistricts
from census.demo.pace import FINAL_SHARE, field_days, share_by, spread
from census.demo.plan import Ending, Order, Plan
from census.demo.provinces import households_at

FIELD_PERIOD = (date(2020, 12, 1), date(2021, 2, 28))


@cache
def plan(
    scale: str = "0.01", on: date = date(2021, 2, 10), responses: Fraction | None = None
) -> Plan:
    return Plan(Order(Fraction(scale), 1, on, responses), shipped_subdistricts())


def acts_of(agenda: Agenda) -> list[Act]:
    return [
        act
        for at_office in (False, True)
        for act in agenda.due(after=-1, until=999, at_office=at_office)
    ]


def responses_in(made: Plan) -> dict[str, int]:
    counts = dict.fromkeys(("20", "21", "24"), 0)
    for code, agenda in made.agendas.items():
        households = {act.index for act in acts_of(agenda) if act.mode}
        counts[made.by_code[code].province.code] += len(households)
    return counts


@pytest.mark.parametrize("share", ["0", "0.05", "0.5", "0.8112", "0.97", "1"])
def test_exactly_the_share_that_was_asked_for_responds(share):
    made = plan(responses=Fraction(share))

    assert sum(responses_in(made).values()) == round(8_322 * Fraction(share))


def test_where_nobody_has_responded_nobody_has_been_anywhere():
    made = plan(responses=Fraction(0))

    assert sum(map(len, made.agendas.values())) == 0


def test_the_published_result_can_be_had_to_the_household():
    made = plan(scale="1", responses=Fraction(675_088, 832_173))

    assert made.responses == 675_088


def test_in_february_one_province_is_over_its_first_threshold_and_others_are_not():
    counts = responses_in(plan())
    households = households_at(Fraction("0.01"))

    shares = {code: counts[code] / households[code] for code in counts}
    assert 0.60 <= sum(counts.values()) / 8_322 <= 0.65
    assert shares["24"] > 0.66
    assert shares["21"] < 0.62


def test_work_slows_down_while_the_second_wave_lasts():
    december = share_by(date(2020, 12, 24)) - share_by(date(2020, 12, 10))
    january = share_by(date(2021, 1, 20)) - share_by(date(2021, 1, 6))

    assert january < december / 2
    assert share_by(date(2021, 4, 1)) == FINAL_SHARE


def test_nothing_happens_before_the_first_day_nor_after_the_last():
    assert field_days(date(2020, 12, 1)) == []
    assert field_days(date(2021, 2, 10))[-1] == date(2021, 2, 9)
    assert field_days(date(2021, 12, 31))[-1] == date(2021, 3, 31)


def test_nobody_is_given_more_than_they_can_take():
    assert spread(10, {"a": 8, "b": 1, "c": 1}, {"a": 3, "b": 9, "c": 9}) == {
        "a": 3,
        "b": 4,
        "c": 3,
    }


def test_in_finished_areas_every_household_has_come_to_an_end():
    made = plan()

    assert {Ending.READY, Ending.APPROVED, Ending.CLOSED} == set(made.endings.values())
    for code in made.endings:
        ended = {
            act.index
            for act in acts_of(made.agendas[code])
            if act.mode is not None or is_final(act.result)
        }
        assert len(ended) == made.by_code[code].households


def test_most_households_are_interviewed_and_every_mode_is_used():
    modes = [act.mode for agenda in plan().agendas.values() for act in acts_of(agenda) if act.mode]

    assert modes.count(Mode.FACE_TO_FACE) / len(modes) == pytest.approx(0.80, abs=0.03)
    assert set(modes) == set(Mode)


def test_an_agenda_gives_back_the_acts_of_the_days_asked_for():
    visit = Act(3, 140, result=Disposition.VACANT)
    interview = Act(4, 12, mode=Mode.FACE_TO_FACE)
    letter = Act(4, 13, mode=Mode.MAIL)
    agenda = Agenda([letter, interview, visit])

    assert list(agenda.due(after=-1, until=3, at_office=False)) == [visit]
    assert list(agenda.due(after=3, until=4, at_office=False)) == [interview]
    assert list(agenda.due(after=3, until=4, at_office=True)) == [letter]


def test_answers_are_without_a_fault_unless_one_was_put_in():
    made = plan()
    judged = 0
    for area in made.areas[::5]:
        context = Context(area.province.code, Mode.FACE_TO_FACE, FIELD_PERIOD)
        for index in range(0, area.households, 3):
            sent = submission_of(
                made, area, Act(20, index, mode=Mode.FACE_TO_FACE), Version(is_flawless=True)
            )
            answers = read_household(parse(sent.data))
            findings = judge(answers, context)
            # The register itself has a few wrong check digits, which households repeat.
            assert {finding.edit for finding in findings} <= {"E-P23"}
            assert disposition_of(answers, Mode.FACE_TO_FACE) is Mode.FACE_TO_FACE.disposition
            judged += 1
    assert judged > 400


def test_faults_put_in_are_found_and_confirmed_ones_carry_their_reason():
    made = plan()
    found = dict.fromkeys(Blemish, 0)
    for area in made.areas:
        context = Context(area.province.code, Mode.FACE_TO_FACE, FIELD_PERIOD)
        for index in range(area.households):
            blemish = blemish_by_chance(chance(1, "blemish", area.household_id(index)))
            if blemish is Blemish.NONE or found[blemish] >= 12:
                continue
            sent = submission_of(made, area, Act(20, index, mode=Mode.FACE_TO_FACE))
            answers = read_household(parse(sent.data))
            findings = judge(answers, context)
            severities = {finding.severity for finding in findings}
            assert findings
            assert (Severity.HARD in severities) is (blemish in (Blemish.WRONG, Blemish.CUT_SHORT))
            assert any(f.overridden for f in findings) is (blemish is Blemish.CONFIRMED)
            assert is_response(disposition_of(answers, Mode.FACE_TO_FACE))
            found[blemish] += 1
    assert all(found[blemish] == 12 for blemish in Blemish if blemish is not Blemish.NONE)


def test_a_correction_names_what_it_replaces():
    made = plan()
    area = made.areas[0]
    first = submission_of(made, area, Act(5, 0, mode=Mode.FACE_TO_FACE))

    corrected = submission_of(
        made, area, Act(9, 0, mode=Mode.FACE_TO_FACE), Version(CORRECTED, replaces=FIRST)
    )

    answers = read_household(parse(corrected.data))
    assert answers.deprecated_id == first.instance_id == uuid_urn(1, area.household_id(0), FIRST)
    assert corrected.instance_id != first.instance_id


def test_the_same_act_always_gives_the_same_bytes():
    area = plan().areas[3]
    act = Act(30, 5, mode=Mode.MAIL)

    again = Plan(plan().order, shipped_subdistricts())

    assert submission_of(plan(), area, act) == submission_of(again, area, act)


def test_an_appointment_and_a_form_left_are_actions_of_their_own_kind():
    area = plan().areas[0]
    kinds = {
        result: action_of(plan(), area, Act(4, 0, result=result)).type.value
        for result in (
            Disposition.APPOINTMENT_MADE,
            Disposition.FORM_LEFT,
            Disposition.REFUSED_BY_HOUSEHOLD,
        )
    }

    assert list(kinds.values()) == ["appointment", "form_left", "visit"]
