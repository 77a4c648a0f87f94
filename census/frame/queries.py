"""What can be seen of the frame, and the conditions by which every stage sees only its own areas.

A code's level is told by its length, never by what it begins with; what lies in an area is told by
the ancestry that is stored in every row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, literal, null, or_, select, true
from sqlalchemy.orm import Session, aliased

from census.accounts.actors import Actor
from census.core.codes import CodeColumn
from census.frame.codelists import Level
from census.frame.errors import AreaMissing
from census.frame.models import Area, EnumerationArea, FrameVersion
from census.frame.practice import PRACTICE_PROVINCE
from census.frame.rules import COUNTRY_CODE

LEVEL_OF_LENGTH = {
    2: Level.PROVINCE,
    4: Level.DISTRICT,
    6: Level.SUBDISTRICT,
    11: Level.ENUMERATION_AREA,
}

Scoped = Any
"""A mapped class with `province_code` and `ea_code`, or the enumeration area itself."""


@dataclass(frozen=True, slots=True)
class ListedArea:
    """An area of any level, with the names of the levels it lies in and what it is called."""

    code: str
    level: Level
    parent_code: str | None
    province_code: str | None
    district_code: str | None
    subdistrict_code: str | None
    name_th: str
    name_en: str
    is_practice: bool = False

    @property
    def line(self) -> frozenset[str]:
        """The area itself and every area it lies in, up to the province."""
        codes = (self.code, self.subdistrict_code, self.district_code, self.province_code)
        return frozenset(code for code in codes if code)


@dataclass(frozen=True, slots=True)
class AreaName:
    """What an area is called in both languages."""

    th: str
    en: str


def level_of(code: str) -> Level | None:
    """The level a code belongs to, by its form alone; nothing if it is no code."""
    return Level.COUNTRY if code == COUNTRY_CODE else LEVEL_OF_LENGTH.get(len(code))


def lies_within(actor: Actor, table: Scoped) -> ColumnElement[bool]:
    """The condition that a row lies within what the actor answers for."""
    if actor.answers_for_country:
        return true()
    by_level: dict[Level, list[str]] = {}
    for code in sorted(actor.areas):
        if level := level_of(code):
            by_level.setdefault(level, []).append(code)
    conditions = [_lies_in(codes, level, table) for level, codes in by_level.items()]
    return or_(*conditions) if conditions else false()


def condition_at_level(code: str, level: Level, table: Scoped) -> ColumnElement[bool]:
    """The condition that a row lies in an area; the country is without the practice area."""
    if level is Level.COUNTRY:
        condition: ColumnElement[bool] = table.province_code != PRACTICE_PROVINCE
        return condition
    return _lies_in([code], level, table)


def condition_for_area(session: Session, code: str, table: Scoped) -> ColumnElement[bool]:
    """The condition that a row lies in an area; refuses when there is no such area."""
    return condition_at_level(code, find_area(session, code).level, table)


def find_area(session: Session, code: str) -> ListedArea:
    """An area of any level by its code; refuses when there is none."""
    if level_of(code) is Level.ENUMERATION_AREA:
        found = session.execute(_ea_rows().where(EnumerationArea.code == code)).first()
    else:
        found = session.execute(_area_rows().where(Area.code == code)).first()
    if found is None:
        raise AreaMissing
    return ListedArea(*found)


def area_within(session: Session, actor: Actor, code: str) -> ListedArea:
    """An area by its code; outside the actor's areas it does not exist."""
    area = find_area(session, code)
    if not actor.answers_for_country and not actor.areas & area.line:
        raise AreaMissing
    return area


def children_of(session: Session, code: str) -> list[ListedArea]:
    """The areas of the next level in an area, in the order of their codes."""
    if level_of(code) is Level.SUBDISTRICT:
        rows = _ea_rows().where(EnumerationArea.subdistrict_code == code)
        return _listed(session, rows.order_by(EnumerationArea.code))
    return _listed(session, _area_rows().where(Area.parent_code == code).order_by(Area.code))


def areas_at(session: Session, code: str, level: Level) -> list[ListedArea]:
    """The areas of one level in an area, in the order of their codes; practice only from inside."""
    if level is Level.ENUMERATION_AREA:
        rows = _ea_rows().where(condition_for_area(session, code, EnumerationArea))
        return _listed(session, rows.order_by(EnumerationArea.code))
    rows = _area_rows().where(Area.level == level, _area_lies_in(code))
    return _listed(session, rows.order_by(Area.code))


