"""Submissions as a face hands them over, for tests."""

from __future__ import annotations

from typing import Any

from census.collection.arrivals import Incoming
from tests.factories.instances import VERSION, household_instance, new_instance_id


def incoming(household_id: str, *, instance_id: str | None = None, **answers: Any) -> Incoming:
    """A submission of this household; other answers by their nodes."""
    instance_id = instance_id or new_instance_id()
    text = household_instance(household_id, instance_id=instance_id, **answers)
    return Incoming(instance_id, text.encode(), household_id, None, "household", VERSION)


def envelope(
    household_id: str, *, instance_id: str | None = None, **answers: Any
) -> dict[str, Any]:
    """The same as a record of the JSON interface."""
    one = incoming(household_id, instance_id=instance_id, **answers)
    return {
        "instance_id": one.instance_id,
        "household_id": household_id,
        "mode": "face_to_face",
        "questionnaire": "household",
        "version": VERSION,
        "instance": one.data.decode(),
    }
