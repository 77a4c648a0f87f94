"""Records as the field sends them, one by one: what can be taken in of each, and what cannot.

The same for a request and for a file from a tablet.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import ValidationError

from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Outcome
from census.collection.instances.parsing import canonical_id
from census.collection.schemas import (
    MAX_INSTANCE_BYTES,
    FieldActionSchema,
    SubmissionSchema,
    identification,
)
from census.collection.services.field_actions import Action

_submission, _action = SubmissionSchema(), FieldActionSchema()


@dataclass(frozen=True, slots=True)
class UnfitAction:
    """An action whose shape is wrong, by its id where it has one, and what is wrong with it."""

    action_id: str | None
    messages: Any


def incoming_of(sent: Any) -> Incoming | Received:
    """The record as it is taken in; refused only when it cannot be identified or is too large."""
    instance_id, instance = identification(sent)
    if instance_id is None or instance is None:
        return Received(instance_id or "", Outcome.REFUSED, "submission.unidentified")
    # What is not valid Unicode cannot be read, but its bytes are kept all the same.
    data = instance.encode("utf-8", "surrogatepass")
    if len(data) > MAX_INSTANCE_BYTES:
        return Received(instance_id, Outcome.REFUSED, "submission.too_large")
    try:
        envelope = _submission.load(sent)
    except ValidationError:
        return Incoming(instance_id, data, reason="submission.invalid_envelope")
    return Incoming(
        instance_id=instance_id,
        data=data,
        household_id=envelope["household_id"],
        mode=envelope["mode"],
        questionnaire=envelope["questionnaire"],
        version=envelope["version"],
        device_id=envelope["device_id"],
        started_at=envelope["started_at"],
        ended_at=envelope["ended_at"],
    )


def action_of(sent: Any) -> Action | UnfitAction:
    """The action as it is taken in; refused when its shape is wrong."""
    try:
        loaded = _action.load(sent)
    except ValidationError as error:
        return UnfitAction(_id_of(sent), error.messages)
    location = loaded["location"] or {}
    return Action(
        action_id=loaded["action_id"],
        type=loaded["type"],
        at=loaded["at"],
        content=sent,
        household_id=loaded["household_id"],
        ea_code=loaded["ea_code"],
        result=loaded["result"],
        latitude=location.get("latitude"),
        longitude=location.get("longitude"),
        accuracy_m=location.get("accuracy_m"),
        statement=loaded["evidence"],
    )


def _id_of(sent: Any) -> str | None:
    given = sent.get("action_id") if isinstance(sent, dict) else None
    return canonical_id(given) if isinstance(given, str) else None
