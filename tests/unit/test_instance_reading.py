"""An instance is read into a household's answers; nothing odd in it stops the reading."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from census.collection.codelists import Mode
from census.collection.instances.parsing import UnreadableInstance, parse
from census.collection.instances.reading import Location, Override, Problem, read_household
from census.collection.questionnaires.sources import sample_instance

UUID = "uuid:0f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b10"
META = f"<meta><instanceID>{UUID}</instanceID></meta>"
HOUSEHOLD_ID = "<household_id>22001011001-0042</household_id>"


def read(body: str, *, household_id: str = HOUSEHOLD_ID, meta: str = META):
    data = f'<data id="household" version="2564.1">{household_id}{body}{meta}</data>'
    return read_household(parse(data.encode()))


def test_the_sample_of_the_questionnaire_is_read_whole():
    answers = read_household(parse(sample_instance("household", "2564.1")))

    assert (answers.form_id, answers.version) == ("household", "2564.1")
    assert answers.household_id == "22001011001-0042"
    assert answers.mode is Mode.FACE_TO_FACE
    assert answers.ended_at - answers.started_at == timedelta(minutes=19, seconds=36)
    assert answers.location == Location(13.3611, 100.9847, 3, 8)
    assert (answers.h01, answers.h19, answers.h20_motorcycles) == ("2", "1 4", 1)
    assert [person.p06 for person in answers.persons] == [43, 38, 3]
    assert answers.persons[0].p02_first == "สมมติ"
    assert answers.overrides == (Override("E-P40", 1, "พนักงานขับรถโดยสารของเทศบาล"),)
    assert answers.problems == ()


def test_a_blank_is_no_answer():
    answers = read("<h01/><h02> </h02><h08></h08>")

    assert (answers.h01, answers.h02, answers.h08) == (None, None, None)


def test_thai_numerals_are_read_as_the_digits_they_are():
    answers = read(
        "<h01>๑</h01><h08>๓</h08><person><p05_month>๐๕</p05_month><p05_year>๒๕๒๐</p05_year>"
        "<p07>๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓</p07></person>"
    )

    assert (answers.h01, answers.h08) == ("1", 3)
    person = answers.persons[0]
    assert (person.p05_month, person.p05_year, person.p07) == ("05", 2520, "1999900000013")


def test_thai_numerals_in_a_name_stay_as_they_were_written():
    answers = read("<person><p02_first>ร.๙</p02_first></person>")

    assert answers.persons[0].p02_first == "ร.๙"


def test_a_code_is_kept_as_given_even_if_no_item_knows_it():
    answers = read("<h01>77</h01><person><p05_month>5</p05_month></person>")

    assert answers.h01 == "77"
    assert answers.persons[0].p05_month == "5"
    assert answers.problems == ()


def test_items_are_found_inside_the_groups_of_a_form_and_others_passed_over():
    answers = read(
        "<housing><structure><h01>2</h01></structure><colour>red</colour></housing>"
        "<roster><person><who><p04>1</p04></who><nickname>x</nickname></person>"
        "<person><who><p04>2</p04></who></person></roster>"
    )

    assert answers.h01 == "2"
    assert [person.p04 for person in answers.persons] == ["1", "2"]


def test_items_are_found_in_a_namespace():
    data = (
        f'<data xmlns="urn:form" xmlns:o="http://openrosa.org/xforms" id="household" version="1">'
        f"{HOUSEHOLD_ID}<h01>3</h01><person><p04>2</p04></person>"
        f"<o:meta><o:instanceID>{UUID}</o:instanceID></o:meta></data>"
    )

    answers = read_household(parse(data.encode()))

    assert answers.h01 == "3"
    assert answers.persons[0].p04 == "2"


def test_persons_keep_their_place_whatever_line_number_they_have():
    answers = read("<person><p01>7</p01></person><person/><person><p01>1</p01></person>")

    assert [(person.position, person.p01) for person in answers.persons] == [
        (1, 7),
        (2, None),
        (3, 1),
    ]


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ("<h08>three</h08>", Problem("h08", None, "not_a_count")),
        ("<h22>-1</h22>", Problem("h22", None, "not_a_count")),
        ("<h22>3.0</h22>", Problem("h22", None, "not_a_count")),
        ("<h22>9999999999</h22>", Problem("h22", None, "not_a_count")),
        (f"<h01>{'1' * 65}</h01>", Problem("h01", None, "too_long")),
        ("<mode>pigeon</mode>", Problem("mode", None, "unknown_code")),
        ("<start>yesterday</start>", Problem("start", None, "not_a_moment")),
        ("<start>2020-12-05T10:00:00</start>", Problem("start", None, "no_time_zone")),
        ("<end>2563-12-05T10:00:00+07:00</end>", Problem("end", None, "implausible_year")),
        ("<location>here</location>", Problem("location", None, "not_a_location")),
        ("<location>13.3</location>", Problem("location", None, "not_a_location")),
        ("<location>91 100 0 0</location>", Problem("location", None, "not_a_location")),
        ("<location>nan 100 0 0</location>", Problem("location", None, "not_a_location")),
        ("<person/><person><p06>old</p06></person>", Problem("p06", 2, "not_a_count")),
        (
            f"<person><p02_first>{'x' * 1001}</p02_first></person>",
            Problem("p02_first", 1, "too_long"),
        ),
    ],
)
def test_an_answer_of_another_kind_is_left_out_and_noted_without_repeating_it(body, problem):
    answers = read(body)

    assert answers.problems == (problem,)


def test_a_moment_is_read_with_its_zone():
    answers = read("<start>2020-12-05T10:00:00.000+07:00</start><end>2020-12-05T03:20:00Z</end>")

    assert answers.started_at == datetime.fromisoformat("2020-12-05T03:00:00+00:00")
    assert answers.ended_at - answers.started_at == timedelta(minutes=20)


def test_a_location_needs_no_altitude():
    assert read("<location>13.3611 100.9847</location>").location == Location(13.3611, 100.9847)


@pytest.mark.parametrize(
    "override",
    [
        "<override><edit/><person/><reason>because</reason></override>",
        "<override><edit>E-H07</edit><person/><reason> </reason></override>",
        "<override><edit>E-P12</edit><person>she</person><reason>because</reason></override>",
    ],
    ids=["no rule", "no reason", "no line"],
)
def test_an_override_without_rule_reason_or_line_overrides_nothing(override):
    assert read(override).overrides == ()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (f"<household>{HOUSEHOLD_ID}{META}</household>", "not_a_household"),
        (f"<data>{HOUSEHOLD_ID}</data>", "no_instance_id"),
        (f"<data>{META}</data>", "no_household"),
        (f"<data><household_id>{'1' * 65}</household_id>{META}</data>", "no_household"),
        (f"<data>{HOUSEHOLD_ID}{'<person/>' * 10_000}{META}</data>", "too_many_persons"),
    ],
    ids=lambda value: value if "<" not in value else "",
)
def test_what_is_no_household_instance_is_unreadable(data, code):
    with pytest.raises(UnreadableInstance) as refusal:
        read_household(parse(data.encode()))

    assert refusal.value.code == code
