"""Assigning a quarantined submission to a household: an officer answers for where it belongs."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Ruling
from census.collection.queries import case_within
from census.collection.services.holding import hold_waiting
from census.collection.services.resolving import resolve
from census.collection.services.taking_up import TakenUp, take_up
from census.core.events import record


def assign_to_household(
    session: Session,
    actor: Actor,
    instance_id: str,
    *,
    sha256: bytes,
    household_id: str,
    reason: str,
    at: datetime,
) -> TakenUp:
    """Say which household it is about, and take it up again.

    That settles what an officer can know better than the instance: the household, the envelope, and
    whether the sender may be believed. What cannot be read or judged yet, or came for a closed
    area, goes on waiting, under that household.
    """
    submission = hold_waiting(session, actor, instance_id, sha256)
    household = case_within(session, actor, household_id).household
    submission.assigned_household_id = household.id
    session.flush()
    record(
        session,
        actor,
        "submission.assigned",
        instance_id,
        area=household.ea_code,
        at=at,
        details={"sha256": sha256.hex(), "household_id": household.id},
    )
    (taken_up,) = take_up(session, [submission], at=at, by=actor)
    resolve(session, actor, taken_up.submission, Ruling.ASSIGNED, reason, at)
    return taken_up
