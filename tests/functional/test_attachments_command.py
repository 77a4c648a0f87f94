"""The operator's look after the files: check tells what is wrong, sweep puts right what it can."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from census.cli import main
from census.collection.services import receive_submission
from census.collection.services.attaching import SentFile, attach
from census.core import db, files, jobs
from tests.factories import photos
from tests.factories.census import NOON, small_census
from tests.factories.submissions import incoming


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    """The home of a census with one photo and one file without a row, both old."""
    folder = tmp_path / "home"
    assert run(folder, "db", "upgrade").exit_code == 0
    assert run(folder, "attachments", "check").exit_code == 0
    with db.transaction() as session:
        census = small_census(session)
        sent = incoming(census.household())
        receive_submission(session, census.enumerator, sent, at=NOON)
        photo = SentFile("a.jpg", photos.jpeg())
        attach(session, census.enumerator, sent.instance_id, [photo], at=NOON)
    files.write(b"left behind by a crash")
    for path in stored_in(folder):
        os.utime(path, (0, 0))
    yield folder
    jobs.connect_nothing()
    db.disconnect()


def run(folder: Path, *arguments: str) -> Result:
    """Run a command of the census in whose environment this is the home."""
    environment: dict[str, str | None] = {
        "CENSUS_HOME": str(folder),
        "CENSUS_ENV": None,
        "DATABASE_URL": None,
        "REDIS_URL": None,
    }
    return CliRunner().invoke(main, list(arguments), env=environment)


def stored_in(folder: Path) -> list[Path]:
    return [path for path in (folder / "uploads").rglob("*") if path.is_file()]


def test_a_check_changes_nothing_and_a_sweep_removes_what_has_no_row(home: Path) -> None:
    checked = run(home, "attachments", "check")
    before = len(stored_in(home))

    swept = run(home, "attachments", "sweep")

    assert (checked.exit_code, before) == (0, 2)
    assert "1 files are in place, 1 have no row." in checked.output
    assert swept.exit_code == 0
    assert "Removed 1 files" in swept.output
    assert len(stored_in(home)) == 1


def test_a_missing_file_makes_the_check_fail(home: Path) -> None:
    for path in stored_in(home):
        path.unlink()

    swept, checked = run(home, "attachments", "sweep"), run(home, "attachments", "check")

    assert (swept.exit_code, checked.exit_code) == (0, 1)
    assert "found 1 more missing" in swept.output
    assert "1 files are missing" in checked.output


def test_where_most_files_have_no_row_only_a_person_decides(home: Path) -> None:
    for number in range(21):
        name = files.write(b"%d" % number)
        os.utime(home / "uploads" / name[:2] / name, (0, 0))

    refused = run(home, "attachments", "sweep")
    left = len(stored_in(home))
    swept = run(home, "attachments", "sweep", "--even-most")

    assert (refused.exit_code, left) == (1, 23)
    assert "--even-most" in refused.output
    assert (swept.exit_code, len(stored_in(home))) == (0, 1)
