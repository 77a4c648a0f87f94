"""Taking up again, or setting aside, the field actions that wait in quarantine."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import FieldActionType, Outcome
from census.collection.errors import ActionNotInQuarantine, OwnRecord
from census.collection.models import FieldAction
from census.collection.quarantine import (
    Wanted,
    action_within,
    actions_waiting_for,
    actions_waiting_within,
)
from census.collection.queries import areas_answered_for
from census.collection.services.field_actions import (
    CONTENT_COLUMN,
    Action,
    ActionArrival,
    add_dwelling,
    objection_to,
    places_of_actions,
)
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.replaying import PAGE, Replayed
from census.collection.services.settling import settle
from census.collection.services.taking_up import NOBODY, REVOKED, senders_by_id
from census.core import sealed
from census.core.events import record

WHY_COLUMN = "collection_field_action.set_aside"
SET_ASIDE = "submission.set_aside"


@dataclass(frozen=True, slots=True)
class ActionTakenUp:
    """What became of a field action that was taken up again."""

    action: FieldAction
    is_taken_up: bool
    reason: str | None
    """What still speaks against it, where something does."""


def take_up_actions(
    session: Session, actions: Sequence[FieldAction], *, at: datetime, by: Actor | None = None
) -> list[ActionTakenUp]:
    """Take actions up again as if they arrived now from whoever sent them then."""
    sent = {each.action_id: _as_sent(each) for each in actions}
    places = dict(zip(sent, places_of_actions(session, list(sent.values())), strict=True))
    codes = {each.ea_code for each in actions} | {ea_code for _, ea_code in places.values()}
    areas = lock_areas(session, {code for code in codes if code})
    waiting = _lock_waiting(session, sent)
    senders = senders_by_id(session, {each.by for each in waiting})
    arrivals: dict[str, ActionArrival] = {}
    for stored in waiting:
        sender = replace(senders.get(stored.by, NOBODY), is_revoked=stored.reason_code == REVOKED)
        arrival = ActionArrival(
            sent[stored.action_id],
            *places[stored.action_id],
            is_vouched_for=stored.assigned_sealed is not None,
        )
        own = areas_answered_for(session, sender, {arrival.ea_code} if arrival.ea_code else set())
        arrival.reason = objection_to(sender, arrival, areas, own)
        _place(stored, arrival)
        if arrival.reason is None:
            _accept(session, sender, stored, arrival, at)
        _write_down(session, by, stored, arrival, at)
        arrivals[stored.action_id] = arrival
    touched = {
        each.household_id
        for each in waiting
        if each.outcome is Outcome.ACCEPTED and each.household_id and each.result
    }
    session.flush()
    settle(session, lock_cases(session, areas, touched).values(), at=at)
    return [_taken_up(each, arrivals.get(each.action_id)) for each in actions]


def replay_action(session: Session, actor: Actor, action_id: str, *, at: datetime) -> ActionTakenUp:
    """Try one field action again."""
    action = _waiting_action(session, actor, action_id)
    (taken_up,) = take_up_actions(session, [action], at=at, by=actor)
    return taken_up


def replay_actions_page(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    after: str | None,
    at: datetime,
    limit: int = PAGE,
) -> Replayed:
    """Try a page of the field actions that wait again; the actor's own are left."""
    page = actions_waiting_within(session, actor, wanted, after=after, limit=limit)
    tried = [each for each in page[:limit] if each.by != actor.id]
    return _replayed(page, take_up_actions(session, tried, at=at, by=actor), limit)


def retry_actions_page(
    session: Session,
    reason: str,
    area: str,
    *,
    after: str | None,
    at: datetime,
    limit: int = PAGE,
) -> Replayed:
    """Try again, on nobody's behalf, the actions that wait in an area for a reason."""
    page = actions_waiting_for(session, reason, area, after=after, limit=limit)
    return _replayed(page, take_up_actions(session, page[:limit], at=at), limit)


