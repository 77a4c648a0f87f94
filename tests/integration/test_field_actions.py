"""What enumerators see and do in the field changes the case once, whatever the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from census.collection.codelists import Disposition, FieldActionType, Outcome, Review
from census.collection.models import Case, FieldAction, FieldArea
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.core import events
from census.frame.codelists import Origin
from census.frame.models import Household
from census.progress.models import Tally
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming


@pytest.fixture
def census(session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def visit(household_id, result, *, at=NOON, **changes):
    """A visit to a household, with what it found."""
    action = Action(
        action_id=new_instance_id(),
        type=FieldActionType.VISIT,
        at=at,
        content={"note": "พบที่หน้าบ้าน"},
        household_id=household_id,
        result=result,
    )
    return replace(action, **changes)


def report(session, actor, *actions):
    """Send the actions and let everything follow that follows at once."""
    received = receive_field_actions(session, actor, actions, at=NOON)
    events.react(session)
    session.expire_all()
    return received


def case_of(session, household_id):
    """How the household's case stands."""
    return session.scalars(select(Case).where(Case.household_id == household_id)).one()


def test_a_refusal_is_a_final_disposition_and_is_reviewed(session, census):
    household = census.household()

    (received,) = report(
        session, census.enumerator, visit(household, Disposition.REFUSED_BY_HOUSEHOLD)
    )

    case = case_of(session, household)
    assert received.outcome is Outcome.ACCEPTED
    assert (case.disposition, case.review) == (Disposition.REFUSED_BY_HOUSEHOLD, Review.SUBMITTED)
    assert session.get_one(Tally, HOME).refusal == 1


def test_a_call_back_leaves_the_household_open(session, census):
    household = census.household()

    report(session, census.enumerator, visit(household, Disposition.CALL_BACK))

    case = case_of(session, household)
    assert (case.disposition, case.review) == (Disposition.CALL_BACK, Review.OPEN)


def test_the_same_action_again_changes_nothing(session, census):
    action = visit(census.household(), Disposition.VACANT)
    report(session, census.enumerator, action)

    (again,) = report(session, census.enumerator, action)

    assert again.outcome is Outcome.DUPLICATE
    assert case_of(session, census.household()).revision == 1


def test_the_same_action_id_with_other_contents_is_refused_and_the_first_kept(session, census):
    action = visit(census.household(), Disposition.VACANT)
    report(session, census.enumerator, action)

    (other,) = report(session, census.enumerator, replace(action, content={"note": "อื่น"}))

    assert (other.outcome, other.code) == (Outcome.REFUSED, "field_action.conflict")


@pytest.mark.parametrize("response_first", [True, False])
def test_a_response_outweighs_a_refusal_in_any_order(session, census, response_first):
    household = census.household()
    refusal = visit(household, Disposition.REFUSED_BY_HOUSEHOLD)

    if not response_first:
        report(session, census.enumerator, refusal)
    receive_submission(session, census.enumerator, incoming(household), at=NOON)
    if response_first:
        report(session, census.enumerator, refusal)

    assert case_of(session, household).disposition is Disposition.COMPLETE_FACE_TO_FACE


def test_of_two_visits_alike_in_weight_the_later_one_counts_in_any_order(session, census):
    early = visit(census.household(), Disposition.VACANT)
    late = visit(census.household(), Disposition.UNDER_CONSTRUCTION, at=NOON + timedelta(days=1))
    other_early = replace(early, action_id=new_instance_id(), household_id=census.household(2))
    other_late = replace(late, action_id=new_instance_id(), household_id=census.household(2))

    report(session, census.enumerator, early, late)
    report(session, census.enumerator, other_late, other_early)

    assert {case_of(session, census.household(n)).disposition for n in (1, 2)} == {
        Disposition.UNDER_CONSTRUCTION
    }


def test_a_visit_to_another_enumerators_household_waits_for_a_person(session, census):
    household = census.household(ea_code=AWAY)

    (received,) = report(session, census.enumerator, visit(household, Disposition.VACANT))

    assert (received.outcome, received.code) == (Outcome.QUARANTINED, "household.foreign")
    assert case_of(session, household).disposition is None


def test_a_visit_in_a_closed_area_waits_for_a_person(session, census):
    session.get_one(FieldArea, HOME).closed_at = NOON

    (received,) = report(session, census.enumerator, visit(census.household(), Disposition.VACANT))

    assert received.code == "area.closed"


def test_a_dwelling_found_gets_an_id_a_case_and_waits_for_the_next_frame(session, census):
    found = Action(
        action_id=new_instance_id(),
        type=FieldActionType.DWELLING_FOUND,
        at=NOON,
        content={"address": "99/9 หมู่ 1"},
        ea_code=HOME,
    )

    (received,) = report(session, census.enumerator, found)
    (again,) = report(session, census.enumerator, found)

    household = session.scalars(select(Household).where(Household.origin == Origin.FIELD)).one()
    tally = session.get_one(Tally, HOME)
    assert received.household_id == again.household_id == household.id == f"{HOME}-9000"
    assert household.since_version is None
    assert (tally.frame, tally.added) == (5, 1)


def test_what_was_noted_is_sealed(session, census):
    report(session, census.enumerator, visit(census.household(), Disposition.VACANT))

    stored = session.scalars(select(FieldAction)).one()
    assert "พบที่หน้าบ้าน".encode() not in stored.content_sealed
