"""An enumerator's workload: the households of the leased areas, and what is left to do at each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.models import Lease
from census.collection.codelists import Disposition, FieldActionType, Outcome, Review
from census.collection.models import Case, FieldAction
from census.collection.rules import is_final
from census.core.events import Event
from census.frame.models import EnumerationArea, Household

LEASED = "area.leased"


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
class WorkItem:
    """A household of the workload and how its case stands."""

    household: Household
    case: Case
    is_collected: bool = False
    """The form that was left is with the enumerator again; the office keys it."""

    @property
    def task(self) -> Task:
        """What is left to do: nothing once any mode has answered, unless it was returned."""
        if self.case.review is Review.RETURNED:
            return Task.CORRECT
        if is_final(self.case.disposition):
            return Task.NONE
        if self.case.disposition is not Disposition.FORM_LEFT:
            return Task.ENUMERATE
        return Task.NONE if self.is_collected else Task.COLLECT


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
    session: Session, leased: LeasedArea, *, changed_from: datetime | None = None
) -> list[WorkItem]:
    """The households of a leased area by id, or those that changed at this moment or later."""
    conditions = [Household.ea_code == leased.area.code]
    if changed_from is not None:
        conditions.append(Case.changed_at >= changed_from)
    rows = session.execute(
        select(Household, Case)
        .join(
            Case,
            (Case.province_code == Household.province_code) & (Case.household_id == Household.id),
        )
        .where(*conditions)
        .order_by(Household.id)
    )
    collected = _collected_in(session, leased.area.code)
    return [WorkItem(household, case, household.id in collected) for household, case in rows]


def _collected_in(session: Session, ea_code: str) -> set[str]:
    """The households whose form was collected after it was last left there."""
    last_at: dict[str, dict[FieldActionType, datetime]] = {}
    paper = (FieldActionType.FORM_LEFT, FieldActionType.FORM_COLLECTED)
    rows = session.execute(
        select(FieldAction.household_id, FieldAction.type, func.max(FieldAction.happened_at))
        .where(
            FieldAction.ea_code == ea_code,
            FieldAction.type.in_(paper),
            FieldAction.outcome == Outcome.ACCEPTED,
        )
        .group_by(FieldAction.household_id, FieldAction.type)
    )
    for household_id, type_, moment in rows:
        last_at.setdefault(household_id or "", {})[type_] = moment
    left, collected = paper
    return {
        household_id
        for household_id, last in last_at.items()
        if collected in last and (left not in last or last[left] <= last[collected])
    }


def items_changed_since(session: Session, leased: LeasedArea, since: int) -> list[WorkItem]:
    """The households of an area that changed after an event number, by id.

    An area that was leased since then is new to the tablet: all of it has changed. Cases carry the
    moment of the event that changed them.
    """
    events = (Event.area == leased.area.code, Event.number > since)
    if session.scalar(select(Event.number).where(*events, Event.name == LEASED).limit(1)):
        return work_items(session, leased)
    first = session.scalar(select(func.min(Event.at)).where(*events))
    return [] if first is None else work_items(session, leased, changed_from=first)
