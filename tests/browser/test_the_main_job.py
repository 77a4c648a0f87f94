"""The work of the offices from the first answer to the closed area, on the real application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.accessibility import violations_on
from tests.browser.offices import (
    Offices,
    people_who_may_sign_in,
    served,
    sign_in,
    whole_application,
)
from tests.factories.census import HOME

# What the browser shows does not depend on the database underneath.
pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

BATCH = f"/supervisor/batches/{HOME}"
HOUSEHOLD = f"/supervisor/households/{HOME}-0001"
EVERYBODY = range(1, 6)

# Whose pages they are, and what they are.
PAGES = {
    "province20": (
        "/supervisor/",
        "/supervisor/?area=99",
        BATCH,
        HOUSEHOLD,
        f"{HOUSEHOLD}/persons/1/identity",
        "/supervisor/progress",
        "/supervisor/progress/200101",
        "/supervisor/batches/00000000000",
    ),
    "hq": ("/supervisor/progress",),
    "auditor": ("/",),
}


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


def household(page: Page, serial: int) -> Locator:
    """The box that selects one household."""
    return page.get_by_role("checkbox", name=f"Select {HOME}-{serial:04d}")


def status(page: Page) -> Locator:
    """The status beside the title of the page."""
    return page.locator(".census-title .govuk-tag")


def decide(page: Page, button: str, reason: str) -> None:
    """Give a reason in the form of this button, and press it."""
    form = page.locator("form", has=page.get_by_role("button", name=button))
    form.get_by_label("Reason").fill(reason)
    form.get_by_role("button", name=button).click()


def tab_to(page: Page, wanted: Locator, *, most: int = 80) -> None:
    """Go on with the tabulator until the element has the focus."""
    expect(wanted).to_be_visible()
    for _press in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"the tabulator never reaches {wanted}")


def test_an_area_is_reviewed_returned_corrected_closed_and_reopened(offices: Offices):
    offices.send(*EVERYBODY)

    supervisor = offices.signed_in("supervisor1")
    supervisor.get_by_role("link", name=HOME).click()
    expect(status(supervisor)).to_have_text("Ready")
    household(supervisor, 2).check()
    decide(supervisor, "Return selected", "The year of birth of the second person is missing")
    expect(supervisor.get_by_text("Households returned: 1.")).to_be_visible()
    supervisor.get_by_role("button", name="Approve all without hard findings (4)").click()
    expect(supervisor.get_by_text("Households approved: 4.")).to_be_visible()

    province = offices.signed_in("province20")
    province.get_by_role("link", name=HOME).click()
    expect(status(province)).to_have_text("Returned")
    expect(province.get_by_text("waits for a correction from the field")).to_be_visible()
    expect(province.get_by_role("button", name="Close area")).to_have_count(0)

    offices.send(2)
    province.reload()
    province.get_by_role("button", name="Approve all without hard findings (1)").click()
    expect(status(province)).to_have_text("Approved")
    decide(province, "Close area", "Every household is approved")
    expect(status(province)).to_have_text("Closed")
    expect(province.get_by_role("button", name="Approve selected")).to_have_count(0)
    decide(province, "Reopen area", "A household was missed")
    expect(status(province)).to_have_text("Approved")


def test_an_area_is_not_closed_on_a_page_from_before_a_household_was_returned(offices: Offices):
    offices.send(*EVERYBODY)
    province = offices.signed_in("province20")
    province.goto(BATCH)
    province.get_by_role("button", name="Approve all").click()
    expect(status(province)).to_have_text("Approved")

    supervisor = offices.signed_in("supervisor1")
    supervisor.goto(HOUSEHOLD)
    decide(supervisor, "Return", "Two persons have the same name")
    decide(province, "Close area", "Every household is approved")

    expect(province.get_by_text("Nothing was decided")).to_be_visible()
    expect(status(province)).to_have_text("Returned")
    expect(province.get_by_role("button", name="Close area")).to_have_count(0)


def test_headquarters_sees_the_count_change(offices: Offices):
    headquarters = offices.signed_in("hq")
    counted = headquarters.locator(".census-hero__figure")
    expect(counted).to_have_text("0")

    offices.send(*EVERYBODY)
    headquarters.reload()

    expect(counted).to_have_text("5")


def test_a_wrong_password_says_no_more_than_that(offices: Offices):
    page = offices.browser()

    sign_in(page, "supervisor1", "practice makes nothing")
    refused = page.get_by_role("alert").inner_text()
    sign_in(page, "nobody", "practice makes nothing")

    assert page.get_by_role("alert").inner_text() == refused
    expect(page.locator("#username")).to_have_value("nobody")
    expect(page.locator("#password")).to_have_value("")


def test_after_signing_out_a_page_asks_who_is_there_and_then_shows_itself(offices: Offices):
    page = offices.signed_in("supervisor1")
    page.get_by_role("button", name="Sign out").click()

    page.goto(BATCH)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    sign_in(page, "supervisor1")

    assert page.url.endswith(BATCH)


def test_the_language_changes_in_the_middle_of_the_work(offices: Offices):
    offices.send(*EVERYBODY)
    page = offices.signed_in("supervisor1")
    page.goto("/supervisor/?status=ready")

    page.get_by_role("button", name="ไทย").click()

    assert page.url.endswith("/supervisor/?status=ready")
    expect(page.locator("html")).to_have_attribute("lang", "th")
    page.get_by_role("link", name=HOME).click()
    expect(page.get_by_role("heading", name=f"เขตแจงนับ {HOME}")).to_be_visible()
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name=f"Enumeration area {HOME}")).to_be_visible()


def test_a_household_is_approved_with_the_keyboard_alone(offices: Offices):
    offices.send(*EVERYBODY)
    page = offices.signed_in("supervisor1")
    page.goto(BATCH)

    tab_to(page, household(page, 1))
    page.keyboard.press("Space")
    tab_to(page, page.get_by_role("button", name="Approve selected"))
    page.keyboard.press("Enter")

    expect(page.get_by_text("Households approved: 1.")).to_be_visible()
    expect(household(page, 1)).to_have_count(0)


def test_what_arrives_between_looking_and_approving_is_shown_first(offices: Offices):
    offices.send(*EVERYBODY)
    page = offices.signed_in("supervisor1")
    page.goto(BATCH)

    offices.send(3)
    page.get_by_role("button", name="Approve all").click()
    banner = page.get_by_role("alert")
    expect(banner).to_contain_text("Nothing was decided")
    expect(banner).to_contain_text(f"{HOME}-0003")
    expect(banner).to_be_focused()
    page.get_by_role("button", name="Approve all").click()

    expect(page.get_by_text("Households approved: 5.")).to_be_visible()


@pytest.mark.parametrize("language", ["th", "en"])
def test_no_real_page_breaks_a_rule_of_accessibility(offices: Offices, language: str):
    offices.send(*EVERYBODY)
    broken = {"/sign-in": violations_on(offices.browser(language))}

    for username, addresses in PAGES.items():
        page = offices.signed_in(username, language)
        for address in addresses:
            page.goto(address)
            expect(page.locator("html")).to_have_attribute("lang", language)
            broken[f"{username} {address}"] = violations_on(page)

    assert {where: what for where, what in broken.items() if what} == {}
