"""The ground on which is fuzzed, made once for a file, and what was sent in all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from census.core import db, sealed
from tests.conftest import KEYRING, _empty_postgresql
from tests.fuzz import effort
from tests.fuzz.ground import Ground, application, ground_on
from tests.fuzz.watching import HiddenFaults, watching


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ground(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Ground]:
    """The census that one file fuzzes, on each engine in turn; what is sent stays in it."""
    sealed.connect(KEYRING)
    home = tmp_path_factory.mktemp("fuzz")
    if request.param == "sqlite":
        path = home / "census.sqlite3"
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, path)
        yield ground_on(application(f"sqlite:///{path}", home), request.param)
        db.disconnect()
        return
    url: str = request.getfixturevalue("postgresql_url")
    yield ground_on(application(url, home), request.param)
    db.disconnect()
    _empty_postgresql(url)


@pytest.fixture
def faults() -> Iterator[HiddenFaults]:
    """Faults that no answer tells of; there must be none at the end."""
    with watching() as handler:
        yield handler
        assert handler.none_since()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how much was sent, where it went and what came back."""
    if not effort.EFFORT:
        return
    terminalreporter.section("what was sent")
    for what, number in sorted(effort.sent.items()):
        terminalreporter.write_line(f"{number:>10,}  {what}")
