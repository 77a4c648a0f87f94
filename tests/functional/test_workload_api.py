"""What a tablet is told of its households: answers in other modes, visits, the plan, returns."""

from __future__ import annotations

import pytest
from sqlalchemy import event, func, select

from census.collection.codelists import Mode
from census.core import db
from census.core.clock import set_census_clock, utcnow
from census.core.events import Event
from census.frame.queries import current_version
from census.progress.models import Threshold
from census.review.queries import batch
from census.review.rules import Seen
from census.review.services import return_households
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.submissions import envelope
from tests.functional.field_calls import FieldCalls, signed_in

REASON = "ปีเกิดของคนที่ 2 ไม่ตรงกับทะเบียน"


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed, on a day in the middle of its field period."""
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())
        return small_census(session)


@pytest.fixture
def enumerator(client, census) -> FieldCalls:
    """The enumerator of the first area."""
    return signed_in(client, census.enumerator)


def household_of(enumerator, serial=1):
    """What the workload says of a household of the only area."""
    (area,) = enumerator.workload()["areas"]
    return area["households"][serial - 1]


def send_back(census, household_id, questions=()):
    """The supervisor returns a household."""
    with db.transaction() as session:
        seen = batch(session, census.supervisor, HOME)
        return_households(
            session,
            census.supervisor,
            HOME,
            seen=Seen(seen.etag, seen.revisions),
            households=[household_id],
            reason=REASON,
            questions=questions,
            at=utcnow(),
        )


def reads_of_corrections():
    with db.reading() as session:
        of_reading = Event.name == "correction.read"
        return session.scalar(select(func.count()).select_from(Event).where(of_reading))


def test_a_household_nobody_was_at_says_so(enumerator):
    household = household_of(enumerator)

    assert household["visits"] == 0
    assert household["review"] == "open"
    assert [
        household[name]
        for name in ("answered_at", "answered_mode", "form_left", "appointment", "last_visit")
    ] == [None] * 5
    assert (household["responded"], household["questions"]) == (False, [])


def test_a_household_answered_in_another_mode_says_in_which_and_when(client, census, enumerator):
    clerk = signed_in(client, census.clerk)
    clerk.submit({**envelope(census.household(), mode=Mode.INTERNET), "mode": None})

    household = household_of(enumerator)

    assert (household["task"], household["responded"]) == ("none", True)
    assert (household["mode"], household["answered_mode"]) == ("internet", "internet")
    assert household["answered_at"]


def test_visits_are_counted_and_the_last_one_is_told(enumerator, census):
    enumerator.report(
        "visit", household_id=census.household(), result="73", at="2021-02-09T10:00:00+07:00"
    )
    enumerator.report(
        "visit", household_id=census.household(), result="23", at="2021-02-08T10:00:00+07:00"
    )

    household = household_of(enumerator)

    assert household["visits"] == 2
    assert household["last_visit"] == {"at": "2021-02-09T03:00:00+00:00", "result": "73"}


def test_an_appointment_stands_until_somebody_was_there_again(enumerator, census):
    made = {"on": "2021-02-11", "from": "17:00", "to": "19:00"}
    enumerator.report(
        "appointment", household_id=census.household(), at="2021-02-09T10:00:00+07:00", **made
    )
    standing = household_of(enumerator)["appointment"]
    enumerator.report("visit", household_id=census.household(), result="73")

    assert standing == made
    assert household_of(enumerator)["appointment"] is None


def test_a_form_is_told_as_left_until_it_is_collected(enumerator, census):
    left_at = "2021-02-09T10:00:00+07:00"
    enumerator.report(
        "form_left", household_id=census.household(), form_id="20-22001011001-7", at=left_at
    )
    left = household_of(enumerator)["form_left"]
    enumerator.report("form_collected", household_id=census.household())

    assert left == {"at": "2021-02-09T03:00:00+00:00", "form_id": "20-22001011001-7"}
    assert household_of(enumerator)["form_left"] is None


def test_the_day_on_which_a_form_is_to_be_collected_stands_until_it_was(enumerator, census):
    agreed = {"on": "2021-02-11", "from": "17:00", "to": "19:00"}
    enumerator.report(
        "form_left", household_id=census.household(), at="2021-02-09T10:00:00+07:00", **agreed
    )
    household = household_of(enumerator)
    enumerator.report(
        "form_collected", household_id=census.household(), at="2021-02-11T17:30:00+07:00"
    )

    assert (household["appointment"], household["task"]) == (agreed, "collect")
    assert household_of(enumerator)["appointment"] is None


def test_a_form_that_was_left_for_no_day_is_no_appointment(enumerator, census):
    enumerator.report("form_left", household_id=census.household())

    assert household_of(enumerator)["appointment"] is None


def test_what_was_sent_of_a_form_or_an_appointment_may_be_anything(enumerator, census):
    enumerator.report("appointment", household_id=census.household(1), on=7, to=["evening"])
    enumerator.report("form_left", household_id=census.household(2), form_id={"number": 7})

    assert household_of(enumerator, 1)["appointment"] == {"on": None, "from": None, "to": None}
    assert household_of(enumerator, 2)["form_left"]["form_id"] is None


@pytest.mark.parametrize(
    ("type_", "fields"),
    [
        ("visit", {"result": "73"}),
        ("appointment", {"on": "2021-02-11"}),
        ("form_left", {"form_id": "1"}),
        ("form_collected", {}),
    ],
)
def test_a_household_comes_again_when_something_is_known_of_its_door(
    enumerator, census, type_, fields
):
    enumerator.report("visit", household_id=census.household(2), result="23")
    cursor = enumerator.workload()["cursor"]
    enumerator.report(type_, household_id=census.household(3), **fields)

    (area,) = enumerator.workload(since=cursor)["areas"]

    assert [each["id"] for each in area["households"]] == [census.household(3)]


def test_an_area_tells_what_todays_plan_expects_and_how_many_have_responded(enumerator, census):
    enumerator.submit(envelope(census.household(1)), envelope(census.household(2)))
    with db.transaction() as session:
        version = current_version(session).number
        for level, households in ((50, 3), (75, 4), (100, 5)):
            part = Threshold(frame_version=version, area_code=HOME, level=level)
            part.parent_code, part.households = "200101", households
            session.add(part)

    workload = enumerator.workload()

    # 72 of the 90 days of the period are over by the evening of 10 February.
    assert workload["areas"][0]["plan"] == {"on": "2021-02-10", "expected": 4, "done": 2}
    assert workload["census_day"] == "2021-02-10"
    assert workload["areas"][0]["is_practice"] is False


def test_without_a_frozen_frame_there_is_no_plan(enumerator):
    assert enumerator.workload()["areas"][0]["plan"] is None


def test_a_return_tells_its_reason_its_questions_and_ones_own_answers(enumerator, census):
    sent = envelope(census.household(2))
    enumerator.submit(sent)
    send_back(census, census.household(2), ["p05_year", "h22"])

    household = household_of(enumerator, 2)
    correction = enumerator.get(f"/workload/corrections/{census.household(2)}").json

    assert (household["task"], household["reason"]) == ("correct", REASON)
    assert household["questions"] == ["p05_year", "h22"]
    assert correction == {
        "household_id": census.household(2),
        "instance_id": sent["instance_id"],
        "instance": sent["instance"],
        "reason": REASON,
        "questions": ["p05_year", "h22"],
    }
    assert reads_of_corrections() == 1


def test_what_was_not_returned_is_not_shown_again(enumerator, census):
    enumerator.submit(envelope(census.household()))

    answer = enumerator.get(f"/workload/corrections/{census.household()}")

    assert (answer.status_code, answer.json["code"]) == (404, "household.not_found")


def test_what_somebody_else_sent_is_not_shown_to_the_enumerator(client, enumerator, census):
    signed_in(client, census.clerk).submit(
        {**envelope(census.household(), mode=Mode.MAIL), "mode": None}
    )
    send_back(census, census.household())

    answer = enumerator.get(f"/workload/corrections/{census.household()}")

    assert answer.status_code == 404
    assert reads_of_corrections() == 0


@pytest.mark.parametrize("household_id", [f"{AWAY}-0001", f"{HOME}-9999", "nowhere"])
def test_what_lies_elsewhere_has_nothing_to_correct(enumerator, household_id):
    assert enumerator.get(f"/workload/corrections/{household_id}").status_code == 404


def test_a_large_area_costs_no_more_queries_than_a_small_one(client, app):
    with db.transaction() as session:
        census = small_census(session, households=300)
    enumerator = signed_in(client, census.enumerator)
    enumerator.workload()
    few = queries_of(enumerator.workload)
    for serial in range(1, 60):
        enumerator.report("appointment", household_id=census.household(serial), on="2021-02-11")
        enumerator.report("form_left", household_id=census.household(serial), form_id=str(serial))

    enumerator.workload()
    many = queries_of(enumerator.workload)

    # One more: the details of the forms that were left.
    assert many <= few + 1


def queries_of(call) -> int:
    """How many statements reach the database meanwhile."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    with db.reading() as session:
        engine = session.get_bind()
    event.listen(engine, "before_cursor_execute", note)
    call()
    event.remove(engine, "before_cursor_execute", note)
    return len(statements)
