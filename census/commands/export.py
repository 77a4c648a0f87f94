"""Export: write all answers out for analysis, or what changed since an earlier export."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from census.accounts.actors import COUNTRY
from census.collection.exporting.folders import destination
from census.collection.exporting.order import Format, Order, Which
from census.collection.exporting.recording import record_export
from census.collection.exporting.running import Exported, Watcher, write_answers
from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.sequencer import number_waiting_events
from census.demo.state import read_progress


@click.group("export")
def command() -> None:
    """ส่งออกข้อมูลเพื่อการวิเคราะห์ / Write data out for analysis."""


@command.command("answers")
@click.option(
    "--format",
    "format_",
    type=click.Choice([each.value for each in Format]),
    default=Format.PARQUET.value,
    show_default=True,
    help="How the files are written.",
)
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="A new folder for the files; it appears when all of them are there.",
)
@click.option("--area", default=COUNTRY, show_default=True, help="Code of an area of any level.")
@click.option("--since", metavar="MARK", help="Only households that changed since this mark.")
@click.option(
    "--with",
    "which",
    type=click.Choice([each.value for each in Which]),
    default=Which.COUNTING.value,
    show_default=True,
    help="The responses that count, or all that were understood.",
)
@click.option(
    "--with-sensitive",
    is_flag=True,
    help="Also nationality, religion and functional difficulties (PDPA section 26).",
)
def export_answers(
    format_: str, out: Path, area: str, since: str | None, which: str, *, with_sensitive: bool
) -> None:
    """ส่งออกคำตอบทั้งหมด ไม่มีชื่อและเลขประจำตัว / All answers, without names and numbers.

    Writes persons, households, cases, visits and findings, and manifest.json with their digests
    and the mark for the next --since. Every export is an event.
    """
    order = Order(Format(format_), area, Which(which), with_sensitive, since)
    connected()
    # What was committed has its number, so that the mark is new.
    number_waiting_events()
    at = utcnow()
    with destination(out) as folder:
        with _watching() as watcher, reading() as session:
            exported = write_answers(
                session,
                order,
                folder.making,
                at=at,
                is_practice=read_progress(session) is not None,
                watcher=watcher,
            )
        with transaction() as session:
            record_export(session, exported, operator=getpass.getuser(), at=at)
        folder.publish()
    _say(exported, out)


@contextmanager
def _watching() -> Iterator[Watcher]:
    """A progress bar, whose length is known once the households are counted."""
    label = "กำลังส่งออก / Exporting"
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def begin(length: int) -> None:
            bar.length = max(length, 1)

        yield Watcher(begin, bar.update)


def _say(exported: Exported, out: Path) -> None:
    for file in exported.files:
        click.echo(f"{file.rows:>12,}  {out / file.name}")
    click.echo(f"ครั้งต่อไป / Next time: --since {exported.mark}")
