"""The review as a browser gets it: read, decide, and be told when something moved."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from census.core import db
from census.core.events import Event
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.functional.conftest import Caller
from tests.functional.reviewing import caller_of, province_of, send, send_all

BATCH = f"/supervisor/batches/{HOME}"
HOUSEHOLD = f"/supervisor/households/{HOME}-0001"
IDENTITY = f"{HOUSEHOLD}/persons/1/identity"
ENGLISH = {"Accept-Language": "en"}
IDENTITY_NUMBER = "3999900000010"


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


def get(caller: Caller, address: str) -> TestResponse:
    return caller.browser.get(address, headers=ENGLISH)


def hidden(page: str, name: str) -> str:
    """The value of the first hidden field with this name."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, f"the page has no field {name}"
    return unescape(found[1])


def post(browser: FlaskClient, page: TestResponse, address: str, **fields: object) -> TestResponse:
    """Send a form of the page, with what was hidden in it."""
    content = {
        "csrf_token": hidden(page.text, "csrf_token"),
        "seen": hidden(page.text, "seen"),
        **fields,
    }
    return browser.post(address, data=content, headers=ENGLISH)


def decide(caller: Caller, verb: str, **fields: object) -> TestResponse:
    """Open the batch and decide."""
    return post(caller.browser, get(caller, BATCH), f"{BATCH}/{verb}", **fields)


def events_named(name: str) -> list[Event]:
    with db.reading() as session:
        return list(session.scalars(select(Event).where(Event.name == name)))


def test_the_list_shows_the_areas_of_the_reader_only(census, supervisor):
    page = get(supervisor, "/supervisor/")

    assert page.status_code == 200
    assert f'href="{BATCH}"' in page.text
    assert AWAY not in page.text


def test_headquarters_is_led_to_the_progress(app, census):
    answer = get(caller_of(app, census.headquarters), "/supervisor/")

    assert (answer.status_code, answer.location) == (303, "/supervisor/progress")


@pytest.mark.parametrize(
    ("query", "status", "is_shown"),
    [
        ("?status=open", 200, True),
        ("?status=closed", 200, False),
        ("?status=nonsense", 200, True),
        ("?area=200101", 200, True),
        ("?area=21", 404, False),
        ("?area=%27+OR+1%3D1", 404, False),
        ("?after=99999999999", 200, False),
    ],
)
def test_the_list_is_narrowed(census, supervisor, query, status, is_shown):
    page = get(supervisor, f"/supervisor/{query}")

    assert page.status_code == status
    assert (f'href="{BATCH}"' in page.text) is is_shown


@pytest.mark.parametrize(("language", "word"), [("th", "เขตแจงนับ"), ("en", "Enumeration area")])
def test_a_batch_is_read_in_either_language(census, supervisor, language, word):
    page = supervisor.browser.get(BATCH, headers={"Accept-Language": language})

    assert page.status_code == 200
    assert word in page.text


def test_a_batch_shows_addresses_and_never_a_name(census, supervisor):
    send_all(census)

    page = get(supervisor, BATCH)

    assert "1 หมู่ 1" in page.text
    assert "สมมติ" not in page.text


def test_everything_that_can_be_is_approved_with_one_button(census, supervisor):
    send_all(census)

    answer = decide(supervisor, "approve")

    page = get(supervisor, answer.location)
    assert (answer.status_code, answer.location) == (303, BATCH)
    assert "Households approved: 5." in page.text


def test_the_chosen_households_are_approved(census, supervisor):
    send_all(census)

    decide(supervisor, "approve", households=[census.household(1), census.household(3)])

    items = supervisor.api.get(f"/api/v1/batches/{HOME}").json["items"]
    assert [item["review"] for item in items] == [
        "approved",
        "submitted",
        "approved",
        "submitted",
        "submitted",
    ]


def test_the_button_for_all_leaves_the_readers_own_work_to_others(census, supervisor):
    send(supervisor.actor, census.household(1))
    send(census.enumerator, census.household(2))

    answer = decide(supervisor, "approve")

    batch = supervisor.api.get(f"/api/v1/batches/{HOME}").json
    assert answer.status_code == 303
    assert [item["review"] for item in batch["items"][:2]] == ["submitted", "approved"]


def test_chosen_own_work_is_refused_on_the_page(census, supervisor):
    send(supervisor.actor, census.household(1))

    answer = decide(supervisor, "approve", households=[census.household(1)])

    assert answer.status_code == 409
    assert "somebody else has to decide" in answer.text


