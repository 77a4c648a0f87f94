"""The list of enumeration areas, which is filtered without leaving the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.browser

# Only another page takes the mark away.
MARK = "() => { document.documentElement.dataset.marked = ''; }"


@pytest.fixture
def batch_list(page: Page, office_pages: str) -> Page:
    """The list of enumeration areas, in English."""
    page.goto(f"{office_pages}/supervisor/batches?language=en")
    return page


def test_choosing_a_status_shows_its_areas_without_leaving_the_page(
    batch_list: Page, complaints: list[str]
):
    batch_list.evaluate(MARK)

    batch_list.get_by_label("Status", exact=True).select_option("returned")

    expect(batch_list.get_by_role("rowheader")).to_have_count(1)
    expect(batch_list.locator("html[data-marked]")).to_have_count(1)
    assert "status=returned" in batch_list.url
    assert complaints == []


def test_a_refused_filter_is_shown_as_the_page_it_is(batch_list: Page):
    def refuse_in_place(route: Route) -> None:
        if route.request.resource_type == "xhr":
            route.fulfill(status=401, body="")
        else:
            route.continue_()

    batch_list.route("**/supervisor/batches?**", refuse_in_place)
    batch_list.evaluate(MARK)

    batch_list.get_by_label("Status", exact=True).select_option("returned")

    expect(batch_list.locator("html[data-marked]")).to_have_count(0)
    assert "status=returned" in batch_list.url
