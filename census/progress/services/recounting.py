"""Tallies are never added up: they are counted again from the cases, area by area.

A recount runs in the transaction that changed the cases, while their enumeration area is locked, so
that at every commit the tally equals a full recount.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

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


Counts = Select[*tuple[Any, ...]]


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
    on_frame = Household.since_version.is_not(None)
    counts: dict[str, ColumnElement[Any]] = {
        "frame": on_frame,
        "added": and_(Household.id.is_not(None), Household.since_version.is_(None)),
        "final": and_(on_frame, _ended_as(is_final)),
        "responded": and_(on_frame, _ended_as(is_response)),
        "approved": and_(on_frame, _ended_as(is_response), Case.review == Review.APPROVED),
        "ineligible": and_(on_frame, _in_class(AaporClass.NOT_ELIGIBLE)),
        "reviewed": and_(on_frame, Case.review == Review.APPROVED),
        "returned": and_(on_frame, Case.review == Review.RETURNED),
        "submitted": and_(on_frame, Case.review == Review.SUBMITTED),
    }
    for mode in Mode:
        counts[mode.value] = and_(on_frame, _ended_as(is_response), Case.mode == mode)
    for name, aapor in CLASS_COLUMNS.items():
        counts[name] = and_(Household.id.is_not(None), _in_class(aapor))
    conditions = [EnumerationArea.is_practice.is_(False)]
    if not of_all:
        conditions.append(EnumerationArea.code.in_(bindparam("ea_codes", expanding=True)))
    return (
        select(
            EnumerationArea.code.label("ea_code"),
            EnumerationArea.subdistrict_code,
            EnumerationArea.district_code,
            EnumerationArea.province_code,
            *(_count(condition).label(name) for name, condition in counts.items()),
            bindparam("at", type_=UtcMoment()).label("recounted_at"),
        )
        # By area, as both are indexed: an area's households and cases are read once, side by side.
        .outerjoin(Household, Household.ea_code == EnumerationArea.code)
        .outerjoin(Case, and_(Case.ea_code == Household.ea_code, Case.household_id == Household.id))
        .where(*conditions)
        .group_by(
            EnumerationArea.code,
            EnumerationArea.subdistrict_code,
            EnumerationArea.district_code,
            EnumerationArea.province_code,
        )
    )


def _asked(ea_codes: Collection[str] | None) -> dict[str, Any]:
    areas = {} if ea_codes is None else {"ea_codes": sorted(ea_codes)}
    return {"at": utcnow(), **areas}


def _rows_by_area(
    session: Session, rows: Any, asked: dict[str, Any] | None = None
) -> dict[str, RowMapping]:
    return {row["ea_code"]: row for row in session.execute(rows, asked).mappings()}


def _count(condition: ColumnElement[Any]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _ended_as(kind: Callable[[Disposition], bool]) -> ColumnElement[bool]:
    """That the case's disposition is of this kind."""
    # Written into the statement: a hundred parameters would take longer than the recount.
    codes: list[ColumnElement[str]] = [
        literal_column(f"'{each.value}'") for each in Disposition if kind(each)
    ]
    return Case.disposition.in_(codes)


def _in_class(aapor: AaporClass) -> ColumnElement[bool]:
    """That the case counts under this class; without a disposition nothing is known of it yet."""
    dispositions = _ended_as(lambda disposition: disposition.aapor is aapor)
    if aapor is AaporClass.UNKNOWN_IF_HOUSEHOLD:
        return dispositions | Case.disposition.is_(None)
    return dispositions


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
