"""Tokens of the JSON face, and the events that an auditor reads with one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from census.accounts import services
from census.accounts.codelists import Role
from census.core import db
from census.core.clock import utcnow
from tests.factories import accounts
from tests.functional.conftest import Calling


@pytest.fixture
def username(app: Flask) -> str:
    """The username of an auditor."""
    with db.transaction() as session:
        return accounts.user(session, role=Role.AUDITOR).username


def asked(username: str, password: str = accounts.PASSWORD) -> dict[str, str | None]:
    return {"username": username, "password": password, "otp": None}


def test_a_password_is_exchanged_for_a_token_of_a_day(app: Flask, client: FlaskClient) -> None:
    with db.transaction() as session:
        user = accounts.user(session, role=Role.SUPERVISOR, areas=["2002", "2001"])

    answer = client.post("/api/v1/tokens", json=asked(user.username))

    assert answer.status_code == 201
    assert answer.json["actor"] == {
        "id": str(user.id),
        "username": user.username,
        "role": "supervisor",
        "areas": ["2001", "2002"],
    }
    life = datetime.fromisoformat(answer.json["expires_at"]) - datetime.now(UTC)
    assert timedelta(hours=23, minutes=59) < life <= timedelta(hours=24)


def test_the_token_opens_what_its_owner_may_see(client: FlaskClient, username: str) -> None:
    token = client.post("/api/v1/tokens", json=asked(username)).json["token"]

    answer = client.get("/api/v1/events", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 200


def test_a_revoked_token_is_nobodys(client: FlaskClient, username: str) -> None:
    token = client.post("/api/v1/tokens", json=asked(username)).json["token"]
    headers = {"Authorization": f"Bearer {token}"}

    revoked = client.delete("/api/v1/tokens/current", headers=headers)

    assert revoked.status_code == 204
    assert revoked.data == b""
    assert client.get("/api/v1/events", headers=headers).status_code == 401


def test_wrong_credentials_say_so_in_the_readers_language(
    client: FlaskClient, username: str
) -> None:
    answer = client.post(
        "/api/v1/tokens", json=asked(username, "wrong"), headers={"Accept-Language": "en"}
    )

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.json["code"] == "accounts.wrong_credentials"
    assert answer.json["detail"] == "The username or the password is wrong."


def test_tokens_and_pages_share_one_limit_of_failures(client: FlaskClient, username: str) -> None:
    for _ in range(5):
        client.post("/api/v1/tokens", json=asked(username, "wrong"))

    answer = client.post("/api/v1/tokens", json=asked(username))

    assert answer.status_code == 429
    assert answer.json["code"] == "accounts.too_many_sign_ins"
    assert 0 < int(answer.headers["Retry-After"]) <= 300


def test_the_json_face_ignores_the_cookie_of_a_browser(client_as: Calling) -> None:
    auditor = client_as(Role.AUDITOR)

    answer = auditor.browser.get("/api/v1/events")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_the_pages_ignore_a_token(client_as: Calling) -> None:
    supervisor = client_as(Role.SUPERVISOR, ["2001"])

    assert supervisor.api.get("/").location == "/sign-in"


def test_a_refused_permission_is_an_event(client_as: Calling) -> None:
    clerk, auditor = client_as(Role.CLERK, ["20"]), client_as(Role.AUDITOR)

    refused = clerk.api.get("/api/v1/events")

    events = auditor.api.get("/api/v1/events?limit=500").json["events"]
    refusals = [event for event in events if event["name"] == "permission.refused"]
    assert refused.status_code == 403
    assert [event["subject"] for event in refusals] == ["/api/v1/events"]
    assert refusals[0]["actor"] == str(clerk.actor.id)


def test_whoever_follows_the_numbers_reads_every_event_once(client_as: Calling) -> None:
    auditor = client_as(Role.AUDITOR)
    for _ in range(3):
        client_as(Role.CLERK, ["20"])

    numbers, after, more = [], 0, True
    while more:
        page = auditor.api.get(f"/api/v1/events?after={after}&limit=2").json
        numbers += [event["number"] for event in page["events"]]
        after, more = page["next"], page["more"]

    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == 12
    assert auditor.api.get(f"/api/v1/events?after={after}").json == {
        "events": [],
        "next": after,
        "more": False,
    }


def test_an_expired_session_of_a_locked_user_opens_nothing(client_as: Calling) -> None:
    auditor = client_as(Role.AUDITOR)
    with db.transaction() as session:
        services.lock_user(session, auditor.actor.id, at=utcnow())

    assert auditor.api.get("/api/v1/events").status_code == 401
    assert auditor.browser.get("/").location == "/sign-in"
