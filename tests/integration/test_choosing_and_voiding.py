"""Which of several responses counts, what is void, what proves a vacant house, and what waits."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.arrivals import Received
from census.collection.codelists import (
    Disposition,
    Evidence,
    FieldActionType,
    Outcome,
    Review,
    Ruling,
    Standing,
)
from census.collection.errors import HouseholdNotFound, NoChoice, NotChoosable, SubmissionNotFound
from census.collection.models import Case, Finding, Submission
from census.collection.resolutions import Resolution
from census.collection.services import (
    receive_field_actions,
    receive_submission,
    receive_submissions,
)
from census.collection.services.evidence import note_evidence
from census.collection.services.field_actions import Action
from census.collection.services.resolving import reason_of
from census.core import events
from census.core.errors import Invalid
from census.core.events import Event
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from census.review import queries, services
from census.review.errors import (
    BatchChanged,
    BatchClosed,
    ConfirmationNeeded,
    EvidenceMissing,
    OwnWork,
)
from census.review.queries.household import etag_of_household
from census.review.rules import Seen
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

LATER = NOON + timedelta(hours=1)
WHY = "The household confirmed it by telephone"
THIN = {"h19": None, "h18": None, "mode": "mail"}


@pytest.fixture
def census(session: Session) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


def send(session, census, household=None, *, at=NOON, **answers) -> Received:
    """Let a submission arrive."""
    one = incoming(household or census.household(), **answers)
    return receive_submission(session, census.enumerator, one, at=at)


def visit(session, census, result, *, household=None, statement=None, at=NOON) -> str:
    """Let a visit be reported; gives its id."""
    action = Action(
        action_id=new_instance_id(),
        type=FieldActionType.VISIT,
        at=at,
        content={"evidence": {"kind": "neighbour_statement", "statement": statement}},
        household_id=household or census.household(),
        result=result,
        statement=statement,
    )
    (received,) = receive_field_actions(session, census.enumerator, [action], at=at)
    assert received.outcome is Outcome.ACCEPTED
    return action.action_id


def case_of(session, census) -> Case:
    session.flush()
    session.expire_all()
    return session.scalars(select(Case).where(Case.household_id == census.household())).one()


def counting(session, census) -> str | None:
    case = case_of(session, census)
    return session.scalar(
        select(Submission.instance_id).where(Submission.id == case.counting_submission_id)
    )


def standing(session, instance_id) -> Standing:
    return session.scalars(
        select(Submission.standing).where(Submission.instance_id == instance_id)
    ).one()


def rule(session, census, act, *subject, actor=None, reason=WHY, at=NOON, **more) -> None:
    """Rule on the household as it now stands."""
    supervisor = actor or census.supervisor
    seen = etag_of_household(session, supervisor, census.household())
    act(session, supervisor, census.household(), *subject, seen=seen, reason=reason, at=at, **more)


@pytest.fixture
def two(session, census) -> tuple[str, str]:
    """A full response, which counts, and a thinner one in another mode."""
    full = send(session, census).instance_id
    return full, send(session, census, **THIN).instance_id


def test_what_a_supervisor_chose_counts_with_its_reason_kept_sealed(session, census, two):
    full, thin = two

    rule(session, census, services.choose_response, thin)

    resolution = session.scalars(select(Resolution)).one()
    assert counting(session, census) == thin
    assert standing(session, full) is Standing.SUPERSEDED
    assert (resolution.ruling, reason_of(resolution)) == (Ruling.CHOSEN, WHY)
    assert WHY.encode() not in resolution.reason_sealed
    events.react(session)
    chosen = session.scalars(select(Event).where(Event.name == "response.chosen")).one()
    assert WHY not in str(chosen.details)
    assert list(differences_from_recount(session)) == []


def test_a_choice_survives_a_better_response_which_is_asked_about(session, census, two):
    rule(session, census, services.choose_response, two[1])

    late = send(session, census, at=LATER, h19="1 2 4")

    assert counting(session, census) == two[1]
    asked = session.scalars(select(Finding).where(Finding.edit == "E-I03")).one()
    assert (
        asked.submission_id
        == session.scalars(
            select(Submission.id).where(Submission.instance_id == late.instance_id)
        ).one()
    )
    problems = queries.batch(session, census.supervisor, HOME).problems
    assert ("response.late", census.household()) in [(p.code, p.household_id) for p in problems]


def test_a_correction_of_what_was_chosen_counts_in_its_place(session, census, two):
    rule(session, census, services.choose_response, two[1])

    corrected = send(session, census, at=LATER, deprecated_id=two[1], **THIN, h17=None)

    assert counting(session, census) == corrected.instance_id


def test_a_response_wins_over_a_refusal_because_it_was_chosen(session, census):
    broken_off = send(session, census, h22=None).instance_id
    visit(session, census, Disposition.DEMOLISHED, statement="It was torn down")
    assert counting(session, census) is None

    rule(session, census, services.choose_response, broken_off)

    assert counting(session, census) == broken_off
    assert case_of(session, census).disposition is Disposition.BROKEN_OFF


def test_a_withdrawn_choice_leaves_it_to_the_rules(session, census, two):
    rule(session, census, services.choose_response, two[1])

    rule(session, census, services.withdraw_response_choice)

    assert counting(session, census) == two[0]
    with pytest.raises(NoChoice):
        rule(session, census, services.withdraw_response_choice)


def approve(session, census, **reasons) -> None:
    household = census.household()
    seen = etag_of_household(session, census.supervisor, household)
    services.approve_household(session, census.supervisor, household, seen=seen, at=NOON, **reasons)


def give_back(session, census) -> None:
    rule(session, census, services.return_household)


def test_choosing_another_response_takes_the_approval_away(session, census, two):
    approve(session, census)

    rule(session, census, services.choose_response, two[1])

    case = case_of(session, census)
    assert (case.review, case.approved_on) == (Review.SUBMITTED, None)


def test_choosing_what_counts_already_keeps_the_approval(session, census, two):
    approve(session, census)
    approved_on = case_of(session, census).approved_on

    rule(session, census, services.choose_response, two[0])

    case = case_of(session, census)
    assert (case.review, case.approved_on) == (Review.APPROVED, approved_on)


def test_what_was_chosen_before_a_return_gives_way_to_the_answer_to_it(session, census, two):
    rule(session, census, services.choose_response, two[1])
    give_back(session, census)
    assert counting(session, census) == two[1]

    answer = send(session, census, at=LATER, **THIN, h17=None)

    case = case_of(session, census)
    assert counting(session, census) == answer.instance_id
    assert (case.review, case.chosen_submission_id) == (Review.SUBMITTED, None)


def test_a_choice_does_not_answer_a_return(session, census, two):
    give_back(session, census)

    rule(session, census, services.choose_response, two[1])

    assert counting(session, census) == two[1]
    assert case_of(session, census).review is Review.RETURNED


def test_what_was_returned_can_be_chosen_once_the_return_was_answered(session, census, two):
    give_back(session, census)
    send(session, census, at=LATER, **THIN, h17=None)

    rule(session, census, services.choose_response, two[0], at=LATER)
    send(session, census, at=LATER + timedelta(hours=1))

    assert counting(session, census) == two[0]


def test_nobody_rules_on_what_they_have_not_seen_or_not_explained(session, census, two):
    seen = etag_of_household(session, census.supervisor, census.household())
    send(session, census, at=LATER)

    with pytest.raises(BatchChanged):
        services.choose_response(
            session, census.supervisor, census.household(), two[1], seen=seen, reason=WHY, at=NOON
        )
    with pytest.raises(Invalid):
        rule(session, census, services.choose_response, two[1], reason="  ")
    with pytest.raises(Invalid):
        rule(session, census, services.void_submission, two[1], reason="  ")


def test_nobody_rules_on_their_own_work_or_in_a_closed_area(session, census, two):
    sender = session.scalars(select(Submission)).first()
    sender.sender_id = census.supervisor.id
    with pytest.raises(OwnWork):
        rule(session, census, services.void_submission, sender.instance_id)

    sender.sender_id = census.enumerator.id
    queries.lock_batch(session, census.supervisor, HOME).area.closed_at = NOON
    with pytest.raises(BatchClosed):
        rule(session, census, services.choose_response, two[1])


def test_only_what_is_understood_and_of_the_household_is_chosen(session, census, two):
    elsewhere = send(session, census, census.household(2)).instance_id
    variant = receive_submission(
        session,
        census.enumerator,
        incoming(census.household(), instance_id=two[0], h16="2"),
        at=NOON,
    )
    digest = session.scalars(
        select(Submission.sha256).where(Submission.standing == Standing.CONFLICT)
    ).one()
    assert variant.outcome is Outcome.CONFLICT

    with pytest.raises(SubmissionNotFound):
        rule(session, census, services.choose_response, elsewhere)
    with pytest.raises(NotChoosable):
        rule(session, census, services.choose_response, two[0], sha256=digest)


def test_a_voided_submission_counts_no_more_and_stays_readable(session, census, two):
    full, thin = two

    rule(session, census, services.void_submission, full)

    assert counting(session, census) == thin
    assert standing(session, full) is Standing.VOID
    assert session.scalars(select(Resolution.ruling)).one() is Ruling.VOIDED
    events.react(session)
    assert list(differences_from_recount(session)) == []


def test_voiding_twice_is_voiding_once(session, census, two):
    rule(session, census, services.void_submission, two[0])
    revision = case_of(session, census).revision

    services.void_submission(
        session, census.supervisor, census.household(), two[0], seen="x", reason=WHY, at=LATER
    )

    assert case_of(session, census).revision == revision
    assert len(session.scalars(select(Resolution)).all()) == 1


def test_what_is_void_stays_void_when_it_is_sent_again(session, census):
    one = incoming(census.household())
    receive_submission(session, census.enumerator, one, at=NOON)
    rule(session, census, services.void_submission, one.instance_id)

    again = receive_submission(session, census.enumerator, one, at=LATER)

    case = case_of(session, census)
    assert (again.outcome, again.standing) == (Outcome.DUPLICATE, Standing.VOID)
    assert again.code == "submission.voided"
    assert (case.disposition, case.review, case.responded_on) == (None, Review.OPEN, None)


def test_voiding_a_correction_brings_back_what_it_corrected(session, census):
    first = send(session, census, **THIN).instance_id
    second = send(session, census, deprecated_id=first).instance_id

    rule(session, census, services.void_submission, second)

    assert counting(session, census) == first


def test_voiding_the_answer_to_a_return_leaves_the_return_unanswered(session, census, two):
    give_back(session, census)
    answer = send(session, census, at=LATER).instance_id

    rule(session, census, services.void_submission, answer)

    assert case_of(session, census).review is Review.RETURNED
    assert counting(session, census) == two[0]


def test_voiding_what_was_approved_asks_for_a_new_decision(session, census, two):
    approve(session, census)

    rule(session, census, services.void_submission, two[0])

    assert case_of(session, census).review is Review.SUBMITTED


def test_voiding_what_was_chosen_ends_the_choice(session, census, two):
    rule(session, census, services.choose_response, two[1])

    rule(session, census, services.void_submission, two[1])

    assert counting(session, census) == two[0]
    assert case_of(session, census).chosen_submission_id is None


def test_a_correction_before_its_original_waits_and_is_taken_up_with_it(session, census):
    first = incoming(census.household(), **THIN)
    held = send(session, census, deprecated_id=first.instance_id)
    before = case_of(session, census).disposition

    arrived = receive_submission(session, census.enumerator, first, at=LATER)

    assert (held.outcome, held.code) == (Outcome.QUARANTINED, "submission.original_missing")
    assert before is None
    assert (arrived.outcome, arrived.standing) == (Outcome.ACCEPTED, Standing.SUPERSEDED)
    assert counting(session, census) == held.instance_id
    assert queries.batch(session, census.supervisor, HOME).quarantined == []


def test_a_batch_may_hold_a_correction_before_its_original(session, census):
    first = incoming(census.household(), **THIN)
    second = incoming(census.household(), deprecated_id=first.instance_id)

    received = receive_submissions(session, census.enumerator, [second, first], at=NOON)

    assert [each.outcome for each in received] == [Outcome.ACCEPTED, Outcome.ACCEPTED]
    assert counting(session, census) == second.instance_id


def test_an_unreadable_original_is_an_original(session, census):
    first = new_instance_id()
    held = send(session, census, deprecated_id=first)
    broken = incoming(census.household(), instance_id=first)

    receive_submission(session, census.enumerator, type(broken)(first, b"<data", None), at=LATER)

    assert counting(session, census) == held.instance_id


def test_a_correction_for_another_household_waits_until_its_original_is_void(session, census):
    first = send(session, census).instance_id
    moved = send(session, census, census.household(2), deprecated_id=first)

    rule(session, census, services.void_submission, first)

    assert moved.code == "submission.original_missing"
    assert standing(session, moved.instance_id) is Standing.COUNTING


def test_a_correction_that_waited_through_a_return_is_news(session, census, two):
    original = new_instance_id()
    held = send(session, census, deprecated_id=original)
    give_back(session, census)

    send(session, census, at=LATER, instance_id=original, **THIN)

    assert counting(session, census) == held.instance_id
    assert case_of(session, census).review is Review.SUBMITTED


@pytest.mark.parametrize(
    ("result", "statement", "evidence"),
    [
        (Disposition.VACANT, None, Evidence.MISSING),
        (Disposition.VACANT, "Nobody has lived there for a year", Evidence.GIVEN),
        (Disposition.REFUSED_BY_HOUSEHOLD, None, None),
        (Disposition.REFUSED_BY_HOUSEHOLD, "They shouted", None),
    ],
)
def test_only_what_takes_a_household_out_of_the_count_needs_evidence(
    session, census, result, statement, evidence
):
    visit(session, census, result, statement=statement)

    assert case_of(session, census).evidence is evidence


def test_a_photo_gives_a_demolished_house_the_last_word_over_a_refusal(session, census):
    demolished = visit(session, census, Disposition.DEMOLISHED)
    visit(session, census, Disposition.REFUSED_BY_HOUSEHOLD, at=LATER)
    assert case_of(session, census).disposition is Disposition.REFUSED_BY_HOUSEHOLD

    note_evidence(session, demolished, at=LATER)
    note_evidence(session, demolished, at=LATER)

    case = case_of(session, census)
    assert (case.disposition, case.evidence) == (Disposition.DEMOLISHED, Evidence.GIVEN)


def test_a_statement_or_a_photo_stands_behind_an_instance_as_well(session, census):
    stated = send(session, census, h02="8", evidence_statement="Torn down in May")
    visit(session, census, Disposition.REFUSED_BY_HOUSEHOLD)
    assert counting(session, census) == stated.instance_id
    pictured = send(session, census, census.household(2), h02="8")

    note_evidence(session, pictured.instance_id, at=LATER)

    kept = session.scalars(select(Submission.has_evidence)).all()
    assert kept == [True, True]
    assert case_of(session, census).evidence is Evidence.GIVEN


def test_a_photo_of_a_dwelling_that_was_counted_changes_nothing(session, census, two):
    revision = case_of(session, census).revision

    note_evidence(session, two[0], at=LATER)

    assert case_of(session, census).revision == revision


def test_a_variant_says_nothing_of_what_the_first_of_its_id_corrects(session, census, two):
    better, other = two
    variant = incoming(census.household(), instance_id=other, deprecated_id=better)
    receive_submission(session, census.enumerator, variant, at=LATER)

    send(session, census, at=LATER, **THIN, h17=None)

    assert counting(session, census) == better


def seen_batch(session, census) -> Seen:
    return Seen(queries.batch(session, census.supervisor, HOME).etag)


def test_what_nothing_proves_is_approved_by_name_and_with_reasons_only(session, census):
    visit(session, census, Disposition.VACANT)

    services.approve(session, census.supervisor, HOME, seen=seen_batch(session, census), at=NOON)

    assert case_of(session, census).review is Review.SUBMITTED
    codes = {each.code for each in queries.batch(session, census.supervisor, HOME).problems}
    assert {"evidence.missing", "confirmation.needed"} <= codes
    with pytest.raises(EvidenceMissing):
        approve(session, census)
    with pytest.raises(ConfirmationNeeded):
        approve(session, census, override_reason=WHY)
    approve(session, census, override_reason=WHY, confirmation_reason="I went there")
    case = case_of(session, census)
    assert (case.review, case.is_confirmed) == (Review.APPROVED, True)


def test_one_in_twenty_of_what_is_not_eligible_is_confirmed_by_itself(session, census):
    households = [census.household(serial) for serial in range(1, 6)]
    for household in households:
        visit(session, census, Disposition.VACANT, household=household, statement="Empty")

    services.approve(session, census.supervisor, HOME, seen=seen_batch(session, census), at=NOON)

    batch = queries.batch(session, census.supervisor, HOME)
    (left,) = [item for item in batch.items if item.review is Review.SUBMITTED]
    assert left.needs_confirmation
    services.approve(
        session,
        census.supervisor,
        HOME,
        seen=seen_batch(session, census),
        households=[left.household_id],
        confirmation_reason="I looked through the window",
        at=NOON,
    )
    assert queries.batch(session, census.supervisor, HOME).problems == []


def test_two_submissions_are_compared_in_one_audited_read(session, census, two):
    found = services.compare_submissions(
        session,
        census.supervisor,
        census.household(),
        first=services.Named(two[0]),
        second=services.Named(two[1]),
        at=NOON,
    )

    assert [each.item for each in found.items] == ["h18", "h19"]
    events.react(session)
    names = session.scalars(select(Event.name)).all()
    assert names.count("submissions.compared") == 1


def test_a_variant_is_compared_with_what_came_first(session, census, two):
    receive_submission(
        session,
        census.enumerator,
        incoming(census.household(), instance_id=two[0], h16="2"),
        at=LATER,
    )

    found = services.compare_submissions(
        session,
        census.supervisor,
        census.household(),
        first=services.Named(two[0]),
        second=services.Named(two[0]),
        at=NOON,
    )

    assert [each.item for each in found.items] == ["h16"]
    assert (found.first.standing, found.second.standing) == (Standing.COUNTING, Standing.CONFLICT)
    with pytest.raises(HouseholdNotFound):
        services.compare_submissions(
            session,
            census.supervisor,
            census.household(1, AWAY),
            first=services.Named(two[0]),
            second=services.Named(two[1]),
            at=NOON,
        )
