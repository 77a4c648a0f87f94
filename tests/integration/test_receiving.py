"""Whatever arrives ends as one understood case, or as a question that a person can see."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection import quarantine
from census.collection.answers import Person, Response
from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Disposition, Mode, Outcome, Review, Standing
from census.collection.models import Case, FieldArea, Receipt, Submission
from census.collection.services import receive_submission, receive_submissions
from census.collection.services.keeping import unseal_raw
from census.core import events
from census.progress.models import Tally
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming


@pytest.fixture
def census(session: Session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def send(session: Session, actor: Actor, one: Incoming) -> Received:
    """Send one submission and let everything follow that follows at once."""
    received = receive_submission(session, actor, one, at=NOON)
    events.react(session)
    return received


def case_of(session: Session, household_id: str) -> Case:
    """How the household's case stands in the database."""
    session.expire_all()
    return session.scalars(select(Case).where(Case.household_id == household_id)).one()


def test_a_response_is_accepted_and_its_case_submitted_for_review(session, census):
    household = census.household()

    received = send(session, census.enumerator, incoming(household))

    case = case_of(session, household)
    assert received.outcome is Outcome.ACCEPTED
    assert received.standing is Standing.COUNTING
    assert case.disposition is Disposition.COMPLETE_FACE_TO_FACE
    assert (case.review, case.revision, case.mode) == (Review.SUBMITTED, 1, Mode.FACE_TO_FACE)


def test_the_bytes_are_kept_as_they_were_and_sealed(session, census):
    one = incoming(census.household())

    send(session, census.enumerator, one)

    stored = session.scalars(select(Submission)).one()
    assert stored.sha256 == hashlib.sha256(one.data).digest()
    assert unseal_raw(stored.raw_sealed, stored.id) == one.data
    assert b"3999900000010" not in stored.raw_sealed


def test_answers_become_typed_rows_with_identifiers_sealed(session, census):
    send(session, census.enumerator, incoming(census.household()))

    response = session.scalars(select(Response)).one()
    persons = session.scalars(select(Person).order_by(Person.position)).all()
    assert (response.h01, response.h08, response.h22) == ("1", 3, 3)
    assert [person.p01 for person in persons] == [1, 2, 3]
    assert persons[0].p07_hash is not None
    assert "สมมติ".encode() not in persons[0].p02_first_sealed


def test_the_same_bytes_again_change_nothing(session, census):
    household = census.household()
    one = incoming(household)
    send(session, census.enumerator, one)

    again = send(session, census.neighbour, one)

    assert (again.outcome, again.standing) == (Outcome.DUPLICATE, Standing.COUNTING)
    assert case_of(session, household).revision == 1
    assert session.scalar(select(func.count()).select_from(Submission)) == 1


def test_other_bytes_under_the_same_id_are_both_kept_and_asked_about(session, census):
    household, instance_id = census.household(), new_instance_id()
    send(session, census.enumerator, incoming(household, instance_id=instance_id))
    other = incoming(household, instance_id=instance_id, h08="4")

    first = send(session, census.enumerator, other)
    second = send(session, census.enumerator, other)

    kept = session.scalars(select(Submission.standing).order_by(Submission.standing)).all()
    assert (first.outcome, second.outcome) == (Outcome.CONFLICT, Outcome.CONFLICT)
    assert kept == [Standing.CONFLICT, Standing.COUNTING]
    assert case_of(session, household).revision == 1


def test_one_batch_may_hold_the_same_id_twice(session, census):
    one = incoming(census.household())
    changed = incoming(census.household(), instance_id=one.instance_id, h08="4")

    received = receive_submissions(session, census.enumerator, [one, one, changed], at=NOON)

    assert [each.outcome for each in received] == [
        Outcome.ACCEPTED,
        Outcome.DUPLICATE,
        Outcome.CONFLICT,
    ]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (lambda one: replace(one, data=one.data[:500]), "submission.unreadable"),
        (lambda one: replace(one, data=b"\xff\xfe\x00"), "submission.unreadable"),
        (lambda one: replace(one, instance_id=new_instance_id()), "submission.mismatch"),
        (lambda one: replace(one, household_id=f"{HOME}-0002"), "submission.mismatch"),
        (lambda one: replace(one, mode=Mode.MAIL), "submission.mismatch"),
        (
            lambda one: replace(one, data=one.data.replace(b"2564.1", b"2563.9"), version=""),
            "questionnaire.unknown_version",
        ),
    ],
)
def test_what_cannot_be_understood_is_quarantined_with_its_reason(session, census, broken, reason):
    household = census.household()

    received = send(session, census.enumerator, broken(incoming(household)))

    assert (received.outcome, received.code) == (Outcome.QUARANTINED, reason)
    assert session.scalars(select(Submission)).one().reason_code == reason
    assert case_of(session, household).disposition is None


