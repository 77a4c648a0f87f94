"""Progress: count every enumeration area again, or check the tallies against a recount."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.commands.connecting import connected
from census.core.db import reading, transaction
from census.frame.models import EnumerationArea
from census.progress import services
from census.progress.services import Difference

MOST_SHOWN = 1_000


@click.command("recount")
@click.option("--check", is_flag=True, help="Change nothing; list every count that is wrong.")
def command(check: bool) -> None:
    """นับยอดใหม่จากทุกครัวเรือน / Count all tallies again from their households."""
    connected()
    if check:
        _check()
    else:
        _recount()


def _check() -> None:
    with reading() as session, _bar(session, "กำลังตรวจ / Checking") as bar:
        differences = list(_differences(session, bar))
    for each in differences[:MOST_SHOWN]:
        click.echo(f"{each.ea_code} {each.column}: {each.kept:,} ≠ {each.counted:,}")
    if differences:
        click.echo(
            f"พบ {len(differences):,} ค่าที่ไม่ตรงกับการนับใหม่ "
            f"/ {len(differences):,} counts are not what a recount gives.",
            err=True,
        )
        raise click.exceptions.Exit(1)
    click.echo("ทุกยอดตรงกับการนับใหม่ / Every count is what a recount gives.")


def _differences(session: Session, bar: Any) -> Iterator[Difference]:
    for ea_codes in services.area_pages(session):
        yield from services.differences_in(session, ea_codes)
        bar.update(len(ea_codes))


def _recount() -> None:
    with reading() as session:
        pages = list(services.area_pages(session))
        bar = _bar(session, "กำลังนับ / Counting")
    with bar:
        # A page at a time: while areas are counted, nobody can change their households.
        for ea_codes in pages:
            with transaction() as session:
                services.recount_afresh(session, ea_codes)
            bar.update(len(ea_codes))
    areas = sum(map(len, pages))
    click.echo(f"นับใหม่แล้ว {areas:,} เขตแจงนับ / Counted {areas:,} enumeration areas again.")


def _bar(session: Session, label: str) -> Any:
    areas = session.scalar(select(func.count()).select_from(EnumerationArea))
    return click.progressbar(length=areas or 0, label=label, file=sys.stderr)
