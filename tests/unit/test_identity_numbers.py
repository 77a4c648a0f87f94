"""Identity numbers are read as people write them and checked as the office made them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census.core.identity_numbers import (
    check_digit,
    is_valid_pid,
    is_well_formed_pid,
    masked,
    normalise_pid,
)

# Office 9999 does not exist, so these numbers can belong to nobody.
CORRECT = (
    "1999900000013",
    "1999900000081",
    "1999900000030",
    "1999900000021",
    "0999900000015",
    "8999900001238",
)


@pytest.mark.parametrize("pid", [*CORRECT, "1234567890121"])
def test_a_number_with_its_own_check_digit_is_valid(pid):
    assert is_valid_pid(pid)


@pytest.mark.parametrize("pid", CORRECT)
def test_a_number_with_the_next_check_digit_is_not_valid(pid):
    wrong = pid[:12] + str((int(pid[12]) + 1) % 10)

    assert not is_valid_pid(wrong)


def test_a_remainder_of_zero_gives_one_and_a_remainder_of_one_gives_zero():
    assert check_digit("199990000008") == 1
    assert check_digit("199990000003") == 0


@pytest.mark.parametrize("digits", ["", "19999000000", "1999900000013", "19999000000x", "๑" * 12])
def test_a_check_digit_needs_exactly_twelve_digits(digits):
    with pytest.raises(ValueError, match="twelve"):
        check_digit(digits)


@pytest.mark.parametrize(
    "written",
    [
        "๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓",
        "1-9999-00000-01-3",
        " 1 9999 00000 01 3 ",
        "1\u20139999\u201100000\u221201\u20143",
        "\ufeff1\u200b9999\u00a000000\u2060013",
        "1.9999/00000_01\t3\n",
    ],
)
def test_a_number_is_the_same_however_it_was_written(written):
    assert normalise_pid(written) == "1999900000013"


def test_a_letter_typed_for_a_digit_stays_and_makes_the_number_malformed():
    normalised = normalise_pid("1-9999-O0000-01-3")

    assert normalised == "19999O0000013"
    assert not is_well_formed_pid(normalised)


@pytest.mark.parametrize("text", ["", "199990000001", "19999000000130", "๑๙๙๙๙๐๐๐๐๐๐๑๓", "²" * 13])
def test_anything_but_thirteen_ascii_digits_is_malformed_and_not_valid(text):
    assert not is_well_formed_pid(text)
    assert not is_valid_pid(text)


def test_a_mask_shows_category_office_and_check_digit_only():
    assert masked("1999900000013") == "1-9999-*****-**-3"


def test_the_mask_of_a_malformed_number_shows_nothing_of_it():
    assert masked("199990000001") == "*-****-*****-**-*"


@given(st.from_regex(r"[0-9]99[0-9]{9}", fullmatch=True))
def test_of_ten_last_digits_exactly_one_is_valid(first_twelve):
    valid = [d for d in range(10) if is_valid_pid(f"{first_twelve}{d}")]

    assert valid == [check_digit(first_twelve)]


@given(st.text(max_size=40))
def test_reading_a_number_twice_gives_what_reading_it_once_gives(text):
    once = normalise_pid(text)

    assert normalise_pid(once) == once
