"""The JSON face describes itself: to machines in OpenAPI 3.1, to people on a page."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from census.api.v1.thai import THAI
from census.web.access import declared_routes

VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
WITHOUT_BODY = {"POST /api/v1/users/{user_id}/openrosa-tokens", "POST /api/v1/frame/versions"}
METHODS = {"get", "post", "put", "patch", "delete"}


def operations(client: FlaskClient) -> dict[str, dict[str, Any]]:
    document = client.get("/api/v1/openapi.json").json
    return {
        f"{method.upper()} {path}": operation
        for path, item in document["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }


def test_every_route_of_the_json_face_is_described(app: Flask, client: FlaskClient) -> None:
    described = set(operations(client))

    routes = {
        method + " " + VARIABLE.sub(r"{\1}", route.rule)
        for route in declared_routes(app)
        if route.rule.startswith("/api/v1/")
        for method in route.methods
    }
    assert described == routes


def test_every_route_is_described_in_both_languages(client: FlaskClient) -> None:
    described = operations(client)

    assert all(operation.get("summary") for operation in described.values())
    assert set(THAI) == set(described)


def test_the_document_says_which_routes_need_no_token(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json

    assert document["openapi"] == "3.1.0"
    assert document["security"] == [{"bearer": []}]
    assert document["paths"]["/api/v1/tokens"]["post"]["security"] == []
    assert "security" not in document["paths"]["/api/v1/events"]["get"]


def test_every_shape_that_is_named_is_described(client: FlaskClient) -> None:
    answer = client.get("/api/v1/openapi.json")

    components = answer.json["components"]
    named = set(re.findall(r'"#/components/(\w+)/([\w.-]+)"', answer.text))
    assert named
    assert all(name in components[kind] for kind, name in named)


def test_every_route_says_what_it_answers_when_all_is_well(client: FlaskClient) -> None:
    without = [
        route
        for route, operation in operations(client).items()
        if not any(str(code).startswith("2") for code in operation["responses"])
    ]

    assert without == []


def test_every_route_that_takes_something_describes_it(client: FlaskClient) -> None:
    bodies = {
        route: next(iter(operation.get("requestBody", {}).get("content", {}).values()), {})
        for route, operation in operations(client).items()
        if route.startswith(("POST", "PUT", "PATCH"))
    }

    without = {route for route, body in bodies.items() if "schema" not in body}
    assert without == WITHOUT_BODY
    shape = bodies["POST /api/v1/submissions"]["schema"]["$ref"]
    assert shape == "#/components/schemas/CollectionSubmissions"


def test_a_generated_client_knows_the_server(client: FlaskClient) -> None:
    document = client.get("/api/v1/openapi.json").json

    assert [server["url"] for server in document["servers"]] == ["/"]


def test_the_page_shows_every_route_in_the_readers_language(client: FlaskClient) -> None:
    thai = client.get("/api/v1/docs", headers={"Accept-Language": "th"}).text
    english = client.get("/api/v1/docs", headers={"Accept-Language": "en"}).text

    for page in (thai, english):
        assert all(f"<code>{route}</code>" in page for route in operations(client))
    assert "แลกชื่อผู้ใช้และรหัสผ่านเป็นโทเคน" in thai
    assert "Exchange a username and a password" in english
    assert "Exchange a username and a password" not in thai
