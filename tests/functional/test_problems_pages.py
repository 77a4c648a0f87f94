"""Problems from the field reach whoever answers for the area, and reading them leaves a trace."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from census.core import db
from census.core.events import Event
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.functional.field_calls import action_of, signed_in
from tests.functional.reviewing import caller_of

PROBLEMS = "/supervisor/problems"
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def supervisor(app, census):
    """Somebody who answers for the first district, with a browser."""
    return caller_of(app, census.supervisor).browser


@pytest.fixture
def report(client):
    """Lets somebody of the field report something."""

    def send(actor, type_="problem", **told):
        action = action_of(type_, **told)
        answer = signed_in(client, actor).post("/field-actions", {"actions": [action]})
        assert answer.json["results"][0]["outcome"] == "accepted"
        return action["action_id"]

    return send


def page(browser, address=PROBLEMS):
    return browser.get(address, headers=ENGLISH)


def read_actions():
    with db.reading() as session:
        rows = select(Event.subject).where(Event.name == "field_action.read")
        return list(session.scalars(rows.order_by(Event.id)))


def test_a_problem_is_shown_with_what_was_told_of_it(supervisor, census, report):
    report(
        census.enumerator,
        household_id=census.household(2),
        kind="safety",
        severity=1,
        text="สุนัขสามตัว",
    )

    shown = page(supervisor).text

    for words in ("Not safe", "Safety", "สุนัขสามตัว", census.household(2), "2 หมู่ 1", HOME):
        assert words in shown


def test_what_was_told_may_be_anything(supervisor, census, report):
    report(census.enumerator, ea_code=HOME, severity="high", kind=7, text=["<b>dogs</b>"])

    shown = page(supervisor)

    assert shown.status_code == 200
    assert "Severity not said" in shown.text
    assert "<b>dogs</b>" not in shown.text


def test_what_came_last_stands_first_and_pages_follow_each_other(supervisor, census, report):
    for number in range(5):
        report(census.enumerator, ea_code=HOME, severity=3, text=f"problem {number}")

    first = page(supervisor, f"{PROBLEMS}?limit=3").text
    address = first.split('rel="next" href="', 1)[1].split('"', 1)[0].replace("&amp;", "&")
    second = page(supervisor, address).text

    assert [first.find(f"problem {number}") > 0 for number in range(5)] == [False] * 2 + [True] * 3
    assert first.find("problem 4") < first.find("problem 2")
    assert [second.find(f"problem {number}") > 0 for number in range(5)] == [True] * 2 + [False] * 3


def test_problems_of_other_areas_are_not_shown(supervisor, census, report):
    report(census.neighbour, ea_code=AWAY, severity=1, text="elsewhere")

    assert "elsewhere" not in page(supervisor).text
    assert page(supervisor, f"{PROBLEMS}?area={AWAY}").status_code == 404


def test_a_problem_without_a_place_reaches_whoever_answers_for_its_sender(
    supervisor, census, report
):
    report(census.enumerator, severity=4, text="my question")
    report(census.neighbour, severity=4, text="their question")

    shown = page(supervisor).text

    assert "my question" in shown
    assert "their question" not in shown


def test_each_problem_that_was_read_is_an_event(supervisor, census, report):
    action_id = report(census.enumerator, ea_code=HOME, severity=1, text="dogs")
    report(census.enumerator, type_="heartbeat", unsent=1)

    page(supervisor)

    assert read_actions() == [action_id]


def test_the_list_of_batches_and_the_batch_say_how_many_were_reported(supervisor, census, report):
    report(census.enumerator, ea_code=HOME, severity=1, text="dogs")
    report(census.enumerator, household_id=census.household(), severity=2, text="gate")

    listed, batch = (
        page(supervisor, address).text
        for address in ("/supervisor/", f"/supervisor/batches/{HOME}")
    )

    assert f'href="/supervisor/problems?area={HOME}">2</a>' in listed
    assert "Problems reported from the field: 2" in batch
    assert read_actions() == []


def test_an_appointment_is_shown_among_the_visits_of_its_household(supervisor, census, report):
    made = {"on": "2021-02-11", "from": "17:00", "to": "19:00"}
    report(census.enumerator, type_="appointment", household_id=census.household(), **made)

    shown = page(supervisor, f"/supervisor/households/{census.household()}").text

    assert "11 February 2021 17:00–19:00" in shown
