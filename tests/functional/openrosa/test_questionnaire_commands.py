"""Questionnaires from the command line: published for good, listed, and retired."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from census.accounts.codelists import Role
from census.cli import main
from census.collection.queries import every_questionnaire, published_questionnaires
from census.collection.questionnaires.building import build_workbook
from census.core import db, jobs

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])


@pytest.fixture
def run(app: Flask, database_url: str, tmp_path: Path):
    """Runs a command of the census on the database of the application."""
    environment = {
        "CENSUS_HOME": str(tmp_path),
        "DATABASE_URL": database_url,
        "CENSUS_ENV": None,
        "REDIS_URL": None,
        "TEST_DATABASE_URL": None,
        "PORT": None,
    }

    def command(*arguments: str) -> Result:
        result = CliRunner().invoke(main, ["questionnaire", *arguments], env=environment)
        db.connect(database_url)
        jobs.connect_nothing()
        return result

    return command


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """The household questionnaire as a workbook in a file."""
    path = tmp_path / "household.xlsx"
    path.write_bytes(build_workbook("household", "2564.1"))
    return path


def test_a_workbook_is_published_once_and_can_be_had_again(run, client_as, workbook):
    first, second = run("publish", str(workbook)), run("publish", str(workbook))

    enumerator = client_as(Role.ENUMERATOR)
    address = "/api/v1/questionnaires/household/2564.1"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert enumerator.api.get(f"{address}.xlsx").data == workbook.read_bytes()
    assert b"jr://file-csv/households.csv" in enumerator.api.get(address).data


def test_a_file_that_is_no_workbook_changes_nothing(run, tmp_path):
    path = tmp_path / "broken.xlsx"
    path.write_bytes(b"not a workbook")

    result = run("publish", str(path))

    assert result.exit_code == 1
    with db.reading() as session:
        assert every_questionnaire(session) == []


def test_a_retired_version_stays_on_the_list_with_its_days(run, workbook):
    run("publish", str(workbook))

    retired, again = run("retire", "household", "2564.1"), run("retire", "household", "2564.1")

    assert (retired.exit_code, again.exit_code) == (0, 0)
    assert "household 2564.1" in run("list").output
    assert "retired" in run("list").output
    with db.reading() as session:
        assert published_questionnaires(session) == []


def test_what_was_never_published_cannot_be_retired(run):
    assert run("retire", "household", "1999.1").exit_code == 1
