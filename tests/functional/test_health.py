"""How the process says that it is alive, ready and busy."""

from __future__ import annotations

from flask import Flask
from flask.testing import FlaskClient

from census.core import db


def test_the_process_lives_without_its_database(client: FlaskClient) -> None:
    db.connect("sqlite:////nowhere/at/all.sqlite3")

    assert client.get("/health/live").status_code == 200


def test_ready_means_the_database_answers(client: FlaskClient) -> None:
    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json["database"] == "ok"
    assert answer.json["queue"] in ("ok", "degraded")


def test_without_the_database_it_is_not_ready_and_says_when_to_ask_again(
    client: FlaskClient,
) -> None:
    db.connect("sqlite:////nowhere/at/all.sqlite3")

    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.json["database"] == "away"
    assert answer.headers["Retry-After"] == "5"


def test_without_the_database_every_page_says_so_in_words(client: FlaskClient) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "whoever this was"
    db.connect("sqlite:////nowhere/at/all.sqlite3")

    page = client.get("/")
    face = client.get("/api/v1/events", headers={"Authorization": "Bearer whoever"})

    assert page.status_code == face.status_code == 503
    assert "ระบบไม่พร้อมใช้งานชั่วคราว" in page.text
    assert face.json["code"] == "unavailable"
    assert face.headers["Retry-After"] == "5"


def test_figures_are_for_this_machine(client: FlaskClient) -> None:
    client.get("/health/live")

    answer = client.get("/metrics")

    assert answer.status_code == 200
    assert 'census_requests_total{method="GET",rule="/health/live",status="200"}' in answer.text


def test_figures_are_not_for_strangers_behind_a_proxy(client: FlaskClient) -> None:
    answer = client.get("/metrics", headers={"X-Forwarded-For": "198.51.100.7"})

    assert answer.status_code == 404


def test_figures_are_for_whoever_holds_their_token(app: Flask, client: FlaskClient) -> None:
    app.config["METRICS_TOKEN"] = "for the watchman"  # pragma: allowlist secret
    stranger = {"REMOTE_ADDR": "198.51.100.7"}

    wrong = client.get(
        "/metrics", environ_overrides=stranger, headers={"Authorization": "Bearer guess"}
    )
    right = client.get(
        "/metrics", environ_overrides=stranger, headers={"Authorization": "Bearer for the watchman"}
    )

    assert wrong.status_code == 404
    assert right.status_code == 200
