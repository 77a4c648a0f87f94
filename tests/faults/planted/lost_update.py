"""Reads a case without holding it: whoever writes last overwrites what came between."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.models import Case, FieldArea
from census.collection.services import receiving


def plant() -> None:
    """Take the locks out of the way in."""
    receiving.lock_areas = _read_areas
    receiving.lock_cases = _read_cases


def _read_areas(session: Session, ea_codes: Iterable[str]) -> dict[str, FieldArea]:
    areas = session.scalars(select(FieldArea).where(FieldArea.ea_code.in_(set(ea_codes))))
    return {area.ea_code: area for area in areas}


def _read_cases(
    session: Session, ea_codes: Iterable[str], household_ids: Iterable[str]
) -> dict[str, Case]:
    cases = session.scalars(
        select(Case).where(
            Case.ea_code.in_(set(ea_codes)), Case.household_id.in_(set(household_ids))
        )
    )
    return {case.household_id: case for case in cases}
