"""The frame is frozen in numbered versions, and the practice area counts in none of them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.core.events import Event, react
from census.frame import queries, services
from census.frame.codelists import Origin
from census.frame.errors import AreaMissing, NothingToFreeze, SerialsExhausted
from census.frame.models import EnumerationArea, FrozenCount, Household
from census.frame.practice import PRACTICE_EA
from tests.factories.binding import bind
from tests.factories.frame import EnumerationAreaFactory, HouseholdFactory

NOON = datetime(2021, 2, 10, 5, 0, tzinfo=UTC)
EA, NEXT_EA = "22001011001", "22001011002"
ENUMERATOR = Actor(UUID(int=1), "enumerator1", Role.ENUMERATOR, frozenset({EA}))


@pytest.fixture(autouse=True)
def _factories(session: Session) -> None:
    bind(session)


def frozen_counts(session: Session, version: int) -> dict[str, int]:
    rows = select(FrozenCount.ea_code, FrozenCount.households).where(FrozenCount.version == version)
    return dict(tuple(row) for row in session.execute(rows))


def test_freezing_counts_the_households_of_each_enumeration_area(session):
    HouseholdFactory.create_batch(3, ea_code=EA)
    HouseholdFactory.create_batch(2, ea_code=NEXT_EA)

    version = services.freeze_frame(session, None, at=NOON)

    assert (version.number, version.households, version.enumeration_areas) == (1, 5, 2)
    assert frozen_counts(session, 1) == {EA: 3, NEXT_EA: 2}


def test_a_version_keeps_its_counts_when_households_come_later(session):
    HouseholdFactory.create_batch(3, ea_code=EA)
    services.freeze_frame(session, None, at=NOON)
    HouseholdFactory(ea_code=NEXT_EA)

    second = services.freeze_frame(session, None, at=NOON)

    assert (second.number, second.households) == (2, 4)
    assert frozen_counts(session, 1) == {EA: 3}
    assert frozen_counts(session, 2) == {EA: 3, NEXT_EA: 1}
    assert queries.current_version(session).number == 2


def test_a_frame_in_which_nothing_changed_is_not_frozen_again(session):
    HouseholdFactory(ea_code=EA)
    services.freeze_frame(session, None, at=NOON)

    with pytest.raises(NothingToFreeze):
        services.freeze_frame(session, None, at=NOON)


def test_the_practice_area_is_in_no_frozen_version(session):
    services.ensure_practice_area(session, at=NOON)
    with pytest.raises(NothingToFreeze):
        services.freeze_frame(session, None, at=NOON)
    HouseholdFactory(ea_code=EA)

    version = services.freeze_frame(session, None, at=NOON)

    assert version.households == 1
    assert frozen_counts(session, 1) == {EA: 1}


def test_the_practice_area_is_made_once(session):
    services.ensure_practice_area(session, at=NOON)

    services.ensure_practice_area(session, at=NOON)

    households = select(func.count()).where(Household.ea_code == PRACTICE_EA)
    assert session.scalar(households) == 10


def test_freezing_is_an_event_about_the_version(session):
    HouseholdFactory(ea_code=EA)

    services.freeze_frame(session, None, at=NOON)
    react(session)

    event = session.scalars(select(Event)).one()
    assert (event.name, event.subject) == ("frame.frozen", "1")


def test_dwellings_found_in_the_field_get_serials_from_9000_on(session):
    HouseholdFactory(ea_code=EA, serial=8999)

    first = services.add_field_household(session, ENUMERATOR, EA, address="หลังวัด", at=NOON)
    second = services.add_field_household(session, ENUMERATOR, EA, address="ริมคลอง", at=NOON)

    assert (first.id, second.id) == (f"{EA}-9000", f"{EA}-9001")
    assert (first.origin, first.since_version) == (Origin.FIELD, None)


def test_the_thousand_and_first_dwelling_found_in_an_area_is_refused(session):
    HouseholdFactory(ea_code=EA, serial=9999, origin=Origin.FIELD)

    with pytest.raises(SerialsExhausted):
        services.add_field_household(session, ENUMERATOR, EA, address="หลังวัด", at=NOON)


def test_nobody_adds_a_dwelling_to_an_area_that_is_not_theirs(session):
    EnumerationAreaFactory(code=NEXT_EA)

    with pytest.raises(AreaMissing):
        services.add_field_household(session, ENUMERATOR, NEXT_EA, address="หลังวัด", at=NOON)


def test_a_dwelling_found_in_the_field_enters_the_next_frozen_version(session):
    HouseholdFactory(ea_code=EA)
    services.freeze_frame(session, None, at=NOON)
    services.add_field_household(session, ENUMERATOR, EA, address="หลังวัด", at=NOON)

    services.freeze_frame(session, None, at=NOON)

    assert frozen_counts(session, 2) == {EA: 2}
    assert session.get(EnumerationArea, EA) is not None
