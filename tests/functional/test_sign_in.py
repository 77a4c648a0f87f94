"""Signing in and out with a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from census.accounts.codelists import Role
from census.core import db
from census.core.events import Event
from tests.factories import accounts
from tests.functional.conftest import Calling

FormToken = Callable[[FlaskClient], str]


@pytest.fixture
def supervisor(app: Flask) -> str:
    """The username of somebody who may sign in."""
    with db.transaction() as session:
        return accounts.user(session, role=Role.SUPERVISOR, areas=["2001"]).username


def sign_in(
    browser: FlaskClient, form_token: FormToken, username: str, **fields: str
) -> TestResponse:
    content = {
        "username": username,
        "password": accounts.PASSWORD,
        "csrf_token": form_token(browser),
        **fields,
    }
    return browser.post("/sign-in", data=content)


def secret_of(browser: FlaskClient) -> str | None:
    with browser.session_transaction() as cookie:
        return cookie.get("_user_id")


def test_a_stranger_is_led_to_the_sign_in(client: FlaskClient) -> None:
    answer = client.get("/")

    assert answer.status_code == 303
    assert answer.location == "/sign-in"


def test_whoever_signs_in_comes_to_their_own_face(
    client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    answer = sign_in(client, form_token, supervisor)

    assert answer.status_code == 303
    assert answer.location == "/"
    assert client.get("/").location == "/supervisor/"


def test_whoever_signs_in_comes_to_the_page_they_asked_for(
    client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    answer = sign_in(client, form_token, supervisor, next="/supervisor/batches/22001011001")

    assert answer.location == "/supervisor/batches/22001011001"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.org/", "//example.org/", "/\\example.org", "/\t/example.org"]
)
def test_nobody_is_led_to_another_site(
    client: FlaskClient, form_token: FormToken, supervisor: str, elsewhere: str
) -> None:
    answer = sign_in(client, form_token, supervisor, next=elsewhere)

    assert answer.location == "/"


def test_a_wrong_password_and_an_unknown_user_get_the_same_answer(
    client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    wrong = sign_in(client, form_token, supervisor, password="not the password")
    unknown = sign_in(client, form_token, "nobody", password="not the password")

    assert wrong.status_code == unknown.status_code == 401
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in wrong.text
    assert "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง" in unknown.text


def test_the_sixth_failure_has_to_wait_even_after_a_restart(
    app: Flask,
    client: FlaskClient,
    form_token: FormToken,
    supervisor: str,
    restarted: Callable[[], Flask],
) -> None:
    for _ in range(5):
        sign_in(client, form_token, supervisor, password="not the password")

    answer = sign_in(restarted().test_client(), form_token, supervisor)

    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_a_changed_sender_address_in_a_header_gives_no_more_guesses(
    client: FlaskClient, form_token: FormToken
) -> None:
    statuses = []
    for number in range(31):
        client.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.{number}"
        statuses.append(sign_in(client, form_token, f"nobody{number}").status_code)

    assert statuses == [401] * 30 + [429]


def test_signing_in_gives_a_new_cookie_and_the_old_one_stays_nobodys(
    app: Flask, client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    form_token(client)
    before = client.get_cookie("s")
    assert before is not None

    sign_in(client, form_token, supervisor)

    stranger = app.test_client()
    stranger.set_cookie("s", before.value)
    assert stranger.get("/").location == "/sign-in"


def test_a_copied_cookie_dies_when_its_owner_signs_out(
    app: Flask, client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    sign_in(client, form_token, supervisor)
    cookie = client.get_cookie("s")
    assert cookie is not None
    thief = app.test_client()
    thief.set_cookie("s", cookie.value)
    assert thief.get("/").location == "/supervisor/"

    answer = client.post("/sign-out", data={"csrf_token": form_token(client)})

    assert answer.status_code == 303
    assert client.get("/").location == "/sign-in"
    assert thief.get("/").location == "/sign-in"


def test_the_cookie_carries_a_random_secret_and_nothing_of_the_person(
    client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    sign_in(client, form_token, supervisor)

    with client.session_transaction() as cookie:
        assert set(cookie) <= {"_user_id", "csrf_token"}
        assert len(cookie["_user_id"]) == 43


def test_the_cookie_is_kept_from_scripts_and_from_other_sites(
    client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    answer = sign_in(client, form_token, supervisor)

    cookie = answer.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_form_without_its_token_is_refused(client: FlaskClient, supervisor: str) -> None:
    answer = client.post("/sign-in", data={"username": supervisor, "password": accounts.PASSWORD})

    assert answer.status_code == 403
    assert secret_of(client) is None


def test_a_form_with_the_token_of_another_browser_is_refused(
    app: Flask, client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    foreign = form_token(app.test_client())
    form_token(client)

    answer = sign_in(client, form_token, supervisor, csrf_token=foreign)

    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("header", "value"),
    [
        ("Sec-Fetch-Site", "cross-site"),
        ("Sec-Fetch-Site", "same-site"),
        ("Origin", "https://example.org"),
    ],
)
def test_a_form_sent_from_another_site_is_refused_whatever_its_token(
    client: FlaskClient, form_token: FormToken, supervisor: str, header: str, value: str
) -> None:
    client.environ_base["HTTP_" + header.upper().replace("-", "_")] = value

    answer = sign_in(client, form_token, supervisor)

    assert answer.status_code == 403


def test_sign_ins_and_failures_are_events_without_what_was_typed(
    client: FlaskClient, form_token: FormToken, supervisor: str
) -> None:
    sign_in(client, form_token, "a password typed too early")
    sign_in(client, form_token, supervisor)

    with db.reading() as session:
        events = session.scalars(select(Event).where(Event.name != "user.created")).all()
        told = [(event.name, event.subject) for event in events]
    assert ("sign_in.failed", "unknown") in told
    assert [name for name, _ in told].count("session.opened") == 1
    assert "typed" not in str(told)


def test_the_reader_chooses_the_language_and_stays_on_the_page(
    client: FlaskClient, form_token: FormToken
) -> None:
    content = {"language": "en", "next": "/sign-in", "csrf_token": form_token(client)}

    answer = client.post("/language", data=content)

    assert answer.status_code == 303
    assert answer.location == "/sign-in"
    assert '<html lang="en"' in client.get("/sign-in").text


def test_the_pages_are_thai_unless_the_browser_asks_for_english(client: FlaskClient) -> None:
    thai = client.get("/sign-in", headers={"Accept-Language": "de"})
    english = client.get("/sign-in", headers={"Accept-Language": "en-GB,en;q=0.9"})

    assert '<html lang="th"' in thai.text
    assert '<html lang="en"' in english.text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CLERK, Role.AUDITOR])
def test_a_role_without_pages_of_its_own_has_a_first_page(client_as: Calling, role: Role) -> None:
    answer = client_as(role, ["20"]).browser.get("/")

    assert answer.status_code == 200


def test_a_page_asks_a_stranger_to_sign_in_and_remembers_the_way(client: FlaskClient) -> None:
    answer = client.get("/supervisor/?status=ready")

    assert answer.status_code == 303
    assert answer.location == "/sign-in?next=/supervisor/?status%3Dready"


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(client: FlaskClient) -> None:
    answer = client.get("/supervisor/", headers={"HX-Request": "true"})

    assert answer.status_code == 401
    assert answer.headers["HX-Redirect"] == "/sign-in"
