"""Paper forms at the door: the number is typed or scanned, left there, and collected again."""

from __future__ import annotations

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from census.collection.codelists import FieldActionType
from tests.browser.field import doors
from tests.browser.field.barcodes import code_128, qr_code
from tests.browser.field.tablets import Tablet
from tests.browser.field.test_visits import reports
from tests.factories.census import HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

SYNC = "({sync}) => sync.now()"

CAMERA = """picture => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  navigator.mediaDevices.getUserMedia = async () => {
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), {width: 1280, height: 720});
    const pen = canvas.getContext('2d');
    const draw = () => {
      pen.fillStyle = '#887755';
      pen.fillRect(0, 0, 1280, 720);
      pen.drawImage(image, (1280 - image.width) / 2, (720 - image.height) / 2);
    };
    draw();
    setInterval(draw, 50);
    return canvas.captureStream(20);
  };
}"""
"""A camera before which a picture is held."""


def form_id(household_id: str) -> str:
    """The number of the form that was printed for a household."""
    digits = f"20{household_id.replace('-', '')}"
    return f"20-{household_id}-{98 - int(digits) * 100 % 97:02d}"


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet with its areas."""
    doors.lay_out(census)
    tablet = new_field_tablet()
    tablet.set_up()
    return tablet


def hold_before_the_camera(tablet: Tablet, picture: bytes) -> None:
    """From now on the tablet's camera sees this."""
    tablet.page.evaluate(CAMERA, base64.b64encode(picture).decode())


def open_paper(tablet: Tablet, doing: str, serial: int = 1) -> Page:
    """The page for paper forms of a household."""
    tablet.open(f"#/household/{HOME}-{serial:04d}/paper?do={doing}")
    expect(tablet.page.get_by_label("Number of the form")).to_be_visible()
    return tablet.page


def test_a_typed_number_is_judged_at_once(tablet: Tablet, census: SmallCensus):
    page, right = open_paper(tablet, "leave"), form_id(census.household(1))
    number = page.get_by_label("Number of the form")

    number.press_sequentially(right.replace("-", "")[:12])
    expect(page.get_by_text("7 digits are missing")).to_be_visible()
    number.press_sequentially(right.replace("-", "")[12:])
    expect(number).to_have_value(right)
    expect(page.get_by_text("The number is right")).to_be_visible()
    number.fill(right[:-1] + str((int(right[-1]) + 1) % 10))
    expect(page.get_by_text("The check digits do not match")).to_be_visible()
    number.fill(form_id(census.household(1, "22002011001")))
    expect(page.get_by_text("belongs to another enumeration area")).to_be_visible()
    tablet.speak("th")
    expect(page.get_by_text("แบบนี้เป็นของเขตแจงนับอื่น")).to_be_visible()


def test_a_form_is_left_and_collected_without_a_network(tablet: Tablet, census: SmallCensus):
    right = form_id(census.household(1))
    tablet.page.context.set_offline(True)
    page = open_paper(tablet, "leave")
    page.get_by_label("Number of the form").fill(right)
    page.get_by_role("radio", name="Caretaker").check()
    page.get_by_role("checkbox", name="Agree on a day").check()
    page.get_by_role("radio", name="Tomorrow").check()
    page.get_by_role("radio", name="Evening").check()
    page.get_by_role("button", name="Save that the form was left").click()
    expect(page.get_by_text("Saved: Form left")).to_be_visible(timeout=10_000)
    expect(page.locator(".standing")).to_contain_text("to be collected")
    tablet.open("#/day")
    expect(page.get_by_role("region", name="Tomorrow")).to_contain_text("Collect the form")

    page.locator(".meeting").click()
    page.get_by_label("Number of the form").fill(right)
    page.get_by_role("radio", name="Filled in", exact=True).check()
    page.get_by_role("button", name="Save that it was collected").click()
    expect(page.get_by_text("Saved: Form collected")).to_be_visible(timeout=10_000)
    page.context.set_offline(False)
    tablet.run(SYNC)

    left, collected = reports()
    assert (left["type"], left["form_id"], left["receiver"]) == ("form_left", right, "caretaker")
    assert (left["on"], left["from"], left["to"]) == ("2021-02-11", "17:00", "20:00")
    assert (collected["type"], collected["form_id"]) == ("form_collected", right)
    assert collected["condition"] == "filled"


