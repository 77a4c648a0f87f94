"""What is counted in enumeration areas for the rules that look at them as a whole.

Everything is added up in the database; what comes back is a few numbers for each area.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, case, func, or_, select
from sqlalchemy.orm import Session

from census.accounts.codelists import Role
from census.accounts.models import User
from census.collection.answers import Person, Response
from census.collection.codelists import Disposition
from census.collection.edits.areas import AreaFacts
from census.collection.instances.births import UNKNOWN_YEAR
from census.collection.models import Case, FieldArea, Submission
from census.collection.rules import is_final, is_response
from census.frame.models import EnumerationArea, Household

UNKNOWN_TOTAL = 9999
PRIVATE = "1"
MALE, FEMALE = "1", "2"

FINAL = tuple(each for each in Disposition if is_final(each))
RESPONSES = tuple(each for each in Disposition if is_response(each))
INELIGIBLE = tuple(each for each in Disposition if "40" <= each.value <= "49")
VACANT = (Disposition("40"), Disposition("49"))
"""Dwellings in which nobody lives any more, or not yet again."""


@dataclass(frozen=True, slots=True)
class CountedArea:
    """The counts of one enumeration area, and the subdistrict whose areas are its group."""

    ea_code: str
    province_code: str
    subdistrict_code: str
    facts: AreaFacts


@dataclass(frozen=True, slots=True)
class CountedEnumerator:
    """The counts of one enumerator in one enumeration area."""

    ea_code: str
    enumerator_id: UUID
    facts: AreaFacts


def counted_areas(session: Session, within: ColumnElement[bool]) -> dict[str, CountedArea]:
    """The counts of the areas that fit a condition on `EnumerationArea`, by their codes."""
    persons = {row.ea_code: row for row in _persons(session, within)}
    return {
        row.ea_code: CountedArea(
            row.ea_code,
            row.province_code,
            row.subdistrict_code,
            _facts(row, persons.get(row.ea_code)),
        )
        for row in _households(session, within)
    }


def counted_enumerators(session: Session, within: ColumnElement[bool]) -> list[CountedEnumerator]:
    """The counts of each enumerator in each of these areas whose records count there."""
    lacks_birth = or_(Person.p05_year.is_(None), Person.p05_year == UNKNOWN_YEAR)
    rows = session.execute(
        select(
            Case.ea_code,
            Submission.sender_id,
            func.count().label("records"),
            _count(lacks_birth).label("records_without_birth"),
        )
        .join(EnumerationArea, EnumerationArea.code == Case.ea_code)
        .join(Submission, _is_counting(Submission.province_code, Submission.id))
        .join(User, (User.id == Submission.sender_id) & (User.role == Role.ENUMERATOR))
        .join(Person, _is_counting(Person.province_code, Person.submission_id))
        .where(within)
        .group_by(Case.ea_code, Submission.sender_id)
    )
    return [
        CountedEnumerator(
            row.ea_code,
            row.sender_id,
            AreaFacts(records=row.records, records_without_birth=int(row.records_without_birth)),
        )
        for row in rows
    ]


def grouped(areas: Iterable[CountedArea]) -> dict[str, AreaFacts]:
    """The ages of the areas of each subdistrict together, by its code."""
    groups: dict[str, AreaFacts] = {}
    for area in areas:
        group = groups.get(area.subdistrict_code, AreaFacts())
        groups[area.subdistrict_code] = replace(
            group,
            aged_23_to_62=group.aged_23_to_62 + area.facts.aged_23_to_62,
            aged_on_fives=group.aged_on_fives + area.facts.aged_on_fives,
        )
    return groups


def _households(session: Session, within: ColumnElement[bool]) -> Iterable[Row[*tuple[Any, ...]]]:
    size = case((Response.h22 != UNKNOWN_TOTAL, Response.h22))
    residents = case((Case.disposition.in_(INELIGIBLE), 0), else_=size)
    is_private = and_(Response.h03 == PRIVATE, size.is_not(None), Case.disposition.in_(RESPONSES))
    is_compared = and_(residents.is_not(None), Household.register_persons.is_not(None))
    return session.execute(
        select(
            Case.ea_code,
            EnumerationArea.province_code,
            EnumerationArea.subdistrict_code,
            func.max(case((FieldArea.closed_at.is_not(None), 1), else_=0)).label("is_closed"),
            func.count().label("listed"),
            _count(Case.disposition.in_(FINAL)).label("final"),
            _count(Case.disposition.in_(RESPONSES)).label("responded"),
            _count(Case.disposition.in_(INELIGIBLE)).label("ineligible"),
            _count(Case.disposition.in_(VACANT)).label("vacant"),
            _count(is_private).label("private_households"),
            _sum(is_private, size).label("persons_in_private"),
            _count(and_(is_private, size == 1)).label("one_person_households"),
            _sum(is_compared, Household.register_persons).label("registered"),
            _sum(is_compared, residents).label("enumerated"),
        )
        .join(EnumerationArea, EnumerationArea.code == Case.ea_code)
        .join(FieldArea, FieldArea.ea_code == Case.ea_code)
        .join(
            Household,
            (Household.province_code == Case.province_code) & (Household.id == Case.household_id),
        )
        .outerjoin(Response, _is_counting(Response.province_code, Response.submission_id))
        .where(within)
        .group_by(Case.ea_code, EnumerationArea.province_code, EnumerationArea.subdistrict_code)
        .order_by(Case.ea_code)
    ).all()


def _persons(session: Session, within: ColumnElement[bool]) -> Iterable[Row[*tuple[Any, ...]]]:
    is_aged = Person.p06.between(23, 62)
    return session.execute(
        select(
            Case.ea_code,
            _count(Person.p04 == MALE).label("male"),
            _count(Person.p04 == FEMALE).label("female"),
            _count(is_aged).label("aged_23_to_62"),
            _count(and_(is_aged, Person.p06 % 5 == 0)).label("aged_on_fives"),
        )
        .join(EnumerationArea, EnumerationArea.code == Case.ea_code)
        .join(Person, _is_counting(Person.province_code, Person.submission_id))
        .where(within)
        .group_by(Case.ea_code)
    ).all()


def _facts(households: Row[*tuple[Any, ...]], persons: Row[*tuple[Any, ...]] | None) -> AreaFacts:
    counts: dict[str, Any] = {
        name: int(getattr(households, name))
        for name in (
            "listed",
            "final",
            "responded",
            "ineligible",
            "vacant",
            "private_households",
            "persons_in_private",
            "one_person_households",
            "registered",
            "enumerated",
        )
    }
    ages: dict[str, Any] = {
        name: int(getattr(persons, name)) if persons else 0
        for name in ("male", "female", "aged_23_to_62", "aged_on_fives")
    }
    return AreaFacts(is_closed=bool(households.is_closed), **counts, **ages)


def _is_counting(province_code: Any, submission_id: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = and_(
        province_code == Case.province_code, submission_id == Case.counting_submission_id
    )
    return condition


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return _sum(condition, 1)


def _sum(condition: ColumnElement[bool], value: Any) -> ColumnElement[int]:
    return func.sum(case((condition, value), else_=0))
