"""The quarantine over JSON: what waits for a person, tried again, assigned or set aside."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from census.accounts.codelists import Permission, Role
from census.api.v1.blueprints import ApiBlueprint
from census.collection import jobs, quarantine, services
from census.collection.errors import REASONS
from census.collection.models import FieldAction, Submission
from census.collection.quarantine import Kind, Wanted
from census.collection.quarantine_schemas import (
    AssignActionSchema,
    AssignSchema,
    DigestQuerySchema,
    QuarantinePageSchema,
    QuarantineQuerySchema,
    ReplayedSchema,
    ReplayManySchema,
    ReplaySchema,
    SetActionAsideSchema,
    SetAsideSchema,
    TakenUpSchema,
)
from census.collection.services import ActionTakenUp, TakenUp
from census.collection.services.reading_actions import ACTION_MEDIA_TYPE
from census.collection.services.reading_raw import MEDIA_TYPE
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.web import languages
from census.web.access import current_actor, requires
from census.web.file_answers import download

blueprint = ApiBlueprint("quarantine", description="What waits for a person, and why")


@blueprint.get("/quarantine")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(QuarantineQuerySchema, location="query")
@blueprint.response(200, QuarantinePageSchema)
def list_quarantine(page: dict[str, Any]) -> dict[str, Any]:
    """What waits for a person in the caller's areas, one kind of it, in the order of arrival."""
    wanted = Wanted(area=page["area"], reason=page["reason"])
    if page["kind"] is Kind.SUBMISSION:
        return _submissions(wanted, page["after"], page["limit"])
    return _actions(wanted, page["after"], page["limit"])


@blueprint.get("/quarantine/<instance_id>/raw")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(DigestQuerySchema, location="query")
@blueprint.doc(
    responses={"200": blueprint.file("application/octet-stream", "The bytes as they were received")}
)
def read_raw(query: dict[str, Any], instance_id: str) -> Response:
    """Hand out a submission's bytes exactly as they were received. Reading them is an event."""
    with transaction() as session:
        raw = services.read_raw(
            session,
            current_actor(),
            instance_id.lower(),
            sha256=bytes.fromhex(query["sha256"]) if query["sha256"] else None,
            at=utcnow(),
        )
    return download(raw.data, name=raw.file_name, media_type=MEDIA_TYPE)


@blueprint.post("/quarantine/<instance_id>/replay")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(ReplaySchema)
@blueprint.response(200, TakenUpSchema)
def replay(wanted: dict[str, Any], instance_id: str) -> dict[str, Any]:
    """Try one submission or field action again, after a repair."""
    actor, name, at = current_actor(), instance_id.lower(), utcnow()
    with transaction() as session:
        if wanted["kind"] is Kind.FIELD_ACTION:
            return _action_taken_up(services.replay_action(session, actor, name, at=at))
        sha256 = bytes.fromhex(wanted["sha256"])
        return _taken_up(services.replay(session, actor, name, sha256=sha256, at=at))


@blueprint.post("/quarantine/replay")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(ReplayManySchema)
@blueprint.response(200, ReplayedSchema)
def replay_many(wanted: dict[str, Any]) -> dict[str, Any]:
    """Try many again, by reason and area, in transactions of their own; `next` goes on."""
    part = Wanted(area=wanted["area"], reason=wanted["reason"])
    replayed = jobs.replay_many(current_actor(), part, kind=wanted["kind"], after=wanted["after"])
    return {
        "tried": replayed.tried,
        "taken_up": replayed.taken_up,
        "next": replayed.next,
        "more": replayed.next is not None,
    }


@blueprint.post("/quarantine/<instance_id>/assign")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(AssignSchema)
@blueprint.response(200, TakenUpSchema)
def assign(wanted: dict[str, Any], instance_id: str) -> dict[str, Any]:
    """Say which household a submission is about, with a reason, and try it again."""
    with transaction() as session:
        taken_up = services.assign_to_household(
            session,
            current_actor(),
            instance_id.lower(),
            sha256=bytes.fromhex(wanted["sha256"]),
            household_id=wanted["household_id"],
            reason=wanted["reason"],
            at=utcnow(),
        )
        return _taken_up(taken_up)


@blueprint.get("/field-actions/<action_id>/content")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.doc(
    responses={
        "200": {
            "description": "The action as it was received",
            "content": {ACTION_MEDIA_TYPE: {"schema": {"type": "object"}}},
        }
    }
)
def read_action(action_id: str) -> Response:
    """Hand out a field action as it was received. Reading it is an event."""
    with transaction() as session:
        content = services.read_action(session, current_actor(), action_id.lower(), at=utcnow())
    return download(content.data, name=content.file_name, media_type=ACTION_MEDIA_TYPE)


