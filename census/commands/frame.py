"""The frame: freeze the list of households as a numbered version."""

from __future__ import annotations

import click

from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import transaction
from census.frame.services import freeze_frame


@click.group("frame")
def command() -> None:
    """กรอบการแจงนับ / The list of households that every rate is counted against."""


@command.command("freeze")
def freeze() -> None:
    """ตรึงกรอบเป็นรุ่นใหม่ / Freeze the list as its next numbered version."""
    connected()
    with transaction() as session:
        version = freeze_frame(session, None, at=utcnow())
    counts = (version.number, version.households, version.enumeration_areas)
    thai = "ตรึงกรอบรุ่นที่ {} แล้ว: {:,} ครัวเรือน ใน {:,} เขตแจงนับ"
    english = "Frame version {}: {:,} households in {:,} enumeration areas"
    click.echo(f"{thai.format(*counts)} / {english.format(*counts)}")
