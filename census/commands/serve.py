"""Serve the census from this machine: the embedded default, with nothing else to install."""

from __future__ import annotations

import signal
import sys
from types import FrameType
from typing import NoReturn

import click
import waitress

from census.app import create_app
from census.core import jobs
from census.web import request_log
from config.settings import Settings

THREADS = 8
# Each route has its own, smaller limit; more than this is not even read to the end.
LARGEST_BODY = 64_000_000


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
def command(host: str) -> None:
    """เปิดเครื่องแม่ข่าย / Serve the census."""
    settings = Settings.from_environment()
    request_log.configure()
    app = create_app(settings)
    if not settings.redis_url:
        jobs.connect_embedded(settings.home)
    signal.signal(signal.SIGTERM, _stop)
    _print_addresses(host, settings)
    waitress.serve(
        app,
        host=host,
        port=settings.port,
        threads=THREADS,
        max_request_body_size=LARGEST_BODY,
        channel_timeout=60,
        ident=None,
        # The application trusts proxies by its own setting, and nobody else's word.
        clear_untrusted_proxy_headers=False,
    )


def _print_addresses(host: str, settings: Settings) -> None:
    base = f"http://{host}:{settings.port}"
    for th, en, path in (
        ("หน้าแรก", "First page", "/"),
        ("คำอธิบาย API", "API description", "/api/v1/docs"),
        ("สถานะ", "Health", "/health/ready"),
    ):
        click.echo(f"{th} / {en}: {base}{path}")
    if settings.redis_url:
        click.echo("งานเบื้องหลังทำโดย census worker / Background jobs are done by census worker.")
    sys.stdout.flush()


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    # Waitress finishes what it is at; the embedded queue is stopped at exit.
    sys.exit(0)
