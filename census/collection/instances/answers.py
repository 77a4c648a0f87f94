"""What a household answered, item by item, as it was read from an instance.

Field names are the nodes of the questionnaire. Codes stay text, counts are numbers, and a blank is
None.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from census.collection.codelists import Mode


class Location(NamedTuple):
    """Where a device said it was."""

    latitude: float
    longitude: float
    altitude_m: float | None = None
    accuracy_m: float | None = None


class Problem(NamedTuple):
    """An answer that is not of the kind its item asks for; the answer itself is not repeated."""

    node: str
    person: int | None
    reason: str


class Override(NamedTuple):
    """Why an answer that a soft rule doubts is right all the same."""

    edit: str
    person: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAnswers:
    """What was answered about one person; `position` is the place in the roster, from 1."""

    position: int
    p01: int | None = None
    p02_title: str | None = None
    p02_first: str | None = None
    p02_last: str | None = None
    p03: str | None = None
    p04: str | None = None
    p05_month: str | None = None
    p05_year: int | None = None
    p06: int | None = None
    p07: str | None = None
    p07_reason: str | None = None
    p08: str | None = None
    p09: str | None = None
    p10: str | None = None
    p11: str | None = None
    p11_province: str | None = None
    p12: str | None = None
    p13: str | None = None
    p13_province: str | None = None
    p13_country: str | None = None
    p14: str | None = None
    p15: str | None = None
    p15_studying: str | None = None
    p16: str | None = None
    p17: str | None = None
    p18: str | None = None
    p19: str | None = None
    p20_seeing: str | None = None
    p20_hearing: str | None = None
    p20_walking: str | None = None
    p20_cognition: str | None = None
    p20_self_care: str | None = None
    p20_communication: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdAnswers:
    """What was answered about a dwelling, the household in it, and every person."""

    form_id: str
    version: str
    instance_id: str
    household_id: str
    deprecated_id: str | None = None
    mode: Mode | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    device_id: str | None = None
    house_reg_code: str | None = None
    location: Location | None = None
    evidence_statement: str | None = None
    """What a neighbour said of a dwelling that is not eligible."""
    h01: str | None = None
    h02: str | None = None
    h03: str | None = None
    h04: int | None = None
    h05: str | None = None
    h06: str | None = None
    h07: str | None = None
    h08: int | None = None
    h09: int | None = None
    h10: str | None = None
    h11: str | None = None
    h12: str | None = None
    h13: str | None = None
    h14: str | None = None
    h15: str | None = None
    h16: str | None = None
    h17: str | None = None
    h18: str | None = None
    h19: str | None = None
    h20_motorcycles: int | None = None
    h20_cars: int | None = None
    h21: str | None = None
    h21_language: str | None = None
    h22: int | None = None
    h23: int | None = None
    h24: int | None = None
    h25: int | None = None
    persons: tuple[PersonAnswers, ...] = ()
    overrides: tuple[Override, ...] = ()
    problems: tuple[Problem, ...] = ()
