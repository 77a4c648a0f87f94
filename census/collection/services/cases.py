"""Opening a case for every household on the list."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import exists, insert, literal, select, true, update
from sqlalchemy.orm import Session

from census.collection.codelists import Review
from census.collection.models import Case, FieldArea
from census.collection.services.locking import lock_areas
from census.core.bulk import refresh_statistics
from census.core.events import Event
from census.frame.models import EnumerationArea, Household


def open_new_cases(session: Session, _events: Sequence[Event]) -> None:
    """After an import: give every new enumeration area and household its row here."""
    open_cases(session)
    refresh_statistics(session, FieldArea, Case)


def open_cases_of_practice(session: Session, events: Sequence[Event]) -> None:
    """After practice areas were made: give them and their households their rows here."""
    open_cases(session, {event.area for event in events if event.area})


def note_assignment(session: Session, events: Sequence[Event]) -> None:
    """A case changes with its enumerator: what a supervisor saw before is no longer what is."""
    moments = {event.area: event.at for event in events if event.area}
    lock_areas(session, moments)
    for ea_code, at in sorted(moments.items()):
        session.execute(
            update(Case)
            .where(Case.ea_code == ea_code)
            .values(revision=Case.revision + 1, changed_at=at)
        )


def open_cases(session: Session, ea_codes: Collection[str] | None = None) -> None:
    """Open a case for each household that has none, in one statement. Safe to repeat.

    Where areas are named, only theirs: a frame of a whole country is not searched for a few.
    """
    areas, households = (
        (true(), true())
        if ea_codes is None
        else (EnumerationArea.code.in_(ea_codes), Household.ea_code.in_(ea_codes))
    )
    has_area = exists().where(FieldArea.ea_code == EnumerationArea.code)
    session.execute(
        insert(FieldArea).from_select(
            ["ea_code", "province_code"],
            select(EnumerationArea.code, EnumerationArea.province_code).where(areas, ~has_area),
        )
    )
    has_case = exists().where(
        Case.province_code == Household.province_code, Case.household_id == Household.id
    )
    session.execute(
        insert(Case).from_select(
            [
                "province_code",
                "household_id",
                "ea_code",
                "revision",
                "review",
                "hard_findings",
                "other_findings",
            ],
            select(
                Household.province_code,
                Household.id,
                Household.ea_code,
                literal(0),
                literal(Review.OPEN.value),
                literal(0),
                literal(0),
            ).where(households, ~has_case),
        )
    )
