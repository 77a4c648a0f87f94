"""The instance of a household as a tablet sends it: valid, and without any finding."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import uuid4
from xml.sax.saxutils import escape

from census.collection.codelists import Mode
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS
from tests.factories.answers import CHILD, DWELLING, HEAD, SPOUSE

VERSION = "2564.1"
STARTED_AT = "2020-12-05T10:00:00.000+07:00"
ENDED_AT = "2020-12-05T10:40:00.000+07:00"
DEVICE = "collect:test-tablet-01"

_HOUSEHOLD_NODES = tuple(item.node for item in HOUSEHOLD_ITEMS)
_PERSON_NODES = tuple(item.node for item in PERSON_ITEMS)


def household_instance(
    household_id: str,
    *,
    persons: int = 3,
    instance_id: str | None = None,
    mode: str = Mode.FACE_TO_FACE,
    deprecated_id: str | None = None,
    start: str = STARTED_AT,
    end: str = ENDED_AT,
    version: str = VERSION,
    **answers: Any,
) -> str:
    """The instance of a household of so many persons; other answers by their nodes.

    A node the questionnaire does not have is added as it is, so that an instance can be made as
    large as a test needs it; None leaves a node blank.
    """
    roster = [_person(line) for line in range(1, persons + 1)]
    men = sum(person["p04"] == "1" for person in roster)
    totals = {"h22": persons, "h23": men, "h24": persons - men}
    told = DWELLING | {"h08": max(3, persons // 4)} | totals | answers
    others = [node for node in answers if node not in _HOUSEHOLD_NODES]
    return "".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>\n',
            f'<data id="household" version="{version}" xmlns:orx="http://openrosa.org/xforms">',
            _nodes(("start", "end"), {"start": start, "end": end}),
            f"<deviceid>{DEVICE}</deviceid>",
            f"<household_id>{household_id}</household_id><mode>{mode}</mode>",
            "<location>13.3611 100.9847 3 8</location>",
            _nodes((*_HOUSEHOLD_NODES, *others), told),
            *(f"<person>{_nodes(_PERSON_NODES, person)}</person>" for person in roster),
            f"<orx:meta><orx:instanceID>{instance_id or new_instance_id()}</orx:instanceID>",
            f"<orx:deprecatedID>{deprecated_id or ''}</orx:deprecatedID></orx:meta></data>",
        )
    )


def new_instance_id() -> str:
    """An instance id that was never used."""
    return f"uuid:{uuid4()}"


def _person(line: int) -> dict[str, Any]:
    """A head, a spouse, and children of ten, none of them with the number of another."""
    answers = {1: HEAD, 2: SPOUSE}.get(line, CHILD)
    numbers = {} if line <= 3 else {"p07": None, "p07_reason": "3"}
    return answers | {"p01": line} | numbers


def _nodes(nodes: Iterable[str], answers: Mapping[str, Any]) -> str:
    return "".join(_node(node, answers.get(node)) for node in nodes)


def _node(node: str, answer: Any) -> str:
    return f"<{node}/>" if answer is None else f"<{node}>{escape(str(answer))}</{node}>"