@blueprint.post("/field-actions/<action_id>/assign")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(AssignActionSchema)
@blueprint.response(200, TakenUpSchema)
def assign_action(wanted: dict[str, Any], action_id: str) -> dict[str, Any]:
    """Vouch for a field action, with a reason and the household it is about, and try it again."""
    with transaction() as session:
        taken_up = services.vouch_for_action(
            session,
            current_actor(),
            action_id.lower(),
            household_id=wanted["household_id"],
            reason=wanted["reason"],
            at=utcnow(),
        )
        return _action_taken_up(taken_up)


@blueprint.post("/submissions/<instance_id>/set-aside")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(SetAsideSchema)
@blueprint.doc(responses={"204": {"description": "It is set aside"}})
def set_aside(wanted: dict[str, Any], instance_id: str) -> ResponseReturnValue:
    """Take a submission out of quarantine for good, with a reason; its bytes are kept."""
    with transaction() as session:
        services.set_submission_aside(
            session,
            current_actor(),
            instance_id.lower(),
            sha256=bytes.fromhex(wanted["sha256"]),
            reason=wanted["reason"],
            at=utcnow(),
        )
    return "", 204


@blueprint.post("/field-actions/<action_id>/set-aside")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(SetActionAsideSchema)
@blueprint.doc(responses={"204": {"description": "It is set aside"}})
def set_action_aside(wanted: dict[str, Any], action_id: str) -> ResponseReturnValue:
    """Take a field action out of quarantine for good, with a reason; what was sent is kept."""
    with transaction() as session:
        services.set_action_aside(
            session, current_actor(), action_id.lower(), reason=wanted["reason"], at=utcnow()
        )
    return "", 204


def _submissions(wanted: Wanted, after: str | None, limit: int) -> dict[str, Any]:
    with reading() as session:
        waiting = quarantine.waiting_within(
            session, current_actor(), wanted, after=quarantine.id_of(after), limit=limit
        )
        shown = waiting[:limit]
        roles = quarantine.sender_roles(session, [each.sender_id for each in shown])
    more = len(waiting) > limit
    return {
        "submissions": [_line(each, roles.get(each.sender_id)) for each in shown],
        "field_actions": [],
        "next": str(shown[-1].id) if more else None,
        "more": more,
    }


def _actions(wanted: Wanted, after: str | None, limit: int) -> dict[str, Any]:
    with reading() as session:
        waiting = quarantine.actions_waiting_within(
            session, current_actor(), wanted, after=after, limit=limit
        )
        shown = waiting[:limit]
        roles = quarantine.sender_roles(session, [each.by for each in shown])
    more = len(waiting) > limit
    return {
        "submissions": [],
        "field_actions": [_line(each, roles.get(each.by)) for each in shown],
        "next": shown[-1].action_id if more else None,
        "more": more,
    }


def _line(waiting: Submission | FieldAction, role: Role | None) -> SimpleNamespace:
    columns = {column.key: getattr(waiting, column.key) for column in _SHOWN[type(waiting)]}
    return SimpleNamespace(**columns, detail=_detail(waiting.reason_code), sender_role=role)


_SHOWN: dict[type, tuple[Any, ...]] = {
    Submission: (
        Submission.id,
        Submission.instance_id,
        Submission.mode,
        Submission.received_at,
        Submission.sha256,
        Submission.standing,
        Submission.household_id,
        Submission.assigned_household_id,
        Submission.ea_code,
        Submission.reason_code,
    ),
    FieldAction: (
        FieldAction.action_id,
        FieldAction.type,
        FieldAction.household_id,
        FieldAction.ea_code,
        FieldAction.received_at,
        FieldAction.reason_code,
    ),
}


def _taken_up(taken_up: TakenUp) -> dict[str, Any]:
    submission = taken_up.submission
    return {
        "kind": Kind.SUBMISSION,
        "id": submission.instance_id,
        "taken_up": taken_up.is_taken_up,
        "standing": submission.standing,
        "outcome": None,
        "household_id": submission.household_id,
        "code": taken_up.reason,
        "detail": _detail(taken_up.reason),
    }


def _action_taken_up(taken_up: ActionTakenUp) -> dict[str, Any]:
    action = taken_up.action
    return {
        "kind": Kind.FIELD_ACTION,
        "id": action.action_id,
        "taken_up": taken_up.is_taken_up,
        "standing": None,
        "outcome": action.outcome,
        "household_id": action.household_id,
        "code": taken_up.reason,
        "detail": _detail(taken_up.reason),
    }


def _detail(code: str | None) -> str | None:
    reason = REASONS.get(code or "")
    return reason.sentence(languages.current()) if reason else None
