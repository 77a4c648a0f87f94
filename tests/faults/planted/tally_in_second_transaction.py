"""Recounts the tally after the commit, in a transaction of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from census import app, reactions
from census.core import db
from census.core.events import Event
from census.progress.services import recount_areas, recount_touched_areas

_OWED = "areas_to_recount"


def plant() -> None:
    """Let the recount follow the commit instead of preceding it."""
    for name, reaction in reactions.REACTIONS.items():
        at_once = tuple(
            _note_areas if each is recount_touched_areas else each for each in reaction.at_once
        )
        reactions.REACTIONS[name] = replace(reaction, at_once=at_once)
    app.REACTIONS = reactions.REACTIONS
    db.after_commit(_recount_noted)


def _note_areas(session: Session, events: Sequence[Event]) -> None:
    areas: set[str] = session.info.setdefault(_OWED, set())
    areas.update(event.area for event in events if event.area)


def _recount_noted(session: Session) -> None:
    if areas := session.info.pop(_OWED, None):
        with db.transaction() as second:
            recount_areas(second, areas)
