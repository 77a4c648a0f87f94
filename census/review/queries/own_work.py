"""What somebody collected or keyed themselves, and so must not decide on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Outcome, Standing
from census.collection.models import FieldAction, Submission


def own_work_in(session: Session, actor: Actor, ea_code: str) -> set[str]:
    """Households of an area whose counting response the actor sent, or that the actor visited."""
    sent = session.scalars(
        select(Submission.household_id).where(
            Submission.ea_code == ea_code,
            Submission.standing == Standing.COUNTING,
            Submission.sender_id == actor.id,
        )
    )
    visited = session.scalars(
        select(FieldAction.household_id).where(
            FieldAction.ea_code == ea_code,
            FieldAction.by == actor.id,
            FieldAction.outcome == Outcome.ACCEPTED,
            FieldAction.result.is_not(None),
        )
    )
    return {household_id for household_id in (*sent, *visited) if household_id}
