"""Handing out a field action as it was received: whoever sees it is written down."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.models import FieldAction
from census.collection.quarantine import action_within
from census.collection.services.field_actions import CONTENT_COLUMN
from census.core import sealed
from census.core.events import record

ACTION_MEDIA_TYPE = "application/json"


@dataclass(frozen=True, slots=True)
class ActionContent:
    """A field action and everything that was sent, as JSON in UTF-8."""

    action: FieldAction
    data: bytes

    @property
    def file_name(self) -> str:
        """A name to save it under: the id, never what was reported."""
        return f"{self.action.action_id.removeprefix('uuid:')}.json"


def read_action(session: Session, actor: Actor, action_id: str, *, at: datetime) -> ActionContent:
    """Read what was sent under this id, written so that Thai can be read in it."""
    action = action_within(session, actor, action_id)
    record(session, actor, "field_action.read", action_id, area=action.ea_code, at=at)
    content = json.loads(sealed.unseal(action.content_sealed, column=CONTENT_COLUMN, row=action_id))
    data = json.dumps(content, ensure_ascii=False, indent=2)
    # A lone half of a character can have been sent; it has no bytes of its own in UTF-8.
    return ActionContent(action, data.encode("utf-8", "surrogatepass"))
