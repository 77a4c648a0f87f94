"""Every cell of the table of transitions, driven through the services, on each engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.assignment.services import lease_area
from census.collection.codelists import Disposition, FieldActionType, Review
from census.collection.models import ORIGINAL_MISSING, Case, FieldArea, Submission
from census.collection.services import (
    assign_to_household,
    receive_field_actions,
    receive_submission,
)
from census.collection.services.evidence import note_evidence
from census.collection.services.field_actions import Action
from census.collection.transitions import STATES, Base, Counts, Message, State, transition
from census.core import events
from census.core.errors import Refusal
from census.reactions import REACTIONS
from census.review import services
from census.review.queries import batch
from census.review.queries.household import etag_of_household
from census.review.rules import Seen
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

WHY = "Asked the household by telephone"


def instance(number: int) -> str:
    """An instance id of a test; of two that are equal otherwise, the lower one counts."""
    return f"uuid:{number:08d}-0000-4000-8000-000000000000"


FULL, THIN, FULLER, THINNER, EQUAL, CORRECTION = map(instance, (10, 20, 30, 40, 50, 60))
EARLY, HELD, MISSING, STRAY = map(instance, (70, 80, 90, 95))
BLANK = {"h17": None, "h18": None}
"""Two items less than a full response has; a fuller one answers every item."""


@dataclass
class Household:
    """The household of the test, in a census of one household an area."""

    session: Session
    census: SmallCensus
    at: datetime = NOON

    @property
    def id(self) -> str:
        """Its id."""
        return self.census.household()

    def case(self) -> Case:
        """How its case stands in the database."""
        self.session.flush()
        self.session.expire_all()
        return self.session.scalars(select(Case).where(Case.household_id == self.id)).one()

    def counting(self) -> str | None:
        """The instance that counts."""
        counting_id = self.case().counting_submission_id
        rows = select(Submission.instance_id).where(Submission.id == counting_id)
        return self.session.scalar(rows)

    def state(self) -> State:
        """The state of the table that the case is in."""
        case = self.case()
        held = select(Submission.id).where(
            Submission.reason_code == ORIGINAL_MISSING, Submission.household_id == self.id
        )
        return State(self._base(case), is_held=self.session.scalar(held) is not None)

    def _base(self, case: Case) -> Base:
        if self.session.get_one(FieldArea, HOME).closed_at is not None:
            return Base.CLOSED
        is_answered = case.counting_submission_id is not None
        if case.review is Review.APPROVED:
            return Base.APPROVED if is_answered else Base.APPROVED_FOUND
        if case.review is Review.RETURNED:
            return Base.RETURNED if is_answered else Base.RETURNED_FOUND
        if case.review is Review.OPEN:
            return Base.OPEN
        if not is_answered:
            return Base.FOUND
        return Base.CHOSEN if case.chosen_submission_id else Base.ANSWERED

    def send(self, instance_id: str, **answers: Any) -> str:
        """Let a submission arrive; says what its sender is told."""
        self._later()
        one = incoming(
            self.id, instance_id=instance_id, persons=1, **{"mode": "mail", "h19": None, **answers}
        )
        received = receive_submission(self.session, self.census.enumerator, one, at=self.at)
        return " ".join(filter(None, (received.outcome, received.code)))

    def visit(self, result: Disposition) -> str:
        """Let a visit be reported; says what the enumerator is told."""
        self._later()
        action = Action(
            action_id=new_instance_id(),
            type=FieldActionType.VISIT,
            at=self.at,
            content={"result": result},
            household_id=self.id,
            result=result,
        )
        (received,) = receive_field_actions(
            self.session, self.census.enumerator, [action], at=self.at
        )
        self.action_id = action.action_id
        return " ".join(filter(None, (received.outcome, received.code)))

    def rule(self, act: Callable[..., Any], *subject: Any, **more: Any) -> str:
        """Decide something about the household as it now stands."""
        self._later()
        supervisor = self.census.supervisor
        seen = etag_of_household(self.session, supervisor, self.id)
        act(self.session, supervisor, self.id, *subject, seen=seen, at=self.at, **more)
        return "done"

    def decide_area(self, act: Callable[..., Any], **more: Any) -> str:
        """Decide something about the area as it now stands."""
        self._later()
        province = self.census.province
        seen = Seen(batch(self.session, province, HOME).etag)
        act(self.session, province, HOME, seen=seen, at=self.at, **more)
        return "done"

    def _later(self) -> None:
        self.at += timedelta(minutes=1)


def approve(household: Household) -> str:
    """Approve, with every reason there can be."""
    return household.rule(services.approve_household, override_reason=WHY, confirmation_reason=WHY)


def answer(household: Household) -> None:
    """A full response and a thinner one."""
    household.send(FULL)
    household.send(THIN, mode="drop_off", **BLANK)


def choose_thin(household: Household) -> str:
    """Let the thinner response count."""
    return household.rule(services.choose_response, THIN, reason=WHY)


def give_back(household: Household) -> str:
    """Send the household back to the field."""
    return household.rule(services.return_household, reason=WHY)


def find_vacant(household: Household) -> None:
    """A visit finds nobody living there, and proves nothing."""
    household.visit(Disposition.VACANT)


TO_REACH: dict[Base, tuple[Callable[[Household], Any], ...]] = {
    Base.OPEN: (),
    Base.FOUND: (find_vacant,),
    Base.ANSWERED: (answer,),
    Base.CHOSEN: (answer, choose_thin),
    Base.APPROVED_FOUND: (find_vacant, approve),
    Base.APPROVED: (answer, approve),
    Base.RETURNED_FOUND: (find_vacant, give_back),
    Base.RETURNED: (answer, give_back),
    Base.CLOSED: (answer, approve, lambda each: each.decide_area(services.close)),
}


def send_variant(household: Household) -> str:
    """Other bytes under an id that came before."""
    return household.send(FULL, h16="2")


def send_unreadable(household: Household) -> str:
    """Bytes that are no instance, in an envelope that names the household."""
    one = replace(incoming(household.id), data=b"<data")
    received = receive_submission(household.session, household.census.enumerator, one, at=NOON)
    return f"{received.outcome} {received.code}"


def choose_other(household: Household) -> str:
    """Let the response count that does not."""
    other = FULL if household.counting() == THIN else THIN
    return household.rule(services.choose_response, other, reason=WHY)


def void_counting(household: Household) -> str:
    """Void the response that counts, or, where the area is closed, try to."""
    return household.rule(services.void_submission, household.counting(), reason=WHY)


def assign_stray(household: Household) -> str:
    """Assign to the household what came for one that its sender does not answer for."""
    census, session = household.census, household.session
    elsewhere = census.household(ea_code=AWAY)
    one = incoming(elsewhere, instance_id=STRAY, persons=1)
    receive_submission(session, census.enumerator, one, at=household.at)
    digest = select(Submission.sha256).where(Submission.instance_id == STRAY)
    taken_up = assign_to_household(
        session,
        census.province,
        STRAY,
        sha256=session.scalars(digest).one(),
        household_id=household.id,
        reason=WHY,
        at=household.at + timedelta(minutes=1),
    )
    return taken_up.reason or "done"


def lease_to_neighbour(household: Household) -> str:
    """Another enumerator gets the area."""
    census = household.census
    lease_area(
        household.session, census.supervisor, HOME, enumerator_id=census.neighbour.id, at=NOON
    )
    return "done"


def give_evidence(household: Household) -> str:
    """A photo is attached to the visit."""
    note_evidence(household.session, household.action_id, at=NOON)
    return "done"


DOES: dict[Message, Callable[[Household], str]] = {
    Message.BETTER: lambda each: each.send(FULLER, h19="1 4"),
    Message.WORSE: lambda each: each.send(THINNER, h16=None, **BLANK),
    Message.EQUAL: lambda each: each.send(EQUAL),
    Message.CORRECTION: lambda each: each.send(CORRECTION, deprecated_id=each.counting(), h18=None),
    Message.EARLY_CORRECTION: lambda each: each.send(EARLY, deprecated_id=instance(71)),
    Message.ORIGINAL: lambda each: each.send(MISSING, h16=None, **BLANK),
    Message.REPEAT: lambda each: each.send(FULL),
    Message.VARIANT: send_variant,
    Message.UNREADABLE: send_unreadable,
    Message.FINAL_VISIT: lambda each: each.visit(Disposition.REFUSED_BY_HOUSEHOLD),
    Message.INTERIM_VISIT: lambda each: each.visit(Disposition.CALL_BACK),
    Message.EVIDENCE: give_evidence,
    Message.APPROVE: lambda each: each.rule(services.approve_household),
    Message.APPROVE_WITH_REASONS: approve,
    Message.RETURN: give_back,
    Message.CHOOSE: choose_other,
    Message.WITHDRAW: lambda each: each.rule(services.withdraw_response_choice, reason=WHY),
    Message.VOID: void_counting,
    Message.ASSIGN: assign_stray,
    Message.LEASE: lease_to_neighbour,
    Message.CLOSE: lambda each: each.decide_area(services.close, reason=WHY),
    Message.REOPEN: lambda each: each.decide_area(services.reopen, reason=WHY),
}


@pytest.fixture
def household(session: Session) -> Household:
    """One household that nothing is known of."""
    events.connect(REACTIONS)
    return Household(session, small_census(session, households=1))


def brought_to(household: Household, state: State) -> Household:
    """The household in this state."""
    steps = list(TO_REACH[state.base])
    if state.is_held:
        # The approval and the return come when the correction waits already.
        household.send(HELD, deprecated_id=MISSING, h19="1 4")
    for step in steps:
        step(household)
    return household


@pytest.mark.parametrize("state", STATES, ids=str)
def test_every_message_leads_where_the_table_says(household: Household, state: State):
    brought_to(household, state)
    reached, before = household.state(), household.counting()

    found, expected = {}, {}
    for message in Message:
        wanted = transition(state, message)
        if wanted is None:
            continue
        expected[message] = (wanted.told, wanted.next, wanted.counts)
        with _undone(household.session):
            told = _told(DOES[message], household)
            found[message] = (
                told,
                household.state(),
                _counts(before, household.counting(), message),
            )

    assert reached == state
    assert found == expected


class _undone:  # noqa: N801 - reads as a verb after `with`
    """Whatever happens inside is undone afterwards."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def __enter__(self) -> None:
        self.session.flush()
        self.savepoint = self.session.begin_nested()

    def __exit__(self, *_: object) -> None:
        events.react(self.session)
        self.savepoint.rollback()
        self.session.expire_all()


def _told(act: Callable[[Household], str], household: Household) -> str:
    try:
        return act(household)
    except Refusal as refusal:
        return refusal.code


NEWCOMERS = frozenset({FULLER, THINNER, EQUAL, CORRECTION, EARLY, MISSING, STRAY})


def _counts(before: str | None, after: str | None, message: Message) -> Counts:
    if after is None:
        return Counts.NONE
    if after == before:
        return Counts.SAME
    return Counts.NEW if after in NEWCOMERS else Counts.OTHER
