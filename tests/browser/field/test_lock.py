"""The lock: what is on a tablet that was lost, and what its PIN keeps."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.field.tablets import PIN, Tablet

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]


def test_the_pin_opens_the_tablet_after_a_reload(tablet: Tablet):
    tablet.page.reload()
    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()

    tablet.unlock("999999")
    expect(tablet.page.get_by_text("The PIN is wrong")).to_be_visible()
    tablet.unlock(PIN)

    expect(tablet.page.get_by_role("heading", name="Send and receive")).to_be_visible()
