"""Rules that compare a record with others; they are raised where those are known.

A background job judges the records of an enumeration area again whenever one of them changes, so
these findings come and go with the facts. No form can ask for a reason on them: they are told to
the supervisor, and none of them blocks.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step

FARTHEST_OUTSIDE_M = 200.0
"""Positions of tablets are that uncertain among houses, and outlines are drawn as roughly."""


@dataclass(frozen=True, slots=True)
class RecordAmongOthers:
    """What has to be known of one accepted record besides its own answers."""

    households_in_dwelling: int | None = None
    """H04 of the record."""
    sharing_house_code: frozenset[str] = frozenset()
    """The other households of the area whose records have the same house code."""
    metres_outside_area: float | None = None
    """How far the interview was from the area; none where that is not known."""
    is_late: bool = False
    """Whether it came for a household that had been approved before."""


@dataclass(frozen=True, slots=True)
class PersonAmongOthers:
    """What has to be known of one person besides the own answers."""

    sharing_number: frozenset[str] = frozenset()
    """The other households, anywhere, in whose accepted records the identity number stands."""
    sharing_name: frozenset[str] = frozenset()
    """The households of the area with another person of this full name and birth year."""


def is_late(record: RecordAmongOthers, context: Context) -> bool:
    """The household was approved with another response."""
    return record.is_late


def house_code_is_shared(record: RecordAmongOthers, context: Context) -> bool:
    """One household alone in its dwelling shares its house code with none."""
    return record.households_in_dwelling == 1 and bool(record.sharing_house_code)


def is_outside_area(record: RecordAmongOthers, context: Context) -> bool:
    """The interview was made clearly outside the enumeration area."""
    metres = record.metres_outside_area
    return metres is not None and metres > FARTHEST_OUTSIDE_M


def number_is_elsewhere(person: PersonAmongOthers, context: Context) -> bool:
    """An identity number belongs to one person, who lives in one place."""
    return bool(person.sharing_number)


def is_listed_twice(person: PersonAmongOthers, context: Context) -> bool:
    """The same full name and birth year twice in an area may be one person counted twice."""
    return bool(person.sharing_name)


LATE_RESPONSE: Edit[RecordAmongOthers] = Edit(
    "E-I03",
    Severity.QUERY,
    Step.ACROSS_RECORDS,
    "ครัวเรือนนี้มีข้อมูลที่รับแล้ว",
    "Household already has an accepted record",
    is_late,
)
SHARED_HOUSE_CODE: Edit[RecordAmongOthers] = Edit(
    "E-I06",
    Severity.SOFT,
    Step.ACROSS_RECORDS,
    "รหัสประจำบ้านซ้ำกับครัวเรือนอื่น",
    "House code already used by another household",
    house_code_is_shared,
)
OUTSIDE_AREA: Edit[RecordAmongOthers] = Edit(
    "E-I07",
    Severity.SOFT,
    Step.ACROSS_RECORDS,
    "พิกัดอยู่นอกเขตแจงนับ",
    "Coordinates are outside the EA",
    is_outside_area,
)
NUMBER_ELSEWHERE: Edit[PersonAmongOthers] = Edit(
    "E-P25",
    Severity.QUERY,
    Step.ACROSS_RECORDS,
    "เลขประจำตัวซ้ำกับครัวเรือนอื่น",
    "PID in another household",
    number_is_elsewhere,
)
LISTED_TWICE: Edit[PersonAmongOthers] = Edit(
    "E-P46",
    Severity.SOFT,
    Step.ACROSS_RECORDS,
    "ชื่อและปีเกิดซ้ำในเขตแจงนับ",
    "Same person twice in EA",
    is_listed_twice,
)

EDITS: tuple[Edit[Any], ...] = (
    LATE_RESPONSE,
    SHARED_HOUSE_CODE,
    OUTSIDE_AREA,
    NUMBER_ELSEWHERE,
    LISTED_TWICE,
)

RAISED_BY_JOBS = frozenset(
    each.id for each in (SHARED_HOUSE_CODE, OUTSIDE_AREA, NUMBER_ELSEWHERE, LISTED_TWICE)
)
"""The rules whose findings a job keeps; E-I03 is raised where a late response is settled."""
