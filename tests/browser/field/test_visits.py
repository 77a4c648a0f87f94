"""A visit in two taps, without a network: noted, undone, proved, agreed on for another day."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from census.collection.attached import Attachment
from census.collection.models import FieldAction
from census.collection.services.field_actions import CONTENT_COLUMN
from census.core import db, sealed
from tests.browser.field import doors
from tests.browser.field.tablets import Tablet
from tests.factories.census import HOME, NOON, SmallCensus
from tests.factories.photos import jpeg

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

WAITING = "({outbox}) => outbox.waiting().then(({actions}) => actions)"
SYNC = "({sync}) => sync.now()"
TODAY = NOON.date()
HEARTBEAT = "heartbeat"


@pytest.fixture
def tablet(census: SmallCensus, new_field_tablet: Callable[..., Tablet]) -> Tablet:
    """A tablet with its areas, and without a network from now on."""
    doors.lay_out(census)
    tablet = new_field_tablet()
    tablet.set_up()
    tablet.page.context.set_offline(True)
    return tablet


def open_household(tablet: Tablet, serial: int = 1) -> Page:
    """The page of one household."""
    tablet.open(f"#/household/{HOME}-{serial:04d}")
    expect(tablet.page.locator(".standing")).to_be_visible()
    return tablet.page


def begin_visit(tablet: Tablet, serial: int = 1) -> Page:
    """The first tap."""
    page = open_household(tablet, serial)
    page.get_by_role("link", name="Record a visit").click()
    return page


def go_online(tablet: Tablet) -> None:
    """The network is back, and what waits is sent."""
    tablet.page.context.set_offline(False)
    tablet.run(SYNC)
    expect(tablet.page.locator(".bar__state")).not_to_contain_text("to send")


def reports() -> list[dict[str, Any]]:
    """What was reported from the field, as it was sent; heartbeats are no reports."""
    with db.reading() as session:
        rows = session.scalars(
            select(FieldAction)
            .where(FieldAction.type != HEARTBEAT)
            .order_by(FieldAction.happened_at)
        )
        return [
            json.loads(sealed.unseal(row.content_sealed, column=CONTENT_COLUMN, row=row.action_id))
            for row in rows
        ]


def test_nobody_home_is_two_taps_and_arrives_when_there_is_a_network_again(tablet: Tablet):
    tablet.page.context.grant_permissions(["geolocation"])
    tablet.page.context.set_geolocation({"latitude": 13.36, "longitude": 100.99, "accuracy": 7})
    page = begin_visit(tablet)
    page.get_by_role("button", name="Nobody home").click()

    expect(page.locator(".standing")).to_be_visible()
    bar = page.get_by_role("complementary", name="The last note")
    expect(bar.get_by_role("button", name="Undo")).to_be_visible()
    assert tablet.run(WAITING) == 0
    expect(page.get_by_text("Saved: Nobody home")).to_be_visible(timeout=10_000)
    assert tablet.run(WAITING) == 1
    expect(page.locator(".standing")).to_contain_text("1 visit, the last")
    expect(page.locator(".history")).to_contain_text("waiting to be sent")
    go_online(tablet)

    [told] = reports()
    assert (told["type"], told["result"], told["found"]) == ("visit", "73", "nobody")
    assert told["location"]["accuracy"] == 7
    expect(page.locator(".history")).to_contain_text("the office has it")


def test_a_slip_of_the_thumb_is_undone_and_leaves_nothing(tablet: Tablet):
    page = begin_visit(tablet)
    page.get_by_role("button", name="Refused").click()
    page.get_by_role("button", name="Undo").click()

    expect(page.get_by_text("Undone: Refused by the household")).to_be_visible()
    page.wait_for_timeout(5_500)
    assert tablet.run(WAITING) == 0


def test_a_note_survives_the_end_of_the_app_while_it_could_be_undone(tablet: Tablet):
    page = begin_visit(tablet)
    page.get_by_role("button", name="Refused").click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()

    page.reload()
    tablet.unlock()

    expect(page.locator(".standing")).to_contain_text("Refused by the household")
    go_online(tablet)
    assert [told["result"] for told in reports()] == ["20"]


def test_back_does_not_lead_into_the_visit_that_was_noted(tablet: Tablet):
    tablet.open(f"#/area/{HOME}")
    page = tablet.page
    page.locator(".row a").first.click()
    page.get_by_role("link", name="Record a visit").click()
    page.get_by_role("button", name="Something else").click()
    page.get_by_role("radio", name="Language problem").check()
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".standing")).to_be_visible()

    page.go_back()

    expect(page.locator(".rows")).to_be_visible()


def test_a_final_result_ends_the_work_before_it_is_sent(tablet: Tablet):
    page = begin_visit(tablet)
    page.get_by_label("Note (optional)").fill("มีสุนัข")
    page.get_by_role("button", name="Refused").click()
    expect(page.get_by_text("Saved: Refused")).to_be_visible(timeout=10_000)

    expect(page.locator(".standing")).to_contain_text("Refused by the household")
    expect(page.get_by_role("link", name="Start the interview")).to_have_count(1)
    tablet.open("#/")
    expect(page.locator(".area", has_text=HOME)).to_contain_text("1 of 5 households done")
    go_online(tablet)
    assert reports()[0]["note"] == "มีสุนัข"


def test_a_vacant_house_needs_a_photo_or_a_neighbour(tablet: Tablet):
    page = begin_visit(tablet)
    page.get_by_role("button", name="Nobody lives there").click()
    page.get_by_role("radio", name="Vacant", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Take a photo, or write down what a neighbour says")).to_be_visible()
    assert tablet.run(WAITING) == 0

    page.get_by_label("What does a neighbour or caretaker say?").fill("ย้ายไปนานแล้ว")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Vacant")).to_be_visible(timeout=10_000)
    go_online(tablet)

    [told] = reports()
    assert told["result"] == "40"
    assert told["evidence"] == {"kind": "neighbour_statement", "statement": "ย้ายไปนานแล้ว"}


def test_a_photo_of_evidence_survives_a_reload_and_arrives_with_the_visit(tablet: Tablet):
    page = begin_visit(tablet)
    page.get_by_role("button", name="Nobody lives there").click()
    page.get_by_role("radio", name="Demolished").check()
    picture = {"name": "camera.jpg", "mimeType": "image/jpeg", "buffer": jpeg(2400, 1800)}
    page.locator("input[type=file]").set_input_files(picture)
    expect(page.get_by_role("img", name="The photo taken as evidence")).to_be_visible()

    page.reload()
    tablet.unlock()
    page.get_by_role("radio", name="Demolished").check()
    expect(page.get_by_role("img", name="The photo taken as evidence")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Demolished")).to_be_visible(timeout=10_000)
    go_online(tablet)

    with db.reading() as session:
        [kept] = session.scalars(select(Attachment))
        [action] = session.scalars(select(FieldAction).where(FieldAction.type != HEARTBEAT))
    assert (kept.owner_id, kept.name, kept.kind) == (action.action_id, "evidence.jpg", "photo")
    assert max(kept.width or 0, kept.height or 0) == 1600
    assert action.has_evidence


def test_not_contacted_can_be_closed_from_the_third_visit_on(tablet: Tablet):
    for _visit in range(2):
        begin_visit(tablet).get_by_role("button", name="Something else").click()
        closing = tablet.page.get_by_role("radio", name="not contacted")
        expect(tablet.page.get_by_role("radio", name="Language problem")).to_be_visible()
        expect(closing).to_have_count(0)
        tablet.page.get_by_role("radio", name="To be called back").check()
        tablet.page.get_by_role("button", name="Save").click()
        expect(tablet.page.get_by_text("Saved: To be called back")).to_be_visible(timeout=10_000)

    begin_visit(tablet).get_by_role("button", name="Something else").click()

    expect(tablet.page.get_by_role("radio", name="not contacted")).to_be_visible()


def test_an_appointment_stands_on_the_day_list_and_is_kept_by_the_next_visit(tablet: Tablet):
    page = begin_visit(tablet)
    page.get_by_role("button", name="Come back at").click()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Choose today or a later day")).to_be_visible()
    page.get_by_role("radio", name="Today").check()
    page.get_by_role("radio", name="Evening").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved: Appointment 10 Feb, 17:00–20:00")).to_be_visible(timeout=10_000)

    tablet.open("#/day")
    today = page.get_by_role("region", name="Today, 10 February 2021")
    expect(today).to_contain_text("17:00–20:00")
    expect(today).to_contain_text(doors.ADDRESSES[0])
    go_online(tablet)
    expect(today).to_contain_text("17:00–20:00")
    assert (reports()[0]["on"], reports()[0]["from"]) == ("2021-02-10", "17:00")

    begin_visit(tablet).get_by_role("button", name="Nobody home").click()
    expect(page.get_by_text("Saved: Nobody home")).to_be_visible(timeout=10_000)
    tablet.open("#/day")
    expect(page.get_by_text("There are no appointments yet")).to_be_visible()


def test_appointments_are_in_order_the_missed_ones_first(
    census: SmallCensus, new_field_tablet: Callable[..., Tablet]
):
    doors.lay_out(census)
    for serial, (day, hour) in enumerate(((2, "09:00"), (0, "17:00"), (0, "08:00"), (-3, "10:00"))):
        on = (TODAY + timedelta(days=day)).isoformat()
        doors.report(census, serial + 1, doors.APPOINTMENT, **{"on": on, "from": hour, "to": None})
    tablet = new_field_tablet()
    tablet.set_up()

    tablet.open("#/day")

    expect(tablet.page.locator(".meeting")).to_have_count(4)
    where = tablet.page.locator(".meeting__where b").all_inner_texts()
    assert where == [doors.ADDRESSES[number] for number in (3, 2, 1, 0)]
    expect(tablet.page.locator(".day").first).to_contain_text("Overdue")
