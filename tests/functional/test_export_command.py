"""`census export answers`: done, refused or used wrongly, and never a half of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from census.cli import main
from census.core import db, events, jobs
from census.core.events import Event
from tests.factories.census import small_census


@pytest.fixture
def run(tmp_path, sqlite_template):
    """Commands on a machine with a small census, in an embedded database."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    (home / "census.sqlite3").write_bytes(sqlite_template.read_bytes())
    events.connect({})
    db.connect(f"sqlite:///{home / 'census.sqlite3'}")
    with db.transaction() as session:
        small_census(session)
    environment = dict.fromkeys(("CENSUS_ENV", "DATABASE_URL", "REDIS_URL", "TEST_DATABASE_URL"))

    def run_command(*arguments: str) -> Result:
        return CliRunner().invoke(
            main, ["export", "answers", *arguments], env=environment | {"CENSUS_HOME": str(home)}
        )

    yield run_command
    jobs.connect_nothing()
    db.disconnect()


def test_an_export_says_what_it_wrote_and_how_to_go_on(run, tmp_path):
    out = tmp_path / "out"

    first = run("--out", str(out))
    manifest = json.loads((out / "manifest.json").read_text())
    second = run(
        "--out", str(tmp_path / "next"), "--since", manifest["mark"], "--format", "parquet"
    )

    assert first.exit_code == second.exit_code == 0, first.output + second.output
    assert f"--since {manifest['mark']}" in first.output
    assert f"10  {out / 'cases.parquet'}" in first.output
    assert f"0  {tmp_path / 'next' / 'cases.parquet'}" in second.output
    with db.reading() as session:
        details = session.scalars(
            select(Event.details).where(Event.name == "answers.exported").order_by(Event.id)
        ).all()
    assert [each["since"] for each in details] == [None, manifest["mark"]]


def test_files_are_readable_by_their_owner_only(run, tmp_path):
    assert run("--out", str(tmp_path / "out"), "--format", "csv").exit_code == 0

    made = [tmp_path / "out", *(tmp_path / "out").iterdir()]
    assert len(made) == 7
    assert [path.name for path in made if path.stat().st_mode & 0o077] == []


@pytest.mark.parametrize(
    ("options", "th", "en"),
    [
        (("--area", "9901"), "ไม่มีพื้นที่ 9901", "no area 9901"),
        (("--since", "5-0123456789abcdef"), "เครื่องหมาย 5-0123456789abcdef", "export everything"),
        (("--out", "taken"), "มีข้อมูลอยู่แล้ว", "name a new folder"),
        (("--out", "file/below"), "สร้างโฟลเดอร์", "cannot be made"),
    ],
    ids=["area", "mark", "taken", "below a file"],
)
def test_a_refusal_changes_nothing_and_says_what_is_wrong(
    run, tmp_path, monkeypatch, options, th, en
):
    monkeypatch.chdir(tmp_path)
    Path("taken").mkdir()
    Path("taken", "file").touch()
    Path("file").touch()
    before = sorted(tmp_path.rglob("*"))

    answer = run("--out", "out", *options)

    assert answer.exit_code == 1
    assert th in answer.output
    assert en in answer.output
    changed = set(tmp_path.rglob("*")) - set(before)
    assert [path for path in changed if tmp_path / "home" not in path.parents] == []
    with db.reading() as session:
        assert session.scalars(select(Event).where(Event.name == "answers.exported")).all() == []


@pytest.mark.parametrize("options", [(), ("--out", "x", "--format", "xlsx"), ("--since",)])
def test_wrong_usage_ends_with_2(run, options):
    assert run(*options).exit_code == 2
