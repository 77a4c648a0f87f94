"""One enumerator holds an enumeration area at a time, and every plan of the field work is kept."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.models import User, UserArea
from census.assignment import queries, services
from census.assignment.errors import FieldPeriodInvalid, NotAnEnumerator, NotLeased
from census.assignment.schemas import FieldPeriodSchema
from census.core.db import new_id
from census.core.events import Event, react
from census.frame.errors import AreaMissing
from tests.factories.binding import bind
from tests.factories.frame import EnumerationAreaFactory

NOON = datetime(2021, 2, 10, 5, 0, tzinfo=UTC)
EVENING = NOON + timedelta(hours=8)
EA, BAN_BUENG = "22001011001", "22002011001"
SUPERVISOR = Actor(UUID(int=5), "supervisor1", Role.SUPERVISOR, frozenset({"2001"}))


@pytest.fixture(autouse=True)
def _areas(session: Session) -> None:
    bind(session)
    for code in (EA, BAN_BUENG):
        EnumerationAreaFactory(code=code)


@pytest.fixture
def hire(session: Session):
    """Let somebody work as an enumerator, or as something else."""

    def hired(username: str, role: Role = Role.ENUMERATOR, *, is_active: bool = True) -> UUID:
        user = User(
            id=new_id(),
            username=username,
            display_name=username,
            role=role,
            password_hash="-",
            is_active=is_active,
            created_at=NOON,
        )
        session.add(user)
        session.flush()
        return user.id

    return hired


def areas_of(session: Session, user_id: UUID) -> set[str]:
    return set(session.scalars(select(UserArea.area_code).where(UserArea.user_id == user_id)))


def lease(session: Session, enumerator_id: UUID, *, ea_code: str = EA, at: datetime = NOON):
    return services.lease_area(session, SUPERVISOR, ea_code, enumerator_id=enumerator_id, at=at)


def test_an_enumerator_answers_for_the_area_leased_to_them(session, hire):
    enumerator = hire("enumerator1")

    given = lease(session, enumerator)

    assert (given.number, given.province_code) == (1, "20")
    assert areas_of(session, enumerator) == {EA}
    assert queries.open_lease(session, EA).enumerator_id == enumerator


def test_moving_an_area_ends_one_lease_and_begins_the_next(session, hire):
    first, second = hire("enumerator1"), hire("enumerator2")
    lease(session, first)

    moved = lease(session, second, at=EVENING)

    assert moved.number == 2
    assert (areas_of(session, first), areas_of(session, second)) == (set(), {EA})
    assert queries.lease_at(session, EA, NOON).enumerator_id == first
    assert queries.lease_at(session, EA, EVENING).enumerator_id == second
    assert queries.lease_at(session, EA, NOON - timedelta(days=1)) is None


def test_leasing_an_area_to_its_holder_again_changes_nothing(session, hire):
    enumerator = hire("enumerator1")
    given = lease(session, enumerator)

    again = lease(session, enumerator, at=EVENING)

    assert again.id == given.id
    assert again.number == 1


def test_a_lease_is_an_event_about_its_area(session, hire):
    lease(session, hire("enumerator1"))
    react(session)

    event = session.scalars(select(Event).where(Event.name == "area.leased")).one()
    assert (event.subject, event.area, event.actor_id) == (EA, EA, SUPERVISOR.id)
    assert event.details["lease"] == 1


def test_an_area_that_is_taken_back_is_held_by_nobody_and_keeps_its_numbers(session, hire):
    first, second = hire("enumerator1"), hire("enumerator2")
    lease(session, first)

    services.end_lease(session, SUPERVISOR, EA, at=EVENING)

    with pytest.raises(NotLeased):
        services.end_lease(session, SUPERVISOR, EA, at=EVENING)
    assert areas_of(session, first) == set()
    assert lease(session, second, at=EVENING).number == 2


def test_nobody_leases_an_area_outside_their_own(session, hire):
    enumerator = hire("enumerator1")

    with pytest.raises(AreaMissing):
        lease(session, enumerator, ea_code=BAN_BUENG)


@pytest.mark.parametrize(
    ("role", "is_active"), [(Role.SUPERVISOR, True), (Role.CLERK, True), (Role.ENUMERATOR, False)]
)
def test_only_an_enumerator_at_work_can_hold_an_area(session, hire, role, is_active):
    somebody = hire("somebody", role, is_active=is_active)

    with pytest.raises(NotAnEnumerator):
        lease(session, somebody)


def revise(session: Session, ends_on: date, decided_on: date, reason_en: str = "Planned"):
    return services.revise_field_period(
        session,
        None,
        starts_on=date(2020, 12, 1),
        ends_on=ends_on,
        decided_on=decided_on,
        reason_th="ตามแผน",
        reason_en=reason_en,
        decision_document="plan",
        at=NOON,
    )


def test_the_field_period_in_force_is_the_last_one_decided_by_then(session):
    revise(session, date(2021, 1, 15), date(2020, 10, 1))
    revise(session, date(2021, 2, 28), date(2021, 1, 8))

    assert queries.field_period_in_force(session, date(2020, 9, 30)) is None
    assert queries.field_period_in_force(session, date(2021, 1, 7)).revision == 1
    assert queries.field_period_in_force(session, date(2021, 1, 8)).revision == 2
    assert [period.revision for period in queries.field_periods(session)] == [1, 2]


def test_a_field_period_that_ends_before_it_starts_or_lacks_a_reason_is_refused(session):
    with pytest.raises(FieldPeriodInvalid) as refusal:
        revise(session, date(2020, 11, 30), date(2020, 10, 1), reason_en=" ")

    assert [fault.pointer for fault in refusal.value.faults] == ["/ends_on", "/reason_en"]


def test_a_tablet_gets_the_days_and_the_revision_of_the_field_period(session):
    period = revise(session, date(2021, 1, 15), date(2020, 10, 1))

    assert FieldPeriodSchema().dump(period) == {
        "starts_on": "2020-12-01",
        "ends_on": "2021-01-15",
        "revision": 1,
    }
