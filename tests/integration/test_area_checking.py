"""An enumeration area is judged as a whole; what is unusual about it shows with its batch."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.codelists import Role
from census.collection.answers import Person, Response
from census.collection.area_findings import AreaFinding
from census.collection.codelists import Disposition
from census.collection.jobs import check_area as check_area_job
from census.collection.models import Case, FieldArea
from census.collection.services import (
    begin_day_of_check,
    check_area,
    check_province,
    is_day_of_check_due,
)
from census.core import events
from census.core.bulk import insert_rows
from census.core.jobs.ledger import OwedJob
from census.frame.practice import PRACTICE_PROVINCE
from census.reactions import REACTIONS
from census.review.queries import batch
from tests.factories.accounts import actor, user
from tests.factories.binding import bind
from tests.factories.census import NOON
from tests.factories.collection import field_area
from tests.factories.review import answered, visited

UNUSUAL, USUAL = "22001011001", "22001011002"
OTHER_DISTRICT = "22002011001"


@pytest.fixture(autouse=True)
def _factories(session: Session) -> None:
    bind(session)
    events.connect(REACTIONS)


def respond(
    session: Session,
    serial: int,
    ea_code: str = UNUSUAL,
    *,
    persons: int = 2,
    sender_id: Any = None,
    response: dict[str, Any] | None = None,
    **answers: Any,
) -> Case:
    """A household with a counting response of so many persons, with these answers."""
    case = answered(serial, ea_code, sender_id=sender_id)
    keys = {"province_code": case.province_code, "submission_id": case.counting_submission_id}
    given = {"household_id": case.household_id, "h03": "1", "h22": persons} | (response or {})
    insert_rows(session, Response, [keys | given])
    ages = {"p06": 31, "p05_year": 2532}
    insert_rows(
        session,
        Person,
        [
            keys | {"position": line, "p04": "12"[line % 2]} | ages | answers
            for line in range(1, persons + 1)
        ],
    )
    return case


def found(session: Session, ea_code: str = UNUSUAL) -> dict[str, tuple[float, float]]:
    """What was found in an area: what was measured and the limit, by rule."""
    session.expire_all()
    rows = session.scalars(select(AreaFinding).where(AreaFinding.ea_code == ea_code))
    return {row.edit: (row.measured, row.limit) for row in rows}


def close(session: Session, ea_code: str) -> None:
    session.get(FieldArea, ea_code).closed_at = NOON
    session.flush()


def test_a_closed_area_that_accounts_for_fewer_households_than_listed_is_not_complete(session):
    respond(session, 1, persons=3)
    visited(2, UNUSUAL, disposition=Disposition.VACANT)
    visited(3, UNUSUAL, disposition=Disposition.REFUSED_BY_HOUSEHOLD)

    check_area(session, UNUSUAL, at=NOON)
    assert found(session) == {}
    close(session, UNUSUAL)
    check_area(session, UNUSUAL, at=NOON)

    assert found(session) == {"E-X01": (2, 3)}


def test_an_area_that_became_complete_is_no_longer_told(session):
    case = visited(1, UNUSUAL, disposition=Disposition.REFUSED_BY_HOUSEHOLD)
    close(session, UNUSUAL)
    check_area(session, UNUSUAL, at=NOON)
    assert found(session) == {"E-X01": (0, 1)}

    case.disposition = Disposition.VACANT
    session.flush()
    check_area(session, UNUSUAL, at=NOON)

    assert "E-X01" not in found(session)


def test_a_province_compares_its_areas_with_each_other(session):
    for serial in range(1, 21):
        respond(session, serial, UNUSUAL, persons=1)
        respond(session, serial, USUAL, persons=4)
        respond(session, serial, OTHER_DISTRICT, persons=4)
        visited(serial + 20, "22002011002", disposition=Disposition.REFUSED_BY_HOUSEHOLD)
        visited(serial + 40, "22002011002", disposition=Disposition.MOVED_AWAY)

    check_province(session, "20", at=NOON)

    assert found(session)["E-X04"] == (1.0, pytest.approx(0.8 + 0.15))
    assert found(session, USUAL) == {}
    assert "E-X03" not in found(session, "22002011002")
    for serial in range(1, 61):
        visited(serial + 20, USUAL, disposition=Disposition.REFUSED_BY_HOUSEHOLD)
    check_province(session, "20", at=NOON)
    assert found(session, "22002011002")["E-X03"] == (0.5, pytest.approx(3 * 20 / 160))


def test_ages_are_counted_over_the_areas_of_a_subdistrict_and_told_of_each(session):
    for serial in range(1, 31):
        respond(session, serial, UNUSUAL, p06=40)
        respond(session, serial, USUAL, p06=41)
        respond(session, serial, OTHER_DISTRICT, p06=41)

    check_province(session, "20", at=NOON)

    for ea_code in (UNUSUAL, USUAL):
        assert found(session, ea_code) == {"E-X05": (250.0, 125.0)}
    assert found(session, OTHER_DISTRICT) == {}


def test_one_area_alone_is_judged_by_the_ages_of_its_whole_subdistrict(session):
    for serial in range(1, 31):
        respond(session, serial, UNUSUAL, p06=41)
        respond(session, serial, USUAL, p06=40)

    check_area(session, UNUSUAL, at=NOON)

    assert found(session) == {"E-X05": (250.0, 125.0)}
    assert found(session, USUAL) == {}


def test_an_area_of_men_is_told(session):
    for serial in range(1, 26):
        respond(session, serial, p04="1")

    check_area(session, UNUSUAL, at=NOON)

    assert found(session) == {"E-X06": (5000.0, 160.0)}


def test_field_and_register_are_compared_over_the_same_households(session):
    respond(session, 1, persons=6)
    respond(session, 2, persons=6, response={"h22": 9999})
    visited(3, UNUSUAL, disposition=Disposition.REFUSED_BY_HOUSEHOLD)

    check_area(session, UNUSUAL, at=NOON)

    assert found(session) == {"E-X07": (1.0, 0.5)}


def test_an_empty_dwelling_has_no_residents_whatever_the_register_says(session):
    respond(session, 1, persons=3)
    visited(2, UNUSUAL, disposition=Disposition.VACANT)

    check_area(session, UNUSUAL, at=NOON)
    assert found(session) == {}
    visited(3, UNUSUAL, disposition=Disposition.DEMOLISHED)
    check_area(session, UNUSUAL, at=NOON)

    assert found(session)["E-X07"] == (pytest.approx(2 / 3), 0.5)


def test_births_are_counted_for_each_enumerator_and_told_with_the_account(session):
    careless = user(session, role=Role.ENUMERATOR, username="careless")
    careful = user(session, role=Role.ENUMERATOR, username="careful")
    for serial in range(1, 6):
        year = 9999 if serial == 1 else None if serial == 2 else 2532
        respond(session, serial, sender_id=careless.id, p05_year=year)
        respond(session, serial + 5, sender_id=careful.id)

    check_area(session, UNUSUAL, at=NOON)

    (told,) = session.scalars(select(AreaFinding)).all()
    assert (told.edit, told.subject) == ("E-X08", str(careless.id))
    assert (told.measured, told.limit) == (0.4, 0.3)
    supervisor = actor(session, areas=["2001"])
    (problem,) = [
        each for each in batch(session, supervisor, UNUSUAL).problems if each.code == "finding.area"
    ]
    assert problem.en == (
        "E-X08: Birth date often missing (measured 40.0%, limit 30.0% · careless)"
    )
    assert problem.th == "E-X08: วันเกิดว่างมาก (วัดได้ 40.0% เกณฑ์ 30.0% · careless)"
    assert problem.household_id is None


def test_a_finding_keeps_the_moment_it_was_first_found_and_is_measured_anew(session):
    respond(session, 1, persons=6)
    check_area(session, UNUSUAL, at=NOON)

    respond(session, 2, persons=9)
    check_area(session, UNUSUAL, at=NOON + timedelta(days=1))

    (told,) = session.scalars(select(AreaFinding)).all()
    assert (told.measured, told.found_at) == (1.5, NOON)


def test_the_rules_on_provinces_stay_where_one_area_alone_is_judged(session):
    field_area(UNUSUAL)
    keys = {"ea_code": UNUSUAL, "province_code": "20", "subject": "", "found_at": NOON}
    insert_rows(session, AreaFinding, [keys | {"edit": "E-X03", "measured": 0.5, "limit": 0.1}])
    respond(session, 1)

    check_area(session, UNUSUAL, at=NOON)

    assert found(session) == {"E-X03": (0.5, 0.1)}
    check_province(session, "20", at=NOON)
    assert found(session) == {}


def test_practice_is_not_judged(session):
    check_province(session, PRACTICE_PROVINCE, at=NOON)

    assert session.scalars(select(AreaFinding)).all() == []


def test_closing_an_area_owes_its_judgement(session):
    field_area(UNUSUAL)

    events.record(session, None, "batch.closed", UNUSUAL, area=UNUSUAL, at=NOON)
    events.react(session)

    owed = session.scalars(select(OwedJob.key).where(OwedJob.name == check_area_job.name)).all()
    assert owed == [UNUSUAL]


def test_the_provinces_are_judged_once_a_day(session):
    field_area(UNUSUAL)

    assert begin_day_of_check(session, at=NOON) == ["20"]
    assert begin_day_of_check(session, at=NOON + timedelta(hours=6)) == []
    assert not is_day_of_check_due(session, at=NOON)
    assert begin_day_of_check(session, at=NOON + timedelta(days=1)) == ["20"]
