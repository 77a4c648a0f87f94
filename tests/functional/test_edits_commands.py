"""What looks beyond one record, from outside: the operator's commands, and what batches show."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from census.cli import main
from census.collection.area_findings import AreaFinding
from census.core import db, jobs
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.functional.reviewing import caller_of, send

ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def run(app, database_url, tmp_path, monkeypatch):
    """Runs `census …` on the test's database."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CENSUS_HOME", str(tmp_path))
    monkeypatch.delenv("REDIS_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, words)


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census with one household that answered in each area, kept; all share a name."""
    with db.transaction() as session:
        people = small_census(session)
    send(people.enumerator, people.household(1))
    send(people.neighbour, people.household(1, AWAY))
    return people


def batch(app, census: SmallCensus, ea_code: str = HOME):
    """A batch as its supervisor gets it."""
    return caller_of(app, census.province).api.get(f"/api/v1/batches/{ea_code}", headers=ENGLISH)


def compared(app, census: SmallCensus, ea_code: str = HOME) -> set[tuple[str, str | None]]:
    """The findings of a batch that name another household."""
    items = batch(app, census, ea_code).json["items"]
    return {
        (each["edit"], each["other_household_id"])
        for item in items
        for each in item["findings"]
        if each["other_household_id"]
    }


def edits_told(app, census: SmallCensus) -> set[str]:
    """The rules that the batch of the first area tells of."""
    items = batch(app, census).json["items"]
    return {each["edit"] for item in items for each in item["findings"]}


def test_one_area_run_takes_those_that_disagree_with_it_along(app, run, census):
    result = run("edits", "run", "--area", HOME)

    assert (result.exit_code, result.exception) == (0, None)
    assert "Checked 1 enumeration areas." in result.output
    assert compared(app, census) == {("E-P25", census.household(1, AWAY))}
    assert compared(app, census, AWAY) == {("E-P25", census.household(1))}


def test_the_jobs_of_two_responses_find_the_same_as_the_command(app, run, census):
    jobs.run_all_owed()
    by_jobs, tag = compared(app, census), batch(app, census).headers["ETag"]

    run("edits", "run")

    assert by_jobs == compared(app, census) == {("E-P25", census.household(1, AWAY))}
    assert batch(app, census).headers["ETag"] == tag


def test_a_finding_moves_the_etag_of_its_batch(app, run, census):
    before = batch(app, census).headers["ETag"]

    run("edits", "run")

    assert batch(app, census).headers["ETag"] != before


def test_a_country_is_judged_province_by_province_and_a_batch_tells_what_was_found(
    app, run, census
):
    send(census.enumerator, census.household(2), persons=9)

    assert run("edits", "run").exit_code == 0

    with db.reading() as session:
        assert session.scalars(select(AreaFinding.edit)).all() == ["E-X07"]
    problems = [
        each
        for each in batch(app, census).json["problems"]
        if each["code"] != "household.not_final"
    ]
    assert problems == [
        {
            "code": "finding.area",
            "household_id": None,
            "message": "E-X07: Field and register far apart (measured 100.0%, limit 50.0%)",
        }
    ]


def test_the_page_of_a_batch_tells_it_as_well(app, run, census):
    send(census.enumerator, census.household(2), persons=9)
    run("edits", "run")

    page = caller_of(app, census.supervisor).browser.get(f"/supervisor/batches/{HOME}")

    assert page.status_code == 200
    assert "E-X07: จำนวนต่างจากทะเบียนมาก (วัดได้ 100.0% เกณฑ์ 50.0%)" in page.text


def test_positions_are_measured_again_when_outlines_are_imported(app, run, census, tmp_path):
    jobs.run_all_owed()
    assert edits_told(app, census) == {"E-P25"}
    ring = [[101.2, 13.3], [101.3, 13.3], [101.3, 13.4], [101.2, 13.3]]
    feature = {
        "type": "Feature",
        "properties": {"ea_code": HOME},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    file = tmp_path / "boundaries.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))

    imported = run("import", "boundaries", str(file))
    jobs.run_all_owed()

    assert imported.exit_code == 0
    assert edits_told(app, census) == {"E-P25", "E-I07"}


def test_the_items_a_finding_speaks_of_are_told_with_the_batch(app, census):
    send(census.enumerator, census.household(2), h05=None)

    items = {each["household_id"]: each for each in batch(app, census).json["items"]}

    (finding,) = items[census.household(2)]["findings"]
    assert (finding["edit"], finding["items"]) == ("E-H19", ["h05"])


def test_an_area_that_does_not_exist_is_refused(run, census):
    result = run("edits", "run", "--area", "9876")

    assert result.exit_code == 1


def test_the_page_of_all_rules_is_written_where_the_operator_says(run, tmp_path):
    result = run("edits", "describe", str(tmp_path / "edits.md"))

    assert result.exit_code == 0
    assert "| `E-X08` |" in (tmp_path / "edits.md").read_text(encoding="utf-8")
