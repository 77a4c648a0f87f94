"""Sending and receiving: every answer an office can give, and what the tablet makes of it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Route, expect
from sqlalchemy import select, update

from census.accounts.models import Token
from census.assignment.models import Device, Lease
from census.collection.models import FieldAction, Submission
from census.core import db, events
from census.core.clock import utcnow
from census.frame.models import Household
from census.review.services import open_household, return_household
from tests.browser.field.tablets import Tablet, new_draft
from tests.factories.census import HOME, SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

FINISH = """async ({outbox}, draft) => outbox.finishForm({
  draft, xml: draft.xml, mode: 'face_to_face', ended_at: '2021-02-10T05:30:00Z'})"""
VISIT = "async ({outbox}, id) => outbox.addAction({type: 'visit', household_id: id, result: '70'})"
WAITING = "({outbox}) => outbox.waiting()"
NOW = "({sync}) => sync.now().then(() => sync.state)"
NOTHING = {"submissions": 0, "actions": 0, "files": 0, "refused": 0}
SENDING = ("**/api/v1/submissions", "**/api/v1/field-actions")


def submissions() -> list[Submission]:
    """Everything the office has."""
    with db.reading() as session:
        return list(session.scalars(select(Submission).order_by(Submission.received_at)))


def answer_with(status: int, headers: dict[str, str] | None = None, **problem: Any) -> Any:
    """Let the office answer like this."""

    def fulfil(route: Route) -> None:
        route.fulfill(
            status=status,
            headers={"Content-Type": "application/problem+json", **(headers or {})},
            body=json.dumps({"status": status, "title": "…", "detail": "No.", **problem}),
        )

    return fulfil


def test_what_is_finished_arrives_and_only_its_outcome_stays(tablet: Tablet, census: SmallCensus):
    draft = new_draft(census.household(1))

    tablet.run(FINISH, draft)
    tablet.run(VISIT, census.household(2))
    state = tablet.run(NOW)

    assert state["problem"] is None
    assert tablet.run(WAITING) == NOTHING
    [sent] = submissions()
    assert f"uuid:{sent.instance_id}".endswith(draft["instance_id"].removeprefix("uuid:"))
    ledger = {each["kind"]: each for each in tablet.run("({ledger}) => ledger.all()")}
    assert set(ledger["submission"]) == {
        "key", "kind", "type", "household_id", "ea_code", "at", "sent_at", "outcome", "code",
        "detail",
    }  # fmt: skip
    assert ledger["submission"]["outcome"] == "accepted"
    assert ledger["action"]["type"] == "visit"
    assert tablet.stores()["outbox"] == []
    household = tablet.run("({households}, id) => households.get(id)", census.household(1))
    assert [each["outcome"] for each in household["local"]["sent"]] == ["accepted"]


def test_an_answer_that_is_lost_on_the_way_is_asked_for_again_and_counts_once(
    tablet: Tablet, census: SmallCensus
):
    def lose(route: Route) -> None:
        route.fetch()
        route.abort("connectionreset")

    tablet.page.route(SENDING[0], lose)
    tablet.run(FINISH, new_draft(census.household(1)))
    assert tablet.run(NOW)["problem"] == "offline"
    assert tablet.run(WAITING)["submissions"] == 1
    tablet.page.unroute(SENDING[0])
    tablet.run(NOW)

    assert tablet.run(WAITING) == NOTHING
    assert len(submissions()) == 1
    [entry] = tablet.run("({ledger}) => ledger.all()")
    assert entry["outcome"] == "duplicate"


def test_the_same_id_with_other_answers_is_told_as_a_conflict(tablet: Tablet, census: SmallCensus):
    draft = new_draft(census.household(1))
    other = {**draft, "xml": draft["xml"].replace("<h01>1</h01>", "<h01>2</h01>")}
    assert other["xml"] != draft["xml"]
    send = """async ({outbox, sync, database, drafts}, [draft, other]) => {
      const finish = (each) => outbox.finishForm({
        draft: each, xml: each.xml, mode: 'face_to_face', ended_at: each.saved_at});
      await finish(draft); await sync.now(); await finish(other); await sync.now();
    }"""

    tablet.run(send, [draft, other])

    assert tablet.run(WAITING) == NOTHING
    tablet.open("#/sync")
    expect(tablet.page.get_by_text("Differs from before").first).to_be_visible()


def test_what_the_office_puts_aside_is_sent_and_said(tablet: Tablet, census: SmallCensus):
    tablet.run(FINISH, new_draft(census.household(1, "22002011001")))
    tablet.run(NOW)

    tablet.open("#/sync")

    expect(tablet.page.get_by_text("Office must look").first).to_be_visible()
    assert tablet.run(WAITING) == NOTHING


def test_what_is_refused_stays_is_said_and_does_not_hold_up_the_rest(
    tablet: Tablet, census: SmallCensus
):
    tablet.run(
        "({outbox}, id) => outbox.addAction({type: 'visit', household_id: id, result: '99'})",
        census.household(1),
    )
    tablet.run(VISIT, census.household(2))
    tablet.run(NOW)

    assert tablet.run(WAITING) == {**NOTHING, "refused": 1}
    tablet.open("#/sync")
    expect(tablet.page.get_by_text("The office did not take 1 records")).to_be_visible()
    expect(
        tablet.page.get_by_role("button", name="Make a file for the office").first
    ).to_be_visible()
    with db.reading() as session:
        assert (
            session.scalars(select(FieldAction.household_id)).all().count(census.household(2)) == 1
        )


@pytest.mark.parametrize("status", [413, 415, 422])
def test_a_body_that_is_not_taken_is_halved_until_the_one_at_fault_is_found(
    tablet: Tablet, census: SmallCensus, status: int
):
    sizes: list[int] = []
    wrong = new_draft(census.household(3))

    def judge(route: Route) -> None:
        sent = tablet.unzipped(route.request)["submissions"]
        sizes.append(len(sent))
        if wrong["instance_id"] in {each["instance_id"] for each in sent}:
            answer_with(status, code="body.wrong")(route)
        else:
            route.continue_()

    tablet.page.context.set_offline(True)
    for serial in (1, 2, 4, 5):
        tablet.run(FINISH, new_draft(census.household(serial)))
    tablet.run(FINISH, wrong)
    tablet.page.context.set_offline(False)
    tablet.page.route(SENDING[0], judge)
    tablet.run(NOW)

    assert sizes[0] == 5
    assert len(submissions()) == 4
    assert tablet.run(WAITING) == {**NOTHING, "refused": 1}


def test_an_office_that_is_busy_is_left_alone_as_long_as_it_asks(
    tablet: Tablet, census: SmallCensus
):
    tablet.page.route(SENDING[0], answer_with(503, {"Retry-After": "120"}))

    tablet.run(FINISH, new_draft(census.household(1)))
    before = tablet.page.evaluate("Date.now()")
    state = tablet.run(NOW)

    assert state["problem"] == "busy"
    assert state["retry_at"] - before >= 120_000
    assert tablet.run(WAITING)["submissions"] == 1


def test_a_page_of_a_foreign_network_is_not_taken_for_the_office(
    tablet: Tablet, census: SmallCensus
):
    tablet.page.route(SENDING[0], lambda route: route.fulfill(body="<html>Sign in to Wi-Fi</html>"))

    tablet.run(FINISH, new_draft(census.household(1)))

    assert tablet.run(NOW)["problem"] == "nonsense"
    assert tablet.run(WAITING)["submissions"] == 1


def test_a_revoked_tablet_still_sends_receives_nothing_and_says_so(
    tablet: Tablet, census: SmallCensus
):
    tablet.page.context.set_offline(True)
    tablet.run(FINISH, new_draft(census.household(1)))
    with db.transaction() as session:
        hashes = select(Device.token_hash)
        session.execute(
            update(Token).where(Token.token_hash.in_(hashes)).values(revoked_at=utcnow())
        )
    tablet.page.context.set_offline(False)
    state = tablet.run(NOW)

    assert state["problem"] == "revoked"
    assert tablet.run(WAITING) == NOTHING
    assert len(submissions()) == 1
    tablet.open("#/sync")
    expect(tablet.page.get_by_text("The office has revoked this tablet")).to_be_visible()
    expect(tablet.page.get_by_text("Office must look").first).to_be_visible()


def test_a_found_dwelling_gets_its_id_from_the_office_and_so_does_its_interview(
    tablet: Tablet, census: SmallCensus
):
    tablet.page.context.set_offline(True)
    local = tablet.run(
        """async ({outbox, found}, ea) => found.householdFoundBy(await outbox.addAction({
          type: 'dwelling_found', ea_code: ea, address: 'behind the temple'}))""",
        HOME,
    )
    in_area = tablet.run("({households}, ea) => households.inArea(ea)", HOME)
    assert local in {each["id"] for each in in_area}
    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(local))
    tablet.run(FINISH, new_draft(local))
    tablet.run(VISIT, local)
    open_draft = new_draft(local)
    tablet.run("({drafts}, draft) => drafts.put(draft)", open_draft)
    tablet.page.context.set_offline(False)
    tablet.run(NOW)

    given = f"{HOME}-9000"
    assert tablet.run(WAITING) == NOTHING
    with db.reading() as session:
        assert session.get_one(Household, ("20", given)).address == "behind the temple"
        assert {each.household_id for each in session.scalars(select(FieldAction))} >= {given}
    [sent] = submissions()
    assert sent.household_id == given
    late = {**open_draft, "page": 4}
    tablet.run("({drafts}, draft) => drafts.put(draft)", late)
    draft = tablet.run("({drafts}, id) => drafts.get(id)", local)
    assert (draft["household_id"], draft["page"]) == (given, 4)
    assert local not in draft["xml"]
    assert tablet.run("({households}, id) => households.get(id)", local)["id"] == given


def test_what_the_supervisor_returned_comes_with_the_old_answers_and_goes_when_it_is_sent_again(
    tablet: Tablet, census: SmallCensus
):
    household_id = census.household(1)
    draft = new_draft(household_id)
    tablet.run(FINISH, draft)
    tablet.run(NOW)
    with db.transaction() as session:
        opened = open_household(session, census.supervisor, household_id, at=utcnow())
        return_household(
            session,
            census.supervisor,
            household_id,
            seen=opened.etag,
            reason="Who is 03?",
            at=utcnow(),
        )
    tablet.run(NOW)
    correction = tablet.run("({corrections}, id) => corrections.get(id)", household_id)
    assert correction["instance_id"] == draft["instance_id"]
    assert correction["reason"] == "Who is 03?"
    assert "<data" in correction["instance"]

    again = new_draft(household_id)
    deprecated = f"<orx:deprecatedID>{draft['instance_id']}</orx:deprecatedID>"
    again["xml"] = again["xml"].replace("</orx:meta>", f"{deprecated}</orx:meta>")
    tablet.run(FINISH, again)
    tablet.run(NOW)
    tablet.run(NOW)

    household = tablet.run("({households}, id) => households.get(id)", household_id)
    assert household["task"] == "none"
    assert tablet.stores()["corrections"] == []


def test_the_office_hears_of_the_tablet_and_how_much_it_still_holds(
    tablet: Tablet, census: SmallCensus
):
    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(census.household(1)))
    tablet.run(NOW)

    with db.reading() as session:
        heard = session.scalars(select(Device)).one()
        assert (heard.unsent, heard.storage_persisted) == (1, False)
        assert heard.last_heard_at is not None
        assert heard.app_version


def test_two_windows_send_everything_once(
    tablet: Tablet, census: SmallCensus, new_field_tablet: Callable[..., Tablet]
):
    posts: list[int] = []
    tablet.page.context.on(
        "request",
        lambda request: request.url.endswith("/submissions") and posts.append(1),
    )
    other = Tablet(tablet.page.context.new_page(), tablet.harness)
    other.open()
    other.unlock()
    expect(other.page.get_by_role("link", name="Settings")).to_be_visible()
    tablet.page.context.set_offline(True)
    for serial in range(1, 6):
        tablet.run(FINISH, new_draft(census.household(serial)))
    tablet.page.context.set_offline(False)

    both = "({sync}) => { sync.now(); }"
    tablet.run(both)
    other.run(both)
    tablet.run(NOW)
    other.run(NOW)

    assert len(submissions()) == 5
    assert len(posts) == 1
    assert tablet.run(WAITING) == NOTHING
    assert other.complaints == []


def test_an_area_that_is_taken_away_disappears_once_nothing_of_it_is_unsent(
    tablet: Tablet, census: SmallCensus
):
    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(census.household(1)))
    with db.transaction() as session:
        lease = session.scalars(select(Lease).where(Lease.ea_code == HOME)).one()
        lease.ended_at = utcnow() - timedelta(minutes=1)
        events.record(session, census.supervisor, "area.released", HOME, area=HOME, at=utcnow())
    tablet.run(NOW)
    held = tablet.run("({areas}) => areas.all()")
    assert [each["is_taken"] for each in held if each["ea_code"] == HOME] == [True]

    tablet.run("({drafts}, id) => drafts.remove(id)", census.household(1))
    tablet.run(NOW)

    assert HOME not in {each["ea_code"] for each in tablet.run("({areas}) => areas.all()")}
    assert not any(key.startswith(HOME) for key, _record in tablet.stores()["households"])


def test_a_clock_that_is_far_off_is_said(tablet: Tablet):
    tablet.page.clock.set_system_time(utcnow() + timedelta(days=543 * 365))
    tablet.page.reload()

    tablet.unlock()

    expect(tablet.page.get_by_text("The tablet's clock is wrong")).to_be_visible()
