"""Events for the auditor, in the order of their commits, so that a reader misses none."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.schemas import EventPageSchema
from census.core import db
from census.core.events import Event
from census.core.sequencer import number_waiting_events
from census.web.access import requires
from census.web.paging import NumberPageSchema

blueprint = ApiBlueprint("events", description="What happened, to what, by whom")


@blueprint.get("/events")
@requires(Permission.READ_EVENTS)
@blueprint.arguments(NumberPageSchema, location="query")
@blueprint.response(200, EventPageSchema)
def list_events(page: dict[str, int]) -> dict[str, Any]:
    """Read the events after a number, in the order of their commits."""
    after, limit = page["after"], page["limit"]
    number_waiting_events()
    with db.reading() as session:
        found = session.scalars(
            select(Event).where(Event.number > after).order_by(Event.number).limit(limit + 1)
        ).all()
    shown = found[:limit]
    return {
        "events": shown,
        "next": shown[-1].number if shown else after,
        "more": len(found) > len(shown),
    }
