"""The one order of locks: enumeration areas by code, then cases by household."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from census.collection.models import Case, FieldArea

# Built once: every change of a case asks for them.
_AREAS = (
    select(FieldArea)
    .where(FieldArea.ea_code.in_(bindparam("ea_codes", expanding=True)))
    .order_by(FieldArea.ea_code)
    .with_for_update()
    .execution_options(populate_existing=True)
)
_CASES = (
    select(Case)
    .where(
        Case.ea_code.in_(bindparam("ea_codes", expanding=True)),
        Case.household_id.in_(bindparam("household_ids", expanding=True)),
    )
    .order_by(Case.household_id)
    .with_for_update()
    .execution_options(populate_existing=True)
)


def lock_areas(session: Session, ea_codes: Iterable[str]) -> dict[str, FieldArea]:
    """Lock enumeration areas in the order of their codes; everyone who changes a case does."""
    areas = session.scalars(_AREAS, {"ea_codes": list(set(ea_codes))})
    return {area.ea_code: area for area in areas}


def lock_cases(
    session: Session, ea_codes: Iterable[str], household_ids: Iterable[str]
) -> dict[str, Case]:
    """The cases of these households as they now are; their areas are locked already."""
    asked = {"ea_codes": list(set(ea_codes)), "household_ids": list(set(household_ids))}
    cases = session.scalars(_CASES, asked)
    return {case.household_id: case for case in cases}
