"""Giving an enumerator an area to train in: nobody else's, and its records count nowhere."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.assignment.models import Lease
from census.assignment.services import lease_area
from census.frame.models import EnumerationArea
from census.frame.services import add_practice_area


def give_practice_area(session: Session, enumerator_id: UUID, *, at: datetime) -> None:
    """Let an enumerator hold a practice area of their own, unless they hold one already."""
    held = (
        select(Lease.id)
        .join(EnumerationArea, EnumerationArea.code == Lease.ea_code)
        .where(
            Lease.enumerator_id == enumerator_id,
            Lease.ended_at.is_(None),
            EnumerationArea.is_practice,
        )
    )
    if session.scalar(held.limit(1)) is None:
        area = add_practice_area(session, at=at)
        lease_area(session, None, area.code, enumerator_id=enumerator_id, at=at)
