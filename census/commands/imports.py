"""Import files into the frame, or say of every wrong row what is wrong with it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path
from typing import Any

import click

from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import transaction
from census.core.locale import ERA_OFFSET
from census.frame.codelists import ImportKind
from census.frame.imports.conventions import Conventions
from census.frame.imports.running import Step, Watcher, report_beside
from census.frame.rules import Bounds
from census.frame.services import SHIPPED_AREAS, Imported, import_file
from config.census_settings import CensusSettings

LABELS = {
    Step.READING: "กำลังอ่าน / Reading",
    Step.CHECKING: "กำลังตรวจ / Checking",
    Step.STORING: "กำลังบันทึก / Storing",
}
OLDEST_BIRTH_YEAR_BE = 2413

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
REPORT = click.Path(dir_okay=False, writable=True, path_type=Path)

Command = Callable[..., Any]


@click.group("import")
def command() -> None:
    """นำเข้าแฟ้มของกรอบการแจงนับ / Make files part of the frame.

    A file with errors changes nothing: every wrong row is reported with its line, column, value
    and reason, at most the first 1,000 on the screen and all of them in a report file.
    """


def _takes_report(command: Command) -> Command:
    return click.option(
        "--report",
        type=REPORT,
        help="Where every wrong row is listed, as CSV; beside the file unless told.",
    )(command)


def _takes_file(command: Command) -> Command:
    return click.argument("file", type=FILE)(_takes_report(command))


@command.command("areas")
@click.argument("file", type=FILE, required=False)
@_takes_report
def import_areas(file: Path | None, report: Path | None) -> None:
    """จังหวัด อำเภอ ตำบล / Provinces, districts and subdistricts.

    Without FILE: the 3 provinces, 30 districts and 243 subdistricts that ship with the system.
    """
    with ExitStack() as stack:
        path = file or stack.enter_context(as_file(SHIPPED_AREAS))
        elsewhere = None if file else Path(report_beside(path).name)
        _import(ImportKind.AREAS, path, report or elsewhere)


@command.command("enumeration-areas")
@_takes_file
def import_enumeration_areas(file: Path, report: Path | None) -> None:
    """เขตแจงนับ / Enumeration areas, each in its subdistrict."""
    _import(ImportKind.ENUMERATION_AREAS, file, report)


@command.command("boundaries")
@_takes_file
def import_boundaries(file: Path, report: Path | None) -> None:
    """แนวเขตของเขตแจงนับ / Outlines of enumeration areas (GeoJSON, property ea_code)."""
    _import(ImportKind.BOUNDARIES, file, report)


@command.command("households")
@_takes_file
def import_households(file: Path, report: Path | None) -> None:
    """ครัวเรือนตามทะเบียน / The households of the register."""
    _import(ImportKind.HOUSEHOLDS, file, report)


@command.command("register")
@_takes_file
def import_register(file: Path, report: Path | None) -> None:
    """บุคคลตามทะเบียน / The persons of the population register; identifiers are sealed."""
    _import(ImportKind.REGISTER, file, report)


@command.command("buildings")
@_takes_file
def import_buildings(file: Path, report: Path | None) -> None:
    """บัญชีอาคารของเขตแจงนับ / The buildings of the enumeration areas (rule E-H17)."""
    _import(ImportKind.BUILDINGS, file, report)


@command.command("houses-2010")
@_takes_file
def import_houses_2010(file: Path, report: Path | None) -> None:
    """บัญชีบ้านในสำมะโนปี 2553 / The houses on the list of the census of 2010 (rule E-H21)."""
    _import(ImportKind.HOUSES_2010, file, report)


def conventions_of(census: CensusSettings) -> Conventions:
    """What the census's own settings say about codes and coordinates."""
    (south, north), (west, east) = census.latitude, census.longitude
    return Conventions(
        region_digits=frozenset(census.region_digits),
        bounds=Bounds(south=south, north=north, west=west, east=east),
        birth_years_be=range(OLDEST_BIRTH_YEAR_BE, census.reference_moment.year + ERA_OFFSET + 1),
    )


def _import(kind: ImportKind, path: Path, report: Path | None) -> None:
    if report is not None and report.resolve() == path.resolve():
        raise click.UsageError("--report would overwrite the file that is imported")
    conventions = conventions_of(connected().census)
    with (
        click.progressbar(length=path.stat().st_size, file=sys.stderr) as bar,
        transaction() as session,
    ):
        imported = import_file(
            session,
            None,
            kind,
            path,
            at=utcnow(),
            conventions=conventions,
            report=report,
            watcher=Watcher(advance=bar.update, begin=lambda step: _label(bar, step)),
        )
    _say(imported)


def _label(bar: Any, step: Step) -> None:
    bar.label = LABELS[step]
    bar.render_progress()


def _say(imported: Imported) -> None:
    taken = imported.taken
    for fault in taken.faults:
        click.echo(f"! {fault}", err=True)
    counts = (taken.rows, taken.added, taken.changed, taken.unchanged, taken.warnings)
    thai = "นำเข้า {:,} แถว: ใหม่ {:,} ปรับปรุง {:,} คงเดิม {:,} คำเตือน {:,}"
    english = "{:,} rows: {:,} new, {:,} brought up to date, {:,} as before, {:,} warnings"
    click.echo(f"{thai.format(*counts)} / {english.format(*counts)}")
    if taken.report:
        click.echo(f"รายงาน / Report: {taken.report}")
