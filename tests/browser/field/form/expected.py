"""The instance of a household, made in Python from what it told, and compared with another one."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from lxml import etree

from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS
from tests.browser.field.form.households import Answers, Told

Node = etree._Element

DIFFERS_BY_NATURE = {"start", "end", "deviceid", "instanceID", "audit"}
"""When and on which tablet, and the identity: what two instances of one household never share."""


def instance_of(household_id: str, told: Told) -> str:
    """The instance as it has to be, with every node the questionnaire has."""
    persons = [{"p01": line} | answers for line, answers in enumerate(told.persons, start=1)]
    overrides = "".join(
        f"<override><edit>{edit}</edit><person>{line}</person>{_node('reason', reason)}</override>"
        for edit, line, reason in told.overrides()
    )
    return "".join(
        (
            '<data id="household" version="2564.1" xmlns:orx="http://openrosa.org/xforms">',
            "<start>2020-12-05T10:00:00.000+07:00</start><end>2020-12-05T10:40:00.000+07:00</end>",
            f"<household_id>{household_id}</household_id><mode>{told.mode.value}</mode>",
            _nodes([item.node for item in HOUSEHOLD_ITEMS], told.dwelling),
            _nodes(["evidence_statement"], told.dwelling),
            *(
                f"<person>{_nodes([item.node for item in PERSON_ITEMS], person)}</person>"
                for person in persons
            ),
            overrides,
            "<orx:meta><orx:instanceID>uuid:0f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b10",
            "</orx:instanceID></orx:meta></data>",
        )
    )


def answers_in(xml: str) -> list[tuple[str, str]]:
    """Every answer of an instance with its place, blanks and what differs by nature left out."""
    root = etree.fromstring(xml.encode())
    return sorted(
        (place, text) for place, text in _leaves(root, "") if text and not _differs(place)
    )


def _leaves(node: Node, place: str) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for child in node:
        name = etree.QName(child).localname
        seen[name] = seen.get(name, 0) + 1
        here = f"{place}/{name}[{seen[name]}]"
        if len(child):
            yield from _leaves(child, here)
        else:
            yield here, (child.text or "").strip()


def _differs(place: str) -> bool:
    return place.rsplit("/", 1)[-1].partition("[")[0] in DIFFERS_BY_NATURE


def _nodes(names: list[str], answers: Answers) -> str:
    return "".join(_node(name, answers[name]) for name in names if name in answers)


def _node(name: str, value: object) -> str:
    return f"<{name}>{escape(str(value))}</{name}>"
