"""A problem that reaches the supervisor, and a household that will answer in another way."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, expect

from tests.browser.field import doors
from tests.browser.field.tablets import Tablet
from tests.browser.field.test_visits import go_online, reports
from tests.browser.offices import sign_in
from tests.factories.census import HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet with its areas, and without a network."""
    doors.lay_out(census)
    tablet = new_field_tablet()
    tablet.set_up()
    tablet.page.context.set_offline(True)
    return tablet


def test_a_problem_of_an_area_reaches_the_supervisor(
    tablet: Tablet, office_address: str, new_context: Callable[..., BrowserContext]
):
    page = tablet.page
    tablet.open(f"#/area/{HOME}")
    page.get_by_role("link", name="Problem").click()
    page.get_by_role("button", name="Tell the supervisor").click()
    expect(page.get_by_text("Choose what it is about")).to_be_visible()
    page.get_by_role("radio", name="Safety").check()
    expect(page.get_by_role("radio", name="Not safe")).to_be_checked()
    page.get_by_label("What happened?").fill("น้ำท่วมทางเข้า")
    page.get_by_role("button", name="Tell the supervisor").click()
    expect(page.get_by_text("Saved: Report a problem")).to_be_visible(timeout=10_000)
    go_online(tablet)

    [told] = reports()
    assert (told["type"], told["ea_code"], told["kind"]) == ("problem", HOME, "safety")
    assert (told["severity"], told["text"]) == (1, "น้ำท่วมทางเข้า")
    supervisor = new_context(base_url=office_address, locale="en-TH").new_page()
    supervisor.goto("/sign-in")
    sign_in(supervisor, "supervisor1")
    supervisor.goto("/supervisor/problems")
    expect(supervisor.get_by_text("Not safe")).to_be_visible()
    expect(supervisor.get_by_text("น้ำท่วมทางเข้า")).to_be_visible()


def test_a_problem_at_a_household_names_it(tablet: Tablet, census: SmallCensus):
    page = tablet.page
    tablet.open(f"#/household/{census.household(2)}")
    page.get_by_role("link", name="Report a problem").click()
    page.get_by_role("radio", name="Access").check()
    page.get_by_role("radio", name="Work cannot go on").check()
    page.get_by_label("What happened?").fill("รั้วล็อก")
    page.get_by_role("button", name="Tell the supervisor").click()
    expect(page.get_by_text("Saved: Report a problem")).to_be_visible(timeout=10_000)
    expect(page.locator(".history")).to_contain_text("Problem reported")
    go_online(tablet)

    [told] = reports()
    assert (told["household_id"], told["severity"]) == (census.household(2), 2)


def test_a_household_that_will_answer_in_another_way_says_so_with_the_reason(
    tablet: Tablet, census: SmallCensus
):
    page = tablet.page
    tablet.open(f"#/household/{census.household(3)}")
    page.get_by_role("link", name="Change how it answers").click()
    page.get_by_role("radio", name="By internet").check()
    page.get_by_role("radio", name="Another reason").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Say why")).to_be_visible()
    page.get_by_label("Say it shortly").fill("ทำงานกลางคืน")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Changed to: By internet")).to_be_visible(timeout=10_000)
    expect(page.locator(".standing")).to_contain_text("Agreed to answer by internet")
    go_online(tablet)

    [told] = reports()
    assert (told["type"], told["mode"], told["reason"]) == ("mode_switch", "internet", "other")
    assert told["note"] == "ทำงานกลางคืน"
