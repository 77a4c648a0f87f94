"""Nothing that was answered is lost when the tablet goes out at any page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.field.form.conftest import Open
from tests.browser.field.form.expected import answers_in, instance_of
from tests.browser.field.form.households import FAMILY, Told
from tests.browser.field.form.interviewer import Interviewer
from tests.browser.field.form.openings import HOUSEHOLD_ID, reopened

pytestmark = pytest.mark.browser

COUPLE = Told(FAMILY.dwelling | {"h22": 1, "h23": 1, "h24": 0}, FAMILY.persons[:1])


def test_a_form_goes_on_where_it_was_after_a_reload_at_every_page(
    open_form: Open, page: Page, complaints: list[str]
) -> None:
    interviewer = open_form()
    steps: list[str] = []

    while (step := interviewer.step) != "review":
        _answer(interviewer, step)
        interviewer = _opened_again(open_form, interviewer)
        assert interviewer.step == step
        steps.append(step)
        _go_on(interviewer, step)
    interviewer = _opened_again(open_form, interviewer)
    interviewer.press("finish")
    page.wait_for_function("() => host.finished")

    assert len(set(steps)) > 12
    expected = answers_in(instance_of(HOUSEHOLD_ID, COUPLE))
    assert answers_in(page.evaluate("host.finished.xml")) == expected
    assert complaints == []


def test_what_is_typed_into_a_field_survives_before_the_field_is_left(open_form: Open) -> None:
    interviewer = open_form()
    interviewer.fill_up_to("h21", COUPLE)
    interviewer.answer("h21", "1")
    interviewer.question("h22").locator("input").press_sequentially("12")
    saved = interviewer.saved()

    again = open_form(**reopened(saved))

    assert "<h22/>" in saved["xml"]
    expect(again.question("h22").locator("input")).to_have_value("12")


def test_a_number_does_not_pass_through_another_one_while_it_is_typed(
    open_form: Open, page: Page
) -> None:
    interviewer = open_form()
    interviewer.fill_up_to("h21", COUPLE)
    interviewer.answer_page(COUPLE.dwelling, COUPLE)
    interviewer.go_on()
    interviewer.press("add")
    interviewer.answer_page(COUPLE.persons[0], COUPLE)
    interviewer.go_on()
    interviewer.answer_page(COUPLE.persons[0], COUPLE)
    interviewer.go_on()
    interviewer.answer("p10", "2")
    interviewer.frame.get_by_role("button", name="ย้อนกลับ").click()

    age = interviewer.question("p06").locator("input")
    age.fill("")
    age.press_sequentially("4")
    between = interviewer.saved()["xml"]
    age.press_sequentially("2")
    age.blur()

    assert "<p10>2</p10>" in between
    assert "<p06>42</p06><p07" in interviewer.saved()["xml"]


def test_the_instance_keeps_its_identity_over_all_openings(open_form: Open) -> None:
    interviewer = open_form()
    interviewer.answer("mode", "face_to_face")
    first = interviewer.saved()

    again = open_form(**reopened(first))
    again.answer("mode", "telephone")

    assert again.saved()["instance_id"] == first["instance_id"]


def test_a_form_nobody_answered_anything_in_leaves_no_draft(open_form: Open, page: Page) -> None:
    interviewer = open_form()

    interviewer.frame.get_by_role("button", name="ออก").click()
    page.wait_for_function("() => host.hasLeft")

    assert page.evaluate("host.saves") == 0


def _answer(interviewer: Interviewer, step: str) -> None:
    if step != "roster":
        answers = COUPLE.persons[0] if "/" in step else COUPLE.dwelling
        interviewer.answer_page(answers | {"mode": COUPLE.mode.value}, COUPLE)


def _go_on(interviewer: Interviewer, step: str) -> None:
    if step != "roster":
        interviewer.go_on()
    elif interviewer.frame.locator(".person").count():
        interviewer.press("overview")
    else:
        interviewer.press("add")


def _opened_again(open_form: Open, interviewer: Interviewer) -> Interviewer:
    return open_form(**reopened(interviewer.saved()))