def set_action_aside(
    session: Session, actor: Actor, action_id: str, *, reason: str, at: datetime
) -> FieldAction:
    """Take an action out of quarantine for good; the reason is kept beside it, sealed."""
    action = hold_action(session, actor, action_id)
    action.outcome, action.reason_code = Outcome.REFUSED, SET_ASIDE
    action.set_aside_sealed = sealed.seal(reason, column=WHY_COLUMN, row=action_id)
    record(session, actor, "field_action.set_aside", action_id, area=action.ea_code, at=at)
    return action


def hold_action(
    session: Session, actor: Actor, action_id: str, *, ea_code: str | None = None
) -> FieldAction:
    """The action as it now is, until the end of the transaction; refuses what does not wait.

    Areas are locked before it: its own, the one in which its household lies by now, and the one
    in which it is to lie from now on.
    """
    action = _waiting_action(session, actor, action_id)
    ((_province_code, place),) = places_of_actions(session, [_as_sent(action)])
    lock_areas(session, {code for code in (action.ea_code, place, ea_code) if code})
    if not _lock_waiting(session, [action_id]):
        raise ActionNotInQuarantine
    return action


def _replayed(
    page: Sequence[FieldAction], taken_up: Sequence[ActionTakenUp], limit: int
) -> Replayed:
    return Replayed(
        tried=len(taken_up),
        taken_up=sum(each.is_taken_up for each in taken_up),
        next=page[limit - 1].action_id if len(page) > limit else None,
    )


def _waiting_action(session: Session, actor: Actor, action_id: str) -> FieldAction:
    action = action_within(session, actor, action_id)
    if action.outcome is not Outcome.QUARANTINED:
        raise ActionNotInQuarantine
    if action.by == actor.id:
        raise OwnRecord
    return action


def _lock_waiting(session: Session, action_ids: Collection[str]) -> Sequence[FieldAction]:
    """Those of the actions that wait, as they now are; their areas are locked already."""
    return session.scalars(
        select(FieldAction)
        .where(
            FieldAction.action_id.in_(list(action_ids)),
            FieldAction.outcome == Outcome.QUARANTINED,
        )
        .order_by(FieldAction.action_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _as_sent(stored: FieldAction) -> Action:
    content: dict[str, Any] = json.loads(
        sealed.unseal(stored.content_sealed, column=CONTENT_COLUMN, row=stored.action_id)
    )
    return Action(
        action_id=stored.action_id,
        type=stored.type,
        at=stored.happened_at,
        content=content,
        household_id=stored.assigned_household_id or stored.household_id,
        ea_code=content.get("ea_code"),
        result=stored.result,
        latitude=stored.latitude,
        longitude=stored.longitude,
        accuracy_m=stored.accuracy_m,
    )


def _place(stored: FieldAction, arrival: ActionArrival) -> None:
    """Move the action to where it belongs, whether it counts there or goes on waiting there."""
    stored.household_id = arrival.household_id
    if arrival.ea_code is not None:
        stored.province_code, stored.ea_code = arrival.province_code, arrival.ea_code


def _accept(
    session: Session, sender: Actor, stored: FieldAction, arrival: ActionArrival, at: datetime
) -> None:
    stored.outcome, stored.reason_code = Outcome.ACCEPTED, None
    # It did not count when the household was returned: it is news to the supervisor.
    stored.is_returned = False
    # An officer may have said which household of the list the dwelling is.
    is_new = stored.type is FieldActionType.DWELLING_FOUND and stored.household_id is None
    if is_new and arrival.ea_code is not None:
        add_dwelling(session, sender, arrival, arrival.ea_code, at)


def _write_down(
    session: Session, by: Actor | None, stored: FieldAction, arrival: ActionArrival, at: datetime
) -> None:
    details = {"type": stored.type, "taken_up": True}
    if arrival.reason is None:
        name = "field_action.received"
    elif arrival.reason != stored.reason_code:
        name, details["reason"] = "field_action.quarantined", arrival.reason
        stored.reason_code = arrival.reason
    else:
        return
    record(session, by, name, stored.action_id, area=stored.ea_code, at=at, details=details)


def _taken_up(action: FieldAction, arrival: ActionArrival | None) -> ActionTakenUp:
    if arrival is None:
        return ActionTakenUp(action, False, action.reason_code)
    return ActionTakenUp(action, arrival.reason is None, arrival.reason)
