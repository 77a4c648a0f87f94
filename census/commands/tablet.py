"""Tablets: take in the file of one that could not send."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from census.commands.connecting import connected
from census.web.tablet_files import TakenIn, take_in_file

MOST_BYTES = 1_000_000_000
MOST_SHOWN = 1_000

OUTCOMES = {
    "accepted": "นำเข้า / taken in",
    "duplicate": "มีอยู่แล้ว / there already",
    "quarantined": "กักกัน / in quarantine",
    "conflict": "ขัดแย้ง / in conflict",
    "refused": "ไม่ได้จัดเก็บ / not kept",
}


@click.group("tablet")
def command() -> None:
    """แท็บเล็ต / Tablets of the field."""


@command.command("take-in")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--leave-out-damaged",
    is_flag=True,
    help="Take in what opens where single records are damaged, and name the others.",
)
def take_in(file: Path, leave_out_damaged: bool) -> None:
    """Take in the file that a tablet wrote as the last resort; what came already stays as it is."""
    connected()
    taken_in = take_in_file(
        None, file.read_bytes(), most_bytes=MOST_BYTES, leaves_out_damaged=leave_out_damaged
    )
    _tell(taken_in)


def _tell(taken_in: TakenIn) -> None:
    counts = Counter(each.outcome.value for each in taken_in.taken)
    click.echo(f"{taken_in.username} · {taken_in.device_id}")
    for outcome, words in OUTCOMES.items():
        click.echo(f"  {words}: {counts[outcome]:,}")
    for each in taken_in.taken[:MOST_SHOWN]:
        if each.code is not None:
            click.echo(f"  {each.kind} {each.id}: {each.outcome.value} ({each.code})")
    for key in taken_in.left_out[:MOST_SHOWN]:
        click.echo(f"  เสียหาย / damaged: {key}")
    for draft in taken_in.drafts[:MOST_SHOWN]:
        click.echo(f"  ยังไม่เสร็จ / not finished: {draft.household_id}")
