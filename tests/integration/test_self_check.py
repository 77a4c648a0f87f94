"""The system does not start where data could be lost or read by strangers."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from census.core import db
from census.self_check import UnsafeToStart, refuse_unsafe_start


def check(home: Path, *, is_production: bool = True, is_debugging: bool = False) -> None:
    refuse_unsafe_start(home=home, is_production=is_production, is_debugging=is_debugging)


@pytest.mark.usefixtures("database")
def test_a_sound_system_starts(tmp_path: Path) -> None:
    check(tmp_path)

    assert tmp_path.is_dir()


@pytest.mark.usefixtures("database")
def test_nothing_is_debugged_in_production(tmp_path: Path) -> None:
    with pytest.raises(UnsafeToStart, match="debug mode is on"):
        check(tmp_path, is_debugging=True)


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
