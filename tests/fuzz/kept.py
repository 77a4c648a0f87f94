"""What the database holds of what was sent: no more and no less than was told."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from sqlalchemy import select

from census.collection.models import Submission
from census.collection.services.keeping import unseal_raw
from census.core import db

Named = tuple[str, bytes]
"""An instance id, and bytes that came under it."""


class Kept:
    """The submissions that are stored, as far as they were looked at."""

    def __init__(self) -> None:
        """Begin with all that is there."""
        self._known: set[tuple[str, bytes]] = set()
        self.new()

    def new(self) -> list[Named]:
        """What was stored since the last look, with its bytes as they can be read again."""
        with db.reading() as session:
            rows = session.execute(select(Submission.instance_id, Submission.sha256))
            keys = {(row.instance_id, row.sha256) for row in rows}
            fresh = keys - self._known
            found = [
                (row.instance_id, unseal_raw(row.raw_sealed, row.id))
                for row in session.scalars(
                    select(Submission).where(Submission.sha256.in_([sha for _id, sha in fresh]))
                )
                if (row.instance_id, row.sha256) in fresh
            ]
        self._known = keys
        return found

    def unknown_of(self, sent: Iterable[Named]) -> set[Named]:
        """Those of these that are not stored yet."""
        return {
            (name, data)
            for name, data in sent
            if (name, hashlib.sha256(data).digest()) not in self._known
        }
