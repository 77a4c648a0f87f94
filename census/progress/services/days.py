"""The daily series is counted again from the cases too, soon after they changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    case,
    delete,
    func,
    insert,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import QueryableAttribute, Session

from census.collection.codelists import Disposition, Mode
from census.collection.models import Case
from census.collection.rules import is_response
from census.collection.services.locking import lock_areas
from census.frame.models import EnumerationArea, Household
from census.progress.models import DayTally

RESPONSES = [each for each in Disposition if is_response(each)]


def refresh_days(session: Session, ea_codes: Collection[str]) -> None:
    """Count the days of these areas again: who responded, who was approved, and when."""
    lock_areas(session, ea_codes)
    session.execute(delete(DayTally).where(DayTally.ea_code.in_(ea_codes)))
    days = union_all(
        _cases(ea_codes, Case.responded_on, responded=1, approved=0),
        _cases(ea_codes, Case.approved_on, responded=0, approved=1),
    ).subquery()
    counts: dict[str, ColumnElement[Any]] = {
        "responded": func.sum(days.c.responded),
        "approved": func.sum(days.c.approved),
    }
    for mode in Mode:
        in_mode = case((days.c.mode == mode, days.c.responded), else_=0)
        counts[mode.value] = func.sum(in_mode)
    ancestry = (
        EnumerationArea.code,
        EnumerationArea.subdistrict_code,
        EnumerationArea.district_code,
        EnumerationArea.province_code,
    )
    counted = (
        select(*ancestry, days.c.on, *counts.values())
        .join(days, days.c.ea_code == EnumerationArea.code)
        .where(EnumerationArea.is_practice.is_(False))
        .group_by(*ancestry, days.c.on)
    )
    columns = ["ea_code", "subdistrict_code", "district_code", "province_code", "on", *counts]
    session.execute(insert(DayTally).from_select(columns, counted))


def _cases(
    ea_codes: Collection[str], on: QueryableAttribute[date | None], *, responded: int, approved: int
) -> Select[*tuple[Any, ...]]:
    """A row for each response of the frozen frame, on the day that is asked for."""
    return (
        select(
            Case.ea_code.label("ea_code"),
            on.label("on"),
            literal(responded).label("responded"),
            literal(approved).label("approved"),
            Case.mode.label("mode"),
        )
        .join(
            Household,
            and_(Household.province_code == Case.province_code, Household.id == Case.household_id),
        )
        .where(
            Case.ea_code.in_(ea_codes),
            on.is_not(None),
            Case.disposition.in_(RESPONSES),
            Household.since_version.is_not(None),
        )
    )
