"""An enumerator's workload: the households of the leased areas, and what is left to do at each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.models import Lease
from census.collection.at_the_door import NOTHING_BEFORE, DoorFacts, door_facts
from census.collection.codelists import Disposition, Mode, Review
from census.collection.models import Case, FieldAction, Submission
from census.collection.rules import is_final
from census.core.events import Event
from census.frame.models import EnumerationArea, Household

LEASED, REPORTED = "area.leased", "field_action.received"


class Task(StrEnum):
    """What is left for the enumerator to do at a household."""

    ENUMERATE = "enumerate"
    CORRECT = "correct"
    COLLECT = "collect"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class LeasedArea:
    """An enumeration area in the enumerator's hands."""

    lease: Lease
    area: EnumerationArea


@dataclass(frozen=True, slots=True)
class Answer:
    """That the household has answered, in whichever mode: how and when."""

    mode: Mode | None
    at: datetime


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A household of the workload, how its case stands, and what went before."""

    household: Household
    case: Case
    answer: Answer | None = None
    """The response that counts."""
    door: DoorFacts = NOTHING_BEFORE

    @property
    def task(self) -> Task:
        """What is left to do: nothing once any mode has answered, unless it was returned."""
        if self.case.review is Review.RETURNED:
            return Task.CORRECT
        if is_final(self.case.disposition):
            return Task.NONE
        if self.case.disposition is not Disposition.FORM_LEFT:
            return Task.ENUMERATE
        return Task.NONE if self.door.is_form_collected else Task.COLLECT


def leased_areas(session: Session, actor: Actor) -> list[LeasedArea]:
    """The areas the enumerator holds now, by code."""
    rows = session.execute(
        select(Lease, EnumerationArea)
        .join(EnumerationArea, EnumerationArea.code == Lease.ea_code)
        .where(Lease.enumerator_id == actor.id, Lease.ended_at.is_(None))
        .order_by(EnumerationArea.code)
    )
    return [LeasedArea(*row) for row in rows]


def work_items(
    session: Session, leased: LeasedArea, *, changed: ColumnElement[bool] | None = None
) -> list[WorkItem]:
    """The households of a leased area by id, or those that changed, in a few queries for all."""
    conditions = [Household.ea_code == leased.area.code]
    if changed is not None:
        conditions.append(changed)
    rows = session.execute(
        select(Household, Case, Submission)
        .join(
            Case,
            (Case.province_code == Household.province_code) & (Case.household_id == Household.id),
        )
        .outerjoin(
            Submission,
            (Submission.province_code == Case.province_code)
            & (Submission.id == Case.counting_submission_id),
        )
        .where(*conditions)
        .order_by(Household.id)
    ).all()
    named = None if changed is None else [household.id for household, _case, _counting in rows]
    facts = door_facts(session, leased.area.code, named) if rows else {}
    return [
        WorkItem(household, case, _answer(counting), facts.get(household.id, NOTHING_BEFORE))
        for household, case, counting in rows
    ]


def _answer(counting: Submission | None) -> Answer | None:
    """What the case counts; a clock that ran ahead says no more than when it was received."""
    if counting is None:
        return None
    received_at = counting.received_at
    return Answer(counting.mode, min(counting.ended_at or received_at, received_at))


def items_changed_since(session: Session, leased: LeasedArea, since: int) -> list[WorkItem]:
    """The households of an area that changed after an event number, by id.

    An area that was leased since then is new to the tablet: all of it has changed. Cases carry the
    moment of the event that changed them. A form that was collected changes no case, but is told.
    """
    events = (Event.area == leased.area.code, Event.number > since)
    if session.scalar(select(Event.number).where(*events, Event.name == LEASED).limit(1)):
        return work_items(session, leased)
    first = session.scalar(select(func.min(Event.at)).where(*events))
    if first is None:
        return []
    reported = (
        select(FieldAction.household_id)
        .join(Event, Event.subject == FieldAction.action_id)
        .where(*events, Event.name == REPORTED)
    )
    changed = or_(Case.changed_at >= first, Household.id.in_(reported))
    return work_items(session, leased, changed=changed)
