"""The staging tables of an import: temporary, filled in chunks, checked in whole sets.

PostgreSQL fills them with COPY, SQLite with prepared inserts. They live inside the transaction of
the import, so nothing remains of a file that is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    FromClause,
    MetaData,
    Table,
    Text,
    cast,
    exists,
    func,
    insert,
    literal,
    select,
    text,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable
from sqlalchemy.types import UserDefinedType

from census.core.db import is_postgresql
from census.core.geo import WGS84
from census.frame.imports.faults import RowFault
from census.frame.imports.reasons import DIFFERS, DUPLICATE, REASONS, WARNINGS, Reason

CHUNK = 10_000
IMPORT_LOCK = 0x5A4D_4E49
"""The advisory lock that lets one import at a time into the frame."""

POINT, LITTLE_ENDIAN, HAS_SRID = 1, 1, 0x2000_0000

_METADATA = MetaData()


class StagedGeometry(UserDefinedType[Any]):
    """A geometry on its way: bytes as the engine stores them, never turned into an object."""

    cache_ok = True

    def get_col_spec(self, **_: Any) -> str:
        """PostGIS's own type; every other engine keeps the bytes."""
        return "geometry"


@compiles(StagedGeometry, "sqlite")
def _as_bytes(*_: Any, **__: Any) -> str:
    return "BLOB"


def staged_table(name: str, *columns: Column[Any]) -> Table:
    """A temporary table for the rows of one kind of file, each with its line."""
    return Table(
        f"import_staged_{name}",
        _METADATA,
        Column("line", BigInteger, nullable=False),
        *columns,
        prefixes=["TEMPORARY"],
        postgresql_on_commit="DROP",
    )


