"""What an enumerator sees in a browser: the areas in hand, and nothing of anybody else's."""

from __future__ import annotations

import pytest

from census.accounts.services import open_session
from census.core import db
from census.core.clock import utcnow
from tests.factories.census import AWAY, HOME, SmallCensus, small_census


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def browser_of(app):
    """Makes the browser of somebody who is signed in, reading English."""

    def make(actor):
        with db.transaction() as session:
            opened = open_session(session, actor.id, at=utcnow())
        browser = app.test_client()
        browser.set_cookie("language", "en")
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = opened.secret
        return browser

    return make


def test_an_enumerator_sees_the_areas_in_hand_and_their_households(census, browser_of):
    browser = browser_of(census.enumerator)

    areas = browser.get("/field/")
    area = browser.get(f"/field/areas/{HOME}")

    assert HOME in areas.text
    assert AWAY not in areas.text
    assert all(census.household(serial) in area.text for serial in range(1, 6))


def test_another_enumerators_area_does_not_exist(census, browser_of):
    answer = browser_of(census.enumerator).get(f"/field/areas/{AWAY}")

    assert answer.status_code == 404


def test_a_supervisor_has_no_workload(census, browser_of):
    answer = browser_of(census.supervisor).get("/field/")

    assert answer.status_code == 403


def test_the_first_page_leads_an_enumerator_to_the_field(census, browser_of):
    answer = browser_of(census.enumerator).get("/")

    assert (answer.status_code, answer.location) == (303, "/field/")
