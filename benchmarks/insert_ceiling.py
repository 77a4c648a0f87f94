"""How many households a second PostgreSQL itself takes, when it is handed finished rows.

    export DATABASE_URL=postgresql+psycopg://…/scratch CENSUS_HOME=/tmp/scratch
    python -m benchmarks.insert_ceiling

The rows of stored submissions are read, with their receipts, answers, persons, findings and events,
and written again under new ids into empty tables of the same make, indexes and constraints
included: by COPY, fifty households to a durable commit, over several connections. Nothing is
parsed, judged, sealed, locked or counted. What the system takes in is to be seen against this. The
extra tables are taken away afterwards.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import click
from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from census.app import connect
from census.collection.answers import Person, Response
from census.collection.models import Finding, Receipt, Submission
from census.core import db
from census.core.bulk import insert_rows
from census.core.db import Base
from census.core.events import Event
from config.settings import Settings

BATCH = 50
KEY_OF = {
    Receipt: "submission_id",
    Submission: "id",
    Response: "submission_id",
    Person: "submission_id",
    Finding: "submission_id",
}

Rows = dict[type[Base], list[dict[str, Any]]]


@click.command()
@click.option("--households", default=20_000, show_default=True)
@click.option("--connections", default=4, show_default=True)
def main(households: int, connections: int) -> None:
    """Measure the ceiling."""
    connect(Settings.from_environment())
    with db.reading() as session:
        patterns = list(_patterns(session))
    if not patterns:
        raise click.ClickException("Nothing is stored: `census demo load` comes first.")
    batches = [_fresh(patterns[place % len(patterns)]) for place in range(households // BATCH)]
    with db.engine().begin() as connection:
        _clone_tables(connection)
    try:
        begun = time.perf_counter()
        with ThreadPoolExecutor(connections) as pool:
            list(pool.map(_write, batches))
        elapsed = time.perf_counter() - begun
    finally:
        with db.engine().begin() as connection:
            connection.execute(text("DROP SCHEMA ceiling CASCADE"))
    written = len(batches) * BATCH
    click.echo(
        f"COPY of finished rows, {connections} connections: {written:,} households "
        f"in {elapsed:.1f} s: {written / elapsed:,.0f} households/s"
    )


def _patterns(session: Session, most: int = 40) -> Iterator[Rows]:
    """The rows of stored submissions, fifty at a time."""
    ids = session.scalars(
        select(Submission.id).where(Submission.answered_items.is_not(None)).limit(most * BATCH)
    ).all()
    for first in range(0, len(ids) - BATCH + 1, BATCH):
        some = ids[first : first + BATCH]
        rows: Rows = {
            model: _rows(session.execute(select(model.__table__).where(_key(model).in_(some))))
            for model in KEY_OF
        }
        events = select(Event.__table__).where(Event.name == "submission.received").limit(BATCH)
        rows[Event] = _rows(session.execute(events))
        yield rows


def _key(model: type[Base]) -> Any:
    return model.__table__.c[KEY_OF[model]]


def _rows(found: Any) -> list[dict[str, Any]]:
    return [dict(row._mapping) for row in found]


def _fresh(pattern: Rows) -> Rows:
    """The same rows under new ids, as other submissions would have them."""
    new_ids = {row["id"]: uuid4() for row in pattern[Submission]}
    fresh: Rows = {}
    for model, rows in pattern.items():
        copies = [dict(row) for row in rows]
        for copy in copies:
            if model in KEY_OF:
                copy[KEY_OF[model]] = new_ids[copy[KEY_OF[model]]]
            if model in (Finding, Event):
                copy["id"] = uuid4()
            if "instance_id" in copy:
                own = copy.get("submission_id", copy.get("id"))
                copy["instance_id"] = f"uuid:{own}"
            if model is Event:
                copy["number"] = copy["hash"] = None
        fresh[model] = copies
    return fresh


def _clone_tables(connection: Connection) -> None:
    connection.execute(text("DROP SCHEMA IF EXISTS ceiling CASCADE"))
    connection.execute(text("CREATE SCHEMA ceiling"))
    for model in (*KEY_OF, Event):
        name = model.__tablename__
        connection.execute(text(f"CREATE TABLE ceiling.{name} (LIKE public.{name} INCLUDING ALL)"))


def _write(rows: Rows) -> None:
    with db.transaction() as session:
        session.execute(text("SET LOCAL search_path TO ceiling, public"))
        for model, own in rows.items():
            insert_rows(session, model, own)


if __name__ == "__main__":
    main()
