"""The database: bring it to the schema of this code, or check that models and migrations agree."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from alembic.util import CommandError
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from census.core import migrations
from config.settings import Settings


@click.group("db")
def command() -> None:
    """ฐานข้อมูล / The database."""


@command.command("upgrade")
def upgrade() -> None:
    """Run every migration the database does not have yet."""
    settings = Settings.from_environment()
    _make_private(settings.database_url)
    migrations.upgrade(settings.database_url)
    revision = migrations.revision_of_code()
    click.echo(f"ฐานข้อมูลเป็นรุ่น {revision} แล้ว / The database is at {revision}.")


@command.command("check")
def check() -> None:
    """Migrate scratch databases, and compare what comes out with the models."""
    with _scratch_sqlite() as url:
        _check(url, "SQLite")
    if configured := os.environ.get("TEST_DATABASE_URL"):
        with _scratch_postgresql(configured) as url:
            _check(url, "PostgreSQL")


def _check(url: str, engine: str) -> None:
    migrations.upgrade(url)
    try:
        migrations.check(url)
    except CommandError as error:
        raise click.ClickException(
            f"{engine}: แบบจำลองกับ migration ไม่ตรงกัน / models and migrations differ: {error}"
        ) from None
    click.echo(f"{engine}: ตรงกัน / in step.")


def _make_private(database_url: str) -> None:
    """An embedded database is readable by its owner only, from its first byte on."""
    url = make_url(database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        return
    path = Path(url.database)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)


@contextmanager
def _scratch_sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/census.sqlite3"


@contextmanager
def _scratch_postgresql(configured: str) -> Iterator[str]:
    base = make_url(configured)
    name = f"{base.database}_check_{os.getpid()}"
    administration = create_engine(base, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    try:
        yield base.set(database=name).render_as_string(hide_password=False)
    finally:
        with administration.connect() as connection:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        administration.dispose()
