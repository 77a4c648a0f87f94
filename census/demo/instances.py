"""The instance that a tablet would have sent for an invented household, byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from xml.sax.saxutils import escape

from census.collection.codelists import Mode
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS
from census.demo.answers import household_answers, person_answers
from census.demo.blemishes import Blemish, Override, blemish_answers
from census.demo.chance import chance
from census.demo.enumeration_areas import SyntheticArea
from census.demo.households import SyntheticHousehold

QUESTIONNAIRE, VERSION = "household", "2564.1"

_HOUSEHOLD_NODES = tuple(item.node for item in HOUSEHOLD_ITEMS)
_PERSON_NODES = tuple(item.node for item in PERSON_ITEMS)


@dataclass(frozen=True, slots=True)
class Interview:
    """Under which id a household answered, when and how."""

    instance_id: str
    mode: Mode
    started_at: datetime
    ended_at: datetime
    device: str
    deprecated_id: str = ""
    version: str = VERSION
    blemish: Blemish = Blemish.NONE
    remark: str = ""


def instance_of(
    household: SyntheticHousehold, area: SyntheticArea, interview: Interview, seed: int
) -> bytes:
    """What the household answered in this interview. A correction repeats all other answers."""
    dice = chance(seed, "answers", household.id)
    told = household_answers(dice, household, area.kind)
    persons = [
        person_answers(dice, line, person)
        for line, person in enumerate(household.residents, start=1)
    ]
    overrides = blemish_answers(dice, interview.blemish, told, persons)
    return _written(household, interview, told, persons, overrides)


def _written(
    household: SyntheticHousehold,
    interview: Interview,
    told: Mapping[str, object],
    persons: Sequence[Mapping[str, object]],
    overrides: Sequence[Override],
) -> bytes:
    longitude, latitude = household.position
    parts = [
        f'<data id="{QUESTIONNAIRE}" version="{interview.version}"'
        ' xmlns:orx="http://openrosa.org/xforms">'
        f"<start>{interview.started_at.isoformat()}</start>"
        f"<end>{interview.ended_at.isoformat()}</end>"
        f"<deviceid>{interview.device}</deviceid>"
        f"<household_id>{household.id}</household_id><mode>{interview.mode.value}</mode>"
        f"<location>{latitude} {longitude} 0 8</location>",
        *(_node(node, told.get(node)) for node in _HOUSEHOLD_NODES),
    ]
    for person in persons:
        parts.append("<person>")
        parts += [_node(node, person.get(node)) for node in _PERSON_NODES]
        parts.append("</person>")
    for edit, line, reason in overrides:
        parts.append(
            f"<override><edit>{edit}</edit>{_node('person', line)}"
            f"<reason>{escape(reason)}</reason></override>"
        )
    if interview.remark:
        parts.append(f"<remark>{escape(interview.remark)}</remark>")
    parts.append(
        f"<orx:meta><orx:instanceID>{interview.instance_id}</orx:instanceID>"
        f"<orx:deprecatedID>{interview.deprecated_id}</orx:deprecatedID></orx:meta></data>"
    )
    return "".join(parts).encode()


def _node(node: str, answer: object) -> str:
    return f"<{node}/>" if answer is None else f"<{node}>{escape(str(answer))}</{node}>"
