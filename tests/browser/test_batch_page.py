"""Deciding on households of an enumeration area, with the pages as the browser runs them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.contexts import EA

pytestmark = pytest.mark.browser


@pytest.fixture
def batch_page(page: Page, complaints: list[str], office_pages: str) -> Page:
    """The page of one enumeration area, in English."""
    page.goto(f"{office_pages}/pages/batch?language=en")
    return page


def household(page: Page, number: int):
    """The box that selects one household."""
    return page.get_by_role("checkbox", name=f"Select {EA}-{number:04d}")


def test_selecting_households_says_how_many_are_selected(batch_page: Page):
    household(batch_page, 1).check()
    household(batch_page, 2).check()

    expect(batch_page.locator("[data-selected-count]")).to_have_text("2")


def test_one_box_selects_every_household_that_awaits_review(batch_page: Page):
    batch_page.get_by_label("Select all households awaiting review").check()

    expect(batch_page.locator("[data-selected-count]")).to_have_text("5")


def test_nobody_is_offered_to_decide_on_their_own_work(batch_page: Page):
    expect(household(batch_page, 10)).to_have_count(0)


def test_nothing_is_sent_while_no_household_is_selected(batch_page: Page):
    address = batch_page.url

    batch_page.get_by_role("button", name="Approve selected").click(force=True)

    assert batch_page.url == address


def test_approving_sends_the_selected_households_and_what_was_seen(batch_page: Page):
    household(batch_page, 1).check()

    batch_page.get_by_role("button", name="Approve selected").click()

    assert batch_page.url.endswith(f"/batches/{EA}/approve")
    sent = batch_page.locator("body").inner_text()
    assert f"households={EA}-0001" in sent
    assert "seen=5f0c" in sent


def test_approving_all_names_no_household_but_what_was_seen(batch_page: Page):
    batch_page.get_by_role("button", name="Approve all without hard findings").click()

    assert batch_page.url.endswith(f"/batches/{EA}/approve")
    sent = batch_page.locator("body").inner_text()
    assert "households=" not in sent
    assert "seen=5f0c" in sent


def test_returning_asks_for_a_reason_before_anything_is_sent(batch_page: Page):
    household(batch_page, 1).check()

    batch_page.get_by_role("button", name="Return selected").click()

    expect(batch_page.get_by_label("Reason").first).to_be_focused()
    assert "/return" not in batch_page.url


def test_returning_sends_the_reason_with_the_households(batch_page: Page):
    household(batch_page, 1).check()
    batch_page.get_by_label("Reason").first.fill("The year of birth is missing")

    batch_page.get_by_role("button", name="Return selected").click()

    assert batch_page.url.endswith(f"/batches/{EA}/return")
    assert "reason=The year of birth is missing" in batch_page.locator("body").inner_text()