def area_names(session: Session, codes: Collection[str]) -> dict[str, AreaName]:
    """The names of areas of any level, by their codes."""
    of_areas = select(Area.code, Area.name_th, Area.name_en).where(Area.code.in_(codes))
    of_eas = select(EnumerationArea.code, EnumerationArea.name, EnumerationArea.name).where(
        EnumerationArea.code.in_(codes)
    )
    rows = [*session.execute(of_areas), *session.execute(of_eas)]
    return {code: AreaName(th, en) for code, th, en in rows}


def unknown_codes(session: Session, codes: Collection[str]) -> list[str]:
    """Which of these codes no area has; whoever grants areas asks this first."""
    return sorted(set(codes) - area_names(session, codes).keys())


def ea_codes_within(code: str) -> Select[str]:
    """The codes of the enumeration areas in an area, as a query to put into another."""
    # Another name for the table, so that the query fits into those that read it as well.
    areas = aliased(EnumerationArea)
    return select(areas.code).where(_ea_lies_in(code, areas))


def current_version(session: Session) -> FrameVersion | None:
    """The frozen frame version in force, or none before the first."""
    return session.scalars(
        select(FrameVersion).order_by(FrameVersion.number.desc()).limit(1)
    ).first()


def _lies_in(codes: Sequence[str], level: Level, table: Scoped) -> ColumnElement[bool]:
    """The condition that a row lies in one of some areas of the same level."""
    if level is Level.COUNTRY:
        return true()
    if level is Level.PROVINCE:
        return _any_of(table.province_code, codes)
    if level is Level.ENUMERATION_AREA:
        return _any_of(EnumerationArea.code if table is EnumerationArea else table.ea_code, codes)
    if table is EnumerationArea:
        return _any_of(_column_of(level, EnumerationArea), codes)
    # Another name for the table, so that the condition fits into queries that read it as well.
    around = aliased(EnumerationArea)
    return _any_of(
        table.ea_code, select(around.code).where(_any_of(_column_of(level, around), codes))
    )


def _ea_lies_in(code: str, areas: Scoped) -> ColumnElement[bool]:
    level = level_of(code)
    if level is Level.COUNTRY:
        condition: ColumnElement[bool] = areas.is_practice.is_(False)
        return condition
    if level is Level.PROVINCE:
        return _any_of(areas.province_code, [code])
    if level is Level.ENUMERATION_AREA:
        return _any_of(areas.code, [code])
    return _any_of(_column_of(level, areas), [code]) if level else false()


def _column_of(level: Level, areas: Scoped) -> Any:
    return areas.district_code if level is Level.DISTRICT else areas.subdistrict_code


def _any_of(column: Any, codes: Sequence[str] | Select[str]) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = column.in_(codes)
    return condition


def _area_lies_in(code: str) -> ColumnElement[bool]:
    level = level_of(code)
    if level is Level.COUNTRY:
        return Area.province_code.is_distinct_from(PRACTICE_PROVINCE)
    if level is Level.PROVINCE:
        return Area.province_code == code
    if level is Level.DISTRICT:
        return Area.district_code == code
    return Area.code == code


def _area_rows() -> Select[*tuple[Any, ...]]:
    is_subdistrict = Area.level == Level.SUBDISTRICT
    return select(
        Area.code,
        Area.level,
        Area.parent_code,
        Area.province_code,
        Area.district_code,
        case((is_subdistrict, Area.code), else_=null()),
        Area.name_th,
        Area.name_en,
        func.coalesce(Area.province_code, "") == PRACTICE_PROVINCE,
    )


def _ea_rows() -> Select[*tuple[Any, ...]]:
    return select(
        EnumerationArea.code,
        literal(Level.ENUMERATION_AREA, CodeColumn(Level)),
        EnumerationArea.subdistrict_code,
        EnumerationArea.province_code,
        EnumerationArea.district_code,
        EnumerationArea.subdistrict_code,
        EnumerationArea.name,
        EnumerationArea.name,
        EnumerationArea.is_practice,
    )


def _listed(session: Session, rows: Select[*tuple[Any, ...]]) -> list[ListedArea]:
    return [ListedArea(*row) for row in session.execute(rows)]