def test_what_moved_is_shown_with_the_present_state(census, supervisor):
    send_all(census)
    page = get(supervisor, BATCH)
    send(census.enumerator, census.household(2))

    answer = post(supervisor.browser, page, f"{BATCH}/approve")

    assert answer.status_code == 412
    assert "Nothing was decided" in answer.text
    assert f"{census.household(2)}</a>: was at revision 1, is at 2" in answer.text
    assert hidden(answer.text, "seen") == hidden(get(supervisor, BATCH).text, "seen")
    assert post(supervisor.browser, answer, f"{BATCH}/approve").status_code == 303


def test_something_new_in_quarantine_is_a_change_too(census, supervisor):
    send_all(census)
    page = get(supervisor, BATCH)
    send(census.neighbour, census.household(2))

    answer = post(supervisor.browser, page, f"{BATCH}/approve")

    assert answer.status_code == 412
    assert "the quarantine" in answer.text


def test_a_household_is_returned_with_a_reason_and_what_to_correct(census, supervisor):
    send_all(census)

    answer = decide(
        supervisor,
        "return",
        households=[census.household(1)],
        reason="พบสมาชิกเพิ่ม <b>'; --",
        questions="p05_year, H22",
    )

    page = get(supervisor, HOUSEHOLD)
    assert answer.status_code == 303
    assert "พบสมาชิกเพิ่ม &lt;b&gt;" in page.text
    assert "p05_year, h22" in page.text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": "why"}, "Select at least one household."),
        ({"households": f"{HOME}-0001", "reason": " "}, "Say why."),
        ({"households": f"{HOME}-0001", "reason": "x\x00"}, "cannot be kept"),
        (
            {"households": f"{HOME}-0001", "reason": "why", "questions": "the age!"},
            "no names of questions",
        ),
        ({"households": f"{AWAY}-0001", "reason": "why"}, "not in this enumeration area"),
    ],
)
def test_a_form_that_is_not_complete_comes_back_with_what_was_typed(
    census, supervisor, fields, sentence
):
    send_all(census)

    answer = decide(supervisor, "return", **fields)

    assert answer.status_code == 422
    assert sentence in answer.text
    assert "There is a problem" in answer.text


def test_the_province_closes_and_reopens_an_area(census, province):
    send_all(census)
    decide(province, "approve")

    closed = decide(province, "close", reason="All done")
    without_reason = decide(province, "reopen", reason="")
    reopened = decide(province, "reopen", reason="A household was missed")

    assert (closed.status_code, reopened.status_code) == (303, 303)
    assert (without_reason.status_code, "Say why." in without_reason.text) == (422, True)


def test_an_area_with_work_left_is_not_closed(census, province):
    answer = decide(province, "close", reason="Enough")

    assert answer.status_code == 409
    assert "cannot be closed" in answer.text


@pytest.mark.parametrize("verb", ["close", "reopen"])
def test_a_supervisor_neither_closes_nor_reopens(census, supervisor, verb):
    page = get(supervisor, BATCH)

    answer = post(supervisor.browser, page, f"{BATCH}/{verb}", reason="why")

    assert answer.status_code == 403


def test_opening_a_household_is_one_event(census, supervisor):
    send_all(census)

    page = get(supervisor, HOUSEHOLD)

    (event,) = events_named("household.read")
    assert page.status_code == 200
    assert (event.subject, event.actor_id) == (census.household(1), supervisor.actor.id)


def test_a_household_is_read_in_the_words_of_the_questionnaire(census, supervisor):
    send_all(census)

    thai = supervisor.browser.get(HOUSEHOLD, headers={"Accept-Language": "th"})
    english = get(supervisor, HOUSEHOLD)

    assert "สมมติ ตัวอย่าง" in thai.text
    assert "บ้านเดี่ยว" in thai.text
    assert "Detached house" in english.text


def test_identity_numbers_are_masked(census, supervisor):
    send_all(census)

    page = get(supervisor, HOUSEHOLD)

    assert "3-9999-*****-**-0" in page.text
    assert IDENTITY_NUMBER not in page.text
    assert f'href="{IDENTITY}"' in page.text


def test_an_identity_number_is_shown_once_to_whoever_says_why(census, supervisor):
    send_all(census)
    form = get(supervisor, IDENTITY)
    token = hidden(form.text, "csrf_token")

    shown = supervisor.browser.post(
        IDENTITY, data={"csrf_token": token, "reason": "Two persons, one number"}, headers=ENGLISH
    )

    (event,) = events_named("identity.revealed")
    assert IDENTITY_NUMBER in shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    assert IDENTITY_NUMBER not in get(supervisor, IDENTITY).text
    assert event.details["reason"] == "Two persons, one number"


def test_without_a_reason_no_number_is_shown(census, supervisor):
    send_all(census)
    token = hidden(get(supervisor, IDENTITY).text, "csrf_token")

    answer = supervisor.browser.post(
        IDENTITY, data={"csrf_token": token, "reason": "  "}, headers=ENGLISH
    )

    assert answer.status_code == 422
    assert IDENTITY_NUMBER not in answer.text
    assert events_named("identity.revealed") == []


