"""The operator's commands of progress: recount, and the field period."""

from __future__ import annotations

import pytest
from click.testing import CliRunner
from sqlalchemy import select, update

from census.assignment.queries import field_periods
from census.cli import main
from census.core.db import reading, transaction
from census.progress.models import Tally
from tests.factories.census import AWAY, HOME, small_census


@pytest.fixture
def run(app, database_url, tmp_path, monkeypatch):
    """Runs `census …` on the test's database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CENSUS_HOME", str(tmp_path))
    monkeypatch.delenv("REDIS_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def census(app):
    """The small census, kept."""
    with transaction() as session:
        return small_census(session)


def plant(**counts):
    with transaction() as session:
        session.execute(update(Tally).where(Tally.ea_code == HOME).values(**counts))


def test_a_check_of_right_tallies_ends_with_0(run, census):
    checked = run("recount", "--check")

    assert (checked.exit_code, checked.exception) == (0, None)
    assert "Every count is what a recount gives." in checked.output


def test_a_check_names_every_wrong_count_changes_nothing_and_ends_with_1(run, census):
    plant(responded=3, mail=1)

    checked = run("recount", "--check")

    assert checked.exit_code == 1
    assert f"{HOME} responded: 3 ≠ 0" in checked.output
    assert f"{HOME} mail: 1 ≠ 0" in checked.output
    assert AWAY not in checked.output
    assert "2 counts are not what a recount gives." in checked.output
    assert run("recount", "--check").exit_code == 1


def test_a_recount_repairs_every_tally(run, census):
    plant(responded=3)

    recounted = run("recount")

    assert (recounted.exit_code, recounted.exception) == (0, None)
    assert "Counted 2 enumeration areas again." in recounted.output
    with reading() as session:
        assert session.scalars(select(Tally.responded)).all() == [0, 0]
    assert run("recount", "--check").exit_code == 0


def test_the_field_period_is_loaded_with_its_revisions_and_listed(run):
    loaded = run("field-period", "load")
    listed = run("field-period", "list")

    assert (loaded.exit_code, listed.exit_code) == (0, 0)
    assert "Recorded 3 new revisions." in loaded.output
    assert "3: 2020-12-01 – 2021-03-31 (2021-02-22)" in listed.output


def test_loading_the_field_period_again_changes_nothing(run):
    run("field-period", "load")

    again = run("field-period", "load")

    assert (again.exit_code, "Recorded 0 new revisions." in again.output) == (0, True)
    with reading() as session:
        assert [period.revision for period in field_periods(session)] == [1, 2, 3]


def test_another_field_period_under_the_same_number_is_refused(run, census):
    refused = run("field-period", "load")

    assert refused.exit_code == 1
    assert "Revision 1 is recorded differently" in refused.output
    with reading() as session:
        assert len(field_periods(session)) == 1
