"""Two clocks: wall time for evidence, and the census clock for the field period.

Wall time serves tokens, the moment of receipt and events. The census clock is wall time plus a
stored offset that is zero in production; it lets a demonstration stand in the middle of a field
period that is long over.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from census.core import stored_settings
from census.core.locale import BANGKOK

OFFSET_SETTING = "census_clock_offset_s"


EARLIEST_YEAR, LATEST_YEAR = 1900, 2399
"""What a clock of our time can show; years of the Buddhist era lie beyond."""


def is_plausible(moment: datetime) -> bool:
    """Whether the moment has a time zone and lies in the years that every column can keep."""
    return moment.tzinfo is not None and EARLIEST_YEAR <= moment.year <= LATEST_YEAR


def utcnow() -> datetime:
    """Wall time, with its time zone."""
    return datetime.now(UTC)


def census_moment(session: Session, at: datetime) -> datetime:
    """The moment on the census clock when wall time is `at`."""
    # Within one transaction the clock is looked up once.
    offset_s = session.info.get(OFFSET_SETTING)
    if offset_s is None:
        offset_s = stored_settings.read(session, OFFSET_SETTING, default=0)
        session.info[OFFSET_SETTING] = offset_s
    return at + timedelta(seconds=offset_s)


def know_offset(session: Session, offset_s: int | None) -> None:
    """Keep the offset, looked up along with something else, for the rest of the transaction."""
    session.info[OFFSET_SETTING] = offset_s or 0


def census_day(session: Session, at: datetime) -> date:
    """The day in Bangkok on the census clock when wall time is `at`."""
    return census_moment(session, at).astimezone(BANGKOK).date()


def set_census_clock(session: Session, *, shows: datetime, at: datetime) -> None:
    """Let the census clock show `shows` when wall time is `at`."""
    offset_s = round((shows - at).total_seconds())
    stored_settings.write(session, OFFSET_SETTING, offset_s)
    session.info[OFFSET_SETTING] = offset_s
