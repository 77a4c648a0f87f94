"""Measuring how far from its dwelling and from its area an interview or a visit was made."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapely.geometry import Point
from sqlalchemy import ColumnElement, Row, Select, bindparam, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from census.collection.answers import Response
from census.collection.ground import Ground, ground_of
from census.collection.models import FieldAction, Submission
from census.core.geo import metres_between
from census.frame.models import EnumerationArea, Household


def measure_area(session: Session, ea_code: str) -> None:
    """Write the distances that are missing beside the responses and the visits of an area."""
    ground = _ground(session, ea_code)
    _write(session, Response, _responses(ea_code, ground), ground)
    _write(session, FieldAction, _visits(ea_code, ground), ground)


def forget_distances(session: Session, ea_codes: Sequence[str]) -> None:
    """Let what is outside these areas be measured again: their outlines have changed."""
    of_areas = select(Submission.id).where(Submission.ea_code.in_(ea_codes))
    for table, condition in (
        (Response, Response.submission_id.in_(of_areas)),
        (FieldAction, FieldAction.ea_code.in_(ea_codes)),
    ):
        session.execute(
            update(table)
            .where(condition)
            .values(metres_outside_area=None)
            .execution_options(synchronize_session=False)
        )


def _ground(session: Session, ea_code: str) -> Ground:
    outline = session.scalar(
        select(EnumerationArea.boundary).where(EnumerationArea.code == ea_code)
    )
    if outline is not None:
        return Ground(outline)
    dwellings = session.scalars(
        select(Household.position).where(
            Household.ea_code == ea_code, Household.position.is_not(None)
        )
    )
    return ground_of(None, [each for each in dwellings if each is not None])


def _responses(ea_code: str, ground: Ground) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Response.province_code,
            Response.submission_id,
            Response.latitude,
            Response.longitude,
            Household.position,
        )
        .join(
            Submission,
            (Submission.province_code == Response.province_code)
            & (Submission.id == Response.submission_id),
        )
        .outerjoin(Household, _is_household(Response))
        .where(
            Submission.ea_code == ea_code,
            Response.latitude.is_not(None),
            Response.longitude.is_not(None),
            _is_unmeasured(Response, ground),
        )
    )


def _visits(ea_code: str, ground: Ground) -> Select[*tuple[Any, ...]]:
    return (
        select(
            FieldAction.action_id,
            FieldAction.latitude,
            FieldAction.longitude,
            Household.position,
        )
        .outerjoin(Household, _is_household(FieldAction))
        .where(
            FieldAction.ea_code == ea_code,
            FieldAction.latitude.is_not(None),
            FieldAction.longitude.is_not(None),
            _is_unmeasured(FieldAction, ground),
        )
    )


def _is_household(table: Any) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = (Household.province_code == table.province_code) & (
        Household.id == table.household_id
    )
    return condition


def _is_unmeasured(table: Any, ground: Ground) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = table.metres_from_dwelling.is_(None)
    condition &= Household.position.is_not(None)
    if ground.is_known:
        condition |= table.metres_outside_area.is_(None)
    return condition


def _write(
    session: Session,
    table: type[Response] | type[FieldAction],
    statement: Select[*tuple[Any, ...]],
    ground: Ground,
) -> None:
    keys: tuple[InstrumentedAttribute[Any], ...] = (
        (FieldAction.action_id,)
        if table is FieldAction
        else (Response.province_code, Response.submission_id)
    )
    measured = [
        _distances(row, [key.key for key in keys], ground) for row in session.execute(statement)
    ]
    if not measured:
        return
    session.connection().execute(
        update(table.__table__)  # type: ignore[arg-type]
        .where(*(table.__table__.c[key.key] == bindparam(f"of_{key.key}") for key in keys))
        .values(
            metres_from_dwelling=bindparam("from_dwelling"),
            metres_outside_area=bindparam("outside_area"),
        ),
        measured,
    )


def _distances(row: Row[*tuple[Any, ...]], keys: Sequence[str], ground: Ground) -> dict[str, Any]:
    position = Point(row.longitude, row.latitude)
    dwelling = row.position
    return {
        **{f"of_{key}": getattr(row, key) for key in keys},
        "from_dwelling": metres_between(dwelling, position) if dwelling is not None else None,
        "outside_area": ground.metres_outside(position),
    }
