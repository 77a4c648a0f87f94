"""Who is on the list of persons, whom the register knows, and what happens when somebody leaves."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.field.form.conftest import Open
from tests.browser.field.form.expected import answers_in
from tests.browser.field.form.households import EVERY_KIND, FAMILY, Told
from tests.browser.field.form.interviewer import Interviewer
from tests.browser.field.form.openings import REGISTERED, reopened

pytestmark = pytest.mark.browser

THREE = Told(FAMILY.dwelling)


def test_what_the_register_says_is_no_answer_until_somebody_confirms_it(open_form: Open) -> None:
    interviewer = _at_the_list(open_form)
    before = interviewer.saved()["xml"]

    interviewer.frame.locator(".register__person").first.get_by_role("button").first.click()

    person = _told_of_persons(interviewer)
    assert "สมมติ" not in before
    assert person["register_person"] == REGISTERED[0]["id"]
    assert (person["p02_title"], person["p02_first"], person["p04"]) == ("01", "สมมติ", "1")
    assert (person["p05_month"], person["p05_year"], person["p08"]) == ("05", "2520", "764")


def test_an_answer_that_differs_from_the_register_stays_when_the_form_is_opened_again(
    open_form: Open,
) -> None:
    interviewer = _at_the_list(open_form)
    interviewer.frame.locator(".register__person").first.get_by_role("button").nth(1).click()
    expect(interviewer.question("p02_first").locator("input")).to_have_value("สมมติ")
    interviewer.answer("p02_first", "สมชาย")

    again = open_form(registered=REGISTERED, **reopened(interviewer.saved()))
    again.answer("p03", "00")

    assert _told_of_persons(again)["p02_first"] == "สมชาย"


def test_somebody_who_lives_elsewhere_is_counted_where_that_is_asked(open_form: Open) -> None:
    interviewer = _at_the_list(open_form)

    interviewer.frame.locator(".register__person").last.get_by_role("button").last.click()
    interviewer.frame.get_by_role("button", name="ย้อนกลับ").click()

    expect(interviewer.question("h25")).to_contain_text("1 คนไม่ได้อยู่ที่นี่")
    assert interviewer.saved()["kept"]["away"] == [REGISTERED[2]["id"]]


def test_nobody_is_taken_out_without_a_question(open_form: Open) -> None:
    interviewer = _at_the_list(open_form)
    for _person in range(2):
        interviewer.frame.locator(".register__person").first.get_by_role("button").first.click()

    first = interviewer.frame.locator(".person").first
    first.get_by_role("button", name="เอาออก").click()
    first.get_by_role("button", name="ยกเลิก").click()
    expect(interviewer.frame.locator(".person")).to_have_count(2)
    first.get_by_role("button", name="เอาออก").click()
    first.get_by_role("button", name="เอาออก").first.click()

    expect(interviewer.frame.locator(".person")).to_have_count(1)
    expect(interviewer.frame.locator(".person")).to_contain_text("สมใจ")
    expect(interviewer.frame.locator(".register__person").first).to_contain_text("สมมติ")


def test_the_head_can_be_put_first_whoever_was_listed_first(open_form: Open) -> None:
    interviewer = _at_the_list(open_form)
    for _person in range(2):
        interviewer.frame.locator(".register__person").first.get_by_role("button").first.click()

    second = interviewer.frame.locator(".person").nth(1)
    second.get_by_role("button", name="ให้เป็นคนแรก").click()
    expect(interviewer.frame.locator(".person").first).to_contain_text("สมใจ")

    answers = dict(answers_in(interviewer.saved()["xml"]))
    assert answers["/person[1]/p02_first[1]"] == "สมใจ"
    assert answers["/person[2]/p02_first[1]"] == "สมมติ"
    assert [answers[f"/person[{line}]/p01[1]"] for line in (1, 2)] == ["1", "2"]


def test_a_reason_leaves_with_the_answer_it_was_given_for(open_form: Open) -> None:
    told = EVERY_KIND["unusual, with reasons"]
    interviewer = open_form()
    interviewer.fill_up_to("h11", told)
    with_reason = interviewer.saved()["xml"]

    interviewer.frame.get_by_role("button", name="ย้อนกลับ").click()
    interviewer.answer("h08", "3")

    assert "<edit>E-H09</edit>" in with_reason
    assert "<override>" not in interviewer.saved()["xml"]


def _at_the_list(open_form: Open) -> Interviewer:
    interviewer = open_form(registered=REGISTERED)
    interviewer.fill_up_to("roster", THREE)
    return interviewer


def _told_of_persons(interviewer: Interviewer) -> dict[str, str]:
    """The answers of the first person."""
    answers = answers_in(interviewer.saved()["xml"])
    start = "/person[1]/"
    return {
        place.removeprefix(start).removesuffix("[1]"): text
        for place, text in answers
        if place.startswith(start)
    }
