"""Applying the edit rules to what has arrived."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.assignment.queries import field_period_at
from census.collection.arrivals import NOT_ASSIGNED, NOT_ON_LIST, NOT_UNDERSTOOD, Arrival
from census.collection.edits import Context, judge
from census.collection.edits.dwelling import BUILT_SINCE_2011
from census.collection.models import UNKNOWN_PROVINCE
from census.collection.queries import EA_CODE_DIGITS
from census.core.clock import census_moment
from census.frame.buildings import Building, HouseOf2010
from census.frame.models import EnumerationArea, Household
from census.frame.rules import normalise_house_code

logger = logging.getLogger(__name__)

INSTITUTIONAL = "3"


@dataclass(frozen=True, slots=True)
class Lists:
    """What the lists of the frame say about some arrivals; asked for only where it matters."""

    building_kinds: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The kinds of building of each enumeration area that has a list of buildings."""
    of_2010: frozenset[str] = frozenset()
    """The instance ids of those whose house is on the list of 2010."""
    without_area: frozenset[str] = frozenset()
    """The instance ids of those whose household lies in no enumeration area of the list."""


def judge_arrivals(session: Session, arrivals: Sequence[Arrival], *, at: datetime) -> None:
    """Find what is wrong with each arrival that could be read; findings do not refuse it.

    What is in quarantine only for its place is judged as well, so that its sender is told.
    """
    judged = [arrival for arrival in arrivals if arrival.is_judged]
    if not judged:
        return
    period = field_period_at(session, at)
    clock_offset = census_moment(session, at) - at
    lists = _lists_for(session, judged)
    for arrival in judged:
        if arrival.answers is None:
            continue
        is_placed = arrival.province_code != UNKNOWN_PROVINCE
        context = Context(
            province_code=arrival.province_code if is_placed else "",
            mode=arrival.mode,
            field_period=(period.starts_on, period.ends_on) if period else None,
            clock_offset=clock_offset,
            is_area_listed=arrival.instance_id not in lists.without_area,
            is_area_assigned=NOT_ASSIGNED not in _doubts(arrival),
            building_kinds=lists.building_kinds.get(arrival.ea_code or ""),
            is_house_of_2010=arrival.instance_id in lists.of_2010,
        )
        try:
            arrival.findings = judge(arrival.household, context)
        except Exception:
            # A fault of ours must not cost a household its record or its neighbours theirs.
            logger.exception("an instance could not be judged")
            arrival.reason = arrival.reason or NOT_UNDERSTOOD


def _lists_for(session: Session, arrivals: Sequence[Arrival]) -> Lists:
    institutions = {
        each.ea_code
        for each in arrivals
        if each.ea_code and each.answers and each.answers.h03 == INSTITUTIONAL
    }
    unplaced = [each for each in arrivals if NOT_ON_LIST in _doubts(each)]
    newest = [each for each in arrivals if each.answers and each.answers.h10 == BUILT_SINCE_2011]
    return Lists(
        _building_kinds(session, institutions) if institutions else {},
        _on_list_of_2010(session, newest) if newest else frozenset(),
        _without_area(session, unplaced) if unplaced else frozenset(),
    )


def _doubts(arrival: Arrival) -> set[str | None]:
    """What speaks against its place, now or before an officer vouched for it."""
    return {arrival.reason, arrival.first_reason}


def _without_area(session: Session, arrivals: Sequence[Arrival]) -> frozenset[str]:
    """Those that name an area no list has; a household may be missing in an area that is there."""
    named = {each.instance_id: _area_named_in(each) for each in arrivals}
    listed = set(
        session.scalars(
            select(EnumerationArea.code).where(EnumerationArea.code.in_(set(named.values())))
        )
    )
    return frozenset(each for each, ea_code in named.items() if ea_code not in listed)


def _area_named_in(arrival: Arrival) -> str:
    inside = arrival.answers.household_id if arrival.answers else None
    return (inside or arrival.incoming.household_id or "")[:EA_CODE_DIGITS]


def _building_kinds(session: Session, ea_codes: set[str]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    rows = session.execute(
        select(Building.ea_code, Building.kind).where(Building.ea_code.in_(ea_codes)).distinct()
    )
    for row in rows:
        kinds.setdefault(row.ea_code, set()).add(row.kind.value)
    return {ea_code: frozenset(found) for ea_code, found in kinds.items()}


def _on_list_of_2010(session: Session, arrivals: Sequence[Arrival]) -> frozenset[str]:
    """Which of these have a house code on the old list: their own, or else the one of the frame."""
    stated = {
        each.instance_id: code
        for each in arrivals
        if each.answers and (code := normalise_house_code(each.answers.house_reg_code or ""))
    }
    silent = [each for each in arrivals if each.instance_id not in stated]
    codes = _listed_codes(session, stated.values()) if stated else set()
    households = _listed_households(session, silent) if silent else set()
    return frozenset(
        (
            *(instance_id for instance_id, code in stated.items() if code in codes),
            *(each.instance_id for each in silent if each.household_id in households),
        )
    )


def _listed_codes(session: Session, codes: Iterable[str]) -> set[str]:
    listed = select(HouseOf2010.house_code).where(HouseOf2010.house_code.in_(set(codes)))
    return set(session.scalars(listed))


def _listed_households(session: Session, arrivals: Sequence[Arrival]) -> set[str]:
    """The households of these whose house code, as the frame has it, is on the old list."""
    listed = (
        select(Household.id)
        .join(HouseOf2010, HouseOf2010.house_code == Household.house_code)
        .where(
            Household.ea_code.in_({each.ea_code for each in arrivals}),
            Household.id.in_({each.household_id for each in arrivals}),
        )
    )
    return set(session.scalars(listed))
