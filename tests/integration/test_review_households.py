"""From the field to the reviewer and back: what was answered, who read it, what was decided."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Disposition, FieldActionType, Review
from census.collection.errors import HouseholdNotFound
from census.collection.models import Case, Submission
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.core import events
from census.core.errors import Invalid
from census.core.events import Event
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from census.review import queries, services
from census.review.errors import PersonNotFound
from census.review.rules import Seen
from tests.factories.census import HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming


@pytest.fixture
def census(session: Session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def seen_now(session: Session, actor: Actor) -> Seen:
    return Seen(queries.batch(session, actor, HOME).etag)


def case_of(session: Session, household_id: str) -> Case:
    session.expire_all()
    return session.scalars(select(Case).where(Case.household_id == household_id)).one()


def visit(household_id: str, result: Disposition, note: str) -> Action:
    action_id = new_instance_id()
    return Action(
        action_id,
        FieldActionType.VISIT,
        NOON,
        {"action_id": action_id, "note": note},
        household_id=household_id,
        result=result,
    )


def test_a_returned_household_is_submitted_again_by_the_next_submission(session, census):
    household = census.household()
    first = new_instance_id()
    receive_submission(session, census.enumerator, incoming(household, instance_id=first), at=NOON)
    services.return_households(
        session,
        census.supervisor,
        HOME,
        seen=seen_now(session, census.supervisor),
        households=[household],
        reason="A member is missing",
        at=NOON,
    )
    returned = case_of(session, household).review

    correction = incoming(household, deprecated_id=first)
    receive_submission(session, census.enumerator, correction, at=NOON)
    events.react(session)

    case = case_of(session, household)
    counting = session.get_one(Submission, (case.province_code, case.counting_submission_id))
    assert (returned, case.review) == (Review.RETURNED, Review.SUBMITTED)
    assert counting.instance_id == correction.instance_id
    assert list(differences_from_recount(session)) == []


def test_an_approval_freezes_which_response_counts(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)
    services.approve(
        session,
        census.supervisor,
        HOME,
        seen=seen_now(session, census.supervisor),
        at=NOON,
    )
    counting = case_of(session, household).counting_submission_id

    receive_submission(session, census.enumerator, incoming(household), at=NOON)

    case = case_of(session, household)
    problems = queries.batch(session, census.supervisor, HOME).problems
    assert (case.review, case.counting_submission_id) == (Review.APPROVED, counting)
    assert ("response.late", household) in [(each.code, each.household_id) for each in problems]


def test_every_decision_leaves_the_tallies_as_a_recount_would(session, census):
    for serial in (1, 2, 3):
        receive_submission(session, census.enumerator, incoming(census.household(serial)), at=NOON)
    services.approve(
        session, census.supervisor, HOME, seen=seen_now(session, census.supervisor), at=NOON
    )
    services.return_households(
        session,
        census.supervisor,
        HOME,
        seen=seen_now(session, census.supervisor),
        households=[census.household(2)],
        reason="Again",
        at=NOON,
    )

    events.react(session)

    assert list(differences_from_recount(session)) == []


def test_a_reviewer_reads_the_answers_and_the_reading_is_an_event(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)
    receive_field_actions(
        session,
        census.enumerator,
        [visit(household, Disposition.APPOINTMENT_MADE, "ฝากนัดกับเพื่อนบ้าน")],
        at=NOON,
    )

    opened = services.open_household(session, census.supervisor, household, at=NOON)

    events.react(session)
    read = session.scalars(select(Event).where(Event.name == "household.read")).one()
    assert (read.subject, read.area, read.actor_id) == (household, HOME, census.supervisor.id)
    assert opened.answers is not None
    assert opened.answers.items["h01"] is not None
    assert opened.answers.persons[0].first_name
    assert [(each.by, each.note) for each in opened.visits] == [("enumerator1", "ฝากนัดกับเพื่อนบ้าน")]


def test_an_identity_number_is_read_masked(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)

    opened = services.open_household(session, census.supervisor, household, at=NOON)

    assert opened.answers is not None
    numbers = [each.masked_identity_number for each in opened.answers.persons]
    assert any(numbers)
    assert all("*" in number for number in numbers if number)


def test_a_number_is_revealed_with_a_reason_that_the_auditor_reads(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)

    number = services.reveal_identity(
        session, census.supervisor, household, 1, reason=" Two persons, one number ", at=NOON
    )

    events.react(session)
    event = session.scalars(select(Event).where(Event.name == "identity.revealed")).one()
    assert (len(number), number.isdigit()) == (13, True)
    assert (event.subject, event.details["person"]) == (household, 1)
    assert event.details["reason"] == "Two persons, one number"
    assert number not in json.dumps(event.details)


def test_nothing_is_revealed_without_a_reason(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)

    with pytest.raises(Invalid):
        services.reveal_identity(session, census.supervisor, household, 1, reason=" ", at=NOON)


def test_there_is_no_number_of_a_person_who_is_not_there(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)

    with pytest.raises(PersonNotFound):
        services.reveal_identity(session, census.supervisor, household, 99, reason="Why", at=NOON)


def test_a_household_outside_the_areas_is_not_opened(session, census):
    with pytest.raises(HouseholdNotFound):
        services.open_household(
            session, census.supervisor, census.household(1, "22002011001"), at=NOON
        )


def test_a_supervisor_who_was_the_enumerator_does_not_decide(session, census):
    household = census.household()
    receive_submission(session, census.enumerator, incoming(household), at=NOON)
    promoted = Actor(
        census.enumerator.id, "enumerator1", census.supervisor.role, frozenset({"2001"})
    )

    batch = queries.batch(session, promoted, HOME)

    assert [item.household_id for item in batch.items if item.is_own_work] == [household]
    assert not any(item.is_approvable for item in batch.items)
