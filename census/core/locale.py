"""How numbers, days and moments are written for the reader, in Thai and in English.

Stored days are always of the common era. The Buddhist era appears only at the edges: in what a
household is asked and in what a Thai reader sees.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from zoneinfo import ZoneInfo

BANGKOK = ZoneInfo("Asia/Bangkok")

# Until 1940 the Thai year began on 1 April; the year 2483 ended on 31 December 1940, after nine
# months, so that every later year could begin on 1 January.
LAST_APRIL_YEAR_CE = 1940
NINE_MONTH_YEAR_BE = 2483
FIRST_MONTH_OF_OLD_YEAR = 4
ERA_OFFSET = 543

ASCII_DIGITS = "0123456789"
THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_TO_THAI = str.maketrans(ASCII_DIGITS, THAI_DIGITS)
_FROM_THAI = str.maketrans(THAI_DIGITS, ASCII_DIGITS)

NOT_AVAILABLE = "–"


class Locale(StrEnum):
    """The languages every sentence exists in."""

    TH = "th"
    EN = "en"


MONTHS = {
    Locale.TH: (
        "มกราคม",
        "กุมภาพันธ์",
        "มีนาคม",
        "เมษายน",
        "พฤษภาคม",
        "มิถุนายน",
        "กรกฎาคม",
        "สิงหาคม",
        "กันยายน",
        "ตุลาคม",
        "พฤศจิกายน",
        "ธันวาคม",
    ),
    Locale.EN: (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}


def to_thai_digits(text: str) -> str:
    """Write the digits of a text as Thai numerals, for readers who prefer them."""
    return text.translate(_TO_THAI)


def from_thai_digits(text: str) -> str:
    """Read Thai numerals as the digits the system computes with."""
    return text.translate(_FROM_THAI)


def gregorian_year(be_year: int, month: int) -> int:
    """The common-era year in which a month of a Buddhist-era year fell.

    January to March belonged to the end of the old year, so they lie one common year later than
    the usual offset says; those of 2483 never were and raise ValueError.
    """
    if not 1 <= month <= 12:
        raise ValueError(f"there is no month {month}")
    if month >= FIRST_MONTH_OF_OLD_YEAR or be_year > NINE_MONTH_YEAR_BE:
        return be_year - ERA_OFFSET
    if be_year == NINE_MONTH_YEAR_BE:
        raise ValueError("January to March of the Buddhist year 2483 did not exist")
    return be_year - ERA_OFFSET + 1


def buddhist_year(day: date) -> int:
    """The Buddhist-era year of a day, as it was written at that time."""
    if day.year <= LAST_APRIL_YEAR_CE and day.month < FIRST_MONTH_OF_OLD_YEAR:
        return day.year + ERA_OFFSET - 1
    return day.year + ERA_OFFSET


def format_day(day: date, locale: Locale) -> str:
    """A day in words: 10 กุมภาพันธ์ 2564, or 10 February 2021."""
    year = buddhist_year(day) if locale is Locale.TH else day.year
    return f"{day.day} {MONTHS[locale][day.month - 1]} {year}"


def format_moment(moment: datetime, locale: Locale) -> str:
    """A moment as a clock in Bangkok shows it, with its day."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    local = moment.astimezone(BANGKOK)
    day = format_day(local.date(), locale)
    return f"{day} {local:%H:%M} น." if locale is Locale.TH else f"{day}, {local:%H:%M}"


def format_number(n: int, locale: Locale) -> str:
    """A count with its thousands apart, the same way in both languages."""
    del locale  # Thai and English group alike; callers need not know that.
    return f"{n:,}"


def format_percent(fraction: Fraction | float | None, locale: Locale, *, digits: int = 2) -> str:
    """A fraction as a percentage, halves rounded up; a dash where there is no rate to show."""
    del locale  # Thai and English write percentages alike; callers need not know that.
    if fraction is None:
        return NOT_AVAILABLE
    if digits < 0:
        raise ValueError("a percentage cannot have fewer than no decimals")
    unit = 10**digits
    scaled = Fraction(fraction) * 100 * unit
    rounded = int(abs(scaled) + Fraction(1, 2))
    sign = "-" if scaled < 0 and rounded else ""
    whole, decimals = divmod(rounded, unit)
    return f"{sign}{whole:,}" + (f".{decimals:0{digits}d}" if digits else "") + "%"
