"""An interview on the real tablet: opened, locked, left, finished, sent, and corrected."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from census.collection.attached import Attachment, InterviewLog
from census.collection.models import Submission
from census.core import db
from tests.browser.field.form.households import EVERY_KIND
from tests.browser.field.form.interviewer import Interviewer
from tests.browser.field.tablets import Tablet
from tests.factories.census import SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

TOLD = EVERY_KIND["in English, with a foreigner"]
DRAFT = "({drafts}, id) => drafts.get(id)"
UNTOUCHED_MS = 6 * 60_000


def begin(tablet: Tablet, household_id: str) -> Interviewer:
    """Open the form of a household on a tablet that is unlocked."""
    tablet.page.goto(f"/field/#/interview/{household_id}")
    frame = tablet.page.frame_locator("iframe.form-frame:not([hidden])")
    frame.locator("main[data-step]").wait_for()
    return Interviewer(tablet.page, frame, "en")


def test_a_finished_interview_is_kept_said_so_and_arrives_with_its_log(
    tablet: Tablet, census: SmallCensus
):
    household_id = census.household(1)
    interviewer = begin(tablet, household_id)

    interviewer.fill(TOLD)
    interviewer.press("finish")
    expect(tablet.page.get_by_role("heading", name="The form is finished")).to_be_visible()
    expect(tablet.page.get_by_text("It is kept on this tablet")).to_be_visible()
    tablet.run("({sync}) => sync.now()")

    with db.reading() as session:
        [submission] = session.scalars(select(Submission)).all()
        [file] = session.scalars(select(Attachment)).all()
        [log] = session.scalars(select(InterviewLog)).all()
        assert (submission.household_id, file.name) == (household_id, "audit.csv")
        assert (log.screens > 10, log.skipped_rows) == (True, 0)
    assert tablet.run(DRAFT, household_id) is None


def test_a_tablet_that_locks_itself_goes_on_with_the_form_where_it_was(
    new_field_tablet: Callable[..., Tablet], census: SmallCensus
):
    tablet = new_field_tablet()
    tablet.page.clock.install()
    tablet.set_up()
    interviewer = begin(tablet, census.household(1))
    interviewer.fill_up_to("h11", TOLD)
    interviewer.answer("h11", "3")

    interviewer.wait_until_saved()

    tablet.page.clock.run_for(UNTOUCHED_MS)
    expect(tablet.page.get_by_label("PIN", exact=True)).to_be_visible()
    expect(tablet.page.locator("iframe.form-frame:not([hidden])")).to_have_count(0)
    tablet.unlock()

    interviewer.frame.locator("main[data-step='h11']").wait_for()
    expect(interviewer.question("h11").locator("input[value='3']")).to_be_checked()


def test_what_is_typed_last_is_there_after_the_tablet_was_switched_off(
    tablet: Tablet, census: SmallCensus
):
    household_id = census.household(1)
    interviewer = begin(tablet, household_id)
    interviewer.fill_up_to("h05", TOLD)
    interviewer.question("h08").locator("input").press_sequentially("4")
    interviewer.wait_until_saved()

    tablet.page.reload()
    tablet.unlock()

    interviewer.frame.locator("main[data-step='h05']").wait_for()
    expect(interviewer.question("h08").locator("input")).to_have_value("4")


def test_leaving_leads_to_the_household_and_the_draft_waits_there(
    tablet: Tablet, census: SmallCensus
):
    household_id = census.household(1)
    interviewer = begin(tablet, household_id)
    interviewer.answer("mode", "telephone")

    interviewer.frame.get_by_role("button", name="Leave").click()

    expect(tablet.page).to_have_url(re.compile(f"#/household/{household_id}$"))
    assert tablet.run(DRAFT, household_id)["kind"] == "enumerate"


def test_a_draft_stays_with_the_questionnaire_it_was_begun_with(
    tablet: Tablet, census: SmallCensus
):
    household_id = census.household(1)
    interviewer = begin(tablet, household_id)
    interviewer.answer("mode", "telephone")
    interviewer.wait_until_saved()

    draft = tablet.run(DRAFT, household_id)

    assert (draft["questionnaire"], draft["version"]) == ("household", "2564.1")
    assert draft["instance_id"] in draft["xml"]
