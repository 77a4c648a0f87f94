"""Days, moments and numbers are written as Thai and English readers expect them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census.core.locale import (
    Locale,
    buddhist_year,
    format_day,
    format_moment,
    format_number,
    format_percent,
    from_thai_digits,
    gregorian_year,
    to_thai_digits,
)


@pytest.mark.parametrize(
    ("be_year", "month", "ce_year"),
    [
        (2563, 12, 2020),
        (2480, 2, 1938),
        (2480, 4, 1937),
        (2484, 1, 1941),
        (2482, 3, 1940),
        (2483, 4, 1940),
        (2483, 12, 1940),
    ],
)
def test_a_month_of_the_buddhist_era_falls_in_its_common_year(be_year, month, ce_year):
    assert gregorian_year(be_year, month) == ce_year


@pytest.mark.parametrize("month", [1, 2, 3])
def test_january_to_march_2483_did_not_exist(month):
    with pytest.raises(ValueError, match="2483"):
        gregorian_year(2483, month)


@pytest.mark.parametrize("month", [0, 13, 99])
def test_a_month_that_is_none_is_refused(month):
    with pytest.raises(ValueError, match="month"):
        gregorian_year(2520, month)


@pytest.mark.parametrize(
    ("day", "be_year"),
    [
        (date(2020, 12, 1), 2563),
        (date(1941, 1, 1), 2484),
        (date(1940, 12, 31), 2483),
        (date(1940, 4, 1), 2483),
        (date(1940, 3, 31), 2482),
        (date(1938, 2, 1), 2480),
    ],
)
def test_the_buddhist_year_of_a_day_is_the_one_written_at_that_time(day, be_year):
    assert buddhist_year(day) == be_year


@given(st.dates(min_value=date(1870, 1, 1), max_value=date(2100, 12, 31)))
def test_every_day_comes_back_from_the_buddhist_era(day):
    assert gregorian_year(buddhist_year(day), day.month) == day.year


def test_a_day_is_written_in_the_era_of_the_reader():
    day = date(2021, 2, 10)

    assert format_day(day, Locale.TH) == "10 กุมภาพันธ์ 2564"
    assert format_day(day, Locale.EN) == "10 February 2021"


def test_a_moment_is_shown_on_the_clock_of_bangkok():
    late_in_greenwich = datetime(2021, 2, 9, 18, 5, tzinfo=UTC)

    assert format_moment(late_in_greenwich, Locale.TH) == "10 กุมภาพันธ์ 2564 01:05 น."
    assert format_moment(late_in_greenwich, Locale.EN) == "10 February 2021, 01:05"


def test_a_moment_means_the_same_whatever_zone_it_was_given_in():
    tokyo = timezone(timedelta(hours=9))
    moment = datetime(2021, 2, 10, 8, 0, tzinfo=tokyo)

    assert format_moment(moment, Locale.EN) == "10 February 2021, 06:00"


def test_a_moment_without_its_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        format_moment(datetime(2021, 2, 10, 8, 0), Locale.TH)  # noqa: DTZ001


@pytest.mark.parametrize("locale", list(Locale))
def test_a_count_has_its_thousands_apart(locale):
    assert format_number(832173, locale) == "832,173"
    assert format_number(-2867, locale) == "-2,867"


@pytest.mark.parametrize("locale", list(Locale))
def test_the_rate_of_the_pilot_is_written_with_two_decimals(locale):
    assert format_percent(Fraction(675_088, 832_173), locale) == "81.12%"
    assert format_percent(675_088 / 832_173, locale) == "81.12%"


@pytest.mark.parametrize(
    ("fraction", "digits", "written"),
    [
        (Fraction(1, 8), 0, "13%"),
        (Fraction(1, 8), 1, "12.5%"),
        (1, 2, "100.00%"),
        (0.0, 2, "0.00%"),
        (Fraction(-1, 30), 2, "-3.33%"),
        (Fraction(-1, 10**9), 2, "0.00%"),
        (Fraction(1005, 100_000), 2, "1.01%"),
        (12, 0, "1,200%"),
    ],
)
def test_a_percentage_is_rounded_with_halves_up(fraction, digits, written):
    assert format_percent(fraction, Locale.TH, digits=digits) == written


def test_a_rate_that_does_not_exist_is_a_dash_and_not_zero():
    assert format_percent(None, Locale.TH) == "–"


def test_a_negative_number_of_decimals_is_refused():
    with pytest.raises(ValueError, match="decimals"):
        format_percent(0.5, Locale.EN, digits=-1)


def test_thai_numerals_are_written_and_read():
    assert to_thai_digits("10 กุมภาพันธ์ 2564") == "๑๐ กุมภาพันธ์ ๒๕๖๔"
    assert from_thai_digits("๑๐ กุมภาพันธ์ ๒๕๖๔") == "10 กุมภาพันธ์ 2564"


@given(st.text(alphabet="0123456789 -กขA"))
def test_thai_numerals_lose_nothing(text):
    assert from_thai_digits(to_thai_digits(text)) == text
