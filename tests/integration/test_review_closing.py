"""The province closes an area when everything in it is approved, and may open it again."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.collection.codelists import Outcome, Review, Standing
from census.collection.services import receive_submission, set_action_aside
from census.core import events
from census.core.errors import Invalid
from census.core.events import Event
from census.review import queries, services
from census.review.codelists import BatchStatus, ClosingStep
from census.review.errors import BatchChanged, BatchClosed, BatchIncomplete, BatchNotClosed
from census.review.models import Closing
from census.review.rules import Seen
from tests.factories import accounts
from tests.factories.binding import bind
from tests.factories.census import small_census
from tests.factories.collection import HOME, CaseFactory, field_area
from tests.factories.review import answered, approved, quarantined, quarantined_action
from tests.factories.submissions import incoming

NOON = datetime(2021, 2, 10, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _bound(session: Session) -> None:
    """Factories write to the session of the test, and nothing reacts to events."""
    bind(session)
    events.connect({})


@pytest.fixture
def province() -> Actor:
    """The office of the province."""
    return accounts.passing_actor(Role.PROVINCE, ["20"])


def seen_now(session: Session, actor: Actor) -> Seen:
    return Seen(queries.batch(session, actor, HOME).etag)


def test_an_area_is_closed_once_everything_in_it_is_approved(session, province):
    approved(1)
    seen = seen_now(session, province)

    batch = services.close(session, province, HOME, seen=seen, at=NOON)

    closing = session.scalars(select(Closing)).one()
    assert batch.status is BatchStatus.CLOSED
    assert (closing.step, closing.etag, closing.by) == (ClosingStep.CLOSED, seen.etag, province.id)
    events.react(session)
    assert session.scalars(select(Event.name)).all() == ["batch.closed"]


@pytest.mark.parametrize(
    ("make", "not_approved", "in_quarantine"),
    [
        (lambda: answered(2), 1, 0),
        (lambda: answered(2, review=Review.RETURNED), 1, 0),
        (lambda: CaseFactory(serial=2), 1, 0),
        (quarantined, 0, 1),
        (lambda: quarantined(standing=Standing.CONFLICT), 0, 1),
        (quarantined_action, 0, 1),
    ],
)
def test_an_area_with_something_left_to_do_stays_open(
    session, province, make, not_approved, in_quarantine
):
    approved(1)
    make()

    with pytest.raises(BatchIncomplete) as refusal:
        services.close(session, province, HOME, seen=seen_now(session, province), at=NOON)

    facts = refusal.value.facts
    assert (facts["not_approved"], facts["quarantined"]) == (not_approved, in_quarantine)
    assert field_area(HOME).closed_at is None


@pytest.mark.parametrize("arrive", [quarantined, quarantined_action])
def test_an_area_that_changed_under_the_eyes_is_not_closed(session, province, arrive):
    approved(1)
    seen = seen_now(session, province)
    arrive()

    with pytest.raises(BatchChanged):
        services.close(session, province, HOME, seen=seen, at=NOON)


def test_a_closed_area_is_not_closed_again(session, province):
    approved(1)
    services.close(session, province, HOME, seen=seen_now(session, province), at=NOON)

    with pytest.raises(BatchClosed):
        services.close(session, province, HOME, seen=seen_now(session, province), at=NOON)


def test_what_arrives_for_a_closed_area_is_quarantined_and_seen_by_the_province(session):
    people = small_census(session)
    household = people.household()
    for serial in range(1, 6):
        receive_submission(session, people.enumerator, incoming(people.household(serial)), at=NOON)
    services.approve(
        session, people.supervisor, HOME, seen=seen_now(session, people.supervisor), at=NOON
    )
    closed = services.close(
        session, people.province, HOME, seen=seen_now(session, people.province), at=NOON
    )

    late = receive_submission(session, people.enumerator, incoming(household), at=NOON)

    batch = queries.batch(session, people.province, HOME)
    assert (late.outcome, late.code) == (Outcome.QUARANTINED, "area.closed")
    assert batch.status is BatchStatus.CLOSED
    assert [each.code for each in batch.problems] == ["submission.quarantined"]
    assert batch.etag != closed.etag


def test_an_area_is_closed_once_its_report_from_the_field_is_decided_on(session):
    people = small_census(session)
    for serial in range(1, 6):
        receive_submission(session, people.enumerator, incoming(people.household(serial)), at=NOON)
    services.approve(
        session, people.supervisor, HOME, seen=seen_now(session, people.supervisor), at=NOON
    )
    waiting = quarantined_action()

    with pytest.raises(BatchIncomplete):
        services.close(
            session, people.province, HOME, seen=seen_now(session, people.province), at=NOON
        )
    set_action_aside(session, people.province, waiting.action_id, reason="Twice", at=NOON)
    closed = services.close(
        session, people.province, HOME, seen=seen_now(session, people.province), at=NOON
    )

    assert (closed.status, closed.counts.quarantined) == (BatchStatus.CLOSED, 0)


@pytest.mark.parametrize("reason", ["A household was missed", "พบครัวเรือนตกหล่น '; --"])
def test_a_reopened_area_keeps_what_was_approved_and_the_reason(session, province, reason):
    case = approved(1)
    services.close(session, province, HOME, seen=seen_now(session, province), at=NOON)

    batch = services.reopen(
        session, province, HOME, seen=seen_now(session, province), reason=reason, at=NOON
    )

    closings = session.scalars(select(Closing).order_by(Closing.id)).all()
    assert batch.status is BatchStatus.APPROVED
    assert case.review is Review.APPROVED
    assert [(each.step, each.reason) for each in closings] == [
        (ClosingStep.CLOSED, ""),
        (ClosingStep.REOPENED, reason),
    ]


def test_reopening_needs_a_reason(session, province):
    approved(1)
    services.close(session, province, HOME, seen=seen_now(session, province), at=NOON)

    with pytest.raises(Invalid):
        services.reopen(
            session, province, HOME, seen=seen_now(session, province), reason=" ", at=NOON
        )


def test_only_a_closed_area_is_reopened(session, province):
    approved(1)

    with pytest.raises(BatchNotClosed):
        services.reopen(
            session, province, HOME, seen=seen_now(session, province), reason="Why", at=NOON
        )
