"""Who holds which enumeration area, and which field period is in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from census.assignment.models import FieldPeriod, Lease
from census.core.clock import OFFSET_SETTING, census_day, know_offset
from census.core.stored_settings import StoredSetting


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
_PERIODS_AND_CLOCK = (
    select(FieldPeriod, StoredSetting.value)
    .outerjoin(StoredSetting, StoredSetting.name == OFFSET_SETTING)
    .order_by(FieldPeriod.revision)
)


def field_period_at(session: Session, at: datetime) -> FieldPeriod | None:
    """The revision in force when wall time is `at`; the census clock is looked up along with it."""
    rows = session.execute(_PERIODS_AND_CLOCK).all()
    if rows:
        know_offset(session, rows[0].value)
    return _in_force([period for period, _offset in rows], census_day(session, at))


def field_period_in_force(session: Session, day: date) -> FieldPeriod | None:
    """The revision that held on a day of the census clock: the last one decided by then."""
    return _in_force(field_periods(session), day)


def _in_force(periods: Sequence[FieldPeriod], day: date) -> FieldPeriod | None:
    return next((each for each in reversed(periods) if each.decided_on <= day), None)