FAULTS = Table(
    "import_fault",
    _METADATA,
    Column("line", BigInteger, nullable=False),
    Column("column", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("fact", Text, nullable=False),
    prefixes=["TEMPORARY"],
    postgresql_on_commit="DROP",
)


class Staging:
    """The staged rows of one file, and what was found to be wrong with them."""

    def __init__(self, session: Session, rows: Table) -> None:
        """Make the empty tables; nothing in the database proper is touched yet."""
        self.session = session
        self.rows = rows
        self.is_postgresql = is_postgresql(session)
        self.loaded = 0
        self._noted: list[RowFault] = []
        if not self.is_postgresql and not session.in_transaction():
            # Temporary tables need no lock: others may write while a long file is being read.
            session.connection(execution_options={"census_reading": True})
        self.drop()
        for table in (rows, FAULTS):
            session.execute(CreateTable(table))

    def note(self, fault: RowFault) -> None:
        """Remember that a value is wrong."""
        self._noted.append(fault)
        if len(self._noted) >= CHUNK:
            self.write_noted()

    def load(self, rows: Iterable[tuple[Any, ...]]) -> None:
        """Take in the rows, a chunk at a time, and what was noted about them."""
        remaining = iter(rows)
        while chunk := list(islice(remaining, CHUNK)):
            self._write(self.rows, chunk)
            self.loaded += len(chunk)
            self.write_noted()
        self.write_noted()

    def lock(self) -> bool:
        """Take the right to write the frame; false when another import has it."""
        if self.is_postgresql:
            for table in (self.rows, FAULTS):
                self.session.execute(text(f"ANALYZE {table.name}"))
            taken = self.session.scalar(select(func.pg_try_advisory_xact_lock(IMPORT_LOCK)))
            return bool(taken)
        # A write that changes nothing: from here on the transaction is SQLite's only writer.
        self.session.execute(text("DELETE FROM frame_import WHERE 1 = 0"))
        return True

    def note_rows(
        self,
        reason: Reason,
        column: str,
        where: ColumnElement[bool],
        *,
        value: ColumnElement[Any] | None = None,
        source: FromClause | None = None,
        fact: ColumnElement[str] | None = None,
    ) -> None:
        """Note every staged row that fits the condition, in one statement."""
        shown = self.rows.c[column] if value is None else value
        found = (
            select(
                self.rows.c.line,
                literal(column),
                func.coalesce(cast(shown, Text), ""),
                literal(reason.code),
                literal("") if fact is None else fact,
            )
            .select_from(self.rows if source is None else source)
            .where(where)
        )
        self.session.execute(insert(FAULTS).from_select(list(FAULTS.c), found))

    def note_duplicates(
        self, key: str, *, column: str | None = None, value: ColumnElement[Any] | None = None
    ) -> None:
        """Note every row whose key came in an earlier row of the same file."""
        keys = self.rows.c[key]
        first = (
            select(self.rows.c.line, func.min(self.rows.c.line).over(partition_by=keys).label("at"))
            .where(keys.is_not(None))
            .subquery()
        )
        self.note_rows(
            DUPLICATE,
            column or key,
            self.rows.c.line > first.c.at,
            value=keys if value is None else value,
            source=self.rows.join(first, first.c.line == self.rows.c.line),
            fact=cast(first.c.at, Text),
        )

    def note_differences(
        self,
        matched: FromClause,
        stored: Mapping[str, ColumnElement[Any]],
        *,
        hidden: str | None = None,
    ) -> None:
        """Note each value that is not the stored one, where staged rows are matched to stored."""
        if not self.session.scalar(select(exists(select(1).select_from(matched)))):
            return
        for column, value in stored.items():
            staged = self.rows.c[column]
            already = exists().where(FAULTS.c.line == self.rows.c.line, FAULTS.c.column == column)
            is_hidden = column == hidden
            self.note_rows(
                DIFFERS,
                column,
                staged.is_distinct_from(value) & ~already,
                value=literal("") if is_hidden else staged,
                source=matched,
            )

    def errors(self) -> int:
        """How many faults refuse the file."""
        return self._count(FAULTS.c.reason.not_in(WARNINGS))

    def warnings(self) -> int:
        """How many faults are only worth a second look."""
        return self._count(FAULTS.c.reason.in_(WARNINGS))

    def faults(self, *, limit: int | None = None) -> Iterator[RowFault]:
        """What is wrong, in the order of the file, without holding it all in memory."""
        found = select(FAULTS).order_by(FAULTS.c.line, FAULTS.c.column, FAULTS.c.reason)
        rows = self.session.execute(found.limit(limit), execution_options={"yield_per": 1_000})
        for line, column, value, reason, fact in rows:
            yield RowFault(line, column, value, REASONS[reason], fact)

    def drop(self) -> None:
        """Take the tables away, if they are there."""
        # Named in full: looking for them anywhere else would already read the database proper.
        schema = "pg_temp" if self.is_postgresql else "temp"
        for table in (self.rows, FAULTS):
            self.session.execute(text(f"DROP TABLE IF EXISTS {schema}.{table.name}"))

    def _count(self, condition: ColumnElement[bool]) -> int:
        return self.session.scalar(select(func.count()).where(condition)) or 0

    def write_noted(self) -> None:
        """Put what was noted beside the staged rows."""
        if self._noted:
            self._write(
                FAULTS,
                [(f.line, f.column, f.value, f.reason.code, f.fact) for f in self._noted],
            )
            self._noted.clear()

    def _write(self, table: Table, rows: Sequence[tuple[Any, ...]]) -> None:
        connection = self.session.connection()
        if self.is_postgresql:
            cursor = connection.connection.cursor()
            with cursor.copy(f"COPY {table.name} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join("?" * len(table.c))
            connection.exec_driver_sql(
                f"INSERT INTO {table.name} VALUES ({places})",  # noqa: S608 - our own table
                list(rows),
            )


def point_for(*, postgresql: bool, latitude: float, longitude: float) -> str | bytes:
    """A point as the engine stores it: extended well-known binary, or the plain one."""
    if postgresql:
        packed = struct.pack("<BIIdd", LITTLE_ENDIAN, POINT | HAS_SRID, WGS84, longitude, latitude)
        return packed.hex()
    return struct.pack("<BIdd", LITTLE_ENDIAN, POINT, longitude, latitude)
