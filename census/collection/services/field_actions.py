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
from census.collection.models import UNKNOWN_PROVINCE, FieldAction, FieldArea
from census.collection.queries import areas_answered_for, places_of_households
from census.collection.services.dwellings import add_found_dwelling
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.settling import settle
from census.core import sealed
from census.core.bulk import insert_new
from census.core.events import record
from census.frame.errors import SerialsExhausted

CONTENT_COLUMN = "collection_field_action.content"

RESULT_OF = {
    FieldActionType.APPOINTMENT: Disposition.APPOINTMENT_MADE,
    FieldActionType.FORM_LEFT: Disposition.FORM_LEFT,
}
"""The disposition that an action gives by itself; a visit brings its own."""

PLACELESS = frozenset(
    {FieldActionType.HEARTBEAT, FieldActionType.MESSAGE_READ, FieldActionType.PROBLEM}
)
"""Actions that need not be about any place."""


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
    statement: str | None = None
    """What a neighbour said of the dwelling; it stands in the content, too."""


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
    arrivals = [
        ActionArrival(action, *place)
        for action, place in zip(actions, places_of_actions(session, actions), strict=True)
    ]
    areas = lock_areas(session, {each.ea_code for each in arrivals if each.ea_code})
    own = areas_answered_for(session, actor, set(areas))
    for arrival in arrivals:
        arrival.reason = objection_to(actor, arrival, areas, own)
    fresh = _keep(session, actor, arrivals, at)
    for arrival in fresh:
        _do(session, actor, arrival, at)
    touched = {
        each.action.household_id
        for each in fresh
        if each.reason is None and each.action.household_id and _result_of(each.action)
    }
    settle(session, lock_cases(session, areas, touched).values(), at=at)
    is_fresh = {id(each) for each in fresh}
    return [
        _answer(each) if id(each) in is_fresh else _repeated(session, each) for each in arrivals
    ]


@dataclass(slots=True)
class ActionArrival:
    """An action on its way into the database: its place, and why it cannot be counted, if so."""

    action: Action
    province_code: str
    ea_code: str | None
    reason: str | None = None
    household_id: str | None = None
    is_vouched_for: bool = False
    """An officer answers for the sender and for the place."""

    def __post_init__(self) -> None:
        self.household_id = self.action.household_id


def _keep(
    session: Session, actor: Actor, arrivals: Sequence[ActionArrival], at: datetime
) -> list[ActionArrival]:
    """Store the actions whose id is new; in the order of ids, or two senders could deadlock."""
    first_of: dict[str, ActionArrival] = {}
    for arrival in arrivals:
        first_of.setdefault(arrival.action.action_id, arrival)
    rows = [_row(actor, each, at) for _id, each in sorted(first_of.items())]
    new = insert_new(session, FieldAction, rows)
    return [each for action_id, each in first_of.items() if action_id in new]


def _do(session: Session, actor: Actor, arrival: ActionArrival, at: datetime) -> None:
    """What follows from an action besides the case's disposition."""
    action = arrival.action
    if (
        arrival.reason is None
        and action.type is FieldActionType.DWELLING_FOUND
        and arrival.ea_code is not None
    ):
        add_dwelling(session, actor, arrival, arrival.ea_code, at)
    record(
        session,
        actor,
        "field_action.received" if arrival.reason is None else "field_action.quarantined",
        action.action_id,
        area=arrival.ea_code,
        at=at,
        details={"type": action.type, **({"reason": arrival.reason} if arrival.reason else {})},
    )


def add_dwelling(
    session: Session, actor: Actor, arrival: ActionArrival, ea_code: str, at: datetime
) -> None:
    """Put the dwelling that an action tells of onto the list; without a number left it waits."""
    stored = session.get_one(FieldAction, arrival.action.action_id)
    address = str(arrival.action.content["address"])
    try:
        arrival.household_id = add_found_dwelling(session, actor, ea_code, address=address, at=at)
        stored.household_id = arrival.household_id
    except SerialsExhausted:
        # Its neighbours in the batch must not wait for a person to look at this one.
        arrival.reason = "area.serials_exhausted"
        stored.outcome, stored.reason_code = Outcome.QUARANTINED, arrival.reason


def _row(actor: Actor, arrival: ActionArrival, at: datetime) -> dict[str, Any]:
    action = arrival.action
    return {
        "action_id": action.action_id,
        "sha256": _digest(action),
        "type": action.type,
        "province_code": arrival.province_code,
        "household_id": action.household_id,
        "ea_code": arrival.ea_code,
        "happened_at": action.at,
        "received_at": at,
        "by": actor.id,
        "result": _result_of(action),
        "latitude": action.latitude,
        "longitude": action.longitude,
        "accuracy_m": action.accuracy_m,
        "has_evidence": action.statement is not None,
        "content_sealed": sealed.seal(
            json.dumps(action.content), column=CONTENT_COLUMN, row=action.action_id
        ),
        "outcome": Outcome.QUARANTINED if arrival.reason else Outcome.ACCEPTED,
        "reason_code": arrival.reason,
        "is_returned": False,
    }


def _answer(arrival: ActionArrival) -> ActionReceived:
    outcome = Outcome.QUARANTINED if arrival.reason else Outcome.ACCEPTED
    return ActionReceived(arrival.action.action_id, outcome, arrival.reason, arrival.household_id)


def _repeated(session: Session, arrival: ActionArrival) -> ActionReceived:
    action_id = arrival.action.action_id
    stored = session.get_one(FieldAction, action_id)
    if stored.sha256 != _digest(arrival.action):
        return ActionReceived(action_id, Outcome.REFUSED, "field_action.conflict")
    return ActionReceived(action_id, Outcome.DUPLICATE, stored.reason_code, stored.household_id)


def objection_to(
    actor: Actor, arrival: ActionArrival, areas: Mapping[str, FieldArea], own: set[str]
) -> str | None:
    """Why an action cannot be counted, if anything speaks against it."""
    if actor.is_revoked and not arrival.is_vouched_for:
        return "token.revoked"
    if arrival.ea_code is None:
        return None if _needs_no_place(arrival.action) else "household.unknown"
    if arrival.ea_code not in own and not arrival.is_vouched_for:
        return "household.foreign"
    return "area.closed" if areas[arrival.ea_code].closed_at else None


def _needs_no_place(action: Action) -> bool:
    names_place = action.household_id is not None or action.ea_code is not None
    return action.type in PLACELESS and not names_place


def places_of_actions(session: Session, actions: Sequence[Action]) -> list[tuple[str, str | None]]:
    """Province and area of each action; a household that is named decides alone."""
    households = {action.household_id for action in actions if action.household_id}
    cases = places_of_households(session, households)
    named = {action.ea_code for action in actions if action.ea_code}
    areas = {
        row.ea_code: (row.province_code, row.ea_code)
        for row in session.execute(
            select(FieldArea.ea_code, FieldArea.province_code).where(FieldArea.ea_code.in_(named))
        )
    }
    nowhere = (UNKNOWN_PROVINCE, None)
    return [
        cases.get(action.household_id, nowhere)
        if action.household_id
        else areas.get(action.ea_code or "", nowhere)
        for action in actions
    ]


def _result_of(action: Action) -> Disposition | None:
    return action.result or RESULT_OF.get(action.type)


def _digest(action: Action) -> bytes:
    canonical = json.dumps(action.content, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).digest()
