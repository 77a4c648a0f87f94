"""Which areas figures are about: the one that was asked for, or all that the actor answers for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.frame.codelists import Level
from census.frame.errors import AreaMissing
from census.frame.queries import ListedArea, area_within, find_area
from census.frame.rules import COUNTRY_CODE

LEVELS = tuple(Level)
"""From the whole to the enumeration area."""

COLUMN_OF = {
    Level.PROVINCE: "province_code",
    Level.DISTRICT: "district_code",
    Level.SUBDISTRICT: "subdistrict_code",
    Level.ENUMERATION_AREA: "ea_code",
}
"""Where a tally keeps the code of each level it lies in."""


@dataclass(frozen=True, slots=True)
class Scope:
    """An area, and the whole areas in it that the figures add up.

    They are the area itself, except for somebody who answers for several areas and asks for none:
    then the area is the smallest one around all of theirs, and only theirs are added up.
    """

    area: ListedArea
    tops: tuple[ListedArea, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the areas that are added up."""
        return tuple(area.code for area in self.tops)

    @property
    def is_whole_area(self) -> bool:
        """Whether the figures are about all of the area."""
        return self.codes == (self.area.code,)

    @property
    def is_country(self) -> bool:
        """Whether the figures are about everything."""
        return self.codes == (COUNTRY_CODE,)

    @property
    def next_level(self) -> Level:
        """The level that the figures are divided by unless another is asked for."""
        if not self.is_whole_area:
            return self.highest_level
        return LEVELS[min(LEVELS.index(self.area.level) + 1, len(LEVELS) - 1)]

    @property
    def highest_level(self) -> Level:
        """The highest level at which every row is a whole area."""
        lowest_top = max(self.tops, key=lambda area: LEVELS.index(area.level))
        return lowest_top.level

    def may_be_divided_by(self, level: Level) -> bool:
        """Whether every area of the level that is met here lies in it as a whole."""
        return LEVELS.index(level) >= LEVELS.index(self.highest_level)

    def condition(self, tallies: Any) -> ColumnElement[bool]:
        """The condition that a row of tallies is about these areas."""
        by_level: dict[Level, list[str]] = {}
        for area in self.tops:
            by_level.setdefault(area.level, []).append(area.code)
        if Level.COUNTRY in by_level:
            return true()
        return or_(
            *(getattr(tallies, COLUMN_OF[level]).in_(codes) for level, codes in by_level.items())
        )


def scope_of(session: Session, actor: Actor, code: str | None) -> Scope:
    """The areas behind a code, or all that the actor answers for; others do not exist."""
    if code is not None:
        area = area_within(session, actor, code)
        return Scope(area, (area,))
    if actor.answers_for_country:
        whole = find_area(session, COUNTRY_CODE)
        return Scope(whole, (whole,))
    tops = _outermost(_areas_of(session, actor))
    if not tops:
        raise AreaMissing
    if len(tops) == 1:
        return Scope(tops[0], tops)
    return Scope(find_area(session, _smallest_around(tops)), tops)


def areas_above(session: Session, actor: Actor, area: ListedArea) -> list[ListedArea]:
    """The areas in which an area lies, the highest first, as far as the actor may see them."""
    codes = sorted(area.line - {area.code}, key=len)
    if area.code != COUNTRY_CODE and not area.is_practice:
        codes.insert(0, COUNTRY_CODE)
    found = (find_area(session, code) for code in codes)
    return [each for each in found if actor.answers_for_country or actor.areas & each.line]


def _areas_of(session: Session, actor: Actor) -> list[ListedArea]:
    """What the actor answers for, without areas of practice, which count nowhere."""
    found = []
    for code in sorted(actor.areas):
        try:
            area = find_area(session, code)
        except AreaMissing:
            continue
        if not area.is_practice:
            found.append(area)
    return found


def _outermost(areas: Iterable[ListedArea]) -> tuple[ListedArea, ...]:
    """The areas that lie in none of the others."""
    listed = list(areas)
    codes = {area.code for area in listed}
    return tuple(area for area in listed if not (area.line - {area.code}) & codes)


def _smallest_around(areas: Iterable[ListedArea]) -> str:
    """The code of the smallest area in which all of these lie."""
    shared = frozenset.intersection(*(area.line for area in areas))
    # Above the enumeration area the length of a code tells its level.
    return max(shared, key=len, default=COUNTRY_CODE)