def test_an_unknown_household_is_quarantined_nowhere_in_particular(session, census):
    received = send(session, census.enumerator, incoming(f"{HOME}-0999"))

    assert (received.outcome, received.code) == (Outcome.QUARANTINED, "household.unknown")


def test_a_household_of_another_area_waits_for_the_supervisor_of_that_area(session, census):
    received = send(session, census.enumerator, incoming(census.household(ea_code=AWAY)))

    theirs = quarantine.waiting_within(session, census.province, after=None, limit=10)
    own = quarantine.waiting_within(session, census.supervisor, after=None, limit=10)
    assert received.code == "household.foreign"
    assert [(each.instance_id, each.ea_code) for each in theirs] == [(received.instance_id, AWAY)]
    assert own == []


def test_a_revoked_tablet_loses_nothing_it_still_holds(session, census):
    revoked = replace(census.enumerator, is_revoked=True)

    received = send(session, revoked, incoming(census.household()))

    assert (received.outcome, received.code) == (Outcome.QUARANTINED, "token.revoked")


def test_what_arrives_for_a_closed_area_is_quarantined(session, census):
    session.get_one(FieldArea, HOME).closed_at = NOON

    received = send(session, census.enumerator, incoming(census.household()))

    assert received.code == "area.closed"
    assert case_of(session, census.household()).disposition is None


def test_an_area_that_moved_still_takes_what_was_collected_before(session, census):
    from census.assignment.models import Lease

    lease = session.scalars(select(Lease).where(Lease.ea_code == HOME)).one()
    lease.ended_at = NOON + timedelta(days=1)
    moved = replace(census.enumerator, areas=frozenset())

    received = send(session, moved, incoming(census.household()))

    assert received.outcome is Outcome.ACCEPTED


def test_of_two_responses_the_fuller_one_counts_in_any_order(session, census):
    fuller, thinner = f"{HOME}-0001", f"{HOME}-0002"
    for household, blank_first in ((fuller, True), (thinner, False)):
        whole = incoming(household)
        thin = incoming(household, h05="", h06="")
        for one in (thin, whole) if blank_first else (whole, thin):
            send(session, census.enumerator, one)

    kept = {
        (each.household_id, each.standing): each.answered_items
        for each in session.scalars(select(Submission))
    }
    for household in (fuller, thinner):
        assert kept[household, Standing.COUNTING] > kept[household, Standing.SUPERSEDED]


def test_an_edit_replaces_what_it_corrects_whichever_comes_first(session, census):
    results = set()
    for serial, order in enumerate(permutations(range(3)), start=1):
        if serial > 5:
            break
        household = census.household(serial)
        first, second, third = (new_instance_id() for _ in range(3))
        messages = (
            incoming(household, instance_id=first),
            incoming(household, instance_id=second, deprecated_id=first, h08="4"),
            incoming(household, instance_id=third, deprecated_id=second, h08="5"),
        )
        for index in order:
            send(session, census.enumerator, messages[index])
        case = case_of(session, household)
        counting = session.scalars(
            select(Submission).where(Submission.id == case.counting_submission_id)
        ).one()
        results.add((counting.instance_id == third, case.disposition))

    assert results == {(True, Disposition.COMPLETE_FACE_TO_FACE)}


def test_a_vacant_dwelling_has_its_disposition_and_is_reviewed_too(session, census):
    household = census.household()
    vacant = incoming(household, h02="3")

    send(session, census.enumerator, vacant)

    case = case_of(session, household)
    assert (case.disposition, case.review) == (Disposition.VACANT, Review.SUBMITTED)
    assert case.responded_on is None


def test_tallies_are_a_recount_after_everything_that_arrives(session, census):
    for serial in range(1, 4):
        send(session, census.enumerator, incoming(census.household(serial)))
    send(session, census.enumerator, incoming(census.household(4), h02="3"))

    tally = session.get_one(Tally, HOME)
    assert (tally.frame, tally.responded, tally.ineligible, tally.final) == (5, 3, 1, 4)
    assert list(differences_from_recount(session)) == []


def test_every_stored_submission_has_one_receipt_and_one_event(session, census):
    for serial in range(1, 4):
        send(session, census.enumerator, incoming(census.household(serial)))

    receipts = session.scalar(select(func.count()).select_from(Receipt))
    recorded = session.scalar(
        select(func.count())
        .select_from(events.Event)
        .where(events.Event.name == "submission.received")
    )
    assert (receipts, recorded) == (3, 3)
