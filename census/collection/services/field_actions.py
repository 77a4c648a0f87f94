"""Taking in what enumerators did and saw in the field; each action once, under its own id."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Disposition, FieldActionType, Outcome
from census.collection.models import UNKNOWN_PROVINCE, Case, FieldAction, FieldArea
from census.collection.queries import areas_answered_for
from census.collection.services.dwellings import add_found_dwelling
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.settling import settle
from census.core import sealed
from census.core.bulk import insert_new
from census.core.events import record

CONTENT_COLUMN = "collection_field_action.content"

RESULT_OF = {
    FieldActionType.APPOINTMENT: Disposition.APPOINTMENT_MADE,
    FieldActionType.FORM_LEFT: Disposition.FORM_LEFT,
}
"""The disposition that an action gives by itself; a visit brings its own."""

PLACELESS = frozenset({FieldActionType.HEARTBEAT, FieldActionType.MESSAGE_READ})
"""Actions that are about the enumerator's tablet, not about any place."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action as it was sent, after its shape has been checked."""

    action_id: str
    type: FieldActionType
    at: datetime
    content: Mapping[str, Any]
    """All of it as JSON, as sent."""
    household_id: str | None = None
    ea_code: str | None = None
    result: Disposition | None = None
    latitude: float | None = None
    longitude: float | None = None
    accuracy_m: float | None = None


@dataclass(frozen=True, slots=True)
class ActionReceived:
    """What became of an action, as its sender is told."""

    action_id: str
    outcome: Outcome
    code: str | None = None
    household_id: str | None = None


def receive_field_actions(
    session: Session, actor: Actor, actions: Sequence[Action], *, at: datetime
) -> list[ActionReceived]:
    """Take actions in, in the order sent. A repeat changes nothing; nothing known is refused."""
    places = _places_of(session, actions)
    areas = lock_areas(session, {ea_code for _, ea_code in places.values() if ea_code})
    own = areas_answered_for(session, actor, set(areas))
    results = [
        _receive(session, actor, action, places[action.action_id], areas, own, at)
        for action in actions
    ]
    touched = {
        action.household_id
        for action, result in zip(actions, results, strict=True)
        if result.outcome is Outcome.ACCEPTED and action.household_id and _result_of(action)
    }
    settle(session, lock_cases(session, areas, touched).values(), at=at)
    return results


def _receive(
    session: Session,
    actor: Actor,
    action: Action,
    place: tuple[str, str | None],
    areas: Mapping[str, FieldArea],
    own: set[str],
    at: datetime,
) -> ActionReceived:
    reason = _objection(actor, action, place[1], areas, own)
    outcome = Outcome.QUARANTINED if reason else Outcome.ACCEPTED
    digest = _digest(action)
    row = {
        "action_id": action.action_id,
        "sha256": digest,
        "type": action.type,
        "province_code": place[0],
        "household_id": action.household_id,
        "ea_code": place[1],
        "happened_at": action.at,
        "received_at": at,
        "by": actor.id,
        "result": _result_of(action),
        "latitude": action.latitude,
        "longitude": action.longitude,
        "accuracy_m": action.accuracy_m,
        "content_sealed": sealed.seal(
            json.dumps(action.content, ensure_ascii=False),
            column=CONTENT_COLUMN,
            row=action.action_id,
        ),
        "outcome": outcome,
        "reason_code": reason,
    }
    if not insert_new(session, FieldAction, [row]):
        return _repeated(session, action, digest)
    household_id = action.household_id
    if outcome is Outcome.ACCEPTED and action.type is FieldActionType.DWELLING_FOUND and place[1]:
        household_id = add_found_dwelling(
            session, actor, place[1], address=str(action.content["address"]), at=at
        )
        _remember_household(session, action.action_id, household_id)
    record(
        session,
        actor,
        "field_action.received" if reason is None else "field_action.quarantined",
        action.action_id,
        area=place[1],
        at=at,
        details={"type": action.type, **({"reason": reason} if reason else {})},
    )
    return ActionReceived(action.action_id, outcome, reason, household_id)


def _repeated(session: Session, action: Action, digest: bytes) -> ActionReceived:
    stored = session.get_one(FieldAction, action.action_id)
    if stored.sha256 != digest:
        return ActionReceived(action.action_id, Outcome.REFUSED, "field_action.conflict")
    return ActionReceived(
        action.action_id, Outcome.DUPLICATE, stored.reason_code, stored.household_id
    )


def _remember_household(session: Session, action_id: str, household_id: str) -> None:
    session.get_one(FieldAction, action_id).household_id = household_id


def _objection(
    actor: Actor,
    action: Action,
    ea_code: str | None,
    areas: Mapping[str, FieldArea],
    own: set[str],
) -> str | None:
    if actor.is_revoked:
        return "token.revoked"
    if action.type in PLACELESS:
        return None
    if ea_code is None:
        return "household.unknown"
    if ea_code not in own:
        return "household.foreign"
    return "area.closed" if areas[ea_code].closed_at else None


def _places_of(session: Session, actions: Sequence[Action]) -> dict[str, tuple[str, str | None]]:
    """Province and area of each action; those that name nothing known are placed nowhere."""
    households = {action.household_id for action in actions if action.household_id}
    cases = {
        row.household_id: (row.province_code, row.ea_code)
        for row in session.execute(
            select(Case.household_id, Case.province_code, Case.ea_code).where(
                Case.household_id.in_(households),
                Case.ea_code.in_({household_id[:11] for household_id in households}),
            )
        )
    }
    named = {action.ea_code for action in actions if action.ea_code}
    areas = {
        row.ea_code: (row.province_code, row.ea_code)
        for row in session.execute(
            select(FieldArea.ea_code, FieldArea.province_code).where(FieldArea.ea_code.in_(named))
        )
    }
    nowhere = (UNKNOWN_PROVINCE, None)
    return {
        action.action_id: cases.get(action.household_id or "")
        or areas.get(action.ea_code or "")
        or nowhere
        for action in actions
    }


def _result_of(action: Action) -> Disposition | None:
    return action.result or RESULT_OF.get(action.type)


def _digest(action: Action) -> bytes:
    canonical = json.dumps(action.content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).digest()
