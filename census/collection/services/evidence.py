"""Evidence that a dwelling is not eligible: a photo, or what a neighbour said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.codelists import Outcome
from census.collection.models import FieldAction, Submission
from census.collection.rules import needs_evidence
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.settling import UNDERSTOOD, settle
from census.core.events import record


def note_evidence(session: Session, owner_id: str, *, at: datetime) -> None:
    """A photo was attached to this instance or field action: it stands behind what that found.

    Settles the household again, as evidence can give a disposition the last word. Safe to repeat.
    """
    facts = _facts(session, owner_id)
    areas = lock_areas(session, {each.ea_code for each in facts if each.ea_code})
    new = [each for each in facts if not each.has_evidence]
    for each in new:
        each.has_evidence = True
    session.flush()
    households = {each.household_id for each in new if each.household_id and _proves(each)}
    settle(session, lock_cases(session, areas, households).values(), at=at)
    for each in new:
        if each.household_id in households:
            record(session, None, "evidence.given", owner_id, area=each.ea_code, at=at)


def _facts(session: Session, owner_id: str) -> list[Submission | FieldAction]:
    submissions = session.scalars(select(Submission).where(Submission.instance_id == owner_id))
    actions = session.scalars(select(FieldAction).where(FieldAction.action_id == owner_id))
    return [*submissions, *actions]


def _proves(fact: Submission | FieldAction) -> bool:
    """Whether it takes its household out of the count; a photo of anything else changes nothing."""
    if isinstance(fact, FieldAction):
        return fact.outcome is Outcome.ACCEPTED and needs_evidence(fact.result)
    return fact.standing in UNDERSTOOD and needs_evidence(fact.disposition)
