"""Codes of areas, households and houses have a shape, and some must agree with others."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census.frame.codelists import Level, Origin
from census.frame.rules import (
    PROVINCE_CODES,
    EaCode,
    agrees_with_parent,
    agrees_with_subdistrict,
    agrees_with_zone,
    has_known_office,
    household_id,
    is_area_code,
    is_ea_code,
    is_house_code,
    is_household_id,
    is_plausible_position,
    is_village_number,
    normalise_house_code,
    origin_of,
    read_ea_code,
    read_household_id,
)

EA = "22001011001"


def test_thailand_has_77_provinces():
    assert len(PROVINCE_CODES) == 77
    assert {"10", "20", "21", "24", "38", "96"} <= PROVINCE_CODES
    assert not {"00", "28", "59", "68", "78", "87", "97", "99"} & PROVINCE_CODES


def test_an_enumeration_area_code_names_region_subdistrict_zone_and_number():
    assert read_ea_code(EA) == EaCode(
        region=2, province="20", district="2001", subdistrict="200101", zone=1, number=1
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2200101100",
        "220010110011",
        "2200101100x",
        "22001013001",
        "22001010001",
        "29901011001",
        "๒๒๐๐๑๐๑๑๐๐๑",
        "22001011001\n",
    ],
)
def test_what_does_not_have_the_shape_is_no_enumeration_area_code(text):
    assert not is_ea_code(text)
    assert read_ea_code(text) is None


def test_a_deployment_may_name_the_region_digits_in_use():
    assert is_ea_code(EA, region_digits=[2])
    assert not is_ea_code(EA, region_digits=[4, 5])


def test_an_enumeration_area_agrees_only_with_the_subdistrict_its_code_says():
    assert agrees_with_subdistrict(EA, "200101")
    assert not agrees_with_subdistrict(EA, "220010")
    assert not agrees_with_subdistrict("not a code", "200101")


def test_an_enumeration_area_agrees_only_with_the_zone_its_code_says():
    assert agrees_with_zone(EA, 1)
    assert not agrees_with_zone(EA, 2)
    assert not agrees_with_zone("not a code", 1)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("TH", Level.COUNTRY, None),
        ("TH", Level.COUNTRY, ""),
        ("20", Level.PROVINCE, "TH"),
        ("2001", Level.DISTRICT, "20"),
        ("200101", Level.SUBDISTRICT, "2001"),
        (EA, Level.ENUMERATION_AREA, "200101"),
    ],
)
def test_an_area_has_the_code_of_its_level_and_fits_its_parent(code, level, parent):
    assert is_area_code(code, level)
    assert agrees_with_parent(code, level, parent)


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("th", Level.COUNTRY),
        ("99", Level.PROVINCE),
        ("2001", Level.PROVINCE),
        ("20", Level.DISTRICT),
        ("9901", Level.DISTRICT),
        ("20010a", Level.SUBDISTRICT),
        ("๒๐", Level.PROVINCE),
        ("200101", Level.ENUMERATION_AREA),
    ],
)
def test_a_code_of_another_shape_is_not_of_the_level(code, level):
    assert not is_area_code(code, level)


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("TH", Level.COUNTRY, "TH"),
        ("20", Level.PROVINCE, None),
        ("2001", Level.DISTRICT, "21"),
        ("200101", Level.SUBDISTRICT, "2002"),
        ("200101", Level.SUBDISTRICT, "20"),
        (EA, Level.ENUMERATION_AREA, "200102"),
        (EA, Level.ENUMERATION_AREA, None),
    ],
)
def test_an_area_does_not_fit_another_parent(code, level, parent):
    assert not agrees_with_parent(code, level, parent)


@pytest.mark.parametrize(
    ("serial", "origin"),
    [("0001", "frame"), ("8999", "frame"), ("9000", "field"), ("9999", "field")],
)
def test_the_serial_number_says_whether_a_household_was_listed_or_found(serial, origin):
    assert origin_of(f"{EA}-{serial}") is Origin(origin)


@pytest.mark.parametrize(
    "text", ["", EA, f"{EA}-0000", f"{EA}-42", f"{EA}0042", f"{EA}-00420", "99901011001-0042"]
)
def test_what_does_not_have_the_shape_is_no_household_id(text):
    assert not is_household_id(text)
    assert origin_of(text) is None


@given(st.integers(1, 9999))
def test_a_household_id_says_its_area_and_its_serial_number_again(serial):
    assert read_household_id(household_id(EA, serial)) == (EA, serial)


def test_a_household_id_has_four_digits_after_its_area():
    assert household_id(EA, 42) == "22001011001-0042"


@pytest.mark.parametrize(("ea_code", "serial"), [(EA, 0), (EA, 10_000), ("200101", 1)])
def test_no_id_is_made_for_what_cannot_be_a_household(ea_code, serial):
    with pytest.raises(ValueError, match="household"):
        household_id(ea_code, serial)


def test_a_house_code_is_eleven_digits_however_it_was_written():
    assert normalise_house_code("๒๐๐๑-๐๐๐๐๔๒-๗") == "20010000427"
    assert is_house_code("20010000427")


@pytest.mark.parametrize("text", ["", "2001000042", "200100004277", "2001-000042-7", "2001000042x"])
def test_anything_but_eleven_digits_is_no_house_code(text):
    assert not is_house_code(text)


def test_the_check_digit_of_a_house_is_checked_only_with_a_formula():
    assert is_house_code("20010000427", check_digit=lambda first_ten: 7)
    assert not is_house_code("20010000427", check_digit=lambda first_ten: 8)


def test_a_municipal_registration_office_is_known_though_it_is_no_district():
    assert has_known_office("20990000427")
    assert not has_known_office("99990000427")


def test_a_village_number_has_two_digits():
    assert is_village_number("00")
    assert is_village_number("12")
    assert not any(is_village_number(text) for text in ("", "1", "123", "๑๒"))


@pytest.mark.parametrize(
    ("latitude", "longitude"), [(13.3611, 100.9847), (5.5, 97.3), (20.6, 105.7)]
)
def test_a_position_inside_the_country_is_plausible(latitude, longitude):
    assert is_plausible_position(latitude, longitude)


@pytest.mark.parametrize(
    ("latitude", "longitude"),
    [(100.9847, 13.3611), (0, 0), (5.49, 100), (20.61, 100), (13, 97.29), (13, 105.71)],
)
def test_a_position_outside_of_the_country_is_not_plausible(latitude, longitude):
    assert not is_plausible_position(latitude, longitude)


@pytest.mark.parametrize("broken", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_number_is_not_a_plausible_position(broken):
    assert not is_plausible_position(broken, 100.0)
    assert not is_plausible_position(13.0, broken)
