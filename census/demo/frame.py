"""Taking in the frame: the files go the way that the files of a real office go."""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Callable
from importlib.resources import as_file
from pathlib import Path

from census.core.db import transaction
from census.demo import files
from census.demo.moments import PREPARED_AT
from census.demo.plan import Plan
from census.demo.state import PEOPLE, Progress, write_progress
from census.demo.watching import Watcher
from census.frame.codelists import ImportKind
from census.frame.imports.conventions import Conventions
from census.frame.imports.running import Watcher as ImportWatcher
from census.frame.services import (
    SHIPPED_AREAS,
    freeze_frame,
    import_file,
    import_shipped_areas,
)

_FILES = (
    (ImportKind.ENUMERATION_AREAS, files.ENUMERATION_AREAS),
    (ImportKind.BOUNDARIES, files.BOUNDARIES),
    (ImportKind.HOUSEHOLDS, files.HOUSEHOLDS),
    (ImportKind.REGISTER, files.REGISTER),
)


def shipped_subdistricts() -> dict[str, list[str]]:
    """The subdistricts of each district, as the area tree that ships with the system has them."""
    found: dict[str, list[str]] = defaultdict(list)
    with as_file(SHIPPED_AREAS) as path, path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            if row["level"] == "subdistrict":
                found[row["parent_code"]].append(row["code"])
    return found


def take_in_frame(
    plan: Plan, progress: Progress, conventions: Conventions, watcher: Watcher
) -> None:
    """Write the files, import them, freeze. Files that are there already change nothing."""
    with tempfile.TemporaryDirectory(prefix="census-demo-") as folder:
        with watcher.step("แต่งกรอบ", "Making up the frame", plan.households) as advance:
            files.write_files(plan, Path(folder), advance)
        with transaction() as session:
            import_shipped_areas(session, None, at=PREPARED_AT)
        for kind, name in _FILES:
            path = Path(folder) / name
            with watcher.step("นำเข้า", f"Importing {name}", path.stat().st_size) as advance:
                _import(kind, path, conventions, advance)
    with transaction() as session:
        freeze_frame(session, None, at=PREPARED_AT)
        write_progress(session, progress.at(PEOPLE))


def _import(
    kind: ImportKind, path: Path, conventions: Conventions, advance: Callable[[int], None]
) -> None:
    with transaction() as session:
        import_file(
            session,
            None,
            kind,
            path,
            at=PREPARED_AT,
            conventions=conventions,
            watcher=ImportWatcher(advance=advance),
        )
