"""The operator brings the frame in with commands, and is told of everything that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from census.cli import main
from census.core import db
from census.frame.buildings import Building, HouseOf2010
from census.frame.models import Area, EnumerationArea, FrameVersion, Household

EA = "22001011001"
EAS = (
    f"ea_code,subdistrict_code,zone,village,name,expected_households\n{EA},200101,1,00,ชุมชนริมน้ำ,2\n"
)
HEADER = "household_id,ea_code,house_code,address,latitude,longitude,register_persons\n"
HOUSEHOLDS = HEADER + "".join(
    f"{EA}-{serial:04d},{EA},2001000000{serial},{serial} ถนนสุขุมวิท,13.36,100.98,3\n"
    for serial in (1, 2)
)
REGISTER = (
    "house_code,pid,title,first_name,surname,sex,birth_year_be,birth_month,nationality\n"
    "20010000001,1999900000013,01,สมมติ,ตัวอย่าง,1,2520,05,764\n"
)
BOUNDARIES = (
    '{"type": "FeatureCollection", "features": [{"type": "Feature", "properties":'
    f'{{"ea_code": "{EA}"}}, "geometry": {{"type": "Polygon", "coordinates":'
    "[[[100.9, 13.3], [101, 13.3], [101, 13.4], [100.9, 13.3]]]}}]}"
)


@pytest.fixture
def census(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command of `census` on an empty database, in a folder of its own."""
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("CENSUS_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("REDIS_URL", raising=False)
    monkeypatch.delenv("CENSUS_ENV", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Result:
        return CliRunner().invoke(main, list(arguments))

    return run


@pytest.fixture
def file(tmp_path: Path):
    """Put a file into the folder of the operator."""

    def put(name: str, content: str) -> str:
        (tmp_path / name).write_text(content, encoding="utf-8")
        return name

    return put


def how_many(model) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def test_the_whole_frame_comes_in_with_six_commands(census, file):
    results = [
        census("import", "areas"),
        census("import", "enumeration-areas", file("enumeration_areas.csv", EAS)),
        census("import", "boundaries", file("boundaries.geojson", BOUNDARIES)),
        census("import", "households", file("households.csv", HOUSEHOLDS)),
        census("import", "register", file("register.csv", REGISTER)),
        census("frame", "freeze"),
    ]

    assert [(result.exit_code, result.exception) for result in results] == [(0, None)] * 6
    assert "2 rows: 2 new" in results[3].output
    assert "Frame version 1: 2 households in 1 enumeration areas" in results[5].output
    assert how_many(FrameVersion) == 1


def test_areas_of_ones_own_take_the_place_of_those_that_ship(census, file):
    own = "code,level,parent_code,name_th,name_en\nTH,country,,ประเทศไทย,Thailand\n"

    result = census("import", "areas", file("areas.csv", own))

    assert result.exit_code == 0
    assert how_many(Area) == 1 + 3


def test_a_refused_file_says_why_in_both_languages_and_changes_nothing(census, file, tmp_path):
    census("import", "areas")
    census("import", "enumeration-areas", file("enumeration_areas.csv", EAS))
    before = how_many(Household)
    wrong = file("households.csv", HOUSEHOLDS + f"{EA}-0003,{EA},,ก,135.2,100.9,1\n")

    result = census("import", "households", wrong)

    assert result.exit_code == 1
    assert "4 · latitude · 135.2" in result.output
    assert "พิกัดอยู่นอกขอบเขต" in result.output
    assert "The coordinate is outside" in result.output
    assert (tmp_path / "households.faults.csv").exists()
    assert how_many(Household) == before


def test_the_report_goes_where_the_operator_says(census, file, tmp_path):
    wrong = file("areas.csv", "code;level\n")

    result = census("import", "areas", wrong, "--report", "elsewhere.csv")

    assert result.exit_code == 1
    assert "wrong_header" in (tmp_path / "elsewhere.csv").read_text("utf-8-sig")
    assert not (tmp_path / "areas.faults.csv").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ("households",),
        ("households", "there-is-no-such-file.csv"),
        ("people", "areas.csv"),
        ("households", "areas.csv", "--report", "areas.csv"),
    ],
)
def test_wrong_usage_is_told_apart_from_a_refused_file(census, file, arguments):
    file("areas.csv", "")

    assert census("import", *arguments).exit_code == 2


def test_a_frame_that_did_not_change_is_not_frozen_again(census):
    census("import", "areas")

    result = census("frame", "freeze")

    assert result.exit_code == 1
    assert "No household has been added" in result.output
    assert how_many(EnumerationArea) == 1


def test_the_lists_that_answers_are_compared_with_come_in_with_two_more(census, file):
    census("import", "areas")
    census("import", "enumeration-areas", file("enumeration_areas.csv", EAS))
    buildings = f"ea_code,building_no,kind,name,households\n{EA},001,dormitory,หอพัก,12\n"

    results = [
        census("import", "buildings", file("buildings.csv", buildings)),
        census("import", "houses-2010", file("houses.csv", "house_code\n20010000001\n")),
    ]

    assert [(result.exit_code, result.exception) for result in results] == [(0, None)] * 2
    assert (how_many(Building), how_many(HouseOf2010)) == (1, 1)
