"""What is known at a household's door of the visits before: attempts, appointments, forms left.

Only reports that were accepted are told. The details of a form or an appointment were sealed as
they were sent; they are opened for those households alone where they still matter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from census.collection.action_contents import (
    Appointment,
    Content,
    appointment_in,
    content_of,
    text_in,
)
from census.collection.codelists import Disposition, FieldActionType, Outcome
from census.collection.models import FieldAction

_ACTION = (
    FieldAction.action_id,
    FieldAction.household_id,
    FieldAction.type,
    FieldAction.result,
    FieldAction.happened_at,
)
_PAPER = (FieldActionType.FORM_LEFT, FieldActionType.FORM_COLLECTED)

_Told = Row[str, str | None, FieldActionType, Disposition | None, datetime]


@dataclass(frozen=True, slots=True)
class LastVisit:
    """The attempt that came last, and its result."""

    at: datetime
    result: Disposition


@dataclass(frozen=True, slots=True)
class FormLeft:
    """A form that lies with the household, and the number on it."""

    at: datetime
    form_id: str | None


@dataclass(frozen=True, slots=True)
class DoorFacts:
    """What went before at one household."""

    visits: int = 0
    last_visit: LastVisit | None = None
    form_left: FormLeft | None = None
    is_form_collected: bool = False
    """A form is with the enumerator again; the office keys it."""
    appointment: Appointment | None = None
    """The last one, to meet or to collect a form, unless somebody was there after it was made."""


NOTHING_BEFORE = DoorFacts()


def door_facts(
    session: Session, ea_code: str, household_ids: Collection[str] | None = None
) -> dict[str, DoorFacts]:
    """What went before at the households of an area, or at these of them, in two queries."""
    told = _told(session, ea_code, household_ids)
    standing = {
        each.action_id
        for actions in told.values()
        for each in (_form_left(actions), _appointment(actions))
        if each is not None
    }
    contents = _contents(session, standing)
    return {household_id: _facts(actions, contents) for household_id, actions in told.items()}


def _told(
    session: Session, ea_code: str, household_ids: Collection[str] | None
) -> dict[str, list[_Told]]:
    """The accepted actions of each household, in the order in which they happened."""
    conditions = [
        FieldAction.ea_code == ea_code,
        FieldAction.outcome == Outcome.ACCEPTED,
        FieldAction.household_id.is_not(None),
    ]
    if household_ids is not None:
        conditions.append(FieldAction.household_id.in_(household_ids))
    rows = session.execute(
        select(*_ACTION).where(*conditions).order_by(FieldAction.happened_at, FieldAction.action_id)
    )
    told: dict[str, list[_Told]] = defaultdict(list)
    for row in rows:
        told[row.household_id or ""].append(row)
    return told


def _contents(session: Session, action_ids: Collection[str]) -> dict[str, Content]:
    if not action_ids:
        return {}
    rows = session.execute(
        select(FieldAction.action_id, FieldAction.content_sealed).where(
            FieldAction.action_id.in_(action_ids)
        )
    )
    return {row.action_id: content_of(row.action_id, row.content_sealed) for row in rows}


def _facts(actions: Sequence[_Told], contents: Mapping[str, Content]) -> DoorFacts:
    attempts = [each for each in actions if each.result is not None]
    left, made = _form_left(actions), _appointment(actions)
    return DoorFacts(
        visits=len(attempts),
        last_visit=LastVisit(attempts[-1].happened_at, attempts[-1].result) if attempts else None,
        form_left=left and _form_in(left, contents[left.action_id]),
        is_form_collected=_last_of(actions, _PAPER, FieldActionType.FORM_COLLECTED) is not None,
        appointment=made and _agreed_in(made, contents[made.action_id]),
    )


def _agreed_in(made: _Told, content: Content) -> Appointment | None:
    """When somebody is to come again; for a form that was left, if that was agreed on."""
    agreed = appointment_in(content)
    return agreed if made.type is FieldActionType.APPOINTMENT or agreed.on else None


def _form_in(left: _Told, content: Content) -> FormLeft:
    return FormLeft(left.happened_at, text_in(content, "form_id"))


def _form_left(actions: Sequence[_Told]) -> _Told | None:
    return _last_of(actions, _PAPER, FieldActionType.FORM_LEFT)


def _appointment(actions: Sequence[_Told]) -> _Told | None:
    """The last attempt, if a day may have been agreed on: to meet, or to collect a form."""
    attempts = [each for each in actions if each.result is not None]
    last = attempts[-1] if attempts else None
    if last is None or last.type is FieldActionType.APPOINTMENT:
        return last
    return last if last is _form_left(actions) else None


def _last_of(
    actions: Sequence[_Told], among: Collection[FieldActionType], wanted: FieldActionType
) -> _Told | None:
    """The last of these kinds of actions, if it is of the wanted one."""
    last = next((each for each in reversed(actions) if each.type in among), None)
    return last if last is not None and last.type is wanted else None
