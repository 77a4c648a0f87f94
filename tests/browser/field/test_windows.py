"""Setting up by the office's link, and two windows of the app on one tablet."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from census.assignment.devices import give_out_device
from census.core import db
from census.core.clock import utcnow
from tests.browser.field.tablets import PIN, Tablet, new_draft
from tests.factories.census import SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]


def second_window(tablet: Tablet) -> Tablet:
    """Another window of the same tablet, unlocked."""
    other = Tablet(tablet.page.context.new_page(), tablet.harness)
    other.open()
    other.unlock()
    expect(other.page.get_by_role("link", name="Settings")).to_be_visible()
    return other


def test_the_link_of_the_office_sets_a_tablet_up_and_leaves_no_trace_in_the_address(
    census: SmallCensus, new_field_tablet: Callable[..., Tablet]
):
    with db.transaction() as session:
        given = give_out_device(session, census.province, census.enumerator.id, at=utcnow())
        secret = given.token.secret
    tablet = new_field_tablet()

    tablet.open(f"#/set-up/{secret}")
    tablet.page.get_by_role("button", name="Register with this link").click()
    tablet.page.get_by_label("PIN", exact=True).fill("123456")
    tablet.page.get_by_label("PIN again").fill("123456")
    tablet.page.get_by_role("button", name="Set the PIN and begin").click()
    expect(tablet.page.get_by_text("The digits must not be in a row")).to_be_visible()
    tablet.choose_pin(PIN)

    expect(tablet.page.get_by_role("heading", name="My areas")).to_be_visible()
    assert secret not in tablet.page.url
    tablet.wait_for_sync()
    assert tablet.run("({settings}) => settings.device()")["enumerator"]["username"] == (
        "enumerator1"
    )


def test_a_link_that_is_no_longer_valid_says_so(new_field_tablet: Callable[..., Tablet]):
    tablet = new_field_tablet()

    tablet.open("#/set-up/nothing-that-was-given-out")
    tablet.page.get_by_role("button", name="Register with this link").click()

    expect(tablet.page.get_by_role("alert")).to_be_visible()
    assert tablet.stores()["settings"] == []


def test_a_household_is_open_in_one_window_at_a_time(tablet: Tablet, census: SmallCensus):
    other = second_window(tablet)
    tablet.open(f"#/interview/{census.household(1)}")
    expect(tablet.page.locator("iframe").first).to_be_attached()

    other.open(f"#/interview/{census.household(1)}")
    expect(other.page.get_by_text("This household is open in another window")).to_be_visible()

    tablet.open("#/sync")
    other.open("#/")
    other.open(f"#/interview/{census.household(1)}")
    expect(other.page.locator("iframe").first).to_be_attached()
    expect(other.page.get_by_text("This household is open in another window")).to_have_count(0)


def test_what_one_window_saves_the_other_shows(tablet: Tablet, census: SmallCensus):
    other = second_window(tablet)
    other.open("#/sync")
    tablet.page.route("**/api/**", lambda route: route.abort())
    other.page.route("**/api/**", lambda route: route.abort())

    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(census.household(1)))

    expect(other.page.get_by_text("Forms that are begun")).to_be_visible()
