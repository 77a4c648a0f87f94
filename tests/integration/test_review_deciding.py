"""A supervisor approves and returns households exactly as they saw them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.collection.codelists import Disposition, Outcome, Review
from census.collection.models import Case, FieldAction, Submission
from census.core import events
from census.core.errors import Invalid, PreconditionMissing
from census.core.events import Event
from census.review import queries, services
from census.review.codelists import BatchStatus, Verdict
from census.review.errors import (
    BatchChanged,
    BatchClosed,
    BatchNotFound,
    HardFindings,
    NotSubmitted,
    OwnWork,
)
from census.review.models import Decision
from census.review.queries import return_reasons
from census.review.rules import Movement, Seen
from tests.factories import accounts
from tests.factories.binding import bind
from tests.factories.collection import HOME, CaseFactory, field_area
from tests.factories.review import answered, approved, visited

NOON = datetime(2021, 2, 10, 5, tzinfo=UTC)
AWAY = "22002011001"
STRANGE_REASONS = [
    "x'); DROP TABLE collection_case; --",
    "ที่อยู่ไม่ตรงกับทะเบียน กรุณาตรวจอีกครั้ง 🏠",
    "%(household)s {reason} \\ \" ' </script>",
]


@pytest.fixture(autouse=True)
def _bound(session: Session) -> None:
    """Factories write to the session of the test, and nothing reacts to events."""
    bind(session)
    events.connect({})


@pytest.fixture
def supervisor() -> Actor:
    """The supervisor of the district."""
    return accounts.passing_actor(Role.SUPERVISOR, ["2001"])


def seen_now(session: Session, actor: Actor) -> Seen:
    batch = queries.batch(session, actor, HOME)
    return Seen(batch.etag, batch.revisions)


def recorded(session: Session) -> list[tuple[str, str, str | None]]:
    events.react(session)
    rows = session.scalars(select(Event).order_by(Event.id))
    return [(each.name, each.subject, each.area) for each in rows]


def test_approving_all_approves_what_is_submitted_without_hard_findings(session, supervisor):
    answer, refusal = answered(1), visited(2)
    faulty, fresh = answered(3, hard_findings=1), CaseFactory(serial=4)

    batch = services.approve(session, supervisor, HOME, seen=seen_now(session, supervisor), at=NOON)

    reviews = [case.review for case in (answer, refusal, faulty, fresh)]
    assert reviews == [Review.APPROVED, Review.APPROVED, Review.SUBMITTED, Review.OPEN]
    assert (batch.counts.approved, batch.status) == (2, BatchStatus.OPEN)


def test_an_approval_is_written_down_with_the_revision_that_was_seen(session, supervisor):
    case = answered(1, revision=7)

    services.approve(session, supervisor, HOME, seen=seen_now(session, supervisor), at=NOON)

    decision = session.scalars(select(Decision)).one()
    assert (decision.verdict, decision.revision_seen) == (Verdict.APPROVED, 7)
    assert (decision.submission_id, decision.decided_by) == (
        case.counting_submission_id,
        supervisor.id,
    )
    assert (case.revision, case.approved_on, case.changed_at) == (8, date(2021, 2, 10), NOON)
    assert recorded(session) == [("household.approved", case.household_id, HOME)]


def test_only_the_named_households_are_approved(session, supervisor):
    named, other = answered(1), answered(2)

    services.approve(
        session,
        supervisor,
        HOME,
        seen=seen_now(session, supervisor),
        households=[named.household_id, named.household_id],
        at=NOON,
    )

    assert (named.review, named.revision) == (Review.APPROVED, 2)
    assert other.review is Review.SUBMITTED


def test_a_weak_tag_in_quotes_says_as_much_as_the_tag_itself(session, supervisor):
    case = answered(1)
    seen = Seen(f'W/"{queries.batch(session, supervisor, HOME).etag}"')

    services.approve(session, supervisor, HOME, seen=seen, at=NOON)

    assert case.review is Review.APPROVED


@pytest.mark.parametrize("etag", ["", "*"])
def test_a_decision_that_does_not_say_what_it_saw_is_refused(session, supervisor, etag):
    case = answered(1)

    with pytest.raises(PreconditionMissing):
        services.approve(session, supervisor, HOME, seen=Seen(etag), at=NOON)

    assert case.review is Review.SUBMITTED


def test_what_changed_under_the_eyes_is_named_and_nothing_is_decided(session, supervisor):
    moving, still = answered(1), answered(2)
    seen = seen_now(session, supervisor)
    moving.revision += 1
    session.flush()

    with pytest.raises(BatchChanged) as refusal:
        services.approve(session, supervisor, HOME, seen=seen, at=NOON)

    assert refusal.value.facts["movements"] == [Movement(moving.household_id, 1, 2)]
    assert {moving.review, still.review} == {Review.SUBMITTED}
    assert session.scalars(select(Decision)).all() == []


def test_a_decision_is_made_once(session, supervisor):
    answered(1)
    seen = seen_now(session, supervisor)
    services.approve(session, supervisor, HOME, seen=seen, at=NOON)

    with pytest.raises(BatchChanged):
        services.approve(session, supervisor, HOME, seen=seen, at=NOON)


def test_a_hard_finding_blocks_the_approval(session, supervisor):
    case = answered(1, hard_findings=1)

    with pytest.raises(HardFindings) as refusal:
        services.approve(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            at=NOON,
        )

    assert refusal.value.facts["households"] == case.household_id


@pytest.mark.parametrize("reason", STRANGE_REASONS)
def test_a_hard_finding_is_overridden_with_a_reason_that_is_kept(session, supervisor, reason):
    faulty, plain = answered(1, hard_findings=1), answered(2)

    services.approve(
        session,
        supervisor,
        HOME,
        seen=seen_now(session, supervisor),
        households=[faulty.household_id, plain.household_id],
        override_reason=f"  {reason} ",
        at=NOON,
    )

    decisions = {each.household_id: each for each in session.scalars(select(Decision))}
    assert decisions[faulty.household_id].overrides_findings
    assert decisions[faulty.household_id].reason == reason
    assert not decisions[plain.household_id].overrides_findings
    assert decisions[plain.household_id].reason == ""


@pytest.mark.parametrize("reason", ["", " \n ", "nul\x00", "half \ud800 pair", "x" * 2_001])
def test_an_override_needs_a_reason_that_can_be_kept(session, supervisor, reason):
    case = answered(1, hard_findings=1)

    with pytest.raises(Invalid):
        services.approve(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            override_reason=reason,
            at=NOON,
        )

    assert case.review is Review.SUBMITTED


@pytest.mark.parametrize("households", [None, [f"{HOME}-0001"], [f"{HOME}-0002", f"{HOME}-0001"]])
def test_nobody_approves_what_they_collected_or_keyed(session, supervisor, households):
    own, other = answered(1, sender_id=supervisor.id), answered(2)

    with pytest.raises(OwnWork):
        services.approve(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=households,
            at=NOON,
        )

    assert {own.review, other.review} == {Review.SUBMITTED}


def test_nobody_decides_on_a_household_they_visited(session, supervisor):
    case = visited(1)
    session.add(
        FieldAction(
            action_id="uuid:1",
            sha256=b"",
            type="visit",
            province_code="20",
            household_id=case.household_id,
            ea_code=HOME,
            happened_at=NOON,
            received_at=NOON,
            by=supervisor.id,
            result=Disposition.REFUSED_BY_HOUSEHOLD,
            content_sealed=b"",
            outcome=Outcome.ACCEPTED,
        )
    )
    session.flush()

    with pytest.raises(OwnWork):
        services.return_households(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            reason="Visit again",
            at=NOON,
        )


@pytest.mark.parametrize("make", [lambda: CaseFactory(serial=1), lambda: approved(1)])
def test_only_what_is_submitted_can_be_approved(session, supervisor, make):
    case = make()

    with pytest.raises(NotSubmitted) as refusal:
        services.approve(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            at=NOON,
        )

    assert refusal.value.facts["households"] == case.household_id


def test_a_household_of_another_area_is_not_of_this_batch(session, supervisor):
    answered(1)
    stranger = answered(1, AWAY)

    with pytest.raises(Invalid) as refusal:
        services.approve(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[f"{HOME}-0001", stranger.household_id],
            at=NOON,
        )

    assert [fault.pointer for fault in refusal.value.faults] == ["/households/1"]


@pytest.mark.parametrize("make", [answered, visited, approved])
def test_returning_takes_the_approval_away_and_keeps_the_rest(session, supervisor, make):
    case = make(1)
    before = (case.disposition, case.responded_on, case.counting_submission_id)

    batch = services.return_households(
        session,
        supervisor,
        HOME,
        seen=seen_now(session, supervisor),
        households=[case.household_id],
        reason="Two members are missing",
        questions=["h22", "p05_year", "h22"],
        at=NOON,
    )

    decision = session.scalars(select(Decision)).one()
    assert (case.review, case.approved_on) == (Review.RETURNED, None)
    assert (case.disposition, case.responded_on, case.counting_submission_id) == before
    assert (decision.reason, decision.questions) == ("Two members are missing", ["h22", "p05_year"])
    assert batch.status is BatchStatus.RETURNED
    assert recorded(session) == [("household.returned", case.household_id, HOME)]


def test_a_returned_response_counts_only_while_nothing_better_has_come(session, supervisor):
    returned, other = answered(1), answered(2)

    services.return_households(
        session,
        supervisor,
        HOME,
        seen=seen_now(session, supervisor),
        households=[returned.household_id],
        reason="Again",
        at=NOON,
    )

    session.expire_all()
    marks = {each.household_id: each.is_returned for each in session.scalars(select(Submission))}
    assert marks == {returned.household_id: True, other.household_id: False}


@pytest.mark.parametrize("reason", ["", "   ", "\x00"])
def test_returning_needs_a_reason(session, supervisor, reason):
    case = answered(1)

    with pytest.raises(Invalid):
        services.return_households(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            reason=reason,
            at=NOON,
        )


def test_what_was_returned_is_not_returned_again(session, supervisor):
    case = answered(1, review=Review.RETURNED)

    with pytest.raises(NotSubmitted):
        services.return_households(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            reason="Again",
            at=NOON,
        )


def test_the_field_is_told_the_last_reason_of_what_waits_for_a_correction(session, supervisor):
    waiting, done = answered(1), answered(2)
    for reason in ("First", "Second"):
        services.return_households(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[waiting.household_id, done.household_id],
            reason=reason,
            at=NOON,
        )
        for case in (waiting, done):
            case.review = Review.SUBMITTED
        session.flush()
    waiting.review = Review.RETURNED
    session.flush()

    reasons = return_reasons(session, [waiting.household_id, done.household_id])

    assert reasons == {waiting.household_id: "Second"}


def test_nothing_is_decided_in_a_closed_area(session, supervisor):
    case = answered(1)
    field_area(HOME).closed_at = NOON
    session.flush()

    with pytest.raises(BatchClosed):
        services.approve(
            session,
            supervisor,
            HOME,
            seen=seen_now(session, supervisor),
            households=[case.household_id],
            at=NOON,
        )


@pytest.mark.parametrize("ea_code", [AWAY, "22001019999", "2001", "", "' OR 1=1 --", "ไทย"])
def test_a_batch_outside_the_areas_does_not_exist(session, supervisor, ea_code):
    answered(1)
    answered(1, AWAY)

    with pytest.raises(BatchNotFound):
        services.approve(session, supervisor, ea_code, seen=Seen("anything"), at=NOON)


def test_one_household_is_approved_as_it_was_seen(session, supervisor):
    case, other = answered(1), answered(2)
    opened = services.open_household(session, supervisor, case.household_id, at=NOON)
    other.revision += 1
    session.flush()

    services.approve_household(session, supervisor, case.household_id, seen=opened.etag, at=NOON)

    assert (case.review, other.review) == (Review.APPROVED, Review.SUBMITTED)


def test_one_household_that_moved_is_not_returned(session, supervisor):
    case = answered(1)
    opened = services.open_household(session, supervisor, case.household_id, at=NOON)
    session.get_one(Case, (case.province_code, case.household_id)).revision += 1
    session.flush()

    with pytest.raises(BatchChanged):
        services.return_household(
            session, supervisor, case.household_id, seen=opened.etag, reason="Why", at=NOON
        )
