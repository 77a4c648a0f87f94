"""Opening what a household answered: unsealed for one reader, identity numbers masked.

Whoever reads here records that they did; nothing is kept open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.action_contents import (
    Appointment,
    Content,
    appointment_in,
    content_of,
    text_in,
)
from census.collection.answers import Person, Response
from census.collection.codelists import FieldActionType
from census.collection.instances.parsing import UnreadableInstance, parse
from census.collection.instances.reading import read_household
from census.collection.models import FieldAction, Submission
from census.collection.services.keeping import HOUSEHOLD_ITEMS, PERSON_ITEMS, unseal_raw
from census.core import sealed
from census.core.identity_numbers import masked

Answer = str | int | None


@dataclass(frozen=True, slots=True)
class OpenedPerson:
    """What was answered about one person; the identity number stays masked."""

    position: int
    first_name: str | None
    last_name: str | None
    masked_identity_number: str | None
    items: Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class OpenedAnswers:
    """What was answered about a household and everyone in it."""

    items: Mapping[str, Answer]
    persons: tuple[OpenedPerson, ...]


def answers_of(session: Session, submission: Submission) -> OpenedAnswers | None:
    """The answers of an understood submission; none of one that was not."""
    response = session.get(Response, (submission.province_code, submission.id))
    if response is None:
        return None
    persons = session.scalars(
        select(Person)
        .where(
            Person.province_code == submission.province_code,
            Person.submission_id == submission.id,
        )
        .order_by(Person.position)
    )
    return OpenedAnswers(
        items={item: getattr(response, item) for item in HOUSEHOLD_ITEMS},
        persons=tuple(_opened(person) for person in persons),
    )


def identity_number_of(session: Session, submission: Submission, position: int) -> str | None:
    """The identity number of one person, in full."""
    person = session.get(Person, (submission.province_code, submission.id, position))
    return None if person is None else _unsealed(person, "p07")


def override_reasons(submission: Submission) -> dict[tuple[str, int | None], str]:
    """Why the sender kept answers that a soft edit doubts, by edit and person."""
    try:
        answers = read_household(parse(unseal_raw(submission.raw_sealed, submission.id)))
    except UnreadableInstance:
        return {}
    return {(each.edit, each.person): each.reason for each in answers.overrides}


def note_of(action: FieldAction) -> str | None:
    """What the enumerator wrote beside a visit."""
    return text_in(_content_of(action), "note")


def appointment_of(action: FieldAction) -> Appointment | None:
    """When the household expects the enumerator, where an appointment was made."""
    is_made = action.type is FieldActionType.APPOINTMENT
    return appointment_in(_content_of(action)) if is_made else None


def statement_of(action: FieldAction) -> str | None:
    """What a neighbour said of the dwelling, as far as it is evidence."""
    evidence = _content_of(action).get("evidence") if action.has_evidence else None
    return text_in(evidence, "statement") if isinstance(evidence, dict) else None


def _content_of(action: FieldAction) -> Content:
    return content_of(action.action_id, action.content_sealed)


def _opened(person: Person) -> OpenedPerson:
    number = _unsealed(person, "p07")
    return OpenedPerson(
        position=person.position,
        first_name=_unsealed(person, "p02_first"),
        last_name=_unsealed(person, "p02_last"),
        masked_identity_number=masked(number) if number else None,
        items={item: getattr(person, item) for item in PERSON_ITEMS},
    )


def _unsealed(person: Person, item: str) -> str | None:
    value: bytes | None = getattr(person, f"{item}_sealed")
    if value is None:
        return None
    row = f"{person.submission_id}/{person.position}"
    return sealed.unseal_text(value, column=f"collection_person.{item}", row=row)
