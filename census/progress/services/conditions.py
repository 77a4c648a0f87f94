"""Headquarters states whether a condition of the indicator holds, with evidence."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.core.db import new_id
from census.core.events import record
from census.progress.codelists import Condition
from census.progress.models import ConditionStatement


def state_condition(
    session: Session,
    actor: Actor,
    condition: Condition,
    *,
    holds: bool,
    evidence: str,
    at: datetime,
) -> ConditionStatement:
    """Say whether a condition holds; earlier statements stay as they were."""
    statement = ConditionStatement(
        id=new_id(),
        condition=condition,
        holds=holds,
        evidence=evidence,
        stated_by=actor.id,
        stated_at=at,
    )
    session.add(statement)
    record(
        session,
        actor,
        "condition.stated",
        condition.value,
        at=at,
        details={"holds": holds, "statement": str(statement.id)},
    )
    return statement
