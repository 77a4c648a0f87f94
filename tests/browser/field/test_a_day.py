"""A day without a network, the power gone after every step; in the evening all arrives once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from census.collection.codelists import Disposition, FieldActionType, Standing
from census.collection.models import Case, FieldAction, Submission
from census.core import db
from census.frame.models import Household
from census.progress.services import differences_from_recount
from tests.browser.field import doors
from tests.browser.field.form.households import IN_ENGLISH, VACANT, Told
from tests.browser.field.form.interviewer import Interviewer
from tests.browser.field.lifetimes import Lifetimes
from tests.browser.field.test_paper import form_id
from tests.factories.census import HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

SAVED_WITHIN_MS = 15_000
FOUND_AT = "2/2 ซอยดอกแก้ว ถนนสุขสมมติ"
HEARTBEAT = FieldActionType.HEARTBEAT


class Day:
    """A day's work on one tablet that is never online, and that loses its power again and again."""

    def __init__(self, lifetimes: Lifetimes) -> None:
        """Set the tablet up in the morning, at the office."""
        self._lifetimes = lifetimes
        self.tablet = lifetimes.begin()
        self.tablet.speak("en")
        self.tablet.set_up()
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.context.set_offline(True)

    @property
    def page(self) -> Page:
        """What is on the screen."""
        return self.tablet.page

    def lose_power(self) -> None:
        """Kill the browser, and go on without a network."""
        self._lifetimes.kill(self.tablet)
        self.tablet = self._lifetimes.begin(is_online=False)
        self.tablet.unlock()
        expect(self.page.get_by_role("link", name="Settings")).to_be_visible()

    def go_to(self, household_id: str) -> Page:
        """The page of a household."""
        self.tablet.open(f"#/household/{household_id}")
        expect(self.page.locator(".standing")).to_be_visible()
        return self.page

    def wait_until_saved(self, what: str) -> None:
        """Wait until the screen says that it is saved."""
        said = self.page.get_by_text(re.compile(f"Saved: {what}"))
        expect(said).to_be_visible(timeout=SAVED_WITHIN_MS)

    def interview(self, household_id: str, told: Told, *, power_fails_at: str) -> None:
        """Fill a form in; the power goes on the way, and again right after it is finished."""
        interviewer = self._open_form(household_id)
        interviewer.fill_up_to(power_fails_at, told)
        interviewer.answer_page(told.dwelling | {"mode": told.mode.value}, told)
        interviewer.wait_until_saved()
        self.lose_power()

        interviewer = self._open_form(household_id)
        assert interviewer.step == power_fails_at
        interviewer.fill(told)
        interviewer.press("finish")
        expect(self.page.get_by_text("It is kept on this tablet")).to_be_visible()
        self.lose_power()

    def _open_form(self, household_id: str) -> Interviewer:
        self.tablet.open(f"#/interview/{household_id}")
        frame = self.page.frame_locator("iframe.form-frame:not([hidden])")
        frame.locator("main[data-step]").wait_for()
        return Interviewer(self.page, frame, "en")

    def come_home(self) -> None:
        """The network is back in the evening."""
        self.page.context.set_offline(False)
        self.tablet.wait_for_sync()
        # The number of a found dwelling comes with the first answer; what was held goes then.
        self.tablet.run("({sync}) => sync.now()")


@pytest.fixture
def day(lifetimes: Lifetimes, census: SmallCensus) -> Iterator[Day]:
    """A day that has begun."""
    doors.lay_out(census)
    day = Day(lifetimes)
    yield day
    day.page.context.close()


def test_a_day_without_a_network_loses_nothing_and_counts_nothing_twice(
    day: Day, census: SmallCensus
):
    first, second, third, fourth, fifth = (census.household(serial) for serial in range(1, 6))

    day.go_to(first).get_by_role("link", name="Record a visit").click()
    day.page.get_by_role("button", name="Nobody home").click()
    day.wait_until_saved("Nobody home")
    day.lose_power()

    day.interview(second, VACANT, power_fails_at="h01")
    day.interview(third, IN_ENGLISH, power_fails_at="h11")

    day.tablet.open(f"#/household/{fourth}/paper?do=leave")
    day.page.get_by_label("Number of the form").fill(form_id(fourth))
    day.page.get_by_role("radio", name="Caretaker").check()
    day.page.get_by_role("button", name="Save that the form was left").click()
    day.wait_until_saved("Form left")
    day.lose_power()

    day.go_to(fifth).get_by_role("link", name="Record a visit").click()
    day.page.get_by_role("button", name="Come back at").click()
    day.page.get_by_role("radio", name="Today").check()
    day.page.get_by_role("radio", name="Evening").check()
    day.page.get_by_role("button", name="Save").click()
    day.wait_until_saved("Appointment")
    day.lose_power()

    day.tablet.open(f"#/area/{HOME}/found")
    day.page.get_by_label("Address").fill(FOUND_AT)
    day.page.get_by_role("button", name="Add to the list").click()
    expect(day.page.locator(".title--household")).to_contain_text("2/2")
    day.lose_power()
    day.tablet.open(f"#/area/{HOME}")
    day.page.locator(".row", has_text="2/2").locator("a").click()
    day.page.get_by_role("link", name="Record a visit").click()
    day.page.get_by_role("button", name="Nobody home").click()
    day.wait_until_saved("Nobody home")
    day.lose_power()

    day.come_home()

    assert day.tablet.run("({outbox}) => outbox.waiting()") == {
        "submissions": 0, "actions": 0, "files": 0, "refused": 0,
    }  # fmt: skip
    with db.reading() as session:
        submissions = session.scalars(select(Submission)).all()
        assert sorted((each.household_id, each.standing) for each in submissions) == [
            (second, Standing.COUNTING),
            (third, Standing.COUNTING),
        ]
        [found] = session.scalars(select(Household.id).where(Household.address == FOUND_AT)).all()
        actions = session.execute(
            select(FieldAction.type, FieldAction.household_id).where(FieldAction.type != HEARTBEAT)
        )
        assert Counter((row.type, row.household_id) for row in actions) == Counter(
            [
                (FieldActionType.VISIT, first),
                (FieldActionType.FORM_LEFT, fourth),
                (FieldActionType.APPOINTMENT, fifth),
                (FieldActionType.DWELLING_FOUND, found),
                (FieldActionType.VISIT, found),
            ]
        )
        disposition = dict(session.execute(select(Case.household_id, Case.disposition)).all())
        assert disposition[third] is Disposition.COMPLETE_FACE_TO_FACE
        assert disposition[fourth] is Disposition.FORM_LEFT
        assert list(differences_from_recount(session)) == []
