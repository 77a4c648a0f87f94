"""Fills a scratch database of PostgreSQL with stored submissions, as after weeks in the field.

    export DATABASE_URL=postgresql+psycopg://…/scratch CENSUS_HOME=/tmp/scratch
    census db upgrade && census demo load --scale 1 --responses 0.001
    python -m benchmarks.scratch.stored_submissions --to 1000000

Every stored submission of the practice data serves as a pattern. Households without an answer get
two copies each, one that counts and one that it superseded, with receipts, answers, three persons,
findings and events, until so many are stored; cases and tallies follow. The copies cannot be
opened: what was sealed for one row does not open in another. Scratch databases only.
"""

from __future__ import annotations

import time

import click
from sqlalchemy import Connection, text

from census.app import connect
from census.core import db
from census.progress.services import recount_areas
from config.settings import Settings

AT_ONCE = 20_000
"""How many households are given their copies in one transaction."""

FILLED = (
    "collection_receipt",
    "collection_submission",
    "collection_response",
    "collection_person",
    "collection_finding",
    "collection_case",
    "core_event",
    "progress_tally",
)

CHOOSE = """
    CREATE TEMP TABLE copy ON COMMIT DROP AS
    SELECT c.province_code, c.household_id, c.ea_code, gen_random_uuid() AS id,
           'uuid:' || gen_random_uuid() AS instance_id,
           CASE n WHEN 1 THEN 'counting' ELSE 'superseded' END AS standing,
           (SELECT s.id FROM collection_submission s
             WHERE s.standing = 'counting' AND c.household_id > '' LIMIT 1) AS pattern
    FROM (SELECT * FROM collection_case
           WHERE disposition IS NULL AND province_code <> '99' AND household_id > :after
           ORDER BY household_id LIMIT :households) c
    CROSS JOIN generate_series(1, 2) AS n
"""

COPY = (
    """INSERT INTO collection_receipt
           (instance_id, sha256, province_code, submission_id, last_seen_at)
       SELECT instance_id, sha256(instance_id::bytea), province_code, id, now() FROM copy""",
    """UPDATE collection_case SET disposition = s.disposition, mode = s.mode, review = 'submitted',
           counting_submission_id = copy.id, responded_on = s.accepted_on, revision = 1,
           changed_at = now()
       FROM copy JOIN collection_submission s ON s.id = copy.pattern
       WHERE copy.standing = 'counting' AND collection_case.province_code = copy.province_code
         AND collection_case.household_id = copy.household_id""",
    """INSERT INTO core_event (id, at, actor_id, name, subject, area, details, number, hash)
       SELECT gen_random_uuid(), now(), NULL, 'submission.received', instance_id, ea_code, '{}',
              last.number + row_number() OVER (), sha256(instance_id::bytea)
       FROM copy, (SELECT coalesce(max(number), 0) AS number FROM core_event) AS last""",
)

CLONED = {
    "collection_submission": {
        "province_code": "copy.province_code",
        "id": "copy.id",
        "instance_id": "copy.instance_id",
        "sha256": "sha256(copy.instance_id::bytea)",
        "household_id": "copy.household_id",
        "ea_code": "copy.ea_code",
        "standing": "copy.standing",
    },
    "collection_response": {
        "province_code": "copy.province_code",
        "submission_id": "copy.id",
        "household_id": "copy.household_id",
    },
    "collection_person": {"province_code": "copy.province_code", "submission_id": "copy.id"},
    "collection_finding": {
        "province_code": "copy.province_code",
        "id": "gen_random_uuid()",
        "submission_id": "copy.id",
    },
}


@click.command()
@click.option("--to", "wanted", default=1_000_000, show_default=True, help="Submissions stored.")
def main(wanted: int) -> None:
    """Fill the database."""
    connect(Settings.from_environment())
    begun = time.perf_counter()
    with db.engine().begin() as connection:
        stored = connection.scalar(text("SELECT count(*) FROM collection_receipt")) or 0
    after = ""
    while stored < wanted:
        households = min(AT_ONCE, (wanted - stored + 1) // 2)
        with db.engine().begin() as connection:
            copied, after = _copy(connection, after, households)
        if not copied:
            raise click.ClickException("There are no more households without an answer.")
        stored += copied
        click.echo(f"\r{stored:,} stored", nl=False)
    _settle()
    click.echo(f"\n{time.perf_counter() - begun:.0f} s")


def _copy(connection: Connection, after: str, households: int) -> tuple[int, str]:
    """Give the next households their copies; how many copies there are, and the last household."""
    connection.execute(text(CHOOSE), {"after": after, "households": households})
    connection.execute(text("ANALYZE copy"))
    found = connection.execute(text("SELECT count(*), max(household_id) FROM copy")).one()
    for statement in COPY:
        connection.execute(text(statement))
    for table, own in CLONED.items():
        connection.execute(text(_cloning(table, own)))
    return int(found[0]), str(found[1] or after)


def _cloning(table: str, own: dict[str, str]) -> str:
    """The statement that copies the rows of each pattern, with what is the copy's own."""
    columns = [column.name for column in db.Base.metadata.tables[table].columns]
    values = ", ".join(own.get(column, f"pattern.{column}") for column in columns)
    key = "id" if table == "collection_submission" else "submission_id"
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "  # noqa: S608
        f"FROM copy JOIN {table} AS pattern ON pattern.{key} = copy.pattern"
    )


def _settle() -> None:
    """Let tallies and the planner know of it."""
    with db.transaction() as session:
        recount_areas(session, None)
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for table in FILLED:
            connection.execute(text(f"VACUUM ANALYZE {table}"))


if __name__ == "__main__":
    main()
