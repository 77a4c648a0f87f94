"""Every office page can be used by everyone: in both languages, on a tablet and at a desk."""

from __future__ import annotations

import pytest
from playwright.sync_api import FloatRect, Page

from tests.browser.accessibility import violations_on
from tests.browser.contexts import PAGES

pytestmark = pytest.mark.browser

SCREENS = {"tablet": {"width": 800, "height": 1280}, "desk": {"width": 1440, "height": 900}}
WIDER_THAN_THE_SCREEN = (
    "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"
)


def header_boxes(page: Page) -> list[FloatRect]:
    """Where the parts of the header are: name, day, reader, languages, the way out."""
    parts = page.locator(".census-header__row > *").all()
    return [box for part in parts if (box := part.bounding_box())]


@pytest.fixture(params=["th", "en"])
def language(request: pytest.FixtureRequest) -> str:
    """Each language in turn."""
    return str(request.param)


@pytest.fixture(params=PAGES)
def shown(
    request: pytest.FixtureRequest,
    page: Page,
    complaints: list[str],
    office_pages: str,
    language: str,
) -> Page:
    """Each page in turn, on the screen of a tablet."""
    page.goto(f"{office_pages}/pages/{request.param}?language={language}")
    return page


def test_the_strict_policy_refuses_nothing_a_page_needs(shown: Page, complaints: list[str]):
    shown.wait_for_load_state("networkidle")

    assert complaints == []


def test_a_page_breaks_no_rule_of_accessibility(shown: Page):
    assert violations_on(shown) == []


def test_a_page_never_scrolls_sideways(shown: Page):
    wider_than = []

    for name, size in SCREENS.items():
        shown.set_viewport_size(size)
        if shown.evaluate(WIDER_THAN_THE_SCREEN):
            wider_than.append(name)

    assert wider_than == []


def test_a_page_says_which_language_it_is_in(page: Page, office_pages: str, language: str):
    page.goto(f"{office_pages}/pages/batches?language={language}")

    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize("name", ["sign-in", "refusal", "progress"])
def test_practice_data_say_so(page: Page, office_pages: str, name: str):
    page.goto(f"{office_pages}/pages/{name}?language=en")

    assert page.get_by_text("ข้อมูลฝึกปฏิบัติ · Practice data").is_visible()


def test_the_header_stands_on_one_line_of_a_tablet(page: Page, office_pages: str, language: str):
    page.goto(f"{office_pages}/pages/batches?language={language}")

    tops = {box["y"] + box["height"] / 2 for box in header_boxes(page)}

    assert max(tops) - min(tops) < 2
