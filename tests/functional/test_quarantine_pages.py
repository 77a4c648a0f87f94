"""The pages of the quarantine: what waits is seen, tried again, assigned and discarded by form."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from sqlalchemy import select

from census.accounts import services as accounts
from census.collection.codelists import FieldActionType, Outcome, Standing
from census.collection.models import FieldAction, FieldArea, Submission
from census.collection.services import receive_field_actions, receive_submissions
from census.collection.services.field_actions import Action
from census.core import db
from census.core.clock import utcnow
from census.core.events import Event
from tests.factories.census import AWAY, HOME, NOON, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

LIST = "/supervisor/quarantine"


@pytest.fixture
def census(app):
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def browser_of(app, form_token):
    """A signed-in browser of somebody, and the token its forms carry."""

    def make(actor):
        browser = app.test_client()
        with db.transaction() as session:
            opened = accounts.open_session(session, actor.id, at=utcnow())
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = opened.secret
        browser.environ_base["HTTP_ACCEPT_LANGUAGE"] = "en"
        return browser

    return make


@pytest.fixture
def post(form_token):
    """Sends a form with its token."""

    def send(browser, address, **fields):
        fields["csrf_token"] = form_token(browser)
        return browser.post(address, data=fields)

    return send


def mismatched(census, serial=1, ea_code=HOME):
    """A submission whose envelope names another household than its instance."""
    one = incoming(census.household(serial, ea_code))
    return replace(one, household_id=census.household(5, ea_code))


def received(census, *submissions):
    """Takes submissions in from the enumerator of the first area."""
    with db.transaction() as session:
        receive_submissions(session, census.enumerator, submissions, at=NOON)


def visited_nowhere(census):
    """A visit to a household that is not on the list, taken in."""
    action = Action(
        new_instance_id(),
        FieldActionType.VISIT,
        NOON,
        {},
        household_id=census.household(ea_code=AWAY),
        result="20",
    )
    with db.transaction() as session:
        receive_field_actions(session, census.enumerator, [action], at=NOON)
    return action


def page_of(one):
    """The address of a submission's page."""
    return f"{LIST}/submissions/{one.instance_id}/{hashlib.sha256(one.data).hexdigest()}"


def stored(one):
    """The submission as it is in the database."""
    with db.reading() as session:
        return session.scalars(
            select(Submission).where(Submission.instance_id == one.instance_id)
        ).one()


def test_the_list_counts_by_reason_and_the_menu_counts_all(census, browser_of):
    received(census, mismatched(census), mismatched(census, 2), incoming(f"{HOME}-0999"))
    received(census, incoming(census.household(ea_code=AWAY)))
    visited_nowhere(census)

    page = browser_of(census.province).get(LIST).text
    near = browser_of(census.supervisor).get(f"{LIST}?reason=household.unknown").text
    actions = browser_of(census.province).get(f"{LIST}?kind=field_action").text

    assert "The envelope contradicts the instance inside it." in page
    assert "Quarantine (5)" in page
    assert "Quarantine (3)" in near
    assert near.count("/submissions/") == 1
    assert actions.count("/actions/") == 1
    assert "enumerator1" not in page


def test_a_strange_area_is_told_beside_the_field(census, browser_of):
    answer = browser_of(census.supervisor).get(f"{LIST}?area=2002")

    assert answer.status_code == 404
    assert "govuk-error-message" in answer.text


def test_opening_one_shows_what_can_be_read_and_is_written_down(census, browser_of):
    one = mismatched(census)
    received(census, one)

    page = browser_of(census.supervisor).get(page_of(one))
    raw = browser_of(census.supervisor).get(f"{page_of(one)}/raw")

    with db.reading() as session:
        reads = session.query(Event).filter_by(name="submission.read").all()
    assert (page.status_code, raw.status_code) == (200, 200)
    assert census.household(1) in page.text
    assert "สมมติ" not in page.text
    assert raw.data == one.data
    assert len(reads) == 2


def test_one_is_tried_again_from_its_page(census, browser_of, post):
    with db.transaction() as session:
        session.get_one(FieldArea, HOME).closed_at = NOON
    one = incoming(census.household())
    received(census, one)
    browser = browser_of(census.supervisor)

    before = post(browser, f"{page_of(one)}/replay")
    told = browser.get(before.location).text
    with db.transaction() as session:
        session.get_one(FieldArea, HOME).closed_at = None
    post(browser, f"{page_of(one)}/replay")
    again = post(browser, f"{page_of(one)}/replay")

    assert before.status_code == 303
    assert "It goes on waiting: This enumeration area is closed." in told
    assert stored(one).standing is Standing.COUNTING
    assert again.status_code == 409
    assert "This submission is not in quarantine." in again.text


def test_all_are_tried_again_from_the_list(census, browser_of, post):
    with db.transaction() as session:
        session.get_one(FieldArea, HOME).closed_at = NOON
    some = [incoming(census.household(serial)) for serial in (1, 2)]
    received(census, *some, mismatched(census, 3))
    with db.transaction() as session:
        session.get_one(FieldArea, HOME).closed_at = None
    browser = browser_of(census.supervisor)

    answer = post(browser, f"{LIST}/replay", kind="submission", area="2001", reason="area.closed")

    told = browser.get(answer.location).text
    assert "Tried again: 2. Taken up: 2." in told
    assert "Quarantine (1)" in told


