"""Batches from outside: who sees them, and what a decision has to say of what it saw."""

from __future__ import annotations

from html import unescape

import pytest
from flask import Flask

from census.accounts.codelists import Role
from census.core import db
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.functional.conftest import Caller
from tests.functional.reviewing import caller_of, province_of, send, send_all

BATCH = f"/api/v1/batches/{HOME}"
ENGLISH = {"Accept-Language": "en"}
DECISIONS = {
    "approve": {},
    "return": {"households": [f"{HOME}-0001"], "reason": "Again"},
    "close": {},
    "reopen": {"reason": "A household was missed"},
}
OTHERS = [Role.ADMINISTRATOR, Role.HEADQUARTERS, Role.ENUMERATOR, Role.CLERK, Role.AUDITOR]


@pytest.fixture
def census(app: Flask) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def supervisor(app: Flask, census: SmallCensus) -> Caller:
    """Somebody who reviews the district."""
    return caller_of(app, census.supervisor)


@pytest.fixture
def province(app: Flask, census: SmallCensus) -> Caller:
    """Somebody in the office of the province."""
    return caller_of(app, census.province)


def etag(caller: Caller) -> str:
    return caller.api.get(BATCH).headers["ETag"]


def decide(caller: Caller, verb: str, body: object = None, *, seen: str | None = None):
    headers = {**ENGLISH, "If-Match": seen if seen is not None else etag(caller)}
    content = DECISIONS[verb] if body is None else body
    return caller.api.post(f"{BATCH}/{verb}", json=content, headers=headers)


def test_a_batch_shows_its_counts_its_problems_and_its_items(census, supervisor):
    send(census.enumerator, census.household(1))

    answer = supervisor.api.get(BATCH, headers=ENGLISH)

    batch = answer.json
    item = batch["items"][0]
    assert answer.headers["ETag"].strip('"').isalnum()
    assert (batch["ea_code"], batch["status"]) == (HOME, "open")
    assert (batch["households"], batch["final"], batch["responded"]) == (5, 1, 1)
    assert (batch["approved"], batch["returned"], batch["quarantined"]) == (0, 0, 0)
    assert {each["code"] for each in batch["problems"]} == {"household.not_final"}
    assert (item["household_id"], item["revision"], item["review"], item["disposition"]) == (
        census.household(1),
        1,
        "submitted",
        "11",
    )
    assert item["findings"] == []


@pytest.mark.parametrize(("language", "word"), [("th", "งานยังไม่สิ้นสุด"), ("en", "not finished")])
def test_a_problem_is_told_in_the_language_of_the_reader(census, supervisor, language, word):
    batch = supervisor.api.get(BATCH, headers={"Accept-Language": language}).json

    assert word in batch["problems"][0]["message"]


def test_reading_changes_nothing(census, supervisor):
    assert etag(supervisor) == etag(supervisor)


def test_a_batch_is_approved_as_it_was_seen(census, supervisor):
    send_all(census)

    answer = decide(supervisor, "approve")

    assert answer.status_code == 200
    assert (answer.json["status"], answer.json["approved"]) == ("approved", 5)
    assert answer.headers["ETag"] == etag(supervisor)


def test_a_weak_tag_is_accepted_back(census, supervisor):
    send_all(census)

    answer = decide(supervisor, "approve", seen=f"W/{etag(supervisor)}")

    assert answer.status_code == 200


def test_an_approval_without_a_body_approves_all(census, supervisor):
    send_all(census)

    answer = supervisor.api.post(f"{BATCH}/approve", headers={"If-Match": etag(supervisor)})

    assert answer.json["approved"] == 5


def test_what_changed_under_the_eyes_is_told_and_nothing_is_decided(census, supervisor):
    send_all(census)
    before = supervisor.api.get(BATCH)
    revisions = {item["household_id"]: item["revision"] for item in before.json["items"]}
    send(census.enumerator, census.household(2))

    answer = decide(supervisor, "approve", {"revisions": revisions}, seen=before.headers["ETag"])

    assert answer.status_code == 412
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "batch.changed"
    assert answer.json["moved"] == [{"household_id": census.household(2), "seen": 1, "now": 2}]
    assert answer.json["errors"][0]["pointer"] == f"/items/{census.household(2)}"
    assert answer.json["batch"]["approved"] == 0
    assert answer.headers["ETag"] == etag(supervisor) != before.headers["ETag"]


def test_without_revisions_the_present_batch_is_the_answer(census, supervisor):
    send_all(census)
    seen = etag(supervisor)
    send(census.enumerator, census.household(2))

    answer = decide(supervisor, "approve", seen=seen)

    assert (answer.status_code, answer.json["moved"]) == (412, [])
    assert [item["revision"] for item in answer.json["batch"]["items"]] == [1, 2, 1, 1, 1]


@pytest.mark.parametrize("verb", DECISIONS)
@pytest.mark.parametrize("header", [{}, {"If-Match": "*"}, {"If-Match": '""'}])
def test_a_decision_says_what_it_saw(census, province, verb, header):
    answer = province.api.post(f"{BATCH}/{verb}", json=DECISIONS[verb], headers=header)

    assert (answer.status_code, answer.json["code"]) == (428, "if_match.missing")


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_tag_of_another_state_decides_nothing(census, province, verb):
    answer = decide(province, verb, seen='"0000"')

    assert (answer.status_code, answer.json["code"]) == (412, "batch.changed")


def test_a_returned_household_is_submitted_again_by_the_next_submission(census, supervisor):
    send(census.enumerator, census.household(1))

    returned = decide(supervisor, "return").json
    send(census.enumerator, census.household(1))
    again = supervisor.api.get(BATCH).json

    assert (returned["status"], returned["items"][0]["review"]) == ("returned", "returned")
    assert (returned["responded"], returned["returned"]) == (1, 1)
    assert again["items"][0]["review"] == "submitted"


