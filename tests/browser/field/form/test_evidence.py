"""Position and photo: read by the tablet, kept as they are, shown and removable."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.field.form.conftest import Open

pytestmark = pytest.mark.browser

PIXELS = 1600


@pytest.mark.parametrize("accuracy", [0, 8])
def test_a_position_is_kept_with_its_accuracy_and_shown(
    open_form: Open, page: Page, accuracy: int
) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 13.3611, "longitude": 100.9847, "accuracy": accuracy})
    interviewer = open_form()

    interviewer.question("location").get_by_role("button", name="อ่านตำแหน่ง").click()

    expect(interviewer.question("location")).to_contain_text(f"±{accuracy} เมตร")
    assert f"<location>13.3611 100.9847 0.0 {accuracy}.0</location>" in interviewer.saved()["xml"]


def test_without_permission_the_tablet_says_so_and_the_form_goes_on(open_form: Open) -> None:
    interviewer = open_form()

    interviewer.question("location").get_by_role("button", name="อ่านตำแหน่ง").click()

    expect(interviewer.question("location")).to_contain_text("ไม่อนุญาตให้อ่านตำแหน่ง")
    interviewer.answer("mode", "face_to_face")
    interviewer.go_on()


def test_a_photo_is_made_small_kept_shown_and_removed(open_form: Open, page: Page) -> None:
    interviewer = open_form()
    interviewer.answer("mode", "face_to_face")
    interviewer.go_on()
    interviewer.answer("h02", "6")
    photo = interviewer.question("evidence_photo")

    photo.locator("input[type=file]").set_input_files(
        {"name": "large.jpg", "mimeType": "image/jpeg", "buffer": _photo(4000, 3000)}
    )
    expect(photo.get_by_role("img")).to_be_visible()
    (name,) = [each["name"] for each in interviewer.saved()["photos"]]
    kept = page.evaluate("name => createImageBitmap(host.photos[name]).then(p => p.width)", name)

    assert kept == PIXELS
    assert f"<evidence_photo>{name}</evidence_photo>" in interviewer.saved()["xml"]
    photo.get_by_role("button", name="ลบภาพ").click()
    photo.get_by_role("button", name="ลบภาพ").click()
    expect(photo.get_by_role("img")).to_have_count(0)
    page.wait_for_function("() => Object.keys(host.photos).length === 0")
    assert "<evidence_photo/>" in interviewer.saved()["xml"]


def _photo(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "#7a8").save(data, "JPEG")
    return data.getvalue()
