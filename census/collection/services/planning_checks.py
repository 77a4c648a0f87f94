"""When the checks on whole areas are due, and which areas they are about."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from census.collection.models import Case, FieldArea
from census.core import stored_settings
from census.core.locale import BANGKOK
from census.frame.practice import PRACTICE_PROVINCE

CHECKED_ON_SETTING = "areas_checked_on"
PAGE = 100


def is_day_of_check_due(session: Session, *, at: datetime) -> bool:
    """Whether the areas have not been judged yet on this day of the wall clock in Bangkok."""
    return bool(stored_settings.read(session, CHECKED_ON_SETTING) != _day(at))


def begin_day_of_check(session: Session, *, at: datetime) -> list[str]:
    """Note that the areas are judged today; gives the provinces, or none if another was first."""
    if not is_day_of_check_due(session, at=at):
        return []
    stored_settings.write(session, CHECKED_ON_SETTING, _day(at))
    return provinces_in_the_field(session)


def provinces_in_the_field(session: Session) -> list[str]:
    """The provinces with enumeration areas to work; the practice area is not among them."""
    return list(
        session.scalars(
            select(FieldArea.province_code)
            .where(FieldArea.province_code != PRACTICE_PROVINCE)
            .distinct()
            .order_by(FieldArea.province_code)
        )
    )


def pages_of_answered_areas(session: Session) -> Iterator[list[str]]:
    """The areas in which anything was reported, a page at a time."""
    has_report = exists().where(Case.ea_code == FieldArea.ea_code, Case.disposition.is_not(None))
    codes = session.scalars(
        select(FieldArea.ea_code).where(has_report).order_by(FieldArea.ea_code)
    ).all()
    for start in range(0, len(codes), PAGE):
        yield list(codes[start : start + PAGE])


def _day(at: datetime) -> str:
    return at.astimezone(BANGKOK).date().isoformat()
