"""Every screen of the day's work in both languages and sizes: nobody is kept from using it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from census.collection.codelists import FieldActionType
from tests.browser.accessibility import violations_on
from tests.browser.field import doors
from tests.browser.field.tablets import Tablet
from tests.factories.census import HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

SIZES = {"tablet": (800, 1280), "phone": (360, 740)}

SCREENS = {
    "#/": ".area",
    "#/day": ".meeting",
    f"#/area/{HOME}?show=all": ".row",
    f"#/area/{HOME}/map": ".map__dot",
    f"#/area/{HOME}/found": "#address",
    f"#/household/{HOME}-0001": ".standing",
    f"#/household/{HOME}-0002": ".notice",
    f"#/household/{HOME}-0003/visit": ".tile",
    f"#/household/{HOME}-0003/visit?step=appointment": "#day",
    f"#/household/{HOME}-0003/visit?step=not-eligible": "#result",
    f"#/household/{HOME}-0003/visit?step=other": "#result",
    f"#/household/{HOME}-0003/paper?do=leave": "#form-number",
    f"#/household/{HOME}-0003/paper?do=collect": "#form-number",
    f"#/household/{HOME}-0003/mode": "#mode",
    f"#/problem?area={HOME}": "#kind",
    "#/problem": "#where",
    "#/area/00000000000": "h1",
}


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet with households in many states."""
    doors.lay_out(census)
    doors.answer_by_internet(census, 1)
    doors.answer_face_to_face(census, 2)
    doors.send_back(census, 2, "ปีเกิด", "p05_year")
    agreed = {"on": "2021-02-10", "from": "17:00", "to": "19:00"}
    doors.report(census, 4, FieldActionType.APPOINTMENT, **agreed)
    doors.report(census, 5, FieldActionType.FORM_LEFT)
    tablet = new_field_tablet()
    tablet.set_up()
    return tablet


def save_what_is_empty(page: Page) -> None:
    """Press the button at the bottom, so that a form says what is missing."""
    button = page.locator(".actions button.button")
    if button.count():
        button.first.click()
        page.wait_for_timeout(100)


def too_wide(page: Page) -> bool:
    """Whether one would have to scroll sideways."""
    return page.evaluate("document.documentElement.scrollWidth > innerWidth")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_screen_of_the_day_s_work_breaks_a_rule(tablet: Tablet, language: str, size: str):
    width, height = SIZES[size]
    tablet.page.set_viewport_size({"width": width, "height": height})
    tablet.speak(language)
    broken: dict[str, object] = {}

    for address, awaited in SCREENS.items():
        tablet.open(address)
        expect(tablet.page.locator(awaited).first).to_be_visible()
        save_what_is_empty(tablet.page)
        # What lies under the bar at the top is no target: one scrolls it out.
        tablet.page.evaluate("scrollTo(0, 0)")
        broken[address] = violations_on(tablet.page) + ["too wide"] * too_wide(tablet.page)

    assert {where: what for where, what in broken.items() if what} == {}


def test_the_bar_that_takes_a_note_back_breaks_no_rule(tablet: Tablet):
    tablet.open(f"#/household/{HOME}-0003/visit")
    tablet.page.get_by_role("button", name="Nobody home").click()
    expect(tablet.page.get_by_role("button", name="Undo")).to_be_visible()

    assert violations_on(tablet.page) == []
