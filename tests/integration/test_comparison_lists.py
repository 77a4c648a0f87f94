"""Lists of buildings and of old houses, and what answers are found to contradict in them."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Outcome, Severity
from census.collection.models import Case, Finding
from census.collection.services import assign_to_household, receive_submission
from census.core import events
from census.frame import services
from census.frame.buildings import Building, HouseOf2010
from census.frame.codelists import BuildingKind, ImportKind
from census.frame.errors import ImportRefused
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.submissions import incoming

BUILDINGS = "ea_code,building_no,kind,name,households"
SCHOOL = f"{HOME},002,institution,โรงเรียน,0"
HOUSE = f"{HOME},001,house,,1"
OLD_HOUSE = "99000000001"
"""The house code that the small census gives to the first household."""

INSTITUTION = {
    f"h{n:02d}": None for n in (5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 25)
} | {"h03": "3", "h20_motorcycles": None, "h20_cars": None}


@pytest.fixture
def census(session: Session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


@pytest.fixture
def take(session: Session, tmp_path: Path):
    """Import these lines as a file of a kind."""

    def import_lines(kind: ImportKind, *lines: str):
        path = tmp_path / f"{kind.value}.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return services.import_file(session, None, kind, path, at=NOON).taken

    return import_lines


@pytest.fixture
def refused(take, tmp_path: Path):
    """Import these lines, which must be refused; gives the faults as they are in the report."""

    def faults(kind: ImportKind, *lines: str) -> list[tuple[int, str, str, str]]:
        with pytest.raises(ImportRefused):
            take(kind, *lines)
        with (tmp_path / f"{kind.value}.faults.csv").open(encoding="utf-8-sig") as report:
            return [
                (int(row["line"]), row["column"], row["value"], row["code"])
                for row in csv.DictReader(report)
            ]

    return faults


def send(session: Session, actor: Actor, one: Incoming) -> Received:
    """Send one submission and let everything follow that follows at once."""
    received = receive_submission(session, actor, one, at=NOON)
    events.react(session)
    return received


def told(received: Received) -> set[str]:
    """The rules that the sender is told of."""
    return {finding.edit for finding in received.findings}


def count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def test_buildings_take_their_province_from_their_area(session, census, take):
    taken = take(ImportKind.BUILDINGS, BUILDINGS, HOUSE, SCHOOL)

    school = session.get(Building, (HOME, "002"))
    assert (taken.rows, taken.added) == (2, 2)
    assert (school.province_code, school.kind, school.name, school.households) == (
        "20",
        BuildingKind.INSTITUTION,
        "โรงเรียน",
        0,
    )


def test_a_list_may_come_twice_and_overwrites_nothing(session, census, take, refused):
    take(ImportKind.BUILDINGS, BUILDINGS, HOUSE, SCHOOL)

    again = take(ImportKind.BUILDINGS, BUILDINGS, HOUSE)
    faults = refused(ImportKind.BUILDINGS, BUILDINGS, HOUSE.replace("house,", "dormitory,"))

    assert (again.added, again.unchanged) == (0, 1)
    assert faults == [(2, "kind", "dormitory", "differs")]
    assert session.get(Building, (HOME, "001")).kind is BuildingKind.HOUSE


def test_wrong_buildings_are_named_with_line_column_and_reason(session, census, refused):
    faults = refused(
        ImportKind.BUILDINGS,
        BUILDINGS,
        HOUSE,
        HOUSE,
        "22009011001,001,house,,1",
        f"{HOME},4,castle,,many",
        ",005,house,,1",
    )

    assert faults == [
        (3, "building_no", "001", "duplicate"),
        (4, "ea_code", "22009011001", "unknown_area"),
        (5, "building_no", "4", "malformed_code"),
        (5, "households", "many", "not_a_number"),
        (5, "kind", "castle", "unknown_code"),
        (6, "ea_code", "", "blank"),
    ]
    assert count(session, Building) == 0


def test_houses_of_2010_come_with_or_without_their_separators(session, take):
    taken = take(ImportKind.HOUSES_2010, "house_code", OLD_HOUSE, "9900-000000-2")
    again = take(ImportKind.HOUSES_2010, "house_code", "9900-000000-1")

    codes = session.scalars(select(HouseOf2010.house_code).order_by(HouseOf2010.house_code))
    assert codes.all() == [OLD_HOUSE, "99000000002"]
    assert (taken.added, again.added) == (2, 0)


def test_wrong_house_codes_are_named(session, refused):
    faults = refused(ImportKind.HOUSES_2010, "house_code", OLD_HOUSE, "123", OLD_HOUSE)

    assert faults == [
        (3, "house_code", "123", "malformed_code"),
        (4, "house_code", OLD_HOUSE, "duplicate"),
    ]
    assert count(session, HouseOf2010) == 0


def test_an_institution_must_stand_among_the_buildings_of_its_area(session, census, take):
    one = incoming(census.household(1), **INSTITUTION)
    two = incoming(census.household(2), **INSTITUTION)

    take(ImportKind.BUILDINGS, BUILDINGS, HOUSE)
    before = told(send(session, census.enumerator, one))
    take(ImportKind.BUILDINGS, BUILDINGS, SCHOOL)
    after = told(send(session, census.enumerator, two))

    assert "E-H17" in before
    assert "E-H17" not in after


def test_where_no_building_is_listed_nothing_is_compared(session, census, take):
    one = incoming(census.household(1), **INSTITUTION)

    take(ImportKind.BUILDINGS, BUILDINGS, HOUSE.replace(HOME, AWAY))

    assert "E-H17" not in told(send(session, census.enumerator, one))


@pytest.mark.parametrize(
    ("answers", "is_told"),
    [
        ({"h10": "5"}, True),
        ({"h10": "4"}, False),
        ({"h10": "5", "house_reg_code": "2001-000000-9"}, False),
        ({"h10": "5", "house_reg_code": "9900-000000-1"}, True),
    ],
    ids=["new", "old", "another house", "the same house"],
)
def test_a_new_house_cannot_stand_on_the_old_list(session, census, take, answers, is_told):
    take(ImportKind.HOUSES_2010, "house_code", OLD_HOUSE)

    received = send(session, census.enumerator, incoming(census.household(1), **answers))

    assert ("E-H21" in told(received)) is is_told


def test_without_the_old_list_no_house_is_on_it(session, census):
    received = send(session, census.enumerator, incoming(census.household(1), h10="5"))

    assert "E-H21" not in told(received)


def test_who_answers_for_an_unlisted_area_is_told_so_while_it_waits(session, census):
    received = send(session, census.enumerator, incoming("22009991001-0001"))

    assert (received.outcome, received.code) == (Outcome.QUARANTINED, "household.unknown")
    assert {(each.edit, each.severity) for each in received.findings} == {("E-I01", Severity.HARD)}
    assert count(session, Finding) == 0


def test_a_household_missing_in_a_listed_area_is_no_unlisted_area(session, census):
    received = send(session, census.enumerator, incoming(census.household(4711)))

    assert received.code == "household.unknown"
    assert told(received) == set()


def test_who_answers_for_anothers_area_is_told_so_with_everything_else(session, census):
    foreign = incoming(census.household(1, AWAY), h23=3)

    received = send(session, census.enumerator, foreign)

    assert (received.outcome, received.code) == (Outcome.QUARANTINED, "household.foreign")
    assert told(received) == {"E-I02", "E-H05", "E-H06"}


def test_what_an_officer_answers_for_keeps_saying_that_it_was_anothers_area(session, census):
    foreign = incoming(census.household(1, AWAY))
    send(session, census.enumerator, foreign)

    taken_up = assign_to_household(
        session,
        census.province,
        foreign.instance_id,
        sha256=hashlib.sha256(foreign.data).digest(),
        household_id=census.household(1, AWAY),
        reason="Helped out after the storm",
        at=NOON,
    )

    case = session.scalars(select(Case).where(Case.household_id == census.household(1, AWAY))).one()
    assert taken_up.is_taken_up
    assert session.scalars(select(Finding.edit)).all() == ["E-I02"]
    assert case.hard_findings == 1


def test_what_cannot_be_read_has_no_findings(session, census):
    one = incoming(census.household(1))
    broken = Incoming(one.instance_id, b"<data", one.household_id, None, "household", "2564.1")

    assert told(send(session, census.enumerator, broken)) == set()


def test_the_items_a_finding_speaks_of_are_kept_and_told_again(session, census):
    one = incoming(census.household(1), h05=None, h13="5")

    first = send(session, census.enumerator, one)
    second = send(session, census.enumerator, one)

    for received in (first, second):
        assert {each.edit: each.nodes for each in received.findings} == {
            "E-H12": (),
            "E-H18": ("h14",),
            "E-H19": ("h05",),
        }
