"""Hearing of tablets: what their heartbeats tell goes onto the office's list of devices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from census.assignment.devices import note_heartbeat
from census.assignment.heartbeats import heartbeat_in
from census.collection.codelists import FieldActionType, Outcome
from census.collection.services.field_actions import Action, ActionReceived

NEW = frozenset({Outcome.ACCEPTED, Outcome.QUARANTINED})
"""A revoked tablet is heard of as well: that is when an office looks for it."""


def note_heartbeats(
    session: Session,
    secret: str,
    actions: Sequence[Action],
    received: Sequence[ActionReceived],
    *,
    heard_at: datetime | None = None,
) -> None:
    """Write down the last heartbeat among these actions of the tablet with this token.

    Sent by the tablet itself it counts as heard now; out of a file, as of when it was made.
    """
    beats = [
        action
        for action, answer in zip(actions, received, strict=True)
        if action.type is FieldActionType.HEARTBEAT and answer.outcome in NEW
    ]
    if beats:
        last = max(beats, key=lambda beat: beat.at)
        note_heartbeat(session, secret, heartbeat_in(last.content), heard_at=heard_at or last.at)
