"""What the codes of the frame look like, and which of them agree with one another.

An area's ancestry is stored and never read out of its code: the code of an enumeration area begins
with a region digit, so codes are not prefixes of one another. What a code says is only compared
with the ancestry that was stated.

Province, district and subdistrict codes are those of the Thai industrial standard TIS 1099. The
key of an enumeration area is the one of the statistical office's field systems: region 1, province
2, district 2, subdistrict 2, zone 1 and number 3 digits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from census.core.identity_numbers import normalise_pid
from census.frame.codelists import Level, Origin

COUNTRY_CODE = "TH"

PROVINCE_CODES = frozenset(
    str(code)
    for codes in (
        range(10, 20),
        range(20, 28),
        range(30, 50),
        range(50, 59),
        range(60, 68),
        range(70, 78),
        range(80, 87),
        range(90, 97),
    )
    for code in codes
)

FRAME_SERIALS = range(1, 9000)
FIELD_SERIALS = range(9000, 10000)

MUNICIPAL_ZONE = 1
NON_MUNICIPAL_ZONE = 2

_DIGITS_OF_LEVEL = {Level.PROVINCE: 2, Level.DISTRICT: 4, Level.SUBDISTRICT: 6}
_EA_CODE = re.compile(r"([0-9])([0-9]{2})([0-9]{2})([0-9]{2})([12])([0-9]{3})")
_HOUSEHOLD_ID = re.compile(r"([0-9]{11})-([0-9]{4})")
_HOUSE_CODE = re.compile(r"[0-9]{11}")
_VILLAGE = re.compile(r"[0-9]{2}")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class EaCode:
    """The parts an enumeration area's code is written from; not its ancestry."""

    region: int
    province: str
    district: str
    subdistrict: str
    zone: int
    number: int


@dataclass(frozen=True, slots=True)
class Bounds:
    """The box, in degrees, outside of which a coordinate is a mistake."""

    south: float
    north: float
    west: float
    east: float


THAILAND = Bounds(south=5.5, north=20.6, west=97.3, east=105.7)


def read_ea_code(text: str, *, region_digits: Collection[int] | None = None) -> EaCode | None:
    """The parts of an enumeration area's code, or nothing if it is not one.

    Which region digits are in use differs between systems, so the deployment may name them.
    """
    match = _EA_CODE.fullmatch(text)
    if match is None:
        return None
    region, province, district, subdistrict, zone, number = match.groups()
    if province not in PROVINCE_CODES:
        return None
    if region_digits is not None and int(region) not in region_digits:
        return None
    return EaCode(
        region=int(region),
        province=province,
        district=province + district,
        subdistrict=province + district + subdistrict,
        zone=int(zone),
        number=int(number),
    )


def is_ea_code(text: str, *, region_digits: Collection[int] | None = None) -> bool:
    """Whether this has the shape of an enumeration area's code."""
    return read_ea_code(text, region_digits=region_digits) is not None


def agrees_with_subdistrict(ea_code: str, subdistrict_code: str) -> bool:
    """Whether an enumeration area's code says the subdistrict that was stated for it."""
    parts = read_ea_code(ea_code)
    return parts is not None and parts.subdistrict == subdistrict_code


def agrees_with_zone(ea_code: str, zone: int) -> bool:
    """Whether an enumeration area's code says the zone that was stated for it."""
    parts = read_ea_code(ea_code)
    return parts is not None and parts.zone == zone


def is_area_code(code: str, level: Level) -> bool:
    """Whether this has the shape of a code of that level.

    Subdistrict numbers have holes, so only the list itself says which codes exist.
    """
    if level is Level.COUNTRY:
        return code == COUNTRY_CODE
    if level is Level.ENUMERATION_AREA:
        return is_ea_code(code)
    has_shape = _DIGITS.fullmatch(code) is not None and len(code) == _DIGITS_OF_LEVEL[level]
    return has_shape and code[:2] in PROVINCE_CODES


def agrees_with_parent(code: str, level: Level, parent_code: str | None) -> bool:
    """Whether an area's code and level fit the parent that was stated for it."""
    if level is Level.COUNTRY:
        return not parent_code
    if level is Level.PROVINCE:
        return parent_code == COUNTRY_CODE
    if level is Level.ENUMERATION_AREA:
        return parent_code is not None and agrees_with_subdistrict(code, parent_code)
    return parent_code == code[: _DIGITS_OF_LEVEL[level] - 2]


def household_id(ea_code: str, serial: int) -> str:
    """The id of the household with this serial number in an enumeration area."""
    if serial not in FRAME_SERIALS and serial not in FIELD_SERIALS:
        raise ValueError(f"{serial} is not a serial number of a household")
    if not is_ea_code(ea_code):
        raise ValueError("a household lies in an enumeration area")
    return f"{ea_code}-{serial:04d}"


def read_household_id(text: str) -> tuple[str, int] | None:
    """The enumeration area and the serial number of a household's id, or nothing if it is none."""
    match = _HOUSEHOLD_ID.fullmatch(text)
    if match is None or not is_ea_code(match[1]) or int(match[2]) == 0:
        return None
    return match[1], int(match[2])


def is_household_id(text: str) -> bool:
    """Whether this has the shape of a household's id."""
    return read_household_id(text) is not None


def origin_of(text: str) -> Origin | None:
    """Whether a household's id was on the list or given in the field; nothing if it is no id."""
    parts = read_household_id(text)
    if parts is None:
        return None
    return Origin.FRAME if parts[1] in FRAME_SERIALS else Origin.FIELD


def normalise_house_code(text: str) -> str:
    """The digits of a house code alone; it is written with the separators of identity numbers."""
    return normalise_pid(text)


def is_house_code(code: str, *, check_digit: Callable[[str], int] | None = None) -> bool:
    """Whether this is a house code: eleven digits.

    How its check digit is computed is not published, so none is checked unless a deployment that
    knows it passes the formula for the first ten digits.
    """
    if _HOUSE_CODE.fullmatch(code) is None:
        return False
    return check_digit is None or check_digit(code[:10]) == int(code[10])


def has_known_office(house_code: str) -> bool:
    """Whether the registration office that gave a house code lies in a Thai province.

    Offices are not districts: a municipality has one of its own, such as 3099.
    """
    return house_code[:2] in PROVINCE_CODES


def is_village_number(text: str) -> bool:
    """Whether this is a village number: two digits, 00 where there is no village."""
    return _VILLAGE.fullmatch(text) is not None


def is_plausible_position(latitude: float, longitude: float, bounds: Bounds = THAILAND) -> bool:
    """Whether a position can lie in the country; what is not a number cannot."""
    return bounds.south <= latitude <= bounds.north and bounds.west <= longitude <= bounds.east
