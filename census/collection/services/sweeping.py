"""Keeping the file store and its rows in step: files without a row go, missing files are told."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from census.collection.attached import Attachment
from census.core import files as store
from census.core.events import record

logger = logging.getLogger(__name__)

GRACE = timedelta(hours=1)
"""So long a file may wait for its row: no transaction lasts that long."""

FEW = 20
"""So many orphans are nothing strange, however few files there are."""


PAGE = 1_000
"""So many ids at a time as a statement takes on both engines."""


@dataclass(slots=True)
class Stocktaking:
    """What is where it should be in the file store, and what is not."""

    kept: int = 0
    """Files with a row."""
    orphans: list[str] = field(default_factory=list)
    """Files without a row that have been there for longer than they may."""
    missing: list[UUID] = field(default_factory=list)
    """Attachments whose file is gone."""
    returned: list[UUID] = field(default_factory=list)
    """Attachments whose file was missing and is there again."""

    @property
    def is_strange(self) -> bool:
        """Whether most files have no row: then the database may be that of another census."""
        return len(self.orphans) > max(FEW, self.kept)


def take_stock(session: Session, *, at: datetime) -> Stocktaking:
    """Compare the store with the rows, a part of it at a time. Changes nothing.

    The rows are read before the directory: of what is committed meanwhile nothing is missed.
    """
    stock = Stocktaking()
    for shard in store.SHARDS:
        rows = {row.file: row for row in _rows_in(session, shard)}
        there = {each.name: each.written_at for each in store.in_shard(shard)}
        stock.kept += len(rows.keys() & there.keys())
        stock.orphans += [
            name for name, since in there.items() if name not in rows and at - since > GRACE
        ]
        for name, row in rows.items():
            if name not in there:
                stock.missing.append(row.id)
            elif row.missing_since is not None:
                stock.returned.append(row.id)
    return stock


def remove_orphans(stock: Stocktaking) -> int:
    """Delete the files without a row; how many there were."""
    for name in stock.orphans:
        store.delete(name)
    if stock.orphans:
        logger.info("%d files without a row were removed", len(stock.orphans))
    return len(stock.orphans)


def remove_orphans_unless_strange(stock: Stocktaking) -> int:
    """Delete them, but not where most files have no row: a person has to look at that first."""
    if not stock.is_strange:
        return remove_orphans(stock)
    logger.error("%d files have no row, %d have: none is removed", len(stock.orphans), stock.kept)
    return 0


def note_missing(session: Session, stock: Stocktaking, *, at: datetime) -> list[UUID]:
    """Note which files are gone, each once as an event, and which are there again.

    Gives those that were not known to be gone.
    """
    for page in _batched(stock.returned):
        session.execute(
            update(Attachment).where(Attachment.id.in_(page)).values(missing_since=None)
        )
    newly = [row for page in _batched(stock.missing) for row in _not_known_missing(session, page)]
    for row in newly:
        row.missing_since = at
        details = {"attachment": row.id.hex}
        record(session, None, "attachment.missing", row.owner_id, at=at, details=details)
        logger.error("the file of attachment %s is missing", row.id.hex)
    session.flush()
    return [row.id for row in newly]


def _batched(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    for start in range(0, len(ids), PAGE):
        yield ids[start : start + PAGE]


def _not_known_missing(session: Session, ids: Sequence[UUID]) -> Sequence[Attachment]:
    return session.scalars(
        select(Attachment)
        .where(Attachment.id.in_(ids), Attachment.missing_since.is_(None))
        .order_by(Attachment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _rows_in(session: Session, shard: str) -> Sequence[Row[UUID, str, datetime | None]]:
    return session.execute(
        select(Attachment.id, Attachment.file, Attachment.missing_since).where(
            Attachment.file >= shard, Attachment.file < f"{shard}g"
        )
    ).all()
