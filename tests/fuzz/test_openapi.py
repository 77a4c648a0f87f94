"""What the served description allows and forbids is sent to every route by every role.

Whatever is sent, the answer is one that the description promises, and never a fault of ours.
"""

from __future__ import annotations

import re

import pytest
import schemathesis
from hypothesis import given
from schemathesis import BaseSchema
from schemathesis.checks import CHECKS, load_all_checks

from census.accounts.codelists import Role
from census.api.v1.thai import THAI
from census.web.access import declared_routes
from tests.fuzz.calls import Call, calls, takes_anything
from tests.fuzz.effort import examples, sent
from tests.fuzz.ground import Ground, tally_is_recount
from tests.fuzz.watching import HiddenFaults

EXAMPLES = {"sqlite": 14, "postgresql": 4}
FEW = 4

VARIABLE = re.compile(r"<(?:[^:<>]+:)?([^<>]+)>")

PROMISED = {200, 201, 204, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422, 428, 429}
"""What the interface answers; 503 is for a system that is overloaded or has no database."""

CHECKED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)

ENDING = "DELETE /api/v1/tokens/current"
"""This ends the caller's own way in."""


@pytest.fixture(scope="module")
def schema(ground: Ground) -> BaseSchema:
    """The description that this application serves."""
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", ground.app)


@pytest.fixture(scope="module")
def callers(ground: Ground) -> dict[str, list[Role]]:
    """Which roles may call which operation."""
    return {
        method + " " + VARIABLE.sub(r"{\1}", route.rule): [
            role for role in Role if route.declaration.admits(role)
        ]
        for route in declared_routes(ground.app)
        for method in route.methods
    }


@pytest.mark.parametrize("operation", sorted(set(THAI) - {ENDING}))
def test_nothing_that_is_sent_breaks_a_route_or_its_description(
    ground: Ground,
    schema: BaseSchema,
    callers: dict[str, list[Role]],
    faults: HiddenFaults,
    operation: str,
) -> None:
    method, path = operation.split(" ")
    load_all_checks()
    checks = CHECKS.get_by_names(CHECKED)

    takes = takes_anything(schema[path][method]) or "{" in path

    @examples(EXAMPLES[ground.engine] if takes else FEW)
    @given(call=calls(schema, ground, path, method, callers[operation]))
    def send(call: Call) -> None:
        answer = call.case.call(headers={"Authorization": f"Bearer {ground.tokens[call.role]}"})
        sent[f"{operation} {answer.status_code // 100}xx"] += 1
        assert answer.status_code in PROMISED
        call.case.validate_response(answer, checks=checks)
        assert faults.none_since()

    send()
    assert tally_is_recount()
