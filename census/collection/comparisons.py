"""What the rules that compare records have to know of an enumeration area's accepted records."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, aliased

from census.collection.answers import Person, Response
from census.collection.codelists import Standing
from census.collection.models import Case, Submission
from census.frame.models import EnumerationArea, Household
from census.frame.practice import PRACTICE_PROVINCE
from census.frame.rules import is_house_code, normalise_house_code

MOST_OTHERS = 10
"""Beside so many other households an identity number is told; more say nothing more."""


class Record(NamedTuple):
    """The accepted record of a household, as far as it is compared with others."""

    household_id: str
    province_code: str
    submission_id: UUID
    house_code: str | None
    """As read in the field, else as the frame has it; none where it is malformed."""
    households_in_dwelling: int | None
    metres_outside_area: float | None


class NamedPerson(NamedTuple):
    """A person of an accepted record, by the keyed hash of full name and birth year."""

    household_id: str
    submission_id: UUID
    position: int
    hash: bytes


class Twin(NamedTuple):
    """A person of the area, and one of another household with the same identity number."""

    household_id: str
    submission_id: UUID
    position: int
    other_household_id: str
    other_submission_id: UUID
    other_position: int
    other_ea_code: str


def records_in(session: Session, ea_code: str) -> list[Record]:
    """The accepted records of an area, by household."""
    rows = session.execute(
        select(
            Case.household_id,
            Case.province_code,
            Response.submission_id,
            Response.house_reg_code,
            Household.house_code,
            Response.h04,
            Response.metres_outside_area,
        )
        .join(Response, _is_counting(Response))
        .join(
            Household,
            (Household.province_code == Case.province_code) & (Household.id == Case.household_id),
        )
        .where(Case.ea_code == ea_code)
        .order_by(Case.household_id)
    )
    return [
        Record(
            household_id=row.household_id,
            province_code=row.province_code,
            submission_id=row.submission_id,
            house_code=_well_formed(row.house_reg_code) or row.house_code,
            households_in_dwelling=row.h04,
            metres_outside_area=row.metres_outside_area,
        )
        for row in rows
    ]


def names_in(session: Session, ea_code: str) -> list[NamedPerson]:
    """The persons of an area's accepted records whose full name and birth year are known."""
    rows = session.execute(
        select(Case.household_id, Person.submission_id, Person.position, Person.name_hash)
        .join(Person, _is_counting(Person))
        .where(Case.ea_code == ea_code, Person.name_hash.is_not(None))
        .order_by(Case.household_id, Person.position)
    )
    return [
        NamedPerson(row.household_id, row.submission_id, row.position, row.name_hash)
        for row in rows
    ]


def same_numbers(session: Session, ea_code: str) -> list[Twin]:
    """Persons of an area whose identity number stands in another accepted household, anywhere.

    The practice area is a world of its own. A number that stands in very many households is told
    beside the first of them.
    """
    other, place = aliased(Person), Submission
    is_practice = session.scalar(
        select(EnumerationArea.is_practice).where(EnumerationArea.code == ea_code)
    )
    place_in_line = func.row_number().over(
        partition_by=(Person.submission_id, Person.position),
        order_by=(place.household_id, other.position),
    )
    found = (
        select(
            Case.household_id,
            Person.submission_id,
            Person.position,
            place.household_id.label("other_household_id"),
            other.submission_id.label("other_submission_id"),
            other.position.label("other_position"),
            place.ea_code.label("other_ea_code"),
            place_in_line.label("place_in_line"),
        )
        .join(Person, _is_counting(Person))
        .join(other, other.p07_hash == Person.p07_hash)
        .join(
            place,
            (place.province_code == other.province_code) & (place.id == other.submission_id),
        )
        .where(
            Case.ea_code == ea_code,
            Person.p07_hash.is_not(None),
            place.standing == Standing.COUNTING,
            place.household_id != Case.household_id,
            (place.province_code == PRACTICE_PROVINCE)
            if is_practice
            else (place.province_code != PRACTICE_PROVINCE),
        )
        .subquery()
    )
    columns = [found.c[name] for name in Twin._fields]
    rows = session.execute(
        select(*columns)
        .where(found.c.place_in_line <= MOST_OTHERS)
        .order_by(found.c.household_id, found.c.position, found.c.other_household_id)
    )
    return [Twin(*row) for row in rows]


def _is_counting(table: type[Response] | type[Person]) -> ColumnElement[bool]:
    return (table.province_code == Case.province_code) & (
        table.submission_id == Case.counting_submission_id
    )


def _well_formed(text: str | None) -> str | None:
    code = normalise_house_code(text or "")
    return code if is_house_code(code) else None
