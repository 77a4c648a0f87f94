"""Whatever a client sends, the answer is a refusal in words and never an error of ours."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from census.accounts.codelists import Role
from census.app import create_app
from census.web.access import public
from config.settings import Settings
from tests.functional.conftest import Calling

TOKENS = "/api/v1/tokens"
FIT = json.dumps({"username": "nobody", "password": "no password"}).encode()


def send(client: FlaskClient, body: bytes, **headers: str) -> TestResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post(TOKENS, data=body, headers={"Content-Type": "application/json", **named})


def refused(answer: TestResponse, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    problem: dict[str, Any] = answer.json
    assert {"type", "title", "status", "code", "detail"} <= set(problem)
    assert (problem["status"], problem["code"]) == (status, code)
    return problem


def test_every_fault_is_named_with_its_place_in_both_languages(client: FlaskClient) -> None:
    body = json.dumps({"username": 7, "pass": "x"}).encode()

    thai = refused(send(client, body), 422, "invalid")
    english = refused(send(client, body, Accept_Language="en"), 422, "invalid")

    assert {fault["pointer"] for fault in thai["errors"]} == {"/username", "/password", "/pass"}
    assert {fault["detail"] for fault in english["errors"]} == {
        "Not a valid string.",
        "Missing data for required field.",
        "Unknown field.",
    }
    assert {fault["detail"] for fault in thai["errors"]} == {
        "ต้องเป็นข้อความ",
        "ต้องระบุค่านี้",
        "ไม่รู้จักชื่อนี้",
    }


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"text"',
        b'{"username": NaN}',
        b'{"username": "\xff\xfe"}',
        b'{"username": "a", "username": "b"}',
        b'{"username": "\\ud800", "password": "x"}',
        b'{"username": "nul\\u0000", "password": "x"}',
        b'{"nul\\u0000": 1}',
        b'{"username": ' + b"9" * 5_000 + b"}",
        b'{"username": ' + b"[" * 40 + b"]" * 40 + b"}",
        b'{"username": ' + b"[" * 400_000 + b"]" * 400_000 + b"}",
    ],
    ids=range(14),
)
def test_what_is_not_sound_json_is_not_valid(client: FlaskClient, body: bytes) -> None:
    refused(send(client, body), 422, "invalid")


def test_a_gzipped_body_is_read(client: FlaskClient) -> None:
    answer = send(client, gzip.compress(FIT), Content_Encoding="gzip")

    refused(answer, 401, "accounts.wrong_credentials")


@pytest.mark.parametrize(
    "body",
    [gzip.compress(FIT)[:-6], gzip.compress(FIT) + b"more", b"no gzip at all", b""],
    ids=["cut off", "too long", "other bytes", "nothing"],
)
def test_a_damaged_gzip_is_not_valid(client: FlaskClient, body: bytes) -> None:
    refused(send(client, body, Content_Encoding="gzip"), 422, "invalid")


def test_a_gzip_bomb_is_refused_by_what_comes_out_of_it(client: FlaskClient) -> None:
    bomb = gzip.compress(b" " * 50_000_000)

    refused(send(client, bomb, Content_Encoding="gzip"), 413, "too_large")


def test_a_large_body_is_refused(client: FlaskClient) -> None:
    refused(send(client, b" " * 1_000_001), 413, "too_large")


def test_a_larger_length_is_refused_before_the_body_is_read(client: FlaskClient) -> None:
    answer = client.post(
        TOKENS,
        headers={"Content-Type": "application/json"},
        environ_overrides={"CONTENT_LENGTH": str(10**9)},
    )

    refused(answer, 413, "too_large")


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "application/xml"},
        {"Content-Type": "application/json", "Content-Encoding": "br"},
    ],
    ids=["text", "xml", "brotli"],
)
def test_another_media_type_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    answer = client.post(TOKENS, data=FIT, headers=headers)

    refused(answer, 415, "wrong_media_type")


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.get(TOKENS)

    refused(answer, 405, "method_not_allowed")
    assert "POST" in answer.headers["Allow"]


@pytest.mark.parametrize("query", ["limit=0", "limit=501", "limit=x", "after=-1", "page=2"])
def test_a_page_of_a_list_is_asked_for_properly(client_as: Calling, query: str) -> None:
    answer = client_as(Role.AUDITOR).api.get(f"/api/v1/events?{query}")

    refused(answer, 422, "invalid")


def test_a_number_beyond_every_number_is_refused(client_as: Calling) -> None:
    answer = client_as(Role.AUDITOR).api.get(f"/api/v1/events?after={10**30}")

    refused(answer, 422, "invalid")


@pytest.mark.parametrize("path", ["/api/v1/events%00", "/api/v1/households/2001%00"])
def test_an_address_with_a_nul_names_nothing(client_as: Calling, path: str) -> None:
    answer = client_as(Role.SUPERVISOR, ["2001"]).api.get(path)

    refused(answer, 404, "not_found")


def test_an_argument_with_a_nul_is_not_valid(client_as: Calling) -> None:
    answer = client_as(Role.SUPERVISOR, ["2001"]).api.get("/api/v1/households?area=20%0001")

    refused(answer, 422, "invalid")


def test_a_form_field_that_is_missing_is_named(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    answer = client.post("/sign-in", data={"csrf_token": token, "username": "somebody"})

    assert answer.status_code == 422
    assert "/password" in answer.text


def test_a_sign_in_with_a_nul_is_just_wrong(client: FlaskClient) -> None:
    page = client.get("/sign-in").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    answer = client.post(
        "/sign-in", data={"csrf_token": token, "username": "a\x00b", "password": "c\x00d"}
    )

    assert answer.status_code in (401, 422)


def test_a_page_refuses_in_words_and_with_a_code(client: FlaskClient) -> None:
    answer = client.get("/nowhere", headers={"Accept-Language": "en"})

    assert answer.status_code == 404
    assert "There is no such thing." in answer.text
    assert "not_found" in answer.text


@pytest.fixture
def breaking(settings: Settings) -> FlaskClient:
    """An application with two routes of which one breaks and one contradicts a constraint."""
    app: Flask = create_app(settings)
    app.config["PROPAGATE_EXCEPTIONS"] = False

    @public
    def broken() -> str:
        raise LookupError("1-9999-00000-01-3")

    @public
    def contradiction() -> str:
        raise IntegrityError("INSERT", {}, Exception("duplicate key"))

    app.add_url_rule("/api/v1/broken", view_func=broken)
    app.add_url_rule("/broken", view_func=broken, endpoint="broken_page")
    app.add_url_rule("/api/v1/contradiction", view_func=contradiction)
    return app.test_client()


def test_an_error_of_ours_says_nothing_of_what_went_wrong(breaking: FlaskClient) -> None:
    face, page = breaking.get("/api/v1/broken"), breaking.get("/broken")

    refused(face, 500, "internal")
    assert page.status_code == 500
    assert "9999" not in face.text + page.text
    assert "LookupError" not in face.text + page.text


def test_what_a_constraint_refuses_is_a_conflict(breaking: FlaskClient) -> None:
    refused(breaking.get("/api/v1/contradiction"), 409, "conflict")
