"""Putting right what waits in quarantine, on the real application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, expect

from census.collection.services import receive_submission
from census.core import db
from census.core.clock import utcnow
from tests.browser.accessibility import violations_on
from tests.browser.offices import Offices, people_who_may_sign_in, served, whole_application
from tests.factories.census import HOME
from tests.factories.submissions import incoming

# What the browser shows does not depend on the database underneath.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]


@pytest.fixture
def offices(
    database_url: str, tmp_path: Path, new_context: Callable[..., BrowserContext]
) -> Iterator[Offices]:
    """The offices of the small census; no page of theirs may break a rule of the browser."""
    app = whole_application(database_url, tmp_path)
    with served(app) as address:
        offices = Offices(address, new_context, people_who_may_sign_in())
        yield offices
    assert offices.complaints == []


def send_contradicting(offices: Offices, serial: int) -> bytes:
    """Let a submission arrive whose envelope names another household; gives back its bytes."""
    census = offices.census
    sent = replace(incoming(census.household(serial)), household_id=census.household(5))
    with db.transaction() as session:
        receive_submission(session, census.enumerator, sent, at=utcnow())
    return sent.data


def test_an_officer_saves_the_bytes_assigns_one_and_discards_the_other(offices: Offices):
    data = send_contradicting(offices, 1)
    send_contradicting(offices, 2)
    page = offices.signed_in("supervisor1")

    page.get_by_role("link", name="Quarantine (2)").click()
    page.get_by_role("button", name="Try all of these again").click()
    expect(page.get_by_text("Tried again: 2. Taken up: 0.")).to_be_visible()
    assert violations_on(page) == []

    opened = page.locator("#waiting ~ .census-scroll").get_by_role("link").first
    opened.click()
    assert violations_on(page) == []
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the bytes as they were received").click()
    assert Path(saved.value.path()).read_bytes() == data

    page.get_by_label("Household or enumeration area").fill(HOME)
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Household", exact=True).select_option(f"{HOME}-0003")
    page.get_by_label("How you know").fill("Asked the enumerator")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_text("It is taken up and counts by the rules.")).to_be_visible()

    opened.click()
    page.get_by_label("Why it is discarded").fill("Sent twice by mistake")
    page.get_by_role("button", name="Discard").click()
    expect(page.get_by_text("Nothing waits here.")).to_be_visible()
    expect(page.get_by_role("link", name="Quarantine", exact=True)).to_be_visible()
