"""What every test can ask for: a real database on each engine, a session that is rolled back."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session

from census.core import db, jobs, sealed
from census.core.migrations import upgrade

ENGINES = ("sqlite", "postgresql")
KEYRING = sealed.Keyring(sealing={1: b"s" * 32}, index=b"i" * 32)


@pytest.fixture(autouse=True)
def _push_request_context() -> Iterator[None]:
    """Replace pytest-flask's fixture, which would share one signed-in user among all clients."""
    return


@pytest.fixture(autouse=True)
def _keys() -> None:
    """Seal with keys that only tests know."""
    sealed.connect(KEYRING)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated, empty SQLite database to copy from."""
    path = tmp_path_factory.mktemp("template") / "census.sqlite3"
    upgrade(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """A migrated, empty PostgreSQL database of this test process's own."""
    configured = os.environ.get("TEST_DATABASE_URL")
    if not configured:
        pytest.skip("TEST_DATABASE_URL is not set: no PostgreSQL to test on")
    base = make_url(configured)
    name = f"{base.database}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    administration = create_engine(base, isolation_level="AUTOCOMMIT")
    with administration.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE template0'))
    url = base.set(database=name).render_as_string(hide_password=False)
    upgrade(url)
    yield url
    db.disconnect()
    with administration.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
    administration.dispose()


@pytest.fixture(params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """Each engine in turn."""
    return str(request.param)


@pytest.fixture
def database_url(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database whose commits are real; it is emptied afterwards."""
    if engine_name == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        path = tmp_path / "census.sqlite3"
        shutil.copy(template, path)
        yield f"sqlite:///{path}"
        db.disconnect()
    else:
        url: str = request.getfixturevalue("postgresql_url")
        yield url
        db.disconnect()
        _empty_postgresql(url)


@pytest.fixture
def database(database_url: str) -> Iterator[None]:
    """The database in use is an empty one, with jobs kept in the ledger until a test runs them."""
    db.connect(database_url)
    jobs.connect_nothing()
    yield
    db.disconnect()


@pytest.fixture
def session(engine_name: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    """A session on a real database in which nothing stays."""
    if engine_name == "sqlite":
        path = tmp_path / "census.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        engine = db.connect(f"sqlite:///{path}")
    else:
        engine = db.connect(request.getfixturevalue("postgresql_url"))
    jobs.connect_nothing()
    with (
        engine.connect() as connection,
        connection.begin() as outer,
        Session(connection, join_transaction_mode="create_savepoint") as session,
    ):
        yield session
        session.close()
        outer.rollback()
    db.disconnect()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Where every server is there, a skipped test is a failed one."""
    report = yield
    if os.environ.get("SAMMANO_NOTHING_SKIPPED") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, but nothing may be: {report.longrepr}"
    return report


def _empty_postgresql(url: str) -> None:
    """Delete every row: for the few rows of a test much faster than giving each table new files."""
    engine = create_engine(url)
    deletions = "; ".join(f'DELETE FROM "{table.name}"' for table in db.Base.metadata.sorted_tables)
    with engine.begin() as connection:
        # Neither the order of foreign keys nor the triggers that keep events from being deleted.
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.execute(text(deletions))
    engine.dispose()
