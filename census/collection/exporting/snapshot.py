"""One look at the database for all files, shared by several connections where that helps.

On PostgreSQL each file is read over a connection of its own that looks at the same moment: the
server sorts one file while this process writes another. SQLite reads one after another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import ClauseElement, text
from sqlalchemy.orm import Session

from census.core import db

READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
SETTINGS = (
    "SET LOCAL jit = off",
    "SET LOCAL enable_hashjoin = off",
    "SET LOCAL max_parallel_workers_per_gather = 0",
    "SET LOCAL work_mem = '64MB'",
)
"""Rows are wanted in the order of their keys: joined by merging, they come so, one by one, and need
not be sorted; after a hash join all of them would be. Compiling costs more than it saves."""


class Snapshot:
    """What a session sees, to be read over other connections too."""

    def __init__(self, session: Session) -> None:
        """Share what this session sees, as long as it stays open."""
        self.session = session
        self.on_postgresql = db.is_postgresql(session)
        self._id = (
            session.scalar(text("SELECT pg_export_snapshot()")) if self.on_postgresql else None
        )

    @contextmanager
    def connection(self) -> Iterator[Any]:
        """A connection of the driver that sees the same; safe in another thread on PostgreSQL."""
        if not self.on_postgresql:
            yield self.session.connection().connection.driver_connection
            return
        with db.engine().connect() as connection, connection.begin():
            driver = connection.connection.driver_connection
            if driver is None:
                raise RuntimeError("the connection is closed")
            driver.execute(READ_ONLY)
            driver.execute(f"SET TRANSACTION SNAPSHOT '{self._id}'")
            for setting in SETTINGS:
                driver.execute(setting)
            yield driver

    def written(self, statement: ClauseElement) -> str:
        """The statement with its values in it: a COPY takes no parameters."""
        compiled = statement.compile(
            dialect=self.session.get_bind().dialect, compile_kwargs={"literal_binds": True}
        )
        return str(compiled)
