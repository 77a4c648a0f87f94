"""The list of batches: one for each enumeration area the actor answers for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select, true
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.models import Case, FieldArea
from census.frame.errors import AreaMissing
from census.frame.models import EnumerationArea
from census.frame.queries import condition_at_level, find_area, lies_within
from census.review.codelists import BatchStatus
from census.review.queries.tallies import counts_in, standing_of_areas, status_of
from census.review.rules import Counts, batch_status


@dataclass(frozen=True, slots=True)
class ListedBatch:
    """One enumeration area on the list: what it is called, how it stands, and its counts."""

    ea_code: str
    name: str
    subdistrict_code: str
    district_code: str
    province_code: str
    counts: Counts
    status: BatchStatus


def batches_within(
    session: Session,
    actor: Actor,
    *,
    status: BatchStatus | None = None,
    area: str | None = None,
    after: str = "",
    limit: int,
) -> list[ListedBatch]:
    """Batches in the order of their codes, and one more to tell whether there are more."""
    rows = session.execute(
        _areas(session, actor, area, status)
        .where(EnumerationArea.code > after)
        .order_by(EnumerationArea.code)
        .limit(limit + 1)
    ).all()
    counts = counts_in(session, [row.code for row in rows])
    return [_listed(row, counts.get(row.code, Counts())) for row in rows]


def status_counts(
    session: Session, actor: Actor, *, area: str | None = None
) -> dict[BatchStatus, int]:
    """How many of the actor's batches stand how."""
    standing = standing_of_areas(_within(session, actor, area, Case))
    status = status_of(standing, FieldArea.closed_at).label("status")
    rows = session.execute(
        select(status, func.count())
        .select_from(EnumerationArea)
        .join(FieldArea, FieldArea.ea_code == EnumerationArea.code)
        .outerjoin(standing, standing.c.ea_code == EnumerationArea.code)
        .where(_within(session, actor, area, EnumerationArea))
        .group_by(status)
    )
    found = {BatchStatus(row[0]): row[1] for row in rows}
    return {each: found.get(each, 0) for each in BatchStatus}


def _areas(
    session: Session, actor: Actor, area: str | None, status: BatchStatus | None
) -> Select[str, str, str, str, str, datetime | None]:
    rows = (
        select(
            EnumerationArea.code,
            EnumerationArea.name,
            EnumerationArea.subdistrict_code,
            EnumerationArea.district_code,
            EnumerationArea.province_code,
            FieldArea.closed_at,
        )
        .join(FieldArea, FieldArea.ea_code == EnumerationArea.code)
        .where(_within(session, actor, area, EnumerationArea))
    )
    if status is None:
        return rows
    # Only a status has to be known of every area; the counts are read for one page.
    standing = standing_of_areas(_within(session, actor, area, Case))
    return rows.outerjoin(standing, standing.c.ea_code == EnumerationArea.code).where(
        status_of(standing, FieldArea.closed_at) == status.value
    )


def _within(session: Session, actor: Actor, area: str | None, table: Any) -> ColumnElement[bool]:
    if area is None:
        return lies_within(actor, table)
    return and_(lies_within(actor, table), _area_condition(session, actor, area, table))


def _area_condition(session: Session, actor: Actor, code: str, table: Any) -> ColumnElement[bool]:
    """The condition of an area; one without anything of the actor's in it does not exist."""
    area = find_area(session, code)
    own = select(EnumerationArea.code).where(
        lies_within(actor, EnumerationArea),
        condition_at_level(area.code, area.level, EnumerationArea),
    )
    if not actor.areas & area.line and session.scalar(select(own.exists())) is not True:
        raise AreaMissing
    return and_(true(), condition_at_level(area.code, area.level, table))


def _listed(row: Any, counts: Counts) -> ListedBatch:
    return ListedBatch(
        ea_code=row.code,
        name=row.name,
        subdistrict_code=row.subdistrict_code,
        district_code=row.district_code,
        province_code=row.province_code,
        counts=counts,
        status=batch_status(counts, is_closed=row.closed_at is not None),
    )
