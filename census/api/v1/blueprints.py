"""The blueprint on which a module of the JSON face declares its routes.

    blueprint = ApiBlueprint("batches", description="Enumeration areas under review")

    @blueprint.get("/batches/<ea_code>")
    @requires(Permission.SEE_BATCHES)
    @blueprint.response(200, BatchSchema)
    def read_batch(ea_code: str) -> Batch: ...

`@blueprint.arguments(Schema)` reads a body within the usual limit, and with `location="query"` the
address, where a blank value is the same as none; every fault comes back in one refusal. A route
that takes more reads `bodies.json_body` itself and describes what it takes with
`@blueprint.doc(requestBody=blueprint.body(Schema))`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from flask_smorest import Blueprint
from marshmallow import RAISE, Schema, ValidationError
from webargs.flaskparser import FlaskParser
from werkzeug.datastructures import MultiDict

from census.api.v1.bodies import json_body
from census.core.errors import Invalid
from census.web.validation import faults_in

PREFIX = "/api/v1"

View = TypeVar("View", bound=Callable[..., Any])


class _Parser(FlaskParser):
    """Reads arguments strictly: unknown ones are faults, and bodies are bounded."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "json": RAISE,
        "query": RAISE,
    }

    def load_json(self, req: Any, schema: Schema) -> Any:
        """The body as JSON, within the usual limit."""
        return json_body()

    def load_querystring(self, req: Any, schema: Schema) -> Any:
        """The arguments of the address; one that is sent blank is not sent, as by a form."""
        sent = MultiDict((name, value) for name, value in req.args.items(multi=True) if value)
        return self._makeproxy(sent, schema)

    def handle_error(
        self, error: ValidationError, req: Any, schema: Schema, **details: Any
    ) -> NoReturn:
        """Refuse with every fault; webargs keeps them under the name of the place."""
        messages = error.messages
        if isinstance(messages, dict) and len(messages) == 1:
            messages = next(iter(messages.values()))
        raise Invalid(faults=faults_in(messages)) from None


class ApiBlueprint(Blueprint):  # type: ignore[misc]
    """Routes under /api/v1 that describe themselves in the OpenAPI document."""

    ARGUMENTS_PARSER = _Parser()

    def __init__(self, name: str, *, description: str = "") -> None:
        """Name a group of routes: its heading in the description."""
        super().__init__(
            name, __name__, url_prefix=PREFIX, template_folder="templates", description=description
        )

    if TYPE_CHECKING:
        # Flask-smorest tells nothing of its types; a decorated view keeps its own.
        def get(self, rule: str, **options: Any) -> Callable[[View], View]: ...
        def post(self, rule: str, **options: Any) -> Callable[[View], View]: ...
        def put(self, rule: str, **options: Any) -> Callable[[View], View]: ...
        def delete(self, rule: str, **options: Any) -> Callable[[View], View]: ...
        def arguments(self, schema: Any, **options: Any) -> Callable[[View], View]: ...
        def response(
            self, status_code: int, schema: Any = None, **options: Any
        ) -> Callable[[View], View]: ...
        def doc(self, **options: Any) -> Callable[[View], View]: ...

    @staticmethod
    def body(schema: type[Schema]) -> dict[str, Any]:
        """The description of a JSON body that the view reads by itself."""
        return {"required": True, "content": {"application/json": {"schema": schema}}}

    @staticmethod
    def file(media_type: str, description: str) -> dict[str, Any]:
        """The description of an answer that is a file."""
        content = {media_type: {"schema": {"type": "string", "format": "binary"}}}
        return {"description": description, "content": content}
