"""Reading the problems that the field reported: each one that is shown leaves a trace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.core.events import record
from census.review.queries.field_problems import FieldProblem, field_problems


def read_field_problems(
    session: Session,
    actor: Actor,
    *,
    area: str | None = None,
    after: str | None = None,
    limit: int,
    at: datetime,
) -> tuple[list[FieldProblem], bool]:
    """A page of the problems of the actor's areas, and whether there are more."""
    found = field_problems(session, actor, area=area, after=after, limit=limit)
    shown = found[:limit]
    for each in shown:
        record(session, actor, "field_action.read", each.action_id, area=each.ea_code, at=at)
    return shown, len(found) > limit
