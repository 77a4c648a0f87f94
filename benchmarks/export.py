"""How many households a second are exported, and in how much memory.

Run it on an empty database of its own; it brings the schema, makes invented answers there, and
leaves them:

    DATABASE_URL=postgresql+psycopg://…/scratch CENSUS_HOME=/tmp/scratch \
        python -m benchmarks.export --households 200000

Without DATABASE_URL it runs on SQLite in CENSUS_HOME. Every household has three persons, every
fifth a finding, every fourth a visit; areas are worked side by side, so that answers lie in another
order than households. Each export runs in a process of its own: from the opened snapshot to the
published folder, durable. For each: wall time, households a second, processor time and highest
resident memory of that process, and the load of the machine in the last minute. The promise is
50,000 households a second, and memory that does not grow with the census.
"""

from __future__ import annotations

import json
import os
import resource
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import click
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from census.collection.answers import Person, Response
from census.collection.codelists import (
    Disposition,
    FieldActionType,
    Mode,
    Outcome,
    Review,
    Severity,
    Standing,
)
from census.collection.exporting.folders import destination
from census.collection.exporting.marks import Mark, _seal
from census.collection.exporting.order import Format, Order, Which
from census.collection.exporting.running import write_answers
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS, Item, Kind
from census.collection.models import Case, FieldAction, FieldArea, Finding, Submission
from census.commands.connecting import connected
from census.core import db, migrations
from census.core.bulk import insert_rows
from census.core.clock import utcnow
from census.core.events import GENESIS
from census.frame.codelists import Level, Origin
from census.frame.models import Area, EnumerationArea, Household
from config.settings import Settings

HOUSEHOLDS_OF_AREA = 200
PERSONS = 3
RAW_BYTES = 1_700
"""About what an instance with three persons takes, compressed and sealed."""
SEALED_BYTES = 48
PROMISED = 50_000
FIRST_EA = "22001000000"

_UUID = {
    True: "CAST('0190' || lpad(to_hex({number}), 28, '0') AS uuid)",
    False: "'0190' || printf('%028x', {number})",
}
_EA = {
    True: "'22001' || lpad(CAST(k AS text), 6, '0')",
    False: "'22001' || printf('%06d', k)",
}


