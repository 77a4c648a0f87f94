"""The description of the JSON face: OpenAPI 3.1 for machines, a page for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

from flask import current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from census.accounts.codelists import Role
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.thai import THAI
from census.core.locale import Locale
from census.web import languages
from census.web.access import declared_routes, public

blueprint = ApiBlueprint("openapi", description="This description")

PROBLEM = "application/problem+json"

_VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")
_METHODS = ("get", "post", "put", "patch", "delete")


@blueprint.get("/openapi.json")
@public
@blueprint.response(200, description="OpenAPI 3.1")
def openapi() -> ResponseReturnValue:
    """Describe every route, its arguments and its answers."""
    return current_app.json.response(document())


@blueprint.get("/docs")
@public
@blueprint.response(200, content_type="text/html", description="The same for people")
def docs() -> ResponseReturnValue:
    """Describe the same on a page."""
    described = document()
    page = render_template(
        "v1/docs.html",
        info=described["info"],
        groups=_groups(described),
        schemas=described.get("components", {}).get("schemas", {}),
        permissions=_permissions(),
    )
    return make_response(page)


def document() -> dict[str, Any]:
    """The OpenAPI document of this application."""
    api = current_app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    described = cast("dict[str, Any]", api.spec.to_dict())
    for refusal in described["components"].get("responses", {}).values():
        refusal["content"] = {PROBLEM: next(iter(refusal["content"].values()))}
    permissions = _permissions()
    for path, method, operation in _operations(described):
        if not permissions[f"{method} {path}"]:
            operation["security"] = []
    return described


def _operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, item in described["paths"].items():
        for method, operation in item.items():
            if method in _METHODS:
                yield path, method.upper(), operation


def _groups(described: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """The operations by the module that answers them, told in the reader's language."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, method, operation in _operations(described):
        told = {"path": path, "method": method, **operation}
        if languages.current() is Locale.TH:
            told |= {"summary": THAI.get(f"{method} {path}"), "description": None}
        groups.setdefault(operation["tags"][0], []).append(told)
    return groups


def _permissions() -> dict[str, list[str]]:
    """Which roles may call which route: method and path as the document writes them."""
    found = {}
    for route in declared_routes(cast(Any, current_app)):
        roles = [role.value for role in Role if route.declaration.admits(role)]
        path = _VARIABLE.sub(r"{\1}", route.rule)
        for method in route.methods:
            found[f"{method} {path}"] = [] if route.declaration.is_public else roles
    return found
