"""Vouching for a quarantined field action: an officer answers for its sender and for its place."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.queries import case_within
from census.collection.services.taking_up_actions import (
    ActionTakenUp,
    hold_action,
    take_up_actions,
)
from census.core import sealed
from census.core.events import record

ASSIGNED_COLUMN = "collection_field_action.assigned"


def vouch_for_action(
    session: Session,
    actor: Actor,
    action_id: str,
    *,
    household_id: str | None = None,
    reason: str,
    at: datetime,
) -> ActionTakenUp:
    """Answer for an action, and say which household it is about where it names none or another.

    That settles what an officer can know better than the tablet: the household, and whether the
    sender may be believed. What came for a closed area goes on waiting, under that household. A
    dwelling that was found is put onto the list, unless it turns out to be a household of the list.
    """
    household = case_within(session, actor, household_id).household if household_id else None
    action = hold_action(
        session, actor, action_id, ea_code=household.ea_code if household else None
    )
    if household is not None:
        action.assigned_household_id = household.id
    action.assigned_sealed = sealed.seal(reason, column=ASSIGNED_COLUMN, row=action_id)
    session.flush()
    record(
        session,
        actor,
        "field_action.assigned",
        action_id,
        area=household.ea_code if household else action.ea_code,
        at=at,
        details={"household_id": household.id} if household else {},
    )
    (taken_up,) = take_up_actions(session, [action], at=at, by=actor)
    return taken_up