@click.command()
@click.option("--households", default=200_000, show_default=True, help="How many to make.")
@click.option("--measure", hidden=True, help="Run this one export and say what it took.")
def main(households: int, measure: str | None) -> None:
    """Make the answers, then measure each way of exporting them."""
    if measure:
        click.echo(json.dumps(measured(measure)))
        return
    settings = Settings.from_environment()
    migrations.upgrade(settings.database_url)
    connected()
    with db.reading() as session:
        if session.scalar(select(func.count()).select_from(Case)):
            sys.exit("There are households in this database already: run on an empty one.")
        engine = "PostgreSQL" if db.is_postgresql(session) else "SQLite"
    areas = max(1, households // HOUSEHOLDS_OF_AREA)
    with db.transaction() as session:
        fill(session, areas)
    _analyse()
    click.echo(f"{engine}, {areas * HOUSEHOLDS_OF_AREA:,} households of {PERSONS} persons")
    for what in ("parquet", "csv", "parquet all", "delta"):
        if what == "delta":
            _change_one_in_a_hundred()
        _tell(what, _run(what))


def measured(what: str) -> dict[str, Any]:
    """Run one export in this process: seconds, rows, processor seconds, bytes, peak memory."""
    connected()
    format_ = Format.CSV if what == "csv" else Format.PARQUET
    order = Order(format_, which=Which.ALL if what.endswith("all") else Which.COUNTING)
    if what == "delta":
        order = replace(order, since=str(Mark(0, _seal(GENESIS, order))))
    folder = Path(tempfile.mkdtemp(dir=os.environ.get("TMPDIR"))) / "export"
    before = _peak_mb()
    begun, worked = time.perf_counter(), time.process_time()
    with destination(folder) as where:
        with db.reading() as session:
            exported = write_answers(session, order, where.making, at=utcnow())
        where.publish()
    taken = time.perf_counter() - begun
    shutil.rmtree(folder.parent)
    return {
        "seconds": taken,
        "households": exported.rows["cases"],
        "processor": time.process_time() - worked,
        "bytes": sum(file.bytes for file in exported.files),
        "before_mb": before,
        "peak_mb": _peak_mb(),
    }


def fill(session: Session, areas: int) -> None:
    """Make one enumeration area with answers, and copies of it until there are enough."""
    _add_first_area(session)
    if areas > 1:
        _copy_first_area(session, areas, on_postgresql=db.is_postgresql(session))


def _run(what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.export", "--measure", what]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _tell(what: str, found: dict[str, Any]) -> None:
    rate = found["households"] / found["seconds"]
    promise = "" if what == "delta" else ("  kept" if rate >= PROMISED else "  NOT KEPT")
    click.echo(
        f"{what:12} {found['seconds']:6.2f} s {rate:9,.0f} households/s{promise}"
        f"  processor {found['processor']:.2f} s  {found['bytes'] / 1e6:,.0f} MB"
        f"  memory {found['before_mb']:.0f} MB, at most {found['peak_mb']:.0f} MB"
        f"  load {os.getloadavg()[0]:.1f}"
    )


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _analyse() -> None:
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        is_postgresql = connection.dialect.name == "postgresql"
        connection.execute(text("VACUUM ANALYZE" if is_postgresql else "ANALYZE"))


def _change_one_in_a_hundred() -> None:
    """Record an event for every hundredth response, as if it had just come."""
    with db.transaction() as session:
        session.execute(
            text(
                "INSERT INTO core_event (id, at, name, subject, area, details)"
                " SELECT id, received_at, 'submission.received', instance_id, ea_code, '{}'"
                " FROM collection_submission"
                " WHERE substr(household_id, 15, 2) = '01'"
            )
        )


def _add_first_area(session: Session) -> None:
    at = utcnow()
    area = {"province_code": "20", "district_code": "2001"}
    for code, level, parent in (
        ("TH", Level.COUNTRY, None),
        ("20", Level.PROVINCE, "TH"),
        ("2001", Level.DISTRICT, "20"),
        ("200100", Level.SUBDISTRICT, "2001"),
    ):
        own = area if level > Level.COUNTRY else {}
        session.add(
            Area(code=code, level=level, parent_code=parent, name_th=code, name_en=code, **own)
        )
        session.flush()
    session.add(
        EnumerationArea(code=FIRST_EA, subdistrict_code="200100", zone=1, name=FIRST_EA, **area)
    )
    session.flush()
    session.add(FieldArea(ea_code=FIRST_EA, province_code="20"))
    serials = range(HOUSEHOLDS_OF_AREA)
    ids = {serial: db.new_id() for serial in serials}
    place = {"province_code": "20", "ea_code": FIRST_EA}

    def household(serial: int) -> str:
        return f"{FIRST_EA}-{serial + 1:04d}"

    insert_rows(
        session,
        Household,
        [
            {**place, "id": household(serial), "address": "1", "origin": Origin.FRAME}
            for serial in serials
        ],
    )
    insert_rows(
        session,
        Case,
        [
            {
                **place,
                "household_id": household(serial),
                "revision": 1,
                "disposition": Disposition.COMPLETE_FACE_TO_FACE,
                "mode": Mode.FACE_TO_FACE,
                "counting_submission_id": ids[serial],
                "review": Review.SUBMITTED,
                "hard_findings": 0,
                "other_findings": 0,
                "responded_on": at.date(),
            }
            for serial in serials
        ],
    )
    insert_rows(
        session,
        Submission,
        [
            {
                **place,
                "id": ids[serial],
                "instance_id": f"uuid:{ids[serial]}",
                "sha256": secrets.token_bytes(32),
                "raw_sealed": secrets.token_bytes(RAW_BYTES),
                "household_id": household(serial),
                "mode": Mode.FACE_TO_FACE,
                "questionnaire": "household",
                "version": "2564.1",
                "device_id": "benchmark",
                "started_at": at,
                "ended_at": at,
                "received_at": at,
                "accepted_on": at.date(),
                "standing": Standing.COUNTING,
                "disposition": Disposition.COMPLETE_FACE_TO_FACE,
                "answered_items": 100,
                "is_returned": False,
            }
            for serial in serials
        ],
    )
    insert_rows(
        session,
        Response,
        [
            {
                "province_code": "20",
                "submission_id": ids[serial],
                "household_id": household(serial),
                "latitude": 13.3611 + serial / 10_000,
                "longitude": 100.9847 + serial / 10_000,
                "accuracy_m": 4.5 + serial % 7,
                **_answers(HOUSEHOLD_ITEMS, serial),
            }
            for serial in serials
        ],
    )
    insert_rows(
        session,
        Person,
        [
            {
                "province_code": "20",
                "submission_id": ids[serial],
                "position": position,
                **{
                    f"{item}_sealed": secrets.token_bytes(SEALED_BYTES)
                    for item in ("p02_first", "p02_last", "p07")
                },
                "p07_hash": secrets.token_bytes(32),
                **_answers(PERSON_ITEMS, PERSONS * serial + position),
            }
            for serial in serials
            for position in range(1, PERSONS + 1)
        ],
    )
    insert_rows(
        session,
        Finding,
        [
            {
                "province_code": "20",
                "id": db.new_id(),
                "submission_id": ids[serial],
                "edit": "E-P09",
                "severity": Severity.SOFT,
                "person": 1,
                "is_overridden": False,
                "nodes": ["p06"],
            }
            for serial in serials[::5]
        ],
    )
    insert_rows(
        session,
        FieldAction,
        [
            {
                **place,
                "action_id": f"uuid:{db.new_id()}",
                "sha256": secrets.token_bytes(32),
                "type": FieldActionType.VISIT,
                "household_id": household(serial),
                "happened_at": at,
                "received_at": at,
                "by": ids[0],
                "result": Disposition.NOT_CONTACTED,
                "content_sealed": secrets.token_bytes(SEALED_BYTES),
                "outcome": Outcome.ACCEPTED,
                "is_returned": False,
            }
            for serial in serials[::4]
        ],
    )


def _answers(items: tuple[Item[Any], ...], number: int) -> dict[str, Any]:
    """An answer to every item that has codes, another one for each number."""
    answers: dict[str, Any] = {}
    for place, item in enumerate(items):
        if item.codes is None:
            if item.kind is Kind.LANGUAGE:
                answers[item.node] = None
            continue
        codes = sorted(item.codes)[:90]  # type: ignore[call-overload]
        answers[item.node] = codes[(number + place) % len(codes)]
    return answers


def _copy_first_area(session: Session, areas: int, *, on_postgresql: bool) -> None:
    """Fill areas 1, 2, … with copies of area 0; only keys differ."""
    serial = "CAST(substr({id}, 13, 4) AS integer)"
    ea, uuid = _EA[on_postgresql], _UUID[on_postgresql]
    # Households of all areas answer at the same pace: number by serial first, then by area.
    number = f"({serial} * {areas} + k)"
    of_frame, of_others = number.format(id="t.id"), number.format(id="t.household_id")
    of_persons = number.format(id="r.household_id")
    household = f"{ea} || substr({{id}}, 12, 5)"
    link = "JOIN collection_response r ON r.submission_id = t.submission_id"
    keys: dict[type[db.Base], tuple[str, str, dict[str, str]]] = {
        EnumerationArea: ("", "k", {"code": ea, "name": "name"}),
        FieldArea: ("", "k", {"ea_code": ea}),
        Household: ("", of_frame, {"id": household.format(id="t.id"), "ea_code": ea}),
        Case: (
            "",
            of_others,
            {
                "household_id": household.format(id="t.household_id"),
                "ea_code": ea,
                "counting_submission_id": uuid.format(number=of_others),
            },
        ),
        Submission: (
            "",
            of_others,
            {
                "id": uuid.format(number=of_others),
                "instance_id": f"'uuid:' || {of_others}",
                "household_id": household.format(id="t.household_id"),
                "ea_code": ea,
            },
        ),
        Response: (
            "",
            of_others,
            {
                "submission_id": uuid.format(number=of_others),
                "household_id": household.format(id="t.household_id"),
            },
        ),
        Person: (
            link,
            f"{of_persons}, t.position",
            {"submission_id": uuid.format(number=of_persons)},
        ),
        Finding: (
            link,
            of_persons,
            {
                "id": uuid.format(number=of_persons),
                "submission_id": uuid.format(number=of_persons),
            },
        ),
        FieldAction: (
            "",
            of_others,
            {
                "action_id": f"'uuid:' || {of_others}",
                "household_id": household.format(id="t.household_id"),
                "ea_code": ea,
            },
        ),
    }
    for model, (join, order, changed) in keys.items():
        table = model.__table__
        names = [column.name for column in table.columns]
        values = [changed.get(name, f't."{name}"') for name in names]
        into = ", ".join(f'"{name}"' for name in names)
        # Every part of this statement is written above.
        session.execute(
            text(
                f"INSERT INTO {table.fullname} ({into})"  # noqa: S608
                " WITH RECURSIVE copies(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copies"
                f" WHERE k < {areas - 1}) SELECT {', '.join(values)}"
                f" FROM {table.fullname} t {join} CROSS JOIN copies ORDER BY {order}"
            )
        )


if __name__ == "__main__":
    main()
