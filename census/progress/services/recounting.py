"""Tallies are never added up: they are counted again from the cases, area by area.

A recount runs in the transaction that changed the cases, while their enumeration area is locked, so
that at every commit the tally equals a full recount.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import Any, NamedTuple, TypeVarTuple

from sqlalchemy import (
    CTE,
    BindParameter,
    ColumnElement,
    RowMapping,
    Select,
    Subquery,
    and_,
    bindparam,
    case,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session

from census.collection.codelists import AaporClass, Disposition, Mode, Review
from census.collection.models import Case, FieldArea
from census.collection.rules import is_final, is_response
from census.collection.services.locking import lock_areas
from census.core.clock import utcnow
from census.core.db import UtcMoment, is_postgresql
from census.core.events import Event
from census.frame.models import EnumerationArea, Household
from census.progress.models import Tally
from census.progress.services.days import refresh_days

ANCESTRY = ("ea_code", "subdistrict_code", "district_code", "province_code")

CLASS_COLUMNS = {
    "complete": AaporClass.COMPLETE,
    "partial": AaporClass.PARTIAL,
    "refusal": AaporClass.REFUSAL,
    "non_contact": AaporClass.NON_CONTACT,
    "other": AaporClass.OTHER,
    "unknown_household": AaporClass.UNKNOWN_IF_HOUSEHOLD,
    "unknown_other": AaporClass.UNKNOWN_OTHER,
    "not_eligible": AaporClass.NOT_ELIGIBLE,
}
"""The columns that response rates are made of; they count frame and added households alike."""

KEPT_COLUMNS = tuple(
    column.name for column in Tally.__table__.columns if column.name != "recounted_at"
)

AREAS_AT_ONCE = 500

_ASKED: BindParameter[Any] = bindparam("ea_codes", expanding=True)
"""The areas that are recounted."""

Counts = Select[*tuple[Any, ...]]
Columns = TypeVarTuple("Columns")


class Difference(NamedTuple):
    """A count of an enumeration area that is not what a recount of its cases gives."""

    ea_code: str
    column: str
    kept: int
    counted: int


def recount_touched_areas(session: Session, events: Sequence[Event]) -> None:
    """Recount each enumeration area that the events name, once. Their areas are locked."""
    recount_areas(session, {event.area for event in events if event.area})


def recount_every_area(session: Session, _events: Sequence[Event]) -> None:
    """Recount all enumeration areas, in one statement, while nobody else changes a case."""
    session.execute(select(FieldArea.ea_code).order_by(FieldArea.ea_code).with_for_update())
    recount_areas(session, None)


def recount_areas(session: Session, ea_codes: Collection[str] | None) -> None:
    """Replace the tallies of these areas, or of all, by a recount of their cases."""
    if ea_codes is not None and not ea_codes:
        return
    statement = _replacement(is_postgresql(session), of_all=ea_codes is None)
    session.execute(statement, _asked(ea_codes))


def recount_afresh(session: Session, ea_codes: Collection[str]) -> None:
    """Recount these areas and their days, as after a repair. Safe to run any number of times."""
    lock_areas(session, ea_codes)
    recount_areas(session, ea_codes)
    refresh_days(session, ea_codes)


def area_pages(session: Session, *, size: int = AREAS_AT_ONCE) -> Iterator[list[str]]:
    """The codes of all enumeration areas, a page at a time: a nation has too many for one list."""
    after = ""
    while True:
        codes = list(
            session.scalars(
                select(EnumerationArea.code)
                .where(EnumerationArea.code > after)
                .order_by(EnumerationArea.code)
                .limit(size)
            )
        )
        if codes:
            yield codes
        if len(codes) < size:
            return
        after = codes[-1]


def differences_from_recount(session: Session) -> Iterator[Difference]:
    """Wherever a tally is not what a recount gives, area by area, a page of them at a time."""
    for ea_codes in area_pages(session):
        yield from differences_in(session, ea_codes)


def differences_in(session: Session, ea_codes: Collection[str]) -> Iterator[Difference]:
    """Wherever the tally of one of these areas is not what a recount gives."""
    kept = _rows_by_area(
        session, select(Tally.__table__).where(Tally.ea_code.in_(sorted(ea_codes)))
    )
    counted = _rows_by_area(session, recount(of_all=False), _asked(ea_codes))
    for ea_code in sorted(kept.keys() | counted.keys()):
        for column in KEPT_COLUMNS:
            found = kept.get(ea_code, {}).get(column, 0)
            right = counted.get(ea_code, {}).get(column, 0)
            if found != right:
                yield Difference(ea_code, column, found, right)


@cache
def recount(*, of_all: bool) -> Counts:
    """The tallies of the areas `ea_codes`, or of all, as their cases have it.

    Practice areas have none. Built once: what is counted never changes, only where.
    """
    alike = _households_alike(of_all=of_all)
    counts = {name: _sum_where(alike, condition) for name, condition in _conditions(alike).items()}
    conditions = [EnumerationArea.is_practice.is_(False)]
    if not of_all:
        conditions.append(EnumerationArea.code.in_(_ASKED))
    return (
        select(
            EnumerationArea.code.label("ea_code"),
            EnumerationArea.subdistrict_code,
            EnumerationArea.district_code,
            EnumerationArea.province_code,
            *(count.label(name) for name, count in counts.items()),
            bindparam("at", type_=UtcMoment()).label("recounted_at"),
        )
        .outerjoin(alike, alike.c.ea_code == EnumerationArea.code)
        .where(*conditions)
        .group_by(
            EnumerationArea.code,
            EnumerationArea.subdistrict_code,
            EnumerationArea.district_code,
            EnumerationArea.province_code,
        )
    )


def _households_alike(*, of_all: bool) -> Subquery:
    """How many households of an area stand alike: few lines, that all the counts are made of.

    Of a few areas, households and cases are read once each and then joined in memory; one look
    into an index for every household would take twice as long.
    """
    households = select(
        Household.ea_code, Household.id, Household.since_version.is_not(None).label("is_on_frame")
    )
    cases = select(Case.household_id, Case.disposition, Case.review, Case.mode)
    listed = _read_once(households, Household.ea_code, "listed", of_all=of_all)
    worked = _read_once(cases, Case.ea_code, "worked", of_all=of_all)
    standing = (
        listed.c.ea_code,
        listed.c.is_on_frame,
        worked.c.disposition,
        worked.c.review,
        worked.c.mode,
    )
    lines = (
        select(*standing, func.count().label("households"))
        .select_from(listed)
        .outerjoin(worked, worked.c.household_id == listed.c.id)
        .group_by(*standing)
        .subquery("line")
    )
    disposition = lines.c.disposition
    return select(
        lines,
        disposition.in_(_codes(is_final)).label("is_final"),
        disposition.in_(_codes(is_response)).label("has_responded"),
        _aapor_class(disposition).label("aapor"),
    ).subquery("alike")


def _read_once(rows: Select[*Columns], area: Mapped[str], name: str, *, of_all: bool) -> CTE:
    if of_all:
        return rows.cte(name)
    chosen = rows.where(area.in_(_ASKED)).cte(name)
    return chosen.prefix_with("MATERIALIZED", dialect="postgresql")


def _conditions(alike: Subquery) -> dict[str, ColumnElement[bool]]:
    """What each count is about, by its column."""
    on_frame, is_approved = alike.c.is_on_frame, _is(alike.c.review, Review.APPROVED)
    responded = and_(on_frame, alike.c.has_responded)
    conditions: dict[str, ColumnElement[bool]] = {
        "frame": on_frame,
        "added": on_frame.is_(False),
        "final": and_(on_frame, alike.c.is_final),
        "responded": responded,
        "approved": and_(responded, is_approved),
        "ineligible": and_(on_frame, _is(alike.c.aapor, AaporClass.NOT_ELIGIBLE)),
        "reviewed": and_(on_frame, is_approved),
        "returned": and_(on_frame, _is(alike.c.review, Review.RETURNED)),
        "submitted": and_(on_frame, _is(alike.c.review, Review.SUBMITTED)),
    }
    conditions |= {each.value: and_(responded, _is(alike.c.mode, each)) for each in Mode}
    return conditions | {name: _is(alike.c.aapor, each) for name, each in CLASS_COLUMNS.items()}


def _asked(ea_codes: Collection[str] | None) -> dict[str, Any]:
    areas = {} if ea_codes is None else {"ea_codes": sorted(ea_codes)}
    return {"at": utcnow(), **areas}


def _rows_by_area(
    session: Session, rows: Any, asked: dict[str, Any] | None = None
) -> dict[str, RowMapping]:
    return {row["ea_code"]: row for row in session.execute(rows, asked).mappings()}


def _sum_where(alike: Subquery, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(alike.c.households).filter(condition), literal_column("0"))


def _aapor_class(disposition: ColumnElement[Any]) -> ColumnElement[str]:
    """The class it counts under; without a disposition nothing is known of it yet."""
    known = ((disposition.in_(_codes_of(each)), _literal(each)) for each in AaporClass)
    return case((disposition.is_(None), _literal(AaporClass.UNKNOWN_IF_HOUSEHOLD)), *known)


# Codes are written into the statement: a hundred parameters would take longer than the recount.


def _codes(kind: Callable[[Disposition], bool]) -> list[ColumnElement[str]]:
    return [_literal(each) for each in Disposition if kind(each)]


def _codes_of(aapor: AaporClass) -> list[ColumnElement[str]]:
    return _codes(lambda disposition: disposition.aapor is aapor)


def _is(column: ColumnElement[Any], code: StrEnum) -> ColumnElement[bool]:
    return column == _literal(code)


def _literal(code: StrEnum) -> ColumnElement[str]:
    return literal_column(f"'{code.value}'")


@cache
def _replacement(for_postgresql: bool, *, of_all: bool) -> Any:
    """The statement that puts a recount in the place of the tallies."""
    counted = recount(of_all=of_all)
    columns = [column.name for column in counted.selected_columns]
    insert: Any = postgresql.insert if for_postgresql else sqlite.insert
    statement = insert(Tally.__table__).from_select(columns, counted)
    return statement.on_conflict_do_update(
        index_elements=["ea_code"],
        set_={name: statement.excluded[name] for name in columns if name not in ANCESTRY},
    )
