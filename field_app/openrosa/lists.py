"""The entity lists as CSV: the enumerator's households with their tasks, and who is registered.

An area at a time is read and written, so that the longest list takes no more memory than the
largest area.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from io import StringIO

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.entity_lists import HOUSEHOLDS, REGISTER, entity_id
from census.collection.workload import LeasedArea, Task, WorkItem, leased_areas, work_items
from census.core.db import reading
from census.frame.register import RegisteredPerson, persons_registered_at
from census.review.queries import return_reasons

HOUSEHOLD_COLUMNS = (
    "name",
    "label",
    "__version",
    "household_id",
    "ea_code",
    "address",
    "task",
    "comment",
    "disposition",
    "house_code",
    "register_persons",
    "members",
)
REGISTER_COLUMNS = (
    "name",
    "label",
    "__version",
    "household_id",
    "line",
    "title",
    "first_name",
    "surname",
    "sex",
    "birth_month",
    "birth_year",
    "nationality",
)

Registered = Mapping[str, Sequence[RegisteredPerson]]
Rows = Iterator[Sequence[object]]


def written(name: str, actor: Actor) -> Iterator[str]:
    """One of the lists of an enumerator, in pieces: the header, then area by area."""
    columns, rows_of = _LISTS[name]
    yield _as_csv([columns])
    with reading() as session:
        for leased in leased_areas(session, actor):
            yield _as_csv(rows_of(session, leased))


def _households(session: Session, leased: LeasedArea) -> Rows:
    items = work_items(session, leased)
    reasons = return_reasons(session, [item.household.id for item in items])
    registered = _registered(session, leased, items)
    for item in items:
        household = item.household
        members = registered.get(household.house_code or "", ())
        yield (
            entity_id(household.id),
            f"{household.id} {household.address}",
            item.case.revision + 1,
            household.id,
            household.ea_code,
            household.address,
            item.task.value,
            reasons.get(household.id, "") if item.task is Task.CORRECT else "",
            item.case.disposition.value if item.case.disposition else "",
            household.house_code or "",
            "" if household.register_persons is None else household.register_persons,
            " · ".join(_name(each) for each in members),
        )


def _persons(session: Session, leased: LeasedArea) -> Rows:
    items = work_items(session, leased)
    registered = _registered(session, leased, items)
    for item in items:
        household = item.household
        for line, person in enumerate(registered.get(household.house_code or "", ()), start=1):
            key = f"{household.id}/{line}"
            yield (
                entity_id(key),
                f"{_name(person)} ({person.birth_year_be})",
                1,
                household.id,
                line,
                person.title or "",
                person.first_name,
                person.surname,
                person.sex,
                f"{person.birth_month:02d}",
                person.birth_year_be,
                person.nationality,
            )


_LISTS: dict[str, tuple[Sequence[str], Callable[[Session, LeasedArea], Rows]]] = {
    HOUSEHOLDS: (HOUSEHOLD_COLUMNS, _households),
    REGISTER: (REGISTER_COLUMNS, _persons),
}


def _registered(session: Session, leased: LeasedArea, items: Sequence[WorkItem]) -> Registered:
    houses = {item.household.house_code for item in items if item.household.house_code}
    return persons_registered_at(session, leased.area.province_code, houses) if houses else {}


def _name(person: RegisteredPerson) -> str:
    return f"{person.first_name} {person.surname}"


def _as_csv(rows: Iterator[Sequence[object]] | Sequence[Sequence[object]]) -> str:
    text = StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue()
