"""The areas and the list of one: every household says how it stands, from every mode."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from census.collection.codelists import Disposition, FieldActionType
from tests.browser.field import doors
from tests.browser.field.tablets import Tablet, new_draft
from tests.factories.census import AWAY, HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

REASON = "ปีเกิดของคนที่ 2 ไม่ตรงกับทะเบียน"
SAVE_DRAFT = "({drafts}, draft) => drafts.put(draft)"
FINISH = """({outbox}, draft) => outbox.finishForm({
  draft, xml: draft.xml, mode: 'face_to_face', ended_at: '2021-02-10T05:30:00Z'})"""
SYNC = "({sync}) => sync.now()"


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet whose office knows four of the five doors of its area."""
    doors.lay_out(census)
    doors.answer_by_internet(census, 1)
    doors.answer_face_to_face(census, 2)
    doors.send_back(census, 2, REASON, "p05_year")
    doors.report(census, 3, FieldActionType.FORM_LEFT, form_id="20-22001011001-0003-00")
    doors.report(
        census,
        4,
        FieldActionType.APPOINTMENT,
        **{"on": "2021-02-10", "from": "17:00", "to": "19:00"},
    )
    tablet = new_field_tablet()
    tablet.set_up()
    return tablet


def row(page: Page, serial: int) -> Locator:
    """The row of one household."""
    return page.locator(".row", has_text=f"No. {serial:04d}")


def addresses(page: Page) -> list[str]:
    """The addresses of the rows from top to bottom."""
    return [" ".join(each.split()) for each in page.locator(".row__address").all_inner_texts()]


def open_list(tablet: Tablet, show: str = "all") -> Page:
    """The list of the home area with every household."""
    tablet.open(f"#/area/{HOME}?show={show}")
    expect(tablet.page.locator(".row").first).to_be_visible()
    return tablet.page


def sign_of(one: Locator) -> str | None:
    """Which sign a row has."""
    return one.locator(".sign use").get_attribute("href")


def test_each_area_says_what_is_done_and_left_and_what_the_day_wants(tablet: Tablet):
    tablet.open("#/")

    card = tablet.page.locator(".area", has_text=HOME)
    expect(card).to_contain_text("1 of 5 households done")
    expect(card.get_by_role("link", name="4 Left")).to_be_visible()
    expect(card.get_by_role("link", name="1 To correct")).to_be_visible()
    expect(card.get_by_role("link", name="1 Due by today")).to_be_visible()
    expect(card.get_by_role("link", name="1 To collect")).to_be_visible()
    expect(tablet.page.get_by_role("link", name="Appointments up to today: 1")).to_be_visible()
    practice = tablet.page.get_by_role("region", name="Practice — not counted")
    expect(practice.locator(".area")).not_to_contain_text(HOME)


def test_a_household_says_in_words_and_by_a_sign_what_the_office_knows(tablet: Tablet):
    page = open_list(tablet)

    expect(row(page, 1)).to_contain_text("Answered by internet, 10:12")
    expect(row(page, 2)).to_contain_text("Returned for correction")
    expect(row(page, 2)).to_contain_text(REASON)
    expect(row(page, 3)).to_contain_text("Form left 10:12, to be collected")
    expect(row(page, 4)).to_contain_text("Appointment 10 Feb, 17:00–19:00")
    expect(row(page, 5)).to_contain_text("Not enumerated yet")
    signs = [sign_of(row(page, serial)) for serial in range(1, 6)]
    assert signs == [
        "#sign-done",
        "#sign-correct",
        "#sign-collect",
        "#sign-appointment",
        "#sign-todo",
    ]


def test_a_household_says_what_only_this_tablet_knows(tablet: Tablet, census: SmallCensus):
    tablet.page.context.set_offline(True)
    tablet.run(SAVE_DRAFT, new_draft(census.household(5)))
    tablet.run(FINISH, new_draft(census.household(4)))

    page = open_list(tablet)

    expect(row(page, 5)).to_contain_text("Started on this tablet, last saved")
    expect(row(page, 4)).to_contain_text("Interview finished 12:30, on this tablet")
    expect(row(page, 4)).not_to_contain_text("Appointment")
    assert [sign_of(row(page, serial)) for serial in (5, 4)] == ["#sign-draft", "#sign-waiting"]


def test_a_visit_is_called_off_when_the_internet_answers_first(tablet: Tablet, census: SmallCensus):
    tablet.run(SAVE_DRAFT, new_draft(census.household(5)))
    doors.answer_by_internet(census, 5)

    tablet.run(SYNC)

    expect(row(open_list(tablet), 5)).to_contain_text(
        "No visit needed: answered by internet, 10:12"
    )


