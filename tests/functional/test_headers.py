"""The headers of every answer: pages, the JSON face, files and refusals alike."""

from __future__ import annotations

import dataclasses

import pytest
from flask import Flask
from flask.testing import FlaskClient

from census.accounts.codelists import Role
from census.app import create_app
from census.web.headers import HEADERS
from config.settings import Settings
from tests.functional.conftest import Calling

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; manifest-src 'self'; object-src 'none'; "
    "base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)

EVERYWHERE = [
    "/",
    "/sign-in",
    "/nowhere",
    "/api/v1/docs",
    "/api/v1/openapi.json",
    "/api/v1/events",
    "/api/v1/nowhere",
    "/health/live",
    "/health/ready",
    "/metrics",
    "/supervisor/static/nowhere.js",
]


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_answer_carries_every_header(client: FlaskClient, path: str) -> None:
    answer = client.get(path)

    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(HEADERS) <= set(answer.headers.keys())
    assert answer.headers["X-Request-Id"]


def test_a_refused_upload_carries_them_too(client: FlaskClient) -> None:
    answer = client.post(
        "/api/v1/tokens",
        content_type="application/json",
        environ_overrides={"CONTENT_LENGTH": str(10**9)},
    )

    assert answer.status_code == 413
    assert answer.headers["Content-Security-Policy"] == POLICY


def test_no_page_holds_an_inline_script_or_style(client_as: Calling, client: FlaskClient) -> None:
    pages = [client.get(path).text for path in ("/sign-in", "/nowhere", "/api/v1/docs")]
    pages += [client_as(Role.CLERK, ["20"]).browser.get("/").text]

    assert all(" style=" not in page and "<style" not in page for page in pages)
    assert all(" onclick=" not in page and "<script>" not in page for page in pages)


@pytest.mark.parametrize("engine_name", ["postgresql"])
def test_over_https_the_cookie_is_bound_to_the_host_and_http_is_left(
    app: Flask, settings: Settings
) -> None:
    production = create_app(
        dataclasses.replace(settings, is_production=True, trusted_hosts=("census.example.go.th",))
    )

    answer = production.test_client().get("/sign-in", base_url="https://census.example.go.th/")

    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-s=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_over_http_nothing_is_promised_about_https(client: FlaskClient) -> None:
    answer = client.get("/sign-in")

    assert "Strict-Transport-Security" not in answer.headers
    assert answer.headers["Set-Cookie"].startswith("s=")


def test_a_forged_host_is_refused(client: FlaskClient) -> None:
    answer = client.get("/sign-in", headers={"Host": "evil.example.org"})

    assert answer.status_code == 400