def test_a_person_who_is_not_there_has_no_number(census, supervisor):
    send_all(census)
    token = hidden(get(supervisor, IDENTITY).text, "csrf_token")

    answer = supervisor.browser.post(
        f"{HOUSEHOLD}/persons/77/identity", data={"csrf_token": token, "reason": "why"}
    )

    assert answer.status_code == 404


def test_a_household_with_a_hard_finding_is_approved_with_a_reason(census, supervisor):
    send(census.enumerator, census.household(1), h22=9)
    page = get(supervisor, HOUSEHOLD)

    refused = post(supervisor.browser, page, f"{HOUSEHOLD}/approve", reason="")
    accepted = post(supervisor.browser, refused, f"{HOUSEHOLD}/approve", reason="Seen on site")

    assert (refused.status_code, "block the approval" in refused.text) == (409, True)
    assert (accepted.status_code, accepted.location) == (303, BATCH)


def test_a_household_that_moved_is_shown_again(census, supervisor):
    send(census.enumerator, census.household(1))
    page = get(supervisor, HOUSEHOLD)
    send(census.enumerator, census.household(1))

    answer = post(supervisor.browser, page, f"{HOUSEHOLD}/return", reason="Again")

    assert answer.status_code == 412
    assert "Nothing was decided" in answer.text


def test_a_household_is_returned_from_its_own_page(census, supervisor):
    send(census.enumerator, census.household(1))
    page = get(supervisor, HOUSEHOLD)

    answer = post(supervisor.browser, page, f"{HOUSEHOLD}/return", reason="Again", questions="h22")

    assert answer.status_code == 303
    assert "Returned" in get(supervisor, HOUSEHOLD).text


def test_an_approved_household_can_be_returned_but_not_approved_again(census, supervisor):
    send(census.enumerator, census.household(1))
    decide(supervisor, "approve", households=[census.household(1)])

    page = get(supervisor, HOUSEHOLD)

    assert f'action="{HOUSEHOLD}/return"' in page.text
    assert f"{HOUSEHOLD}/approve" not in page.text


def test_households_still_being_worked_on_do_not_bury_the_other_problems(census, supervisor):
    send(census.enumerator, census.household(1), h22=9)

    page = get(supervisor, BATCH).text

    assert page.index("finding.hard") < page.index("Households whose work is not finished: 4")
    assert "<details" in page


def test_the_name_of_an_area_is_marked_as_thai_on_an_english_page(census, supervisor):
    for address in ("/supervisor/", BATCH, "/supervisor/progress/200101"):
        assert f'lang="th">เขตแจงนับ {HOME}</span>' in get(supervisor, address).text


def test_headquarters_reads_a_household_and_decides_nothing(app, census):
    send(census.enumerator, census.household(1))
    headquarters = caller_of(app, census.headquarters)

    page = get(headquarters, HOUSEHOLD)

    assert page.status_code == 200
    assert 'id="decide"' not in page.text
    assert len(events_named("household.read")) == 1


def test_an_enumerator_never_reads_these_pages(app, census):
    enumerator = caller_of(app, census.enumerator)

    statuses = {
        get(enumerator, address).status_code for address in ("/supervisor/", BATCH, HOUSEHOLD)
    }

    assert statuses == {403}
    assert events_named("household.read") == []


@pytest.mark.parametrize("address", [BATCH, HOUSEHOLD, IDENTITY])
def test_what_lies_outside_the_areas_does_not_exist(app, census, address):
    stranger = province_of(app, "2002")

    assert get(stranger, address).status_code == 404


@pytest.mark.parametrize("verb", ["approve", "return"])
def test_a_form_without_its_token_decides_nothing(census, supervisor, verb):
    send_all(census)
    seen = hidden(get(supervisor, BATCH).text, "seen")

    answer = supervisor.browser.post(f"{BATCH}/{verb}", data={"seen": seen, "reason": "why"})

    assert answer.status_code == 403


def test_a_form_without_what_was_seen_is_refused(census, supervisor):
    send_all(census)
    token = hidden(get(supervisor, BATCH).text, "csrf_token")

    answers = [
        supervisor.browser.post(f"{BATCH}/approve", data={"csrf_token": token}),
        supervisor.browser.post(f"{BATCH}/approve", data={"csrf_token": token, "seen": ""}),
    ]

    assert [each.status_code for each in answers] == [422, 428]


def test_a_decision_takes_a_large_area_in_one_form(census, supervisor):
    send_all(census)
    chosen = [census.household(1 + serial % 5) for serial in range(1_000)]

    answer = decide(supervisor, "approve", households=chosen)

    assert answer.status_code == 303