def test_households_are_offered_by_id_and_by_area_within_the_officers_own(census, browser_of):
    one = mismatched(census)
    received(census, one)
    browser = browser_of(census.supervisor)

    by_id = browser.get(f"{page_of(one)}?find={census.household(4)}").text
    by_area = browser.get(f"{page_of(one)}?find={HOME}").text
    foreign = browser.get(f"{page_of(one)}?find={census.household(ea_code=AWAY)}").text
    nonsense = browser.get(f"{page_of(one)}?find=%27%20or%201").text

    assert f'value="{census.household(4)}"' in by_id
    assert by_area.count("<option value=") == 6
    assert "No household of yours fits." in foreign
    assert "No household of yours fits." in nonsense


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"household_id": "", "assign_reason": "Asked"}, 422, "Choose the household."),
        ({"household_id": f"{HOME}-0004", "assign_reason": " "}, 422, "Say why."),
        ({"household_id": f"{AWAY}-0001", "assign_reason": "Asked"}, 404, "no such household"),
    ],
    ids=["no_household", "no_reason", "foreign_household"],
)
def test_an_incomplete_assignment_is_asked_for_again(
    census, browser_of, post, fields, status, told
):
    one = mismatched(census)
    received(census, one)

    answer = post(browser_of(census.supervisor), f"{page_of(one)}/assign", **fields)

    assert (answer.status_code, told in answer.text) == (status, True)
    assert stored(one).standing is Standing.QUARANTINED


def test_an_assigned_submission_counts_for_its_household(census, browser_of, post):
    one = mismatched(census)
    received(census, one)

    answer = post(
        browser_of(census.supervisor),
        f"{page_of(one)}/assign",
        household_id=census.household(4),
        assign_reason="Asked the enumerator",
    )

    after = stored(one)
    assert answer.status_code == 303
    assert (after.standing, after.household_id) == (Standing.COUNTING, census.household(4))


def test_what_is_discarded_needs_a_reason_and_leaves_the_list(census, browser_of, post):
    one = mismatched(census)
    received(census, one)
    browser = browser_of(census.supervisor)

    without = post(browser, f"{page_of(one)}/set-aside", discard_reason="")
    discarded = post(browser, f"{page_of(one)}/set-aside", discard_reason="A test")

    assert (without.status_code, discarded.status_code) == (422, 303)
    assert stored(one).standing is Standing.VOID
    assert "Nothing waits here." in browser.get(LIST).text


def test_a_field_action_is_shown_tried_again_and_discarded(census, browser_of, post):
    action = visited_nowhere(census)
    address = f"{LIST}/actions/{action.action_id}"
    browser = browser_of(census.province)

    page = browser.get(address)
    tried = post(browser, f"{address}/replay")
    discarded = post(browser, f"{address}/set-aside", discard_reason="A test")
    again = post(browser, f"{address}/set-aside", discard_reason="A test")

    with db.reading() as session:
        outcome = session.get_one(FieldAction, action.action_id).outcome
    assert "Refused by the household" in page.text
    assert [each.status_code for each in (tried, discarded, again)] == [303, 303, 409]
    assert outcome is Outcome.REFUSED


def test_a_field_action_is_vouched_for_by_form_and_saved_as_it_was_sent(census, browser_of, post):
    action = visited_nowhere(census)
    address = f"{LIST}/actions/{action.action_id}"
    browser = browser_of(census.province)

    page = browser.get(address, query_string={"find": census.household(2, AWAY)})
    saved = browser.get(f"{address}/content")
    unexplained = post(browser, f"{address}/assign", assign_reason="")
    strange = post(
        browser, f"{address}/assign", household_id=f"{HOME}-0999", assign_reason="Asked her"
    )
    vouched = post(
        browser,
        f"{address}/assign",
        household_id=census.household(2, AWAY),
        assign_reason="Asked her",
    )

    with db.reading() as session:
        stored = session.get_one(FieldAction, action.action_id)
        reads = session.scalars(select(Event).where(Event.name == "field_action.read")).all()
    assert census.household(2, AWAY) in page.text
    assert "As it was sent" in page.text
    assert (saved.status_code, saved.content_type) == (200, "application/json")
    assert saved.headers["Content-Disposition"].startswith("attachment")
    assert [each.status_code for each in (unexplained, strange, vouched)] == [422, 404, 303]
    assert (stored.outcome, stored.household_id) == (
        Outcome.ACCEPTED,
        census.household(2, AWAY),
    )
    assert len(reads) == 1


def test_what_lies_outside_the_areas_does_not_exist(census, browser_of, post):
    one = mismatched(census, ea_code=AWAY)
    received(census, one)
    action = visited_nowhere(census)
    browser = browser_of(census.supervisor)

    answers = [
        browser.get(page_of(one)),
        browser.get(f"{page_of(one)}/raw"),
        browser.get(f"{LIST}/submissions/{one.instance_id}/nothing"),
        browser.get(f"{LIST}/actions/{action.action_id}"),
        post(browser, f"{page_of(one)}/replay"),
        browser.get(f"{LIST}/actions/{action.action_id}/content"),
        post(browser, f"{LIST}/actions/{action.action_id}/replay"),
        post(browser, f"{LIST}/actions/{action.action_id}/assign", assign_reason="Asked her"),
    ]

    assert [each.status_code for each in answers] == [404] * 8


def test_progress_tells_how_much_waits_in_each_part(census, browser_of):
    received(census, mismatched(census), mismatched(census, 2))
    received(census, incoming(census.household(ea_code=AWAY)))
    visited_nowhere(census)

    province = browser_of(census.province).get("/supervisor/progress").text
    district = browser_of(census.supervisor).get("/supervisor/progress").text
    country = browser_of(census.headquarters).get("/supervisor/progress").text

    assert [f'quarantine?area={code}">2</a>' in province for code in ("2001", "2002")] == [
        True,
        True,
    ]
    assert 'quarantine?area=200101">2</a>' in district
    assert "quarantine?area" not in country
