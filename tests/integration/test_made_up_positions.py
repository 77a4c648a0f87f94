"""Accuracy 0 is the mark of a position that another program made up: it is never lost on the way.

It is told apart from an accuracy that is not known in answers, in field actions, and in between.
"""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.answers import Response
from census.collection.codelists import FieldActionType
from census.collection.instances.parsing import parse
from census.collection.instances.reading import read_household
from census.collection.models import FieldAction
from census.collection.schemas import FieldActionSchema
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.collection.wire import Position
from tests.factories.census import NOON, small_census
from tests.factories.instances import household_instance, new_instance_id
from tests.factories.submissions import incoming

KNOWN = (("13.3611 100.9847 3 0", 0.0), ("13.3611 100.9847 3 8", 8.0))
UNKNOWN = (("13.3611 100.9847 3", None), ("13.3611 100.9847", None))


def located(text: str) -> str:
    """The instance of a household with this as its position."""
    instance = household_instance("22001011001-0001")
    return instance.replace("<location>13.3611 100.9847 3 8<", f"<location>{text}<")


@pytest.mark.parametrize(("text", "accuracy_m"), [*KNOWN, *UNKNOWN])
def test_an_instance_tells_zero_from_nothing(text: str, accuracy_m: float | None) -> None:
    location = read_household(parse(located(text).encode())).location

    assert location is not None
    assert location.accuracy_m == accuracy_m


@pytest.mark.parametrize(
    ("sent", "accuracy_m"),
    [
        *KNOWN,
        *UNKNOWN,
        ({"latitude": 13.3, "longitude": 100.9, "accuracy": 0}, 0.0),
        ({"latitude": 13.3, "longitude": 100.9, "accuracy": "0.0"}, 0.0),
        ({"latitude": 13.3, "longitude": 100.9, "accuracy_m": 0}, 0.0),
        ({"latitude": 13.3, "longitude": 100.9, "accuracy": None}, None),
        ({"latitude": 13.3, "longitude": 100.9}, None),
        ({"latitude": 13.3, "longitude": 100.9, "accuracy": -1}, None),
        ("13.3611 100.9847 3 -1", None),
        ("13.3611 100.9847 3 nan", None),
        ("13.3611 100.9847 3 inf", None),
    ],
    ids=str,
)
def test_a_position_on_the_wire_tells_zero_from_nothing(
    sent: object, accuracy_m: float | None
) -> None:
    position = Position().deserialize(sent)

    assert position is not None
    assert position["accuracy_m"] == accuracy_m


def test_zero_and_nothing_are_kept_apart_with_answers_and_actions(session: Session) -> None:
    census = small_census(session)
    for serial, (text, _accuracy) in enumerate([*KNOWN, *UNKNOWN[:1]], start=1):
        sent = incoming(census.household(serial))
        data = sent.data.replace(b">13.3611 100.9847 3 8<", f">{text}<".encode())
        receive_submission(session, census.enumerator, type(sent)(sent.instance_id, data), at=NOON)
    wire = FieldActionSchema()
    for accuracy in (0, 8, None):
        content = {
            "action_id": new_instance_id(),
            "type": "heartbeat",
            "at": NOON.isoformat(),
            "location": {"latitude": 13.3, "longitude": 100.9, "accuracy": accuracy},
        }
        location = wire.load(content)["location"]
        action = Action(content["action_id"], FieldActionType.HEARTBEAT, NOON, content, **location)
        receive_field_actions(session, census.enumerator, [action], at=NOON)

    answered = session.scalars(select(Response.accuracy_m).order_by(Response.household_id)).all()
    acted = session.scalars(select(FieldAction.accuracy_m)).all()

    assert answered == [0.0, 8.0, None]
    assert sorted(acted, key=str) == [0.0, 8.0, None]
