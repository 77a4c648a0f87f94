"""Files that came with answers: remove those without a row, or check that none is missing."""

from __future__ import annotations

import click

from census.collection.services import sweeping
from census.collection.services.sweeping import Stocktaking
from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import reading, transaction

MOST_SHOWN = 1_000


@click.group("attachments")
def command() -> None:
    """ไฟล์แนบ / Files that came with answers."""


@command.command("check")
def check() -> None:
    """Change nothing; list every file that is missing, and count those without a row."""
    connected()
    stock = _take_stock()
    for attachment_id in stock.missing[:MOST_SHOWN]:
        click.echo(attachment_id.hex)
    click.echo(
        f"ครบ {stock.kept:,} ไฟล์ ไม่มีแถวในฐานข้อมูล {len(stock.orphans):,} ไฟล์ "
        f"/ {stock.kept:,} files are in place, {len(stock.orphans):,} have no row."
    )
    if stock.missing:
        raise click.ClickException(
            f"ไฟล์หาย {len(stock.missing):,} ไฟล์ / {len(stock.missing):,} files are missing."
        )


@command.command("sweep")
@click.option("--even-most", is_flag=True, help="Also where most files have no row.")
def sweep(even_most: bool) -> None:
    """Remove files without a row that are older than an hour; tell which files are missing."""
    connected()
    stock = _take_stock()
    if stock.is_strange and not even_most:
        raise click.ClickException(
            f"มีไฟล์ที่ไม่มีแถว {len(stock.orphans):,} ไฟล์ แต่ที่มีแถวเพียง {stock.kept:,} ไฟล์ "
            "โปรดตรวจว่าเป็นฐานข้อมูลที่ถูกต้อง แล้วใช้ --even-most "
            f"/ {len(stock.orphans):,} files have no row and only {stock.kept:,} have one: "
            "make sure that this is the right database, then use --even-most."
        )
    with transaction() as session:
        newly = sweeping.note_missing(session, stock, at=utcnow())
    removed = sweeping.remove_orphans(stock)
    click.echo(
        f"ลบแล้ว {removed:,} ไฟล์ พบว่าหายเพิ่ม {len(newly):,} ไฟล์ "
        f"/ Removed {removed:,} files, found {len(newly):,} more missing."
    )


def _take_stock() -> Stocktaking:
    with reading() as session:
        return sweeping.take_stock(session, at=utcnow())
