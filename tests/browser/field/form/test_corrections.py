"""A form that was sent comes back: with its answers, the reason, and where to look."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.field.form.conftest import Open
from tests.browser.field.form.openings import HOUSEHOLD_ID, reopened
from tests.factories.instances import household_instance

pytestmark = pytest.mark.browser

SENT_ID = "uuid:7f1f7a62-6b5c-4f5e-9c55-0c9d2f0a7a11"
SENT = household_instance(HOUSEHOLD_ID, instance_id=SENT_ID, persons=1)
RETURNED: dict[str, Any] = {
    "how": "edit",
    "xml": SENT,
    "sent": SENT,
    "reason": "อายุของหัวหน้าไม่ตรงกับบัตร",
    "questions": ["p05_year"],
}


def test_a_correction_goes_on_from_the_answers_that_were_sent(open_form: Open, page: Page) -> None:
    interviewer = open_form(question="p05_year", **RETURNED)
    year = interviewer.question("p05_year")

    expect(year).to_contain_text("หัวหน้าทีมขอให้แก้ไขข้อนี้")
    expect(year.locator("input")).to_have_value("2520")
    interviewer.answer("p05_year", 2521)
    expect(year).to_contain_text("คำตอบเดิม: 2520")
    interviewer.answer("p06", 42)
    interviewer.press("overview")
    interviewer.press("finish")
    page.wait_for_function("() => host.finished")

    xml = page.evaluate("host.finished.xml")
    assert f"<orx:deprecatedID>{SENT_ID}</orx:deprecatedID>" in xml
    assert SENT_ID not in xml.partition("</orx:instanceID>")[0]
    assert "<p05_year>2521</p05_year><p06>42</p06>" in xml


def test_the_reason_stands_where_the_interview_begins(open_form: Open) -> None:
    interviewer = open_form(**RETURNED)

    expect(interviewer.frame.locator(".notice--attention")).to_contain_text(RETURNED["reason"])


def test_a_correction_that_was_begun_stays_the_same_edit(open_form: Open) -> None:
    interviewer = open_form(**RETURNED)
    interviewer.answer("mode", "telephone")
    begun = interviewer.saved()

    again = open_form(**RETURNED | reopened(begun))
    again.answer("mode", "face_to_face")

    assert again.saved()["instance_id"] == begun["instance_id"]
    assert f">{SENT_ID}</orx:deprecatedID>" in again.saved()["xml"]
