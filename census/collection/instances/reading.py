"""Reading the tree of an instance into the answers of a household.

Nodes are found by their names, inside whatever groups a form puts around them, and nodes that are
not known are passed over. A blank is None. Thai numerals become the digits the system computes
with. What is not of its item's kind is noted as a problem and left out, never raised: only an
instance that is not a household's at all is unreadable.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from math import isfinite
from typing import Any

from census.collection.codelists import Mode
from census.collection.instances.answers import (
    HouseholdAnswers,
    Location,
    Override,
    PersonAnswers,
    Problem,
)
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS, Kind
from census.collection.instances.parsing import (
    Node,
    UnreadableInstance,
    identity_of,
    local_name,
)
from census.core.clock import is_plausible
from census.core.identity_numbers import normalise_pid
from census.core.locale import from_thai_digits

__all__ = [
    "HouseholdAnswers",
    "Location",
    "Override",
    "PersonAnswers",
    "Problem",
    "read_household",
]

LONGEST_CODE = 64
LONGEST_ID = 64
LONGEST_TEXT = 1000
MOST_PERSONS = 9999

_COUNT = re.compile(r"[0-9]{1,9}", re.ASCII)


class _NotOfItsKind(Exception):  # noqa: N818 - it never leaves this file
    """Why an answer is not of its item's kind."""


def read_household(root: Node) -> HouseholdAnswers:
    """What the household answered; `UnreadableInstance` if this is no household's instance."""
    if local_name(root) != "data":
        raise UnreadableInstance("not_a_household")
    identity = identity_of(root)
    if identity is None:
        raise UnreadableInstance("no_instance_id")
    leaves, persons, overrides = _gather(root)
    if len(persons) > MOST_PERSONS:
        raise UnreadableInstance("too_many_persons")
    household_id = _ascii(leaves.get("household_id") or "")
    if not 0 < len(household_id) <= LONGEST_ID:
        raise UnreadableInstance("no_household")
    problems: list[Problem] = []
    return HouseholdAnswers(
        form_id=identity.form_id or "",
        version=identity.version or "",
        instance_id=identity.instance_id,
        deprecated_id=identity.deprecated_id,
        household_id=household_id,
        **_read(leaves, _HOUSEHOLD_READERS, None, problems),
        persons=tuple(
            _person(node, position, problems) for position, node in enumerate(persons, start=1)
        ),
        overrides=tuple(filter(None, map(_override, overrides))),
        problems=tuple(problems),
    )


def _gather(root: Node) -> tuple[dict[str, str], list[Node], list[Node]]:
    """The household's own answers by name, its persons, and its overrides, in their order."""
    leaves: dict[str, str] = {}
    repeats: dict[str, list[Node]] = {"person": [], "override": []}
    _gather_into(leaves, repeats, root)
    return leaves, repeats["person"], repeats["override"]


def _gather_into(leaves: dict[str, str], repeats: Mapping[str, list[Node]], parent: Node) -> None:
    for node in parent:
        name = node.tag
        if name[0] == "{":
            name = local_name(node)
        if name in repeats:
            repeats[name].append(node)
        elif len(node):
            if name != "meta":
                _gather_into(leaves, repeats, node)
        elif name not in leaves:
            text = node.text
            if text is not None and (text := text.strip()):
                leaves[name] = text


def _person(node: Node, position: int, problems: list[Problem]) -> PersonAnswers:
    leaves: dict[str, str] = {}
    _gather_into(leaves, {}, node)
    return PersonAnswers(position=position, **_read(leaves, _PERSON_READERS, position, problems))


def _override(node: Node) -> Override | None:
    leaves: dict[str, str] = {}
    _gather_into(leaves, {}, node)
    edit, reason = leaves.get("edit"), leaves.get("reason")
    person = _ascii(leaves.get("person", ""))
    if not edit or not reason or (person and not _COUNT.fullmatch(person)):
        return None
    return Override(edit[:LONGEST_CODE], int(person) if person else None, reason[:LONGEST_TEXT])


_Reader = tuple[str, Callable[[str], Any]]


def _read(
    leaves: Mapping[str, str],
    readers: Mapping[str, _Reader],
    person: int | None,
    problems: list[Problem],
) -> dict[str, Any]:
    """Every known answer under the name of its field."""
    values: dict[str, Any] = {}
    for node, text in leaves.items():
        reader = readers.get(node)
        if reader is None:
            continue
        field, convert = reader
        try:
            values[field] = convert(text)
        except _NotOfItsKind as problem:
            problems.append(Problem(node, person, str(problem)))
    return values


def _ascii(text: str) -> str:
    return text if text.isascii() else from_thai_digits(text)


def _code(text: str) -> str:
    if len(text) > LONGEST_CODE:
        raise _NotOfItsKind("too_long")
    return _ascii(text)


def _several_codes(text: str) -> str:
    return " ".join(_code(text).split())


def _count(text: str) -> int:
    digits = _ascii(text)
    if not _COUNT.fullmatch(digits):
        raise _NotOfItsKind("not_a_count")
    return int(digits)


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise _NotOfItsKind("too_long")
    return text


def _identity_number(text: str) -> str:
    if len(text) == 13 and text.isascii() and text.isdigit():
        return text
    return normalise_pid(_code(text))


def _mode(text: str) -> Mode:
    try:
        return Mode(text)
    except ValueError:
        raise _NotOfItsKind("unknown_code") from None


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_code(text))
    except ValueError:
        raise _NotOfItsKind("not_a_moment") from None
    if moment.tzinfo is None:
        raise _NotOfItsKind("no_time_zone")
    if not is_plausible(moment):
        # A year from 2400 on is one of the Buddhist era written as if it were of the common era.
        raise _NotOfItsKind("implausible_year")
    return moment


def _location(text: str) -> Location:
    try:
        numbers = [float(number) for number in _code(text).split()]
    except ValueError:
        raise _NotOfItsKind("not_a_location") from None
    if not 2 <= len(numbers) <= 4 or not all(map(isfinite, numbers)):
        raise _NotOfItsKind("not_a_location")
    if abs(numbers[0]) > 90 or abs(numbers[1]) > 180:
        raise _NotOfItsKind("not_a_location")
    return Location(*numbers)


_READER_OF_KIND: Mapping[Kind, Callable[[str], Any]] = {
    Kind.CODE: _code,
    Kind.SEVERAL_CODES: _several_codes,
    Kind.COUNT: _count,
    Kind.TEXT: _text,
    Kind.IDENTITY_NUMBER: _identity_number,
    Kind.LANGUAGE: _code,
}

_HOUSEHOLD_READERS: Mapping[str, _Reader] = {
    "mode": ("mode", _mode),
    "start": ("started_at", _moment),
    "end": ("ended_at", _moment),
    "deviceid": ("device_id", _text),
    "house_reg_code": ("house_reg_code", _code),
    "location": ("location", _location),
    "evidence_statement": ("evidence_statement", _text),
    **{item.node: (item.node, _READER_OF_KIND[item.kind]) for item in HOUSEHOLD_ITEMS},
}

_PERSON_READERS: Mapping[str, _Reader] = {
    item.node: (item.node, _READER_OF_KIND[item.kind]) for item in PERSON_ITEMS
}
