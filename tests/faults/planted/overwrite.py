"""Lets the last one win: other bytes under a received id take the place of the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from census.collection.arrivals import Arrival
from census.collection.models import Receipt, Submission
from census.collection.services import receiving
from census.collection.services.keeping import seal_raw


def plant() -> None:
    """Overwrite instead of keeping both."""
    receiving.keep_variants = _overwrite


def _overwrite(session: Session, variants: Sequence[Arrival], *, at: datetime) -> None:
    for arrival in variants:
        receipt = session.get_one(Receipt, arrival.instance_id)
        session.execute(
            update(Submission)
            .where(Submission.instance_id == arrival.instance_id)
            .values(
                sha256=arrival.sha256,
                raw_sealed=seal_raw(arrival.incoming.data, receipt.submission_id),
                received_at=at,
            )
        )
        receipt.sha256 = arrival.sha256
