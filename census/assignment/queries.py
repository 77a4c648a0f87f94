"""Who holds which enumeration area, and which field period is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from census.assignment.models import FieldPeriod, Lease


def open_lease(session: Session, ea_code: str) -> Lease | None:
    """The lease under which an enumeration area is worked now."""
    return session.scalars(
        select(Lease).where(Lease.ea_code == ea_code, Lease.ended_at.is_(None))
    ).first()


def lease_at(session: Session, ea_code: str, at: datetime) -> Lease | None:
    """The lease under which an enumeration area was worked at a moment."""
    return session.scalars(
        select(Lease)
        .where(
            Lease.ea_code == ea_code,
            Lease.granted_at <= at,
            or_(Lease.ended_at.is_(None), Lease.ended_at > at),
        )
        .order_by(Lease.number.desc())
        .limit(1)
    ).first()


def last_lease_number(session: Session, ea_code: str) -> int:
    """The highest number a lease of this area has had, or zero."""
    numbers = select(Lease.number).where(Lease.ea_code == ea_code)
    return session.scalar(numbers.order_by(Lease.number.desc()).limit(1)) or 0


def field_periods(session: Session) -> Sequence[FieldPeriod]:
    """Every revision of the field period, the first one first."""
    return session.scalars(select(FieldPeriod).order_by(FieldPeriod.revision)).all()


# Built once: every submission asks for it.
_IN_FORCE = (
    select(FieldPeriod)
    .where(FieldPeriod.decided_on <= bindparam("day"))
    .order_by(FieldPeriod.revision.desc())
    .limit(1)
)


def field_period_in_force(session: Session, day: date) -> FieldPeriod | None:
    """The revision that held on a day of the census clock: the last one decided by then."""
    return session.scalars(_IN_FORCE, {"day": day}).first()