def test_the_day_of_the_pick_up_is_known_after_the_office_was_told(
    tablet: Tablet, census: SmallCensus
):
    when = {"on": "2021-02-11", "from": "17:00", "to": "20:00"}
    doors.report(census, 1, FieldActionType.FORM_LEFT, form_id=form_id(census.household(1)), **when)
    tablet.run(SYNC)

    tablet.open("#/day")

    expect(tablet.page.get_by_role("region", name="Tomorrow")).to_contain_text("Collect the form")


def test_a_form_of_another_household_asks_for_a_second_look(tablet: Tablet, census: SmallCensus):
    page = open_paper(tablet, "leave")
    page.get_by_label("Number of the form").fill(form_id(census.household(2)))
    page.get_by_role("radio", name="Neighbour").check()
    expect(page.get_by_text("printed for number 0002")).to_be_visible()
    page.get_by_role("button", name="Save that the form was left").click()
    expect(page.get_by_text("Tick the box first")).to_be_visible()

    page.get_by_role("checkbox", name="I am sure").check()
    page.get_by_role("button", name="Save that the form was left").click()

    expect(page.get_by_role("button", name="Undo")).to_be_visible()


@pytest.mark.parametrize("draw", [code_128, qr_code])
def test_the_camera_reads_the_number_also_without_a_network(
    tablet: Tablet, census: SmallCensus, draw: Callable[[str], bytes]
):
    right = form_id(census.household(1))
    tablet.page.reload()
    tablet.unlock()
    tablet.page.evaluate("navigator.serviceWorker.ready")
    tablet.page.context.set_offline(True)
    page = open_paper(tablet, "leave")
    hold_before_the_camera(tablet, draw(right))

    page.get_by_role("button", name="Scan the barcode").click()

    expect(page.get_by_label("Number of the form")).to_have_value(right, timeout=15_000)
    expect(page.get_by_text("The barcode was read")).to_be_visible()
    expect(page.locator("video")).to_have_count(0)


def test_a_barcode_of_something_else_is_looked_past(tablet: Tablet):
    page = open_paper(tablet, "leave")
    hold_before_the_camera(tablet, code_128("8850999320014"))

    page.get_by_role("button", name="Scan the barcode").click()

    expect(page.get_by_text("not the number of a census form")).to_be_visible(timeout=15_000)
    expect(page.get_by_label("Number of the form")).to_have_value("")


def test_the_browser_s_own_reader_is_used_where_there_is_one(tablet: Tablet, census: SmallCensus):
    right = form_id(census.household(1))
    page = open_paper(tablet, "leave")
    hold_before_the_camera(tablet, qr_code("nothing"))
    page.evaluate(
        """text => { globalThis.BarcodeDetector = class {
          static async getSupportedFormats() { return ['code_128', 'qr_code']; }
          async detect() { return [{rawValue: text}]; }
        }; }""",
        right,
    )

    page.get_by_role("button", name="Scan the barcode").click()

    expect(page.get_by_label("Number of the form")).to_have_value(right)


def test_without_a_camera_the_number_is_typed(tablet: Tablet):
    page = open_paper(tablet, "leave")
    page.evaluate(
        """() => { navigator.mediaDevices.getUserMedia = () =>
          Promise.reject(new DOMException('', 'NotAllowedError')); }"""
    )

    page.get_by_role("button", name="Scan the barcode").click()

    expect(page.get_by_role("alert")).to_contain_text("type the number")
    expect(page.get_by_label("Number of the form")).to_be_enabled()


def test_a_form_whose_number_is_lost_can_be_collected(tablet: Tablet):
    page = open_paper(tablet, "collect")
    page.get_by_role("checkbox", name="There is no number").check()
    page.get_by_role("radio", name="Blank").check()
    page.get_by_role("button", name="Save that it was collected").click()

    expect(page.get_by_text("Saved: Form collected")).to_be_visible(timeout=10_000)
    tablet.run(SYNC)
    assert reports()[0]["form_id"] is None
