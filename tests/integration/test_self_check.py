"""The system does not start where data could be lost or read by strangers."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from census.core import db
from census.core.clock import utcnow
from census.self_check import UnsafeToStart, refuse_unsafe_start

on_postgresql = pytest.mark.parametrize("engine_name", ["postgresql"])
on_sqlite = pytest.mark.parametrize("engine_name", ["sqlite"])


def check(
    home: Path,
    *,
    is_production: bool = False,
    is_debugging: bool = False,
    at: datetime | None = None,
) -> None:
    refuse_unsafe_start(
        home=home,
        keyring_path=home / "keys.json",
        is_production=is_production,
        is_debugging=is_debugging,
        at=at or utcnow(),
    )


@pytest.mark.usefixtures("database")
def test_a_sound_system_starts(tmp_path: Path) -> None:
    home = tmp_path / "home"

    check(home)

    assert home.is_dir()


@on_postgresql
@pytest.mark.usefixtures("database")
def test_a_sound_system_starts_in_production(tmp_path: Path) -> None:
    home = tmp_path / "home"

    check(home, is_production=True)

    assert home.is_dir()


@on_postgresql
@pytest.mark.usefixtures("database")
def test_nothing_is_debugged_in_production(tmp_path: Path) -> None:
    with pytest.raises(UnsafeToStart, match="debug mode is on"):
        check(tmp_path, is_production=True, is_debugging=True)


@on_sqlite
@pytest.mark.usefixtures("database")
def test_production_does_not_stand_on_one_file(tmp_path: Path) -> None:
    with pytest.raises(UnsafeToStart, match="production needs PostgreSQL"):
        check(tmp_path, is_production=True)


@pytest.mark.usefixtures("database")
def test_a_clock_of_the_past_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnsafeToStart, match="clock of this machine shows 1970-01-01"):
        check(tmp_path, at=datetime(1970, 1, 1, tzinfo=UTC))


@pytest.mark.usefixtures("database")
def test_a_schema_that_is_not_the_codes_is_refused_with_the_command_that_helps(
    tmp_path: Path,
) -> None:
    with db.engine().begin() as connection:
        before = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))

    try:
        with pytest.raises(UnsafeToStart, match="census db upgrade"):
            check(tmp_path)
    finally:
        with db.engine().begin() as connection:
            connection.execute(
                text("UPDATE alembic_version SET version_num = :before"), {"before": before}
            )


def test_a_database_that_is_away_is_named(tmp_path: Path) -> None:
    db.connect("sqlite:////nowhere/at/all.sqlite3")

    with pytest.raises(UnsafeToStart, match="the database is away"):
        check(tmp_path)

    db.disconnect()
