"""The map of an area: outline, dwellings, one's own place; moved, zoomed and tapped, offline."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.field import doors
from tests.browser.field.tablets import Tablet
from tests.factories.census import AWAY, HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet in the middle of its area, without a network."""
    doors.lay_out(census)
    doors.answer_by_internet(census, 1)
    tablet = new_field_tablet()
    tablet.set_up()
    longitude, latitude = doors.MIDDLE
    tablet.page.context.grant_permissions(["geolocation"])
    tablet.page.context.set_geolocation(
        {"latitude": latitude, "longitude": longitude, "accuracy": 40}
    )
    tablet.page.context.set_offline(True)
    return tablet


def open_map(tablet: Tablet, at: str = "") -> Page:
    """The map of the home area, with its dwellings drawn."""
    tablet.open(f"#/area/{HOME}/map{at}")
    expect(tablet.page.locator(".map__dot").first).to_be_visible()
    return tablet.page


def scale(page: Page) -> float:
    """How many pixels a metre has."""
    transform = page.locator(".map__picture > g").get_attribute("transform") or ""
    return float(re.search(r"scale\(([\d.]+)\)", transform)[1])  # type: ignore[index]


def middle(page: Page, one: Locator) -> tuple[float, float]:
    """Where the middle of something is on the screen."""
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def dot(page: Page, sign: str) -> Locator:
    """The first dwelling with a sign."""
    return page.locator(f".map__dot use[href='#sign-{sign}']").first


def test_the_outline_the_dwellings_and_one_s_own_place_are_drawn(tablet: Tablet):
    page = open_map(tablet)

    expect(page.locator(".map__dot")).to_have_count(5)
    expect(dot(page, "done")).to_be_visible()
    expect(page.locator(".map__area")).to_have_attribute("d", re.compile("^M.*Z$"))
    expect(page.get_by_text("Your position, to within 40 m")).to_be_visible()
    accuracy = page.locator(".map__accuracy").bounding_box()
    assert accuracy
    assert accuracy["width"] == pytest.approx(80 * scale(page), rel=0.1)


def test_a_tap_on_a_dwelling_shows_how_it_stands_and_leads_to_it(tablet: Tablet):
    page = open_map(tablet)
    page.mouse.click(*middle(page, dot(page, "done")))

    sheet = page.get_by_role("region", name="1 household here")
    expect(sheet).to_contain_text("Answered by internet, 10:12")
    sheet.get_by_role("link").click()
    expect(page.get_by_role("heading", name=doors.ADDRESSES[0])).to_be_visible()


def test_buttons_zoom_and_show_the_whole_again(tablet: Tablet):
    page = open_map(tablet)
    whole = scale(page)

    page.get_by_role("button", name="Closer").click()
    closer = scale(page)
    page.get_by_role("button", name="Farther").click()
    page.get_by_role("button", name="Farther").click()
    farther = scale(page)
    page.get_by_role("button", name="Whole area").click()

    assert closer > whole > farther
    assert scale(page) == whole
    page.get_by_role("button", name="My position").click()
    x, y = middle(page, page.locator(".map__dot-here"))
    assert (x, y) == pytest.approx(middle(page, page.locator(".map__frame")), abs=2)


def test_the_map_follows_the_finger(tablet: Tablet):
    page = open_map(tablet)
    picture = page.locator(".map__picture")
    before = middle(page, dot(page, "done"))
    x, y = middle(page, picture)

    page.mouse.move(x, y + 100)
    page.mouse.down()
    page.mouse.move(x + 30, y + 140, steps=4)
    page.mouse.move(x + 60, y + 180, steps=4)
    page.mouse.up()

    after = middle(page, dot(page, "done"))
    assert (after[0] - before[0], after[1] - before[1]) == pytest.approx((60, 80), abs=16)
    expect(page.locator(".map__sheet")).to_have_count(0)


def test_two_fingers_zoom(tablet: Tablet):
    page = open_map(tablet)
    before = scale(page)
    x, y = middle(page, page.locator(".map__picture"))
    touch = page.context.new_cdp_session(page)

    def fingers(kind: str, *apart: float) -> None:
        points = [{"x": x + side * far, "y": y, "id": side} for far in apart for side in (-1, 1)]
        for point in points:
            point["id"] += 1
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 40)
    for far in (55, 70, 85, 100, 120):
        fingers("touchMove", far)
    fingers("touchEnd")

    assert scale(page) > 2 * before


def test_the_keyboard_moves_zooms_and_chooses(tablet: Tablet):
    page = open_map(tablet)
    picture = page.get_by_role("application")
    whole = scale(page)

    picture.focus()
    page.keyboard.press("+")
    assert scale(page) > whole
    page.keyboard.press("ArrowRight")
    page.keyboard.press("0")
    assert scale(page) == whole
    page.keyboard.press("Enter")

    expect(page.locator(".map__sheet")).to_contain_text("No. 0003")


def test_from_a_household_the_map_shows_where_it_is(tablet: Tablet, census: SmallCensus):
    tablet.open(f"#/household/{census.household(4)}")
    tablet.page.get_by_role("link", name="On the map").click()

    expect(tablet.page.locator(".map__dot--chosen")).to_have_count(1)
    expect(tablet.page.locator(".map__sheet")).to_contain_text("No. 0004")


def test_whoever_is_outside_the_area_is_told_so(tablet: Tablet):
    tablet.page.context.set_geolocation({"latitude": 13.5, "longitude": 101, "accuracy": 10})

    expect(open_map(tablet).get_by_text("You are outside this area")).to_be_visible()


def test_an_area_without_anything_to_draw_has_its_list(tablet: Tablet):
    # The training area of the small census has neither an outline nor places.
    tablet.open("#/")
    code = tablet.page.locator(".practice .area__code").first.inner_text()
    assert code not in {HOME, AWAY}
    tablet.open(f"#/area/{code}/map")

    expect(tablet.page.get_by_role("link", name="As a list").first).to_be_visible()
