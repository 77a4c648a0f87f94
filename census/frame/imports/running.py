"""Taking one file into the frame: stage, check, refuse or store, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from census.core.errors import Fault
from census.core.locale import Locale
from census.frame.codelists import ImportKind
from census.frame.errors import FileUnreadable, ImportRefused, ImportRunning
from census.frame.imports.areas import AreasFile
from census.frame.imports.boundaries import BoundariesFile
from census.frame.imports.buildings import BuildingsFile
from census.frame.imports.conventions import Conventions
from census.frame.imports.enumeration_areas import EnumerationAreasFile
from census.frame.imports.faults import RowFault, write_report
from census.frame.imports.households import HouseholdsFile
from census.frame.imports.houses_of_2010 import HousesOf2010File
from census.frame.imports.kinds import FileKind
from census.frame.imports.reading import ImportFile
from census.frame.imports.register import RegisterFile
from census.frame.imports.staging import Staging

FAULTS_SHOWN = 1_000
"""How many faults a screen gets; the report file gets all of them."""

KINDS: dict[ImportKind, type[FileKind]] = {
    kind.kind: kind
    for kind in (
        AreasFile,
        EnumerationAreasFile,
        BoundariesFile,
        HouseholdsFile,
        RegisterFile,
        BuildingsFile,
        HousesOf2010File,
    )
}


class Step(StrEnum):
    """How far an import has come, for whoever waits for it."""

    READING = "reading"
    CHECKING = "checking"
    STORING = "storing"


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told about the progress of an import: bytes read, and the step that begins."""

    advance: Callable[[int], None] = lambda _: None
    begin: Callable[[Step], None] = lambda _: None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file brought: its rows, by what they did to the frame, and what to look at."""

    sha256: bytes
    rows: int
    added: int
    changed: int
    warnings: int
    faults: tuple[RowFault, ...]
    report: Path | None

    @property
    def unchanged(self) -> int:
        """Rows that say what was known before."""
        return self.rows - self.added - self.changed


def report_beside(path: Path) -> Path:
    """Where the report goes unless another place is named: beside the file."""
    return path.with_name(f"{path.stem}.faults.csv")


def take_file(
    session: Session,
    kind: ImportKind,
    path: Path,
    *,
    conventions: Conventions,
    report: Path,
    watcher: Watcher,
) -> Taken:
    """Read, check and store one file, or refuse it with every fault in the report."""
    file_kind = KINDS[kind]
    staging = Staging(session, file_kind.table)
    taking = file_kind(staging, conventions)
    watcher.begin(Step.READING)
    sha256 = _stage(taking, staging, path, watcher)
    watcher.begin(Step.CHECKING)
    if not staging.lock():
        raise ImportRunning
    taking.check()
    shown, written = _report(staging, report)
    if errors := staging.errors():
        staging.drop()
        raise _refusal(errors, shown, report)
    watcher.begin(Step.STORING)
    rows, warnings = staging.loaded, staging.warnings()
    stored = taking.store()
    staging.drop()
    return Taken(sha256, rows, stored.added, stored.changed, warnings, shown, written)


def _stage(taking: FileKind, staging: Staging, path: Path, watcher: Watcher) -> bytes:
    try:
        with ImportFile(path, watcher.advance) as file:
            staging.load(taking.staged_rows(file))
            return file.sha256
    except OSError as error:
        raise FileUnreadable(path=path) from error


def _report(staging: Staging, path: Path) -> tuple[tuple[RowFault, ...], Path | None]:
    """The first faults for the screen, and the file with all of them if there are any."""
    shown = tuple(staging.faults(limit=FAULTS_SHOWN))
    if not shown:
        return (), None
    try:
        write_report(path, staging.faults())
    except OSError as error:
        raise FileUnreadable(path=path) from error
    return shown, path


def _refusal(errors: int, shown: tuple[RowFault, ...], report: Path) -> ImportRefused:
    faults = [
        Fault(fault.place, fault.sentence(Locale.TH), fault.sentence(Locale.EN)) for fault in shown
    ]
    return ImportRefused(faults=faults, errors=errors, report=report)
