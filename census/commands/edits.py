"""Edit rules: compare the records of areas and judge the areas, or list all rules on a page."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable
from pathlib import Path

import click

from census.collection import services
from census.collection.edits import CATALOGUE
from census.collection.edits.description import write_description
from census.commands.connecting import connected
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.frame.codelists import Level
from census.frame.queries import areas_at, find_area
from census.frame.rules import COUNTRY_CODE


@click.group("edits")
def command() -> None:
    """กฎการบรรณาธิกร / Edit rules that look beyond one record."""


@command.command("run")
@click.option(
    "--area", default=COUNTRY_CODE, help="Only this area; the rules on provinces need a whole one."
)
def run(area: str) -> None:
    """ตรวจใหม่ทั้งหมดทันที / Judge again at once what background jobs judge as data come in.

    What is found replaces what was found before; running it twice changes nothing.
    """
    connected()
    with reading() as session:
        level = find_area(session, area).level
        ea_codes = [each.code for each in areas_at(session, area, Level.ENUMERATION_AREA)]
        provinces = (
            [each.code for each in areas_at(session, area, Level.PROVINCE)]
            if level in (Level.COUNTRY, Level.PROVINCE)
            else []
        )
    label = "กำลังเทียบระเบียน / Comparing records"
    with click.progressbar(ea_codes, label=label, file=sys.stderr) as bar:
        _compare(bar)
    _judge(provinces, ea_codes)
    click.echo(f"ตรวจแล้ว {len(ea_codes):,} เขตแจงนับ / Checked {len(ea_codes):,} enumeration areas.")


@command.command("describe")
@click.argument("page", type=click.Path(dir_okay=False, path_type=Path))
def describe(page: Path) -> None:
    """เขียนหน้ารายการกฎทั้งหมด / Write the page that lists every edit rule to PAGE."""
    write_description(page)
    click.echo(f"{page}: {len(CATALOGUE)}")


def _compare(ea_codes: Iterable[str]) -> None:
    """Compare each area, then those that no longer agree with it, wherever they are."""
    for ea_code in ea_codes:
        waiting = {ea_code}
        while waiting:
            with transaction() as session:
                waiting |= services.cross_check(session, waiting.pop(), at=utcnow())


def _judge(provinces: Collection[str], ea_codes: Collection[str]) -> None:
    """Judge whole provinces; of a smaller area, each enumeration area by itself."""
    for province_code in provinces:
        with transaction() as session:
            services.check_province(session, province_code, at=utcnow())
    for ea_code in () if provinces else ea_codes:
        with transaction() as session:
            services.check_area(session, ea_code, at=utcnow())
