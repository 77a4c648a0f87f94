"""What a supervisor sent back counts as it did until what was asked for has come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from census.collection.codelists import Disposition
from census.collection.settlement import SubmissionFact, VisitFact, answers_the_return, settled
from tests.factories.instances import new_instance_id

NOON = datetime(2021, 2, 10, 5, tzinfo=UTC)


def response(disposition=Disposition.COMPLETE_FACE_TO_FACE, *, items=50, **facts):
    """A response with so many answers."""
    return SubmissionFact(
        id=uuid4(),
        instance_id=facts.pop("instance_id", new_instance_id()),
        deprecated_id=facts.pop("deprecated_id", None),
        disposition=disposition,
        answered_items=items,
        started_at=NOON,
        ended_at=NOON,
        **facts,
    )


def visit(disposition, *, is_returned=False, hours=0):
    """A visit some hours after noon."""
    return VisitFact(disposition, NOON + timedelta(hours=hours), is_returned)


def test_of_returned_responses_the_best_one_still_counts():
    partial = response(Disposition.PARTIAL, items=10, is_returned=True)
    full = response(is_returned=True)

    outcome = settled([partial, full], [visit(Disposition.APPOINTMENT_MADE)])

    assert outcome.counting_id == full.id
    assert not answers_the_return([partial, full], [visit(Disposition.APPOINTMENT_MADE)])


def test_a_new_response_replaces_the_returned_one_even_with_fewer_answers():
    returned, corrected = response(is_returned=True), response(items=40)

    assert settled([returned, corrected], []).counting_id == corrected.id
    assert answers_the_return([returned, corrected], [])


def test_a_new_visit_answers_the_return_of_a_household_that_never_sent_anything():
    refused = visit(Disposition.REFUSED_BY_HOUSEHOLD, is_returned=True)
    vacant = visit(Disposition.VACANT, hours=1)

    assert settled([], [refused, vacant]).disposition is Disposition.VACANT
    assert answers_the_return([], [refused, vacant])


def test_an_appointment_does_not_answer_a_return():
    refused = visit(Disposition.REFUSED_BY_HOUSEHOLD, is_returned=True)
    later = visit(Disposition.APPOINTMENT_MADE, hours=1)

    assert settled([], [refused, later]).disposition is Disposition.REFUSED_BY_HOUSEHOLD
    assert not answers_the_return([], [refused, later])


def test_a_response_that_names_itself_as_its_predecessor_is_not_lost():
    itself = new_instance_id()
    odd = response(instance_id=itself, deprecated_id=itself)
    worse = response(Disposition.PARTIAL, items=5)

    assert settled([odd, worse], []).counting_id == odd.id
