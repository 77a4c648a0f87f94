"""Judging enumeration areas as a whole: against their list, their province, and the norms.

Everything is judged again from the counts as they are; a finding keeps the moment it was first
found, and goes when the area no longer breaks the rule.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from census.collection.area_counts import (
    CountedArea,
    CountedEnumerator,
    counted_areas,
    counted_enumerators,
    grouped,
)
from census.collection.area_findings import AreaFinding
from census.collection.edits.areas import (
    AGAINST_PROVINCE,
    MEASURES,
    OF_ENUMERATORS,
    OF_GROUPS,
    AreaFacts,
    Measured,
    ProvinceFacts,
    province_facts,
    with_province,
)
from census.core.bulk import insert_rows
from census.frame.models import EnumerationArea
from census.frame.practice import PRACTICE_PROVINCE

_OF_AREAS = frozenset(MEASURES) - OF_ENUMERATORS - OF_GROUPS


class Told(NamedTuple):
    """A finding on an area: which rule, and of whom besides the area it speaks."""

    ea_code: str
    edit: str
    subject: str


Findings = dict[Told, Measured]


def check_province(session: Session, province_code: str, *, at: datetime) -> None:
    """Judge every enumeration area of a province by all rules on areas."""
    if province_code == PRACTICE_PROVINCE:
        return
    within = EnumerationArea.province_code == province_code
    areas = counted_areas(session, within)
    province = province_facts([area.facts for area in areas.values()])
    groups = grouped(areas.values())
    found: Findings = {}
    for area in areas.values():
        found |= _of_area(area, groups[area.subdistrict_code], province)
    found |= _of_enumerators(counted_enumerators(session, within))
    _replace(session, areas, frozenset(MEASURES), found, at)


def check_area(session: Session, ea_code: str, *, at: datetime) -> None:
    """Judge one enumeration area by the rules that need no count of its whole province."""
    own = EnumerationArea.code == ea_code
    group = select(EnumerationArea.subdistrict_code).where(own).scalar_subquery()
    areas = counted_areas(session, EnumerationArea.subdistrict_code == group)
    area = areas.get(ea_code)
    if area is None or area.province_code == PRACTICE_PROVINCE:
        return
    found = _of_area(area, grouped(areas.values())[area.subdistrict_code], None)
    found |= _of_enumerators(counted_enumerators(session, own))
    _replace(session, {ea_code: area}, frozenset(MEASURES) - AGAINST_PROVINCE, found, at)


def _of_area(area: CountedArea, group: AreaFacts, province: ProvinceFacts | None) -> Findings:
    facts = with_province(area.facts, province) if province else area.facts
    return {
        **_broken(_OF_AREAS, facts, area.ea_code, ""),
        **_broken(OF_GROUPS, group, area.ea_code, area.subdistrict_code),
    }


def _of_enumerators(enumerators: Iterable[CountedEnumerator]) -> Findings:
    found: Findings = {}
    for each in enumerators:
        found |= _broken(OF_ENUMERATORS, each.facts, each.ea_code, str(each.enumerator_id))
    return found


def _broken(edits: Collection[str], facts: AreaFacts, ea_code: str, subject: str) -> Findings:
    measured = {edit: MEASURES[edit](facts) for edit in edits}
    return {
        Told(ea_code, edit, subject): found for edit, found in measured.items() if found is not None
    }


def _replace(
    session: Session,
    areas: Mapping[str, CountedArea],
    edits: frozenset[str],
    found: Findings,
    at: datetime,
) -> None:
    """Keep what still holds as it was measured now, add what is new, delete what is over."""
    judged = AreaFinding.edit.in_(edits) & _of_same_areas(areas)
    stored = {
        Told(row.ea_code, row.edit, row.subject): row
        for row in session.scalars(select(AreaFinding).where(judged).with_for_update())
        if row.ea_code in areas
    }
    for key in stored.keys() - found.keys():
        session.execute(delete(AreaFinding).where(*_is(key)))
    for key in stored.keys() & found.keys():
        stored[key].measured, stored[key].limit = found[key]
    session.flush()
    insert_rows(session, AreaFinding, list(_rows(areas, found, stored.keys(), at)))


def _rows(
    areas: Mapping[str, CountedArea], found: Findings, known: Collection[Told], at: datetime
) -> Iterator[dict[str, object]]:
    for key, (measured, limit) in sorted(found.items()):
        if key not in known:
            yield {
                **key._asdict(),
                "province_code": areas[key.ea_code].province_code,
                "measured": float(measured),
                "limit": float(limit),
                "found_at": at,
            }


def _of_same_areas(areas: Mapping[str, CountedArea]) -> ColumnElement[bool]:
    if len(areas) == 1:
        return AreaFinding.ea_code == next(iter(areas))
    return AreaFinding.province_code.in_({area.province_code for area in areas.values()})


def _is(key: Told) -> tuple[ColumnElement[bool], ...]:
    return (
        AreaFinding.ea_code == key.ea_code,
        AreaFinding.edit == key.edit,
        AreaFinding.subject == key.subject,
    )
