"""How long the whole frame takes to import: 832,173 households in 4,161 enumeration areas.

Run it on an empty database of its own; it brings the schema, and leaves the frame there:

    DATABASE_URL=postgresql+psycopg://…/scratch CENSUS_HOME=/tmp/scratch \
        python -m benchmarks.frame_import

Without DATABASE_URL it runs on SQLite in CENSUS_HOME. For each file it prints the wall time, the
processor time of this process, and the highest resident memory so far. On PostgreSQL the frame is
to be there in under 3 minutes on two cores, with less than 500 MB in this process.
"""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from importlib.resources import as_file
from pathlib import Path

from census.commands.connecting import connected
from census.core import db, migrations
from census.core.clock import utcnow
from census.frame.codelists import ImportKind
from census.frame.imports.areas import AreasFile
from census.frame.imports.enumeration_areas import EnumerationAreasFile
from census.frame.imports.households import HouseholdsFile
from census.frame.queries import current_version
from census.frame.services import (
    SHIPPED_AREAS,
    freeze_frame,
    import_file,
    import_shipped_areas,
)
from config.settings import Settings

HOUSEHOLDS = 832_173
HOUSEHOLDS_PER_AREA = 200
SEED = 1


def main() -> None:
    """Make the files, import them, freeze the frame, and say what it took."""
    migrations.upgrade(Settings.from_environment().database_url)
    connected()
    with db.reading() as session:
        if current_version(session) is not None:
            sys.exit("This database already has a frozen frame: run on an empty one.")
    with db.transaction() as session:
        import_shipped_areas(session, None, at=utcnow())
    with tempfile.TemporaryDirectory() as folder:
        areas, households = Path(folder, "areas.csv"), Path(folder, "households.csv")
        codes = list(ea_codes())
        write(areas, EnumerationAreasFile.columns, area_rows(codes))
        write(households, HouseholdsFile.columns, household_rows(codes))
        print(f"{households.stat().st_size / 1e6:.0f} MB of households")
        take(ImportKind.ENUMERATION_AREAS, areas)
        take(ImportKind.HOUSEHOLDS, households)
        take(ImportKind.HOUSEHOLDS, households)
    freeze()


def take(kind: ImportKind, path: Path) -> None:
    """Import one file in a transaction of its own, and say what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    with db.transaction() as session:
        taken = import_file(session, None, kind, path, at=utcnow()).taken
    say(f"{kind.value}: {taken.added:,} new, {taken.unchanged:,} as before", wall, processor)


def freeze() -> None:
    """Freeze the frame, and say what it took."""
    wall, processor = time.perf_counter(), time.process_time()
    with db.transaction() as session:
        version = freeze_frame(session, None, at=utcnow())
    say(f"frozen: {version.households:,} households", wall, processor)


def say(what: str, wall: float, processor: float) -> None:
    """One line: what was done, and the time and memory it took."""
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{what}: {time.perf_counter() - wall:.1f} s wall, "
        f"{time.process_time() - processor:.1f} s processor, {peak_mb:.0f} MB peak",
        flush=True,
    )


def ea_codes() -> Iterator[str]:
    """Codes of enumeration areas, spread evenly over the subdistricts that ship."""
    with as_file(SHIPPED_AREAS) as path, path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, AreasFile.columns)
        subdistricts = [row["code"] for row in rows if row["level"] == "subdistrict"]
    needed = -(-HOUSEHOLDS // HOUSEHOLDS_PER_AREA)
    for n in range(needed):
        number, place = divmod(n, len(subdistricts))
        yield f"2{subdistricts[place]}1{number + 1:03d}"


def area_rows(codes: Iterable[str]) -> Iterator[tuple[object, ...]]:
    """The rows of enumeration_areas.csv."""
    for code in codes:
        yield code, code[1:7], 1, "00", f"เขตแจงนับ {code}", HOUSEHOLDS_PER_AREA


def household_rows(codes: list[str]) -> Iterator[tuple[object, ...]]:
    """The rows of households.csv."""
    chance = random.Random(SEED)
    for n in range(HOUSEHOLDS):
        place, serial = divmod(n, HOUSEHOLDS_PER_AREA)
        code = codes[place]
        yield (
            f"{code}-{serial + 1:04d}",
            code,
            f"{code[1:5]}{n:07d}",
            f"{chance.randint(1, 999)}/{chance.randint(1, 99)} หมู่ที่ {chance.randint(1, 12)}",
            f"{chance.uniform(12.6, 13.9):.6f}",
            f"{chance.uniform(100.8, 102.0):.6f}",
            chance.randint(1, 6),
        )


def write(path: Path, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    """Write a CSV file, a row at a time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    main()
