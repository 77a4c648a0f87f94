"""Calls to the JSON face: what the description allows and forbids, with names that exist."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from schemathesis import APIOperation, BaseSchema, Case, GenerationMode

from census.accounts.codelists import Role
from tests.fuzz.ground import Ground

KNOWN_OF_FOUR = 3
"""Of four values that have a name in the census, about so many are one of its own."""


@dataclass(frozen=True)
class Call:
    """A request of the generator, and who sends it."""

    case: Case
    role: Role


def calls(
    schema: BaseSchema, ground: Ground, path: str, method: str, roles: list[Role]
) -> st.SearchStrategy[Call]:
    """Calls of one operation, most of them by somebody who may call it."""
    operation: APIOperation = schema[path][method]
    kinds = [GenerationMode.POSITIVE, GenerationMode.POSITIVE]
    if takes_anything(operation):
        kinds.append(GenerationMode.NEGATIVE)
    cases = st.one_of([operation.as_strategy(generation_mode=kind) for kind in kinds])
    return _calls(cases, ground, roles or list(Role))


def takes_anything(operation: APIOperation) -> bool:
    """Whether the description leaves anything to forbid."""
    described = operation.definition.raw
    return bool(described.get("requestBody") or operation.query or operation.headers)


@st.composite
def _calls(
    draw: st.DrawFn, cases: st.SearchStrategy[Case], ground: Ground, roles: list[Role]
) -> Call:
    case = draw(cases)
    role = draw(st.sampled_from([*roles * KNOWN_OF_FOUR, *Role]))
    names = ground.names
    case.path_parameters = _known(draw, names, case.path_parameters)
    case.query = _known(draw, names, case.query)
    if isinstance(case.body, dict | list):
        case.body = _known(draw, names, case.body)
    if "If-Match" in (case.headers or {}) and draw(_is_known()):
        case.headers["If-Match"] = _seen(ground, role, case.formatted_path)
    return Call(case, role)


def _is_known() -> st.SearchStrategy[bool]:
    return st.sampled_from([True] * KNOWN_OF_FOUR + [False])


def _known(draw: st.DrawFn, names: Mapping[str, list[Any]], value: Any) -> Any:
    """The same value, with most of what has a name in the census being something of it."""
    if isinstance(value, list):
        return [_known(draw, names, each) for each in value]
    if not isinstance(value, Mapping):
        return value
    return {
        name: _one_known(draw, names[name], each)
        if name in names and draw(_is_known())
        else _known(draw, names, each)
        for name, each in value.items()
    }


def _one_known(draw: st.DrawFn, known: list[Any], value: Any) -> Any:
    one = st.sampled_from(known)
    return draw(st.lists(one, max_size=3)) if isinstance(value, list) else draw(one)


def _seen(ground: Ground, role: Role, path: str) -> str:
    """The ETag of what is decided on, as the caller sees it now."""
    subject = "/".join(path.split("/")[:5])
    return str(ground.api(role).get(subject).headers.get("ETag", '"none"'))
