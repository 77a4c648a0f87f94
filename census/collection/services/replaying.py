"""Trying again what waits in quarantine, one submission or many, after a repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Ruling
from census.collection.quarantine import Wanted, id_of, waiting_for, waiting_within
from census.collection.services.holding import hold_waiting
from census.collection.services.resolving import resolve
from census.collection.services.taking_up import TakenUp, take_up

PAGE = 100
"""How many are taken up in one transaction."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """What became of a page: how many were tried, how many count now, and where to go on."""

    tried: int
    taken_up: int
    next: str | None = None


def replay(
    session: Session, actor: Actor, instance_id: str, *, sha256: bytes, at: datetime
) -> TakenUp:
    """Try one submission again."""
    submission = hold_waiting(session, actor, instance_id, sha256)
    why = submission.reason_code or ""
    (taken_up,) = take_up(session, [submission], at=at, by=actor)
    if taken_up.is_taken_up:
        resolve(session, actor, submission, Ruling.TAKEN_UP, why, at)
    return taken_up


def replay_page(
    session: Session,
    actor: Actor,
    wanted: Wanted,
    *,
    after: str | None,
    at: datetime,
    limit: int = PAGE,
) -> Replayed:
    """Try a page of what waits again, in the order of arrival; the actor's own work is left."""
    page = waiting_within(session, actor, wanted, after=id_of(after), limit=limit)
    shown = page[:limit]
    tried = [each for each in shown if each.sender_id != actor.id]
    reasons = {each.id: each.reason_code or "" for each in tried}
    taken_up = [each for each in take_up(session, tried, at=at, by=actor) if each.is_taken_up]
    for each in taken_up:
        resolve(session, actor, each.submission, Ruling.TAKEN_UP, reasons[each.submission.id], at)
    return Replayed(len(tried), len(taken_up), str(shown[-1].id) if len(page) > limit else None)


def retry_page(
    session: Session, reason: str, area: str, *, after: str | None, at: datetime, limit: int = PAGE
) -> Replayed:
    """Try again, on nobody's behalf, what waits in an area for a reason that may have passed."""
    page = waiting_for(session, reason, area, after=id_of(after), limit=limit)
    shown = page[:limit]
    counted = [each for each in take_up(session, shown, at=at) if each.is_taken_up]
    return Replayed(len(shown), len(counted), str(shown[-1].id) if len(page) > limit else None)