def test_what_the_office_holds_back_says_why(tablet: Tablet, census: SmallCensus):
    draft = new_draft(census.household(5), version="1999.1")
    draft["xml"] = draft["xml"].replace('version="2564.1"', 'version="1999.1"')
    tablet.run(FINISH, draft)

    tablet.run(SYNC)

    held = row(open_list(tablet), 5)
    expect(held).to_contain_text("held by the office and not counted")
    expect(held).to_contain_text("does not know this version of the questionnaire")
    assert sign_of(held) == "#sign-held"


def test_the_list_is_in_the_order_in_which_one_walks(tablet: Tablet):
    assert addresses(open_list(tablet)) == [
        "2 ซอยดอกแก้ว ถนนสุขสมมติ",
        "2/1 ซอยดอกแก้ว ถนนสุขสมมติ",
        "10 ซอยดอกแก้ว ถนนสุขสมมติ",
        "7 หมู่ที่ 4 บ้านคลองจำลอง",
        "ห้อง 101 หอพักใบเตย",
    ]


def test_the_nearest_household_comes_first(tablet: Tablet):
    longitude, latitude = doors.MIDDLE
    here = {"latitude": latitude, "longitude": longitude + 0.0021, "accuracy": 5}
    tablet.page.context.grant_permissions(["geolocation"])
    tablet.page.context.set_geolocation(here)
    page = open_list(tablet)

    page.get_by_role("radio", name="Nearest").check()

    expect(page.locator(".row").first).to_contain_text("ห้อง 101")
    expect(page.locator(".row").first).to_contain_text("10 m")
    expect(page.locator(".row").last).to_contain_text("No. 0001")


def test_without_a_position_the_list_says_so_and_stays_by_address(tablet: Tablet):
    page = open_list(tablet)

    page.get_by_role("radio", name="Nearest").check()

    expect(page.get_by_text("Your position is not known")).to_be_visible()
    expect(page.locator(".row")).to_have_count(5)


def test_the_list_is_filtered_by_what_is_left_and_searched(tablet: Tablet):
    page = open_list(tablet, "left")
    expect(page.locator(".row")).to_have_count(4)

    page.get_by_role("radio", name=re.compile("^To correct")).check()
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("searchbox").fill("ดอกแก้ว 2/")
    expect(page.locator(".row")).to_have_count(1)
    page.get_by_role("searchbox").fill("ดอกแก้ว")
    expect(page.locator(".row")).to_have_count(3)
    page.get_by_role("searchbox").fill("0005")
    expect(page.locator(".row")).to_contain_text("ห้อง 101")
    page.get_by_role("searchbox").fill("ไม่มี")
    expect(page.get_by_text("No household is like that")).to_be_visible()


def test_coming_back_to_the_list_is_coming_back_to_what_was_looked_at(tablet: Tablet):
    page = open_list(tablet)
    page.get_by_role("searchbox").fill("ดอกแก้ว")
    row(page, 1).get_by_role("link").click()
    expect(page.locator(".standing")).to_be_visible()

    page.go_back()

    expect(page.get_by_role("searchbox")).to_have_value("ดอกแก้ว")
    expect(page.locator(".row")).to_have_count(3)


def test_names_are_on_the_household_s_page_only_and_only_when_asked_for(tablet: Tablet):
    page = open_list(tablet)
    row(page, 2).get_by_role("link").click()

    expect(page.get_by_role("heading", name="Returned by the supervisor")).to_be_visible()
    expect(page.get_by_text(REASON)).to_be_visible()
    expect(page.get_by_role("link", name="Correct the answers")).to_have_attribute(
        "href", f"#/interview/{HOME}-0002?question=p05_year"
    )
    expect(page.get_by_text("Answers of an interview")).to_have_count(0)
    expect(page.locator(".history")).to_contain_text("Answered in an interview")


def test_an_area_of_somebody_else_is_not_on_the_tablet(tablet: Tablet):
    tablet.open(f"#/area/{AWAY}")

    expect(tablet.page.get_by_role("heading", name="not on this tablet")).to_be_visible()
    tablet.page.get_by_role("button", name="Back to my areas").click()
    expect(tablet.page.get_by_role("heading", name="My areas")).to_be_visible()


def test_a_visit_that_ended_the_work_is_told_by_its_result(tablet: Tablet, census: SmallCensus):
    doors.report(
        census, 5, FieldActionType.VISIT, result=Disposition.REFUSED_BY_HOUSEHOLD,
    )  # fmt: skip

    tablet.run(SYNC)

    refused = row(open_list(tablet), 5)
    expect(refused).to_contain_text("Refused by the household")
    assert sign_of(refused) == "#sign-ended"
