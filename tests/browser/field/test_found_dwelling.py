"""A dwelling that is not on the list: added offline, used at once, numbered by the office later."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from census.core import db
from census.frame.codelists import Origin
from census.frame.models import Household
from tests.browser.field import doors
from tests.browser.field.tablets import Tablet
from tests.browser.field.test_visits import reports
from tests.factories.census import HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

ADDRESS = "2/2 ซอยดอกแก้ว ถนนสุขสมมติ"
SYNC = "({sync}) => sync.now()"


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet with its areas, and without a network."""
    doors.lay_out(census)
    tablet = new_field_tablet()
    tablet.set_up()
    tablet.page.context.grant_permissions(["geolocation"])
    tablet.page.context.set_geolocation({"latitude": 13.36, "longitude": 100.99, "accuracy": 8})
    tablet.page.context.set_offline(True)
    return tablet


def add_dwelling(tablet: Tablet) -> None:
    """Add the dwelling from the list; its page is shown."""
    tablet.open(f"#/area/{HOME}")
    tablet.page.get_by_role("link", name="New dwelling").click()
    expect(tablet.page.get_by_text("Position found, to within 8 m")).to_be_visible()
    tablet.page.get_by_label("Address").fill(ADDRESS)
    tablet.page.get_by_role("button", name="Add to the list").click()
    expect(tablet.page.locator(".title--household")).to_contain_text("2/2")


def found_households() -> list[Household]:
    """What the office has of dwellings found in the field."""
    with db.reading() as session:
        return list(session.scalars(select(Household).where(Household.origin == Origin.FIELD)))


def test_a_found_dwelling_can_be_worked_at_once_and_says_what_will_happen(tablet: Tablet):
    add_dwelling(tablet)
    page = tablet.page

    expect(page.get_by_text("the office has not numbered it yet")).to_be_visible()
    expect(page.get_by_text("sends the new dwelling first")).to_be_visible()
    expect(page.get_by_role("link", name="Start the interview")).to_be_visible()
    tablet.open(f"#/area/{HOME}")
    expect(page.locator(".row", has_text="2/2")).to_contain_text("number to come from the office")
    tablet.open(f"#/area/{HOME}/map")
    expect(page.locator(".map__dot")).to_have_count(6)


def test_it_gets_the_office_s_number_and_what_was_noted_goes_with_it(tablet: Tablet):
    add_dwelling(tablet)
    page = tablet.page
    page.get_by_role("link", name="Record a visit").click()
    page.get_by_role("button", name="Nobody home").click()
    expect(page.get_by_text("Saved: Nobody home")).to_be_visible(timeout=10_000)

    page.context.set_offline(False)
    tablet.run(SYNC)
    tablet.run(SYNC)

    [household] = found_households()
    assert household.address == ADDRESS
    assert household.id == f"{HOME}-9000"
    assert [(told["type"], told.get("household_id")) for told in reports()] == [
        ("dwelling_found", None),
        ("visit", f"{HOME}-9000"),
    ]
    tablet.open(f"#/area/{HOME}")
    row = page.locator(".row", has_text="2/2")
    expect(row).to_contain_text("No. 9000")
    expect(row).to_contain_text("1 visit")
    expect(page.locator(".row")).to_have_count(6)


def test_a_dwelling_that_is_on_the_list_is_shown_before_it_is_added_twice(tablet: Tablet):
    tablet.open(f"#/area/{HOME}/found")

    tablet.page.get_by_label("Address").fill("2/1 ซอยดอกแก้ว")

    similar = tablet.page.get_by_role("region", name="Is it one of these already?")
    expect(similar.locator(".row")).to_have_count(1)


def test_without_an_address_nothing_is_added(tablet: Tablet):
    tablet.open(f"#/area/{HOME}/found")

    tablet.page.get_by_role("button", name="Add to the list").click()

    expect(tablet.page.get_by_text("Give the address or a landmark")).to_be_visible()
    expect(tablet.page.get_by_label("Address")).to_be_focused()
