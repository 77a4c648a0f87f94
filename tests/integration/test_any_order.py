"""Whatever the order in which messages about a household come, and however often, one state ends.

Orders that begin alike share their beginning: each message is sent inside a savepoint, and the next
ones are tried from there. In the first scenario every one of the 120 orders is followed to its end
on SQLite. Elsewhere the state is compared after every set of messages, and followed on from one
order of the set: where all orders of each set agree, those of all five do.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from math import factorial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.arrivals import Incoming
from census.collection.codelists import Disposition, FieldActionType, Mode, Outcome
from census.collection.errors import SubmissionNotFound
from census.collection.models import Case, FieldAction, Finding, Submission
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.core import events
from census.review.queries.household import etag_of_household
from census.review.services import void_submission
from tests.conftest import ENGINES
from tests.factories.census import NOON, SmallCensus, small_census
from tests.factories.submissions import incoming

A, B, C, D = (f"uuid:{letter * 8}-0000-4000-8000-000000000000" for letter in "abcd")
VISIT = "uuid:99999999-0000-4000-8000-000000000000"
REPEATS = random.Random(20210210)

Message = Callable[[Session, SmallCensus], Any]


@dataclass(frozen=True)
class Scenario:
    """The messages, and which instance counts when all of them have come."""

    messages: tuple[Message, ...]
    counts: str | None
    disposition: Disposition
    followed_whole_on: frozenset[str] = frozenset()
    """The engines on which each order is followed to its end, and not only each set compared."""


def response(instance_id: str, **answers: Any) -> Message:
    """A response arrives."""

    def send(session: Session, census: SmallCensus) -> Outcome:
        one: Incoming = incoming(census.household(), instance_id=instance_id, persons=1, **answers)
        return receive_submission(session, census.enumerator, one, at=NOON).outcome

    return send


def visit(result: Disposition, *, statement: str | None = None) -> Message:
    """A visit is reported."""

    def send(session: Session, census: SmallCensus) -> Outcome:
        action = Action(
            action_id=VISIT,
            type=FieldActionType.VISIT,
            at=NOON - timedelta(hours=1),
            content={"result": result.value},
            household_id=census.household(),
            result=result,
            statement=statement,
        )
        return receive_field_actions(session, census.enumerator, [action], at=NOON)[0].outcome

    return send


def voided(instance_id: str) -> Message:
    """A supervisor voids a submission, if it is there."""

    def rule(session: Session, census: SmallCensus) -> None:
        household = census.household()
        seen = etag_of_household(session, census.supervisor, household)
        try:
            void_submission(
                session,
                census.supervisor,
                household,
                instance_id,
                seen=seen,
                reason="Started at the wrong door",
                at=NOON,
            )
        except SubmissionNotFound:
            return

    return rule


SCENARIOS = {
    "two modes, a correction and a variant": Scenario(
        (
            response(A),
            response(B, mode=Mode.INTERNET.value, h19=None),
            response(C, deprecated_id=A, h18="2"),
            visit(Disposition.REFUSED_BY_HOUSEHOLD),
            response(B, mode=Mode.INTERNET.value, h19=None, h18="2"),
        ),
        C,
        Disposition.COMPLETE_FACE_TO_FACE,
        followed_whole_on=frozenset({"sqlite"}),
    ),
    "a chain of corrections, each before or after the other": Scenario(
        (
            response(A),
            response(C, deprecated_id=A, h19=None),
            response(D, deprecated_id=C, h19=None, h18=None),
            response(B, mode=Mode.TELEPHONE.value, h19=None, h18=None, h17=None),
            visit(Disposition.DUPLICATE, statement="They moved next door"),
        ),
        D,
        Disposition.COMPLETE_FACE_TO_FACE,
    ),
    "a circle of corrections of vacant houses and proof of a demolished one": Scenario(
        (
            response(A, deprecated_id=B, h02="3"),
            response(B, deprecated_id=A, h02="4"),
            response(C, deprecated_id=C, h02="2"),
            response(D, deprecated_id=B, h02="6"),
            visit(Disposition.DEMOLISHED, statement="It was torn down in May"),
        ),
        None,
        Disposition.DEMOLISHED,
    ),
    "a voided link in a chain of corrections": Scenario(
        (
            response(A),
            response(B, deprecated_id=A),
            response(C, deprecated_id=B, h19=None),
            voided(B),
        ),
        C,
        Disposition.COMPLETE_FACE_TO_FACE,
        # A supervisor cannot void what has not come; they do it when it has.
        followed_whole_on=frozenset(ENGINES),
    ),
}


@pytest.mark.parametrize("name", SCENARIOS)
def test_every_order_of_the_messages_ends_in_the_same_state(session, engine_name, name):
    events.connect({})
    census = small_census(session, households=1)
    scenario = SCENARIOS[name]
    messages = scenario.messages
    tried = Tried(is_whole=engine_name in scenario.followed_whole_on)

    _try(session, census, messages, (), tried)

    assert tried.times == (factorial(len(messages)) if tried.is_whole else 80)
    assert {len(each) for each in tried.states.values()} == {1}
    ((case, *_rest),) = tried.states[frozenset(messages)]
    assert dict(case)["counting_submission_id"] == scenario.counts
    assert dict(case)["disposition"] == scenario.disposition


@dataclass
class Tried:
    """The states that were reached, by the messages that had come, and how often one was noted."""

    is_whole: bool
    states: dict[frozenset[Message], set[Any]] = field(default_factory=lambda: defaultdict(set))
    times: int = 0

    def note(self, come: Sequence[Message], state: Any) -> bool:
        """Keep a state; says whether this set of messages was never reached before."""
        is_new = frozenset(come) not in self.states
        self.states[frozenset(come)].add(state)
        self.times += 1
        return is_new


def _try(
    session: Session,
    census: SmallCensus,
    messages: Sequence[Message],
    order: tuple[Message, ...],
    tried: Tried,
) -> None:
    """Send each message that is left, note the state, and go on from there; undo it again."""
    if len(order) == len(messages) and tried.is_whole:
        # What a person could not do yet, they do when everything has come.
        _repeat(session, census, order)
        tried.note(order, _state(session))
        return
    for message in messages:
        if message in order:
            continue
        with session.begin_nested() as savepoint:
            message(session, census)
            if order and REPEATS.random() < 0.2:
                REPEATS.choice(order)(session, census)
            come = (*order, message)
            if tried.is_whole or tried.note(come, _state(session)):
                _try(session, census, messages, come, tried)
            session.flush()
            savepoint.rollback()
            session.expunge_all()


def _repeat(session: Session, census: SmallCensus, order: Sequence[Message]) -> None:
    for message in order:
        if message.__name__ == "rule" or REPEATS.random() < 0.1:
            message(session, census)


def _state(session: Session) -> tuple[Any, ...]:
    """All that is known of the household, in words that do not depend on our own ids."""
    session.flush()
    session.expire_all()
    submissions = session.scalars(select(Submission)).all()
    own = {each.id: each.instance_id for each in submissions}
    household = min(each.household_id or "" for each in submissions) if submissions else None
    about = Case.revision > 0 if household is None else Case.household_id == household
    case = session.scalars(select(Case).where(about)).first()
    findings = session.scalars(select(Finding)).all()
    actions = session.scalars(select(FieldAction)).all()
    return (
        tuple(
            (name, own.get(value, value))
            for name in sorted(case.__table__.columns.keys())
            if name not in ("revision", "changed_at", "has_set_aside")
            for value in [getattr(case, name)]
        ),
        # Of two variants of one id the first holds and the other waits: which one is their history.
        tuple(
            sorted(
                (each.instance_id, each.standing, each.reason_code or "", each.is_returned)
                for each in submissions
            )
        ),
        tuple(sorted((own[each.submission_id], each.edit, each.person or 0) for each in findings)),
        tuple(sorted((each.action_id, each.outcome, each.has_evidence) for each in actions)),
    )
