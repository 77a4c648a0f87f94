"""Everybody sees what lies in their areas, and nothing else exists."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.frame import queries, services
from census.frame.codelists import Level
from census.frame.errors import AreaMissing
from census.frame.models import EnumerationArea, Household
from census.frame.practice import PRACTICE_EA, PRACTICE_PROVINCE
from tests.factories.binding import bind
from tests.factories.frame import HouseholdFactory

NOON = datetime(2021, 2, 10, 5, 0, tzinfo=UTC)

CHON_BURI_1, CHON_BURI_2 = "22001011001", "22001021001"
BAN_BUENG, RAYONG = "22002011001", "22101011001"
EVERYWHERE = (CHON_BURI_1, CHON_BURI_2, BAN_BUENG, RAYONG)


def actor(*areas: str, role: Role = Role.SUPERVISOR) -> Actor:
    return Actor(UUID(int=7), "somebody", role, frozenset(areas))


@pytest.fixture(autouse=True)
def _frame(session: Session) -> None:
    """One household in each of four enumeration areas, and the practice area."""
    bind(session)
    for code in EVERYWHERE:
        HouseholdFactory(ea_code=code, serial=1)
    services.ensure_practice_area(session, at=NOON)


def areas_seen(session: Session, somebody: Actor, table) -> set[str]:
    column = EnumerationArea.code if table is EnumerationArea else table.ea_code
    return set(session.scalars(select(column).where(queries.lies_within(somebody, table))))


@pytest.mark.parametrize("table", [Household, EnumerationArea])
@pytest.mark.parametrize(
    ("areas", "seen"),
    [
        ((), set()),
        (("nonsense",), set()),
        (("TH",), {*EVERYWHERE, PRACTICE_EA}),
        (("20",), {CHON_BURI_1, CHON_BURI_2, BAN_BUENG}),
        (("2001",), {CHON_BURI_1, CHON_BURI_2}),
        (("200102",), {CHON_BURI_2}),
        ((BAN_BUENG,), {BAN_BUENG}),
        (("21", "2002", CHON_BURI_1), {RAYONG, BAN_BUENG, CHON_BURI_1}),
        ((PRACTICE_EA,), {PRACTICE_EA}),
    ],
)
def test_an_actor_sees_the_rows_of_their_areas(session, table, areas, seen):
    somebody = actor(*areas)

    assert areas_seen(session, somebody, table) == seen


def test_the_condition_fits_into_a_query_that_reads_the_enumeration_areas_too(session):
    rows = (
        select(Household.id)
        .join(EnumerationArea, EnumerationArea.code == Household.ea_code)
        .where(queries.lies_within(actor("2002"), Household))
    )

    assert session.scalars(rows).all() == [f"{BAN_BUENG}-0001"]


def test_the_country_is_without_the_practice_area(session):
    condition = queries.condition_for_area(session, "TH", Household)

    rows = session.scalars(select(Household.ea_code).where(condition))
    assert set(rows) == set(EVERYWHERE)


def test_enumeration_areas_of_an_area_can_be_put_into_another_query(session):
    rows = select(Household.ea_code).where(Household.ea_code.in_(queries.ea_codes_within("2001")))

    assert set(session.scalars(rows)) == {CHON_BURI_1, CHON_BURI_2}
    assert set(session.scalars(queries.ea_codes_within("TH"))) == set(EVERYWHERE)
    assert session.scalars(queries.ea_codes_within("?")).all() == []


@pytest.mark.parametrize("code", ["20", "2001", "200101", CHON_BURI_1])
def test_an_area_and_what_lies_in_it_are_seen_by_whoever_answers_for_it(session, code):
    area = queries.area_within(session, actor("20"), code)

    assert area.code == code
    assert area.province_code == "20"


@pytest.mark.parametrize("code", ["TH", "21", RAYONG, "2002", "20", "9999", "no area"])
def test_an_area_outside_the_actors_does_not_exist(session, code):
    with pytest.raises(AreaMissing):
        queries.area_within(session, actor("2001"), code)


def test_children_are_the_areas_of_the_next_level(session):
    codes = {
        code: [child.code for child in queries.children_of(session, code)]
        for code in ("TH", "20", "2001", "200101", CHON_BURI_1)
    }

    assert codes == {
        "TH": ["20", "21"],
        "20": ["2001", "2002"],
        "2001": ["200101", "200102"],
        "200101": [CHON_BURI_1],
        CHON_BURI_1: [],
    }


def test_areas_of_one_level_are_found_in_an_area_of_any_level(session):
    districts = queries.areas_at(session, "TH", Level.DISTRICT)
    enumeration_areas = queries.areas_at(session, "20", Level.ENUMERATION_AREA)
    practice = queries.areas_at(session, PRACTICE_PROVINCE, Level.ENUMERATION_AREA)

    assert [area.code for area in districts] == ["2001", "2002", "2101"]
    assert [area.code for area in enumeration_areas] == [CHON_BURI_1, CHON_BURI_2, BAN_BUENG]
    assert [(area.code, area.is_practice) for area in practice] == [(PRACTICE_EA, True)]


def test_names_are_found_for_areas_of_every_level(session):
    names = queries.area_names(session, {"20", CHON_BURI_1, "none"})

    assert names["20"] == queries.AreaName("พื้นที่ 20", "Area 20")
    assert names.keys() == {"20", CHON_BURI_1}
    assert queries.unknown_codes(session, {"20", "none"}) == ["none"]
