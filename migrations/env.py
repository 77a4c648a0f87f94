"""Runs migrations: generated on PostgreSQL, run on PostgreSQL and SQLite alike."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy import Connection, create_engine, event

from census.core.codes import CodeColumn
from census.core.db import SQLITE_PRAGMAS, Base, UtcMoment
from census.core.geo import Geom
from census.schema import import_every_model

import_every_model()

# PostGIS brings tables of its own.
FOREIGN_TABLES = {"spatial_ref_sys"}


def include_object(item: Any, name: str, kind: str, _reflected: bool, _compared: Any) -> bool:
    """Leave out what is not ours, and what belongs to the other engine only."""
    if kind == "table" and name in FOREIGN_TABLES:
        return False
    only = getattr(item, "info", {}).get("only") if kind == "index" else None
    dialect = context.get_context().dialect.name
    return not (only and only != dialect)


def render_item(kind: str, item: Any, autogenerate: Any) -> str | bool:
    """Write our own column types by what they are in the database."""
    if kind == "type" and isinstance(item, Geom):
        autogenerate.imports.add("from census.core.geo import Geom")
        return f"Geom({item.geometry_type!r})"
    if kind == "type" and isinstance(item, UtcMoment):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, CodeColumn):
        return "sa.String()"
    return False


def run(connection: Connection) -> None:
    """Run the migrations, each in a transaction of its own."""
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        transaction_per_migration=True,
        include_object=include_object,
        render_item=render_item,
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


def harden(connection: Any, _entry: Any) -> None:
    """SQLite: the durability of the running system, and transactions begun by us alone."""
    connection.isolation_level = None
    for pragma in SQLITE_PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def main() -> None:
    """Connect to the database that is to be migrated."""
    url = context.config.attributes["database_url"]
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", harden)
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    with engine.connect() as connection:
        run(connection)
    engine.dispose()


main()
