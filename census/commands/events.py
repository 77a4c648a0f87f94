"""Events: give committed ones their numbers, and prove that none was changed or removed."""

from __future__ import annotations

import click

from census.commands.connecting import connected
from census.core import db, events


@click.group("events")
def command() -> None:
    """เหตุการณ์ / Events."""


@command.command("number")
def number() -> None:
    """Number and chain what was committed since the last time."""
    connected()
    numbered = 0
    while count := _number_some():
        numbered += count
    click.echo(f"ให้หมายเลขแล้ว {numbered:,} เหตุการณ์ / Numbered {numbered:,} events.")


@command.command("verify")
def verify() -> None:
    """Compute the chain of hashes again; name the first event that does not fit."""
    connected()
    with db.reading() as session:
        broken = events.first_broken_link(session)
        last, _hash = events.last_link(session)
    if broken is not None:
        raise click.ClickException(
            f"สายโซ่ขาดที่เหตุการณ์หมายเลข {broken} / The chain is broken at event {broken}."
        )
    click.echo(f"ครบถ้วนถึงหมายเลข {last:,} / Whole up to number {last:,}.")


def _number_some() -> int:
    with db.transaction() as session:
        return events.number_committed(session)
