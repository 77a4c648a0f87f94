"""Codes of practice areas: as many as a nation has enumerators, and none that is anybody's."""

from __future__ import annotations

import pytest

from census.frame.practice import (
    AREAS_OF_A_SUBDISTRICT,
    PRACTICE_DISTRICT,
    PRACTICE_EA,
    PRACTICE_PROVINCE,
    SUBDISTRICTS,
    practice_codes,
)

MOST = AREAS_OF_A_SUBDISTRICT * SUBDISTRICTS


def test_the_first_practice_area_is_the_one_of_the_first_import():
    assert practice_codes(0) == (PRACTICE_EA, "999999")


def test_no_two_practice_areas_have_the_same_code():
    codes = {practice_codes(number)[0] for number in range(MOST)}

    assert len(codes) == MOST
    assert {len(code) for code in codes} == {11}


@pytest.mark.parametrize("number", [0, 998, 999, MOST - 1])
def test_each_lies_under_the_province_that_is_nobodys(number):
    code, subdistrict = practice_codes(number)

    assert code[1:7] == subdistrict
    assert subdistrict.startswith(PRACTICE_DISTRICT)
    assert subdistrict.startswith(PRACTICE_PROVINCE)


def test_when_there_are_no_more_codes_none_is_given_twice():
    with pytest.raises(ValueError, match="no more codes"):
        practice_codes(MOST)