def test_hard_findings_block_until_they_are_overridden_with_a_reason(census, supervisor):
    household = census.household(1)
    send(census.enumerator, household, h22=9)
    found = supervisor.api.get(BATCH, headers=ENGLISH).json["items"][0]["findings"]

    refused = decide(supervisor, "approve", {"households": [household]})
    overridden = decide(
        supervisor,
        "approve",
        {"households": [household], "override": {"reason": "Counted on site"}},
    )

    assert "hard" in {each["severity"] for each in found}
    assert (refused.status_code, refused.json["code"]) == (409, "batch.hard_findings")
    assert overridden.json["items"][0]["review"] == "approved"


def test_nobody_decides_on_their_own_work(census, supervisor):
    send(supervisor.actor, census.household(1))

    answer = decide(supervisor, "approve")

    assert (answer.status_code, answer.json["code"]) == (409, "batch.own_work")
    assert census.household(1) in answer.json["detail"]


def test_what_does_not_wait_for_approval_is_named(census, supervisor):
    answer = decide(supervisor, "approve", {"households": [census.household(3)]})

    assert (answer.status_code, answer.json["code"]) == (409, "batch.not_submitted")
    assert census.household(3) in answer.json["detail"]


def test_an_area_is_closed_when_all_is_approved_and_reopened_with_a_reason(census, province):
    send_all(census)

    too_early = decide(province, "close")
    decide(province, "approve")
    closed = decide(province, "close")
    send(census.enumerator, census.household(1))
    late = province.api.get(BATCH).json
    reopened = decide(province, "reopen")

    assert (too_early.status_code, too_early.json["code"]) == (409, "batch.incomplete")
    assert (closed.status_code, closed.json["status"]) == (200, "closed")
    assert (late["quarantined"], late["problems"][0]["code"]) == (1, "submission.quarantined")
    assert (reopened.status_code, reopened.json["status"]) == (200, "approved")


@pytest.mark.parametrize("verb", DECISIONS)
def test_a_batch_outside_the_areas_does_not_exist(app, census, province, verb):
    stranger = province_of(app, "2002")

    answers = [
        stranger.api.get(BATCH),
        stranger.api.post(f"{BATCH}/{verb}", json=DECISIONS[verb]),
        province.api.post(f"/api/v1/batches/99999999999/{verb}", json=DECISIONS[verb]),
    ]

    assert {(each.status_code, each.json["code"]) for each in answers} == {(404, "batch.not_found")}


@pytest.mark.parametrize("role", OTHERS)
def test_other_roles_never_see_or_decide_a_batch(client_as, role):
    caller = client_as(role, ["20"])

    answers = [caller.api.get("/api/v1/batches"), caller.api.get(BATCH)]
    answers += [caller.api.post(f"{BATCH}/{verb}") for verb in DECISIONS]

    assert {each.status_code for each in answers} == {403}


@pytest.mark.parametrize("verb", ["close", "reopen"])
def test_only_the_province_closes_and_reopens(census, supervisor, verb):
    assert decide(supervisor, verb).status_code == 403


def test_a_stranger_is_told_to_sign_in(census, client):
    assert client.get(BATCH).status_code == 401


@pytest.mark.parametrize(
    ("verb", "body"),
    [
        ("approve", {"households": []}),
        ("approve", {"households": ["22002011001-0001"]}),
        ("approve", {"override": {"reason": "why"}}),
        ("return", {"households": [f"{HOME}-0001"]}),
        ("return", {"households": [f"{HOME}-0001"], "reason": "   "}),
        ("return", {"reason": "why"}),
        ("return", {"households": [f"{HOME}-0001"], "reason": "why", "questions": ["P 05"]}),
        ("reopen", {}),
        ("approve", []),
    ],
)
def test_a_decision_of_another_shape_is_refused_with_every_fault(census, province, verb, body):
    send_all(census)
    if verb == "reopen":
        decide(province, "approve")
        decide(province, "close")

    answer = decide(province, verb, body)

    assert answer.status_code == 422
    assert answer.json["errors"]


def test_a_reason_may_hold_anything_that_can_be_kept(census, supervisor):
    send(census.enumerator, census.household(1))
    reason = "'); DROP TABLE collection_case; -- ที่อยู่ผิด 🏠"

    answer = decide(supervisor, "return", {"households": [census.household(1)], "reason": reason})

    page = supervisor.browser.get(f"/supervisor/households/{census.household(1)}")
    assert answer.status_code == 200
    assert reason in unescape(page.text)


def test_the_list_goes_on_page_by_page(census, province):
    first = province.api.get("/api/v1/batches?limit=1").json
    second = province.api.get(f"/api/v1/batches?limit=1&after={first['next']}").json

    assert ([each["ea_code"] for each in first["batches"]], first["more"]) == ([HOME], True)
    assert ([each["ea_code"] for each in second["batches"]], second["more"]) == ([AWAY], False)
    assert second["next"] is None


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("status=open", [HOME, AWAY]),
        ("status=closed", []),
        ("area=2002", [AWAY]),
        ("status=&area=&after=&limit=", [HOME, AWAY]),
    ],
)
def test_the_list_is_narrowed_by_status_and_area(census, province, query, codes):
    page = province.api.get(f"/api/v1/batches?{query}").json

    assert [each["ea_code"] for each in page["batches"]] == codes


@pytest.mark.parametrize(
    ("query", "status"),
    [("status=lost", 422), ("limit=0", 422), ("limit=501", 422), ("area=21", 404), ("x=1", 422)],
)
def test_a_list_that_cannot_be_is_refused(census, province, query, status):
    assert province.api.get(f"/api/v1/batches?{query}").status_code == status
