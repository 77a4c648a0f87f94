"""Writing many rows at once, on both engines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import DeclarativeBase, Session

from census.core.db import is_postgresql

Row = Mapping[str, Any]


def insert_rows(session: Session, model: type[DeclarativeBase], rows: Sequence[Row]) -> None:
    """Insert the rows in one statement."""
    if rows:
        session.execute(insert(_table(model)), list(rows))


def insert_new(session: Session, model: type[DeclarativeBase], rows: Sequence[Row]) -> set[Any]:
    """Insert the rows whose key is not there yet; returns the keys that were inserted.

    The key is the table's single primary key column. Where another transaction is inserting the
    same key, this one waits for it.
    """
    if not rows:
        return set()
    table = _table(model)
    (key,) = table.primary_key.columns
    if is_postgresql(session):
        written = postgresql.insert(table).on_conflict_do_nothing().returning(key)
        return set(session.scalars(written, list(rows)))
    embedded = sqlite.insert(table).on_conflict_do_nothing().returning(key)
    return set(session.scalars(embedded, list(rows)))


def _table(model: type[DeclarativeBase]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(f"{model.__name__} is not mapped to a table")
    return table


def refresh_statistics(session: Session, *models: type[DeclarativeBase]) -> None:
    """Let the planner know how much these tables hold; after a bulk load it guesses for a while.

    Only tables that were just filled are named: what is found empty is taken to stay empty.
    """
    for model in models:
        session.execute(text(f"ANALYZE {_table(model).name}"))
