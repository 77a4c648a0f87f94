"""The database: one model on two engines, and one transaction per use case.

PostgreSQL with PostGIS serves production; SQLite is the embedded default. Durability is the same on
both: an acknowledged commit survives the loss of power.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, ClassVar
from uuid import UUID

import uuid_utils.compat
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    DateTime,
    Dialect,
    Engine,
    LargeBinary,
    MetaData,
    String,
    Uuid,
    create_engine,
    event,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from sqlalchemy.types import TypeDecorator

from census.core.errors import Unavailable

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that a migration can speak of it on both engines."""

SQLITE_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "busy_timeout = 15000",
    "trusted_schema = OFF",
)

POSTGRESQL_OPTIONS = "-c timezone=UTC -c synchronous_commit=on -c lock_timeout=10s"

IDLE_S = 1.0
"""After how long a connection of the pool is tried before it is used again."""

Hook = Callable[[Session], None]


class UtcMoment(TypeDecorator[datetime]):
    """A moment with a time zone, kept in UTC on both engines."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        moment: datetime = value
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class Base(DeclarativeBase):
    """The base of every table; names and types are the same on both engines."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UtcMoment(),
        int: BigInteger(),
        str: String(),
        bytes: LargeBinary(),
        UUID: Uuid(),
        dict[str, Any]: JSON().with_variant(JSONB(), "postgresql"),
        list[str]: JSON().with_variant(JSONB(), "postgresql"),
    }


def new_id() -> UUID:
    """A fresh UUIDv7: made by the application, in the order of time."""
    return uuid_utils.compat.uuid7()


class _Database:
    """The connection of this process; `connect` fills it, once per process or test."""

    engine: Engine | None = None
    before_commit: list[Hook] = []  # noqa: RUF012
    after_commit: list[Hook] = []  # noqa: RUF012


def connect(database_url: str) -> Engine:
    """Use this database from now on, with settings that do not trade durability."""
    disconnect()
    _Database.engine = _create_engine(database_url)
    return _Database.engine


def disconnect() -> None:
    """Close every connection to the database in use."""
    if _Database.engine is not None:
        _Database.engine.dispose()
        _Database.engine = None


def engine() -> Engine:
    """The engine in use."""
    if _Database.engine is None:
        raise RuntimeError("db.connect() has not been called")
    return _Database.engine


def before_commit(hook: Hook) -> None:
    """Run the hook in every transaction of this process, just before it commits."""
    if hook not in _Database.before_commit:
        _Database.before_commit.append(hook)


def after_commit(hook: Hook) -> None:
    """Run the hook after every transaction of this process that did commit."""
    if hook not in _Database.after_commit:
        _Database.after_commit.append(hook)


@contextmanager
def transaction() -> Iterator[Session]:
    """One use case: all of it is kept, or none.

    Only views, jobs and commands open one. What follows at once from the events recorded in it is
    done before the commit; what is owed afterwards is rung for after it.
    """
    with Session(engine(), expire_on_commit=False) as session:
        yield session
        session.flush()
        for hook in _Database.before_commit:
            hook(session)
        session.commit()
        for hook in _Database.after_commit:
            hook(session)


@contextmanager
def reading() -> Iterator[Session]:
    """A consistent look at the database that cannot write and never makes a writer wait."""
    with Session(engine(), autoflush=False) as session:
        options: dict[str, Any] = {"census_reading": True}
        if is_postgresql(session):
            options |= {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        session.connection(execution_options=options)
        yield session


@contextmanager
def glance() -> Iterator[Connection]:
    """The place for one statement that reads, and nothing else: no transaction around it.

    PostgreSQL answers it in one exchange instead of three, which counts where every request asks.
    """
    with engine().connect() as connection:
        options: dict[str, Any] = {"census_reading": True}
        if connection.dialect.name == "postgresql":
            options["isolation_level"] = "AUTOCOMMIT"
        yield connection.execution_options(**options)


def is_postgresql(session: Session) -> bool:
    """Whether the session speaks to PostgreSQL (otherwise: SQLite)."""
    return session.get_bind().dialect.name == "postgresql"


def _create_engine(database_url: str) -> Engine:
    if database_url.startswith("postgresql"):
        created = create_engine(
            database_url,
            pool_size=10,
            max_overflow=10,
            pool_timeout=10,
            # The connection used last has its statements prepared and its caches warm.
            pool_use_lifo=True,
            hide_parameters=True,
            connect_args={"options": POSTGRESQL_OPTIONS, "connect_timeout": 5},
        )
        event.listen(created, "checkin", _note_use)
        event.listen(created, "checkout", _refuse_broken)
        return created
    if database_url.startswith("sqlite"):
        created = create_engine(database_url, hide_parameters=True)
        event.listen(created, "connect", _harden_sqlite)
        event.listen(created, "begin", _begin_sqlite)
        return created
    raise Unavailable(reason="DATABASE_URL")


def _note_use(_connection: DBAPIConnection | None, entry: ConnectionPoolEntry) -> None:
    entry.info["used_at"] = time.monotonic()


def _refuse_broken(
    connection: DBAPIConnection, entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection
) -> None:
    """Try a connection that was idle before it is used; a busy one shows by itself that it is."""
    if time.monotonic() - entry.info.get("used_at", 0.0) < IDLE_S:
        return
    try:
        with connection.cursor() as cursor:  # type: ignore[attr-defined]
            cursor.execute("SELECT 1")
        connection.rollback()
    except Exception as error:
        raise DisconnectionError from error


def _harden_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    # The driver must not begin transactions by itself: it would begin them deferred, and lose
    # updates between a read and the write that follows it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    is_reading = connection.get_execution_options().get("census_reading", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
