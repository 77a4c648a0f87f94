"""Marks: how far an export saw, so that the next one brings only what changed since.

A mark is the number of the last event in the snapshot, and a seal over that event's hash and the
scope of the export. Numbers are given in commit order, so nothing that was committed later hides
below a mark. The seal shows that a mark comes from this very history and this very scope, not from
another census, or from this one before an older copy of it was restored.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.exporting.errors import MarkUnknown
from census.collection.exporting.order import Order
from census.core.events import GENESIS, Event, last_link

SEAL_DIGITS = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """The number of the last event an export saw, and the seal that proves it."""

    number: int
    seal: str

    def __str__(self) -> str:
        """The mark as people hand it on: `48211-9f86d081884c7d65`."""
        return f"{self.number}-{self.seal}"


def mark_of_now(session: Session, order: Order) -> Mark:
    """The mark of what this session sees."""
    number, link = last_link(session)
    return Mark(number, _seal(link, order))


def number_of(session: Session, order: Order) -> int | None:
    """The event number the order goes on from, none where it wants everything.

    Refuses a mark that this census did not give for this scope.
    """
    if order.since is None:
        return None
    digits, _, seal = order.since.partition("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < SEAL_DIGITS):
        raise MarkUnknown(mark=order.since)
    number = int(digits)
    link = _link_at(session, number)
    if link is None or seal != _seal(link, order):
        raise MarkUnknown(mark=order.since)
    return number


def _link_at(session: Session, number: int) -> bytes | None:
    if number == 0:
        return GENESIS
    return session.scalar(select(Event.hash).where(Event.number == number))


def _seal(link: bytes, order: Order) -> str:
    scope = json.dumps(order.scope, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(link + scope.encode()).hexdigest()[:SEAL_DIGITS]
