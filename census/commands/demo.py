"""Practice data: an invented census under way, for learning and for trying out."""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from fractions import Fraction

import click

from census.accounts import passwords
from census.commands.connecting import connected
from census.commands.imports import conventions_of
from census.core.clock import utcnow
from census.core.db import reading
from census.core.errors import Fault
from census.demo.errors import DatabaseInUse, DemoInProduction, LoadInterrupted, OrderUnfit
from census.demo.loading import Census, load
from census.demo.pace import STARTS_ON
from census.demo.plan import Order, Plan
from census.demo.provinces import HOUSEHOLDS
from census.demo.state import Progress, has_frame, has_people, read_progress
from census.demo.watching import Advance
from config.settings import Settings

PASSWORD_VARIABLE = "CENSUS_DEMO_PASSWORD"  # noqa: S105  # pragma: allowlist secret
LATEST_DAY = date(2021, 12, 31)
LEAST_HOUSEHOLDS, MOST_TIMES = 80, 4

SHOWN = (
    ("hq", "/supervisor/progress", "ความก้าวหน้าทั้งหมด", "the whole against its thresholds"),
    ("province20", "/supervisor/", "สำนักงานจังหวัด", "a province's office"),
    ("supervisor1", "/supervisor/", "เขตแจงนับที่รอตรวจ", "batches that wait for review"),
    ("enumerator1", "/", "พนักงานแจงนับ", "areas in hand (also for the API)"),
    ("clerk20", "/", "เจ้าหน้าที่บันทึก", "keying at the office (also for the API)"),
    ("auditor", "/api/v1/docs", "ผู้ตรวจสอบ", "events"),
    ("admin", "/", "ผู้ดูแลระบบ", "accounts"),
)


@click.group("demo")
def command() -> None:
    """ข้อมูลฝึกหัด / Practice data: nobody in it exists."""


@command.command("load")
@click.option("--scale", default="0.01", show_default=True, help="1 is 832,173 households.")
@click.option("--seed", default=1, show_default=True, help="The same seed, the same data.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    default="2021-02-10",
    show_default=True,
    help="The day the census clock shows.",
)
@click.option("--responses", help="The share that responded, such as 0.8112 or 675088/832173.")
@click.option("--if-empty", is_flag=True, help="Do nothing where there are households already.")
def load_demo(
    scale: str, seed: int, on: datetime, responses: str | None, *, if_empty: bool
) -> None:
    """Load a census under way: frame, people, submissions, visits, reviews.

    An interrupted load goes on where it stopped when the command is run again.
    """
    asked = Progress(_order(scale, seed, on.date(), responses), scale)
    settings = connected()
    if settings.is_production:
        raise DemoInProduction
    progress = _where_to_begin(asked, settings, if_empty=if_empty)
    if progress is None:
        return
    password = os.environ.get(PASSWORD_VARIABLE, "").strip() or secrets.token_urlsafe(9)
    passwords.hashed(password, username="")
    census = Census(conventions_of(settings.census), settings.census.field_periods)
    plan = load(progress, census, password=password, watcher=_Bars(), at=utcnow())
    _say(plan, settings, password)


def _order(scale: str, seed: int, on: date, responses: str | None) -> Order:
    """What was asked for, refused with everything that is wrong with it."""
    faults = []
    size, share = _fraction(scale), None if responses is None else _fraction(responses)
    if size is None or not LEAST_HOUSEHOLDS <= size * HOUSEHOLDS <= MOST_TIMES * HOUSEHOLDS:
        faults.append(Fault("--scale", "ต้องอยู่ระหว่าง 0.0001 ถึง 4", "must lie between 0.0001 and 4"))
    if responses is not None and (share is None or not 0 <= share <= 1):
        faults.append(Fault("--responses", "ต้องอยู่ระหว่าง 0 ถึง 1", "must lie between 0 and 1"))
    if not STARTS_ON <= on <= LATEST_DAY:
        limits = f"{STARTS_ON} – {LATEST_DAY}"
        faults.append(Fault("--on", f"ต้องอยู่ระหว่าง {limits}", f"must lie within {limits}"))
    if faults or size is None:
        raise OrderUnfit(faults=faults)
    return Order(scale=size, seed=seed, on=on, responses=share)


def _fraction(text: str) -> Fraction | None:
    try:
        return Fraction(text)
    except (ValueError, ZeroDivisionError):
        return None


def _where_to_begin(asked: Progress, settings: Settings, *, if_empty: bool) -> Progress | None:
    """A new load, the rest of an interrupted one, or nothing where the data are there."""
    with reading() as session:
        begun = read_progress(session)
        in_use = has_frame(session) or has_people(session)
    if begun is not None and not begun.is_done:
        if not if_empty and begun.order != asked.order:
            raise LoadInterrupted(options=_options(begun), where=_place(settings))
        click.echo("ทำต่อจากที่ค้างไว้ / Going on where the load was interrupted.", err=True)
        return begun
    if not in_use and begun is None:
        return asked
    if not if_empty:
        raise DatabaseInUse(where=_place(settings))
    _say_that_it_is_there(settings, is_practice=begun is not None)
    return None


def _options(progress: Progress) -> str:
    order = progress.order
    options = f"--scale {progress.scale_text} --seed {order.seed} --on {order.on}"
    return options if order.responses is None else f"{options} --responses {order.responses}"


def _place(settings: Settings) -> str:
    """Where the data lie, without any password."""
    return settings.database_url.rpartition("@")[2].removeprefix("sqlite:///")


class _Bars:
    """A progress bar for each step."""

    @contextmanager
    def step(self, th: str, en: str, length: int) -> Iterator[Advance]:
        """Show how far the step is."""
        with click.progressbar(length=length, label=f"{th} / {en}", file=sys.stderr) as bar:
            yield bar.update


def _say(plan: Plan, settings: Settings, password: str) -> None:
    counts = (plan.households, len(plan.areas), plan.responses, plan.order.on)
    thai = "ข้อมูลฝึกหัด: {:,} ครัวเรือน ใน {:,} เขตแจงนับ ตอบแล้ว {:,} ณ วันที่ {}"
    english = "Practice data: {:,} households in {:,} enumeration areas, {:,} responded, on {}"
    click.echo(thai.format(*counts))
    click.echo(english.format(*counts))
    _say_accounts(settings)
    people = (len(plan.staff.supervisors), len(plan.staff.enumerators))
    click.echo("… supervisor1–{}, enumerator1–{}, province20/21/24, clerk20/21/24".format(*people))
    click.echo(f"รหัสผ่านของทุกบัญชี / Password of every account: {password}")


def _say_accounts(settings: Settings) -> None:
    base = f"http://127.0.0.1:{settings.port}"
    width = max(len(username) for username, *_ in SHOWN)
    for username, path, th, en in SHOWN:
        click.echo(f"  {username:<{width}}  {base}{path:<22} {th} / {en}")


def _say_that_it_is_there(settings: Settings, *, is_practice: bool) -> None:
    if not is_practice:
        click.echo("ฐานข้อมูลไม่ว่าง / The database is not empty: no practice data were loaded.")
        return
    click.echo("มีข้อมูลฝึกหัดอยู่แล้ว / The practice data are there already.")
    _say_accounts(settings)
    click.echo("รหัสผ่านแสดงไว้ครั้งเดียวเมื่อโหลด ตั้งใหม่ได้ด้วย census user password hq")
    click.echo("The password was shown once, when they were loaded; set a new one with")
    click.echo("census user password hq")
