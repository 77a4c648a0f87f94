"""Acknowledges a repeat from what it reads, and writes nothing: its commit has nothing to wait for.

What another transaction wrote may then be on this server alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.arrivals import Arrival
from census.collection.models import Receipt
from census.collection.services import receiving


def plant() -> None:
    """Neither hold the receipts nor note that they were seen again."""
    receiving.lock_receipts = _read_receipts


def _read_receipts(
    session: Session, repeats: Sequence[Arrival], *, at: datetime
) -> dict[str, bytes]:
    ids = {arrival.instance_id for arrival in repeats}
    receipts = session.scalars(select(Receipt).where(Receipt.instance_id.in_(ids)))
    return {receipt.instance_id: receipt.sha256 for receipt in receipts}
