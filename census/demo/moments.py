"""When things happen on a day of the practice data, by the clock in Bangkok."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from census.core.locale import BANGKOK
from census.demo.pace import STARTS_ON

PREPARED_AT = datetime.combine(STARTS_ON - timedelta(days=30), time(9), BANGKOK)
"""When the frame was taken in and frozen, and people were engaged."""
FIRST_INTERVIEW, LAST_INTERVIEW = time(8, 15), time(18, 15)
REVIEW = time(13)
SENDING = time(19, 30)
CLOSING = time(20, 45)


def moment(day: date, at: time, *, minutes: float = 0) -> datetime:
    """A moment of a day, so many minutes after the hour given."""
    return datetime.combine(day, at, BANGKOK) + timedelta(minutes=minutes)
