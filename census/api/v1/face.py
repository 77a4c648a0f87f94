"""The JSON face as a whole: every module's routes in one described application programming face."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.common import resolve_schema_cls
from flask import Flask
from flask_smorest import Api

from census.api.v1.problems import ProblemSchema

MODULES = (
    "tokens",
    "users",
    "frame",
    "assignment",
    "submissions",
    "quarantine",
    "attachments",
    "households",
    "responses",
    "field_actions",
    "questionnaires",
    "field_tokens",
    "devices",
    "workload",
    "batches",
    "progress",
    "events",
    "openapi",
)

_OF_ALL_ROUTES = {
    "components": {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
    "security": [{"bearer": []}],
    "servers": [{"url": "/", "description": "This server"}],
}


class DescribedApi(Api):  # type: ignore[misc]
    """Describes the face; refusals are answered in one place for all faces, not here."""

    ERROR_SCHEMA = ProblemSchema

    def _register_error_handlers(self) -> None:
        """Leave refusals to census.web.refusals."""


def install(app: Flask, *, title: str, version: str) -> None:
    """Register the routes of every module, and describe them."""
    app.config.update(
        API_TITLE=title,
        API_VERSION=version,
        OPENAPI_VERSION="3.1.0",
        API_SPEC_OPTIONS=_OF_ALL_ROUTES,
    )
    plugin = MarshmallowPlugin(schema_name_resolver=name_of_schema)
    api = DescribedApi(app, spec_kwargs={"marshmallow_plugin": plugin})
    for name in MODULES:
        api.register_blueprint(import_module(f"{__package__}.{name}").blueprint)


def name_of_schema(schema: Any) -> str:
    """What a shape is called: its stage first, as two stages may use the same word."""
    resolved = resolve_schema_cls(schema)
    schema_class = resolved[0] if isinstance(resolved, list) else resolved
    name = schema_class.__name__.removesuffix("Schema")
    package, _dot, stage = schema_class.__module__.rpartition(".")[0].partition(".")
    is_of_stage = package == "census" and stage and "." not in stage and stage != "web"
    is_named_so = name.lower().startswith(stage)
    return stage.capitalize() + name if is_of_stage and not is_named_so else name
