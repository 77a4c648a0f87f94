"""Dwellings found in the field: added to the list at once, to the frame at its next version."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Review
from census.collection.models import Case
from census.frame.services import add_field_household


def add_found_dwelling(
    session: Session, actor: Actor, ea_code: str, *, address: str, at: datetime
) -> str:
    """Give a found dwelling its household id and its case. The area is locked."""
    household = add_field_household(session, actor, ea_code, address=address, at=at)
    session.add(
        Case(
            province_code=household.province_code,
            household_id=household.id,
            ea_code=household.ea_code,
            revision=0,
            review=Review.OPEN,
            changed_at=at,
        )
    )
    session.flush()
    return household.id
