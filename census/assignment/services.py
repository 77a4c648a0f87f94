"""What can be assigned: enumeration areas to enumerators, and days to the field work."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.queries import find_user_by_id
from census.accounts.services import grant_area, revoke_area
from census.assignment import queries
from census.assignment.errors import FieldPeriodInvalid, NotAnEnumerator, NotLeased
from census.assignment.models import FieldPeriod, Lease
from census.core.db import new_id
from census.core.errors import Fault
from census.core.events import record
from census.frame.errors import AreaMissing
from census.frame.models import EnumerationArea
from census.frame.queries import lies_within


def lease_area(
    session: Session, actor: Actor | None, ea_code: str, *, enumerator_id: UUID, at: datetime
) -> Lease:
    """Put an enumeration area into the hands of one enumerator, under the next number.

    Whoever held it answers for it no longer. Leasing it again to its holder changes nothing.
    """
    area = _lock_area(session, actor, ea_code)
    enumerator = find_user_by_id(session, enumerator_id)
    if enumerator.role is not Role.ENUMERATOR or not enumerator.is_active:
        raise NotAnEnumerator
    current = queries.open_lease(session, ea_code)
    if current is not None and current.enumerator_id == enumerator_id:
        return current
    if current is not None:
        _end(session, actor, current, at=at)
    lease = Lease(
        id=new_id(),
        province_code=area.province_code,
        ea_code=ea_code,
        number=queries.last_lease_number(session, ea_code) + 1,
        enumerator_id=enumerator_id,
        granted_by=actor.id if actor else None,
        granted_at=at,
        ended_at=None,
    )
    session.add(lease)
    session.flush()
    grant_area(session, enumerator_id, ea_code, actor=actor, at=at)
    details = {"enumerator": str(enumerator_id), "lease": lease.number}
    record(session, actor, "area.leased", ea_code, area=ea_code, at=at, details=details)
    return lease


def end_lease(session: Session, actor: Actor | None, ea_code: str, *, at: datetime) -> Lease:
    """Take an enumeration area out of the hands of whoever holds it."""
    _lock_area(session, actor, ea_code)
    lease = queries.open_lease(session, ea_code)
    if lease is None:
        raise NotLeased
    _end(session, actor, lease, at=at)
    details = {"enumerator": str(lease.enumerator_id), "lease": lease.number}
    record(session, actor, "area.lease_ended", ea_code, area=ea_code, at=at, details=details)
    return lease


def revise_field_period(
    session: Session,
    actor: Actor | None,
    *,
    starts_on: date,
    ends_on: date,
    decided_on: date,
    reason_th: str,
    reason_en: str,
    decision_document: str,
    at: datetime,
) -> FieldPeriod:
    """Add a revision of the field period; the earlier ones stay as they were."""
    faults = _faults_of_period(starts_on, ends_on, reason_th, reason_en)
    if faults:
        raise FieldPeriodInvalid(faults=faults)
    revision = (session.scalar(select(func.max(FieldPeriod.revision))) or 0) + 1
    period = FieldPeriod(
        revision=revision,
        starts_on=starts_on,
        ends_on=ends_on,
        decided_on=decided_on,
        reason_th=reason_th,
        reason_en=reason_en,
        decision_document=decision_document,
        recorded_by=actor.id if actor else None,
        recorded_at=at,
    )
    session.add(period)
    session.flush()
    details = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}
    record(session, actor, "field_period.revised", revision, at=at, details=details)
    return period


def _lock_area(session: Session, actor: Actor | None, ea_code: str) -> EnumerationArea:
    """The area, held so that two cannot lease it at once; outside the actor's it does not exist."""
    query = select(EnumerationArea).where(EnumerationArea.code == ea_code)
    if actor is not None:
        query = query.where(lies_within(actor, EnumerationArea))
    # Rows that refer to the area may still be written meanwhile: only its key must not change.
    area = session.scalars(query.with_for_update(key_share=True)).first()
    if area is None:
        raise AreaMissing
    return area


def _end(session: Session, actor: Actor | None, lease: Lease, *, at: datetime) -> None:
    lease.ended_at = at
    session.flush()
    revoke_area(session, lease.enumerator_id, lease.ea_code, actor=actor, at=at)


def _faults_of_period(
    starts_on: date, ends_on: date, reason_th: str, reason_en: str
) -> list[Fault]:
    faults = []
    if ends_on < starts_on:
        faults.append(
            Fault("/ends_on", "วันสิ้นสุดต้องไม่มาก่อนวันเริ่ม", "The end must not come before the start.")
        )
    for pointer, reason in (("/reason_th", reason_th), ("/reason_en", reason_en)):
        if not reason.strip():
            faults.append(Fault(pointer, "ต้องระบุเหตุผล", "A reason is needed."))
    return faults
