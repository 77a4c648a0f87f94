"""Actions from the field over JSON: visits, appointments, forms left, dwellings found."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.bodies import json_body
from census.api.v1.records import records_in
from census.collection import services
from census.collection.codelists import Outcome
from census.collection.errors import REASONS
from census.collection.instances.parsing import canonical_id
from census.collection.schemas import (
    MAX_FIELD_ACTIONS,
    FieldActionResultsSchema,
    FieldActionSchema,
    FieldActionsSchema,
)
from census.collection.services.field_actions import Action, ActionReceived
from census.core.clock import utcnow
from census.core.db import transaction
from census.web import languages
from census.web.access import current_actor, requires
from census.web.callers import bearer_token
from census.web.validation import faults_in

MAX_BODY_BYTES = 2_000_000

blueprint = ApiBlueprint("field-actions", description="What happened in the field")

_schema = FieldActionSchema()


@blueprint.post("/field-actions")
@requires(Permission.REPORT_FROM_FIELD, takes_revoked=True)
@blueprint.doc(requestBody=blueprint.body(FieldActionsSchema))
@blueprint.response(200, FieldActionResultsSchema)
def receive_actions() -> dict[str, Any]:
    """Take actions in, in the order sent; a bad one never refuses its neighbours."""
    sent = records_in(
        json_body(MAX_BODY_BYTES, checks_text=False), "actions", most=MAX_FIELD_ACTIONS
    )
    read = [_read(one) for one in sent]
    actions, actor, at = [one for one in read if isinstance(one, Action)], current_actor(), utcnow()
    with transaction() as session:
        received = services.receive_field_actions(session, actor, actions, at=at)
        services.note_heartbeats(session, bearer_token() or "", actions, received, heard_at=at)
    answers = iter(received)
    return {"results": [_result(next(answers)) if isinstance(one, Action) else one for one in read]}


def _read(sent: Any) -> Action | dict[str, Any]:
    """The action, or the refusal of one whose shape is wrong."""
    try:
        loaded = _schema.load(sent)
    except ValidationError as error:
        locale = languages.current()
        return {
            "action_id": _id_of(sent),
            "outcome": Outcome.REFUSED,
            "code": "field_action.invalid",
            "detail": REASONS["field_action.invalid"].sentence(locale),
            "household_id": None,
            "errors": [
                {"pointer": fault.pointer, "detail": fault.sentence(locale)}
                for fault in faults_in(error.messages)
            ],
        }
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


def _result(received: ActionReceived) -> dict[str, Any]:
    reason = REASONS.get(received.code or "")
    return {
        "action_id": received.action_id,
        "outcome": received.outcome,
        "code": received.code,
        "detail": reason.sentence(languages.current()) if reason else None,
        "household_id": received.household_id,
        "errors": [],
    }
