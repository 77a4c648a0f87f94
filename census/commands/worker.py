"""Do the background jobs that the servers owe: a process of production."""

from __future__ import annotations

import click

from census import worker
from census.web import request_log
from config.settings import Settings


@click.command("worker")
@click.option("--burst", is_flag=True, help="End when nothing is owed any more.")
def command(burst: bool) -> None:
    """ทำงานเบื้องหลัง / Do background jobs."""
    request_log.configure()
    try:
        worker.run(Settings.from_environment(), burst=burst)
    except worker.QueueMissing:
        raise click.ClickException(
            "ต้องกำหนด REDIS_URL (ถ้าไม่กำหนด census serve ทำงานเบื้องหลังเอง) / "
            "REDIS_URL is not set: without it, census serve does the jobs itself."
        ) from None
