"""The one order of locks: enumeration areas by code, then cases by household."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.models import Case, FieldArea


def lock_areas(session: Session, ea_codes: Iterable[str]) -> dict[str, FieldArea]:
    """Lock enumeration areas in the order of their codes; everyone who changes a case does."""
    areas = session.scalars(
        select(FieldArea)
        .where(FieldArea.ea_code.in_(set(ea_codes)))
        .order_by(FieldArea.ea_code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {area.ea_code: area for area in areas}


def lock_cases(
    session: Session, ea_codes: Iterable[str], household_ids: Iterable[str]
) -> dict[str, Case]:
    """The cases of these households as they now are; their areas are locked already."""
    cases = session.scalars(
        select(Case)
        .where(Case.ea_code.in_(set(ea_codes)), Case.household_id.in_(set(household_ids)))
        .order_by(Case.household_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {case.household_id: case for case in cases}
