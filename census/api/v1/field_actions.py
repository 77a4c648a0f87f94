"""Actions from the field over JSON: visits, appointments, forms left, dwellings found."""

from __future__ import annotations

from typing import Any

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.bodies import json_body
from census.api.v1.records import records_in
from census.collection import services
from census.collection.codelists import Outcome
from census.collection.errors import REASONS
from census.collection.schemas import (
    MAX_FIELD_ACTIONS,
    FieldActionResultsSchema,
    FieldActionsSchema,
)
from census.collection.sent_records import UnfitAction, action_of
from census.collection.services.field_actions import Action, ActionReceived
from census.core.clock import utcnow
from census.core.db import transaction
from census.web import languages
from census.web.access import current_actor, requires
from census.web.callers import bearer_token
from census.web.validation import faults_in

MAX_BODY_BYTES = 2_000_000

blueprint = ApiBlueprint("field-actions", description="What happened in the field")


@blueprint.post("/field-actions")
@requires(Permission.REPORT_FROM_FIELD, takes_revoked=True)
@blueprint.doc(requestBody=blueprint.body(FieldActionsSchema))
@blueprint.response(200, FieldActionResultsSchema)
def receive_actions() -> dict[str, Any]:
    """Take actions in, in the order sent; a bad one never refuses its neighbours."""
    sent = records_in(
        json_body(MAX_BODY_BYTES, checks_text=False), "actions", most=MAX_FIELD_ACTIONS
    )
    read = [action_of(one) for one in sent]
    actions, actor, at = [one for one in read if isinstance(one, Action)], current_actor(), utcnow()
    with transaction() as session:
        received = services.receive_field_actions(session, actor, actions, at=at)
        services.note_heartbeats(session, bearer_token() or "", actions, received, heard_at=at)
    answers = iter(received)
    return {
        "results": [
            _result(next(answers)) if isinstance(one, Action) else _refusal(one) for one in read
        ]
    }


def _refusal(unfit: UnfitAction) -> dict[str, Any]:
    locale = languages.current()
    return {
        "action_id": unfit.action_id,
        "outcome": Outcome.REFUSED,
        "code": "field_action.invalid",
        "detail": REASONS["field_action.invalid"].sentence(locale),
        "household_id": None,
        "errors": [
            {"pointer": fault.pointer, "detail": fault.sentence(locale)}
            for fault in faults_in(unfit.messages)
        ],
    }


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
