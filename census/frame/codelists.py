"""Levels of the area tree, where a household comes from, and what can be imported."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """A level of the area tree, from the whole to the enumeration area."""

    COUNTRY = "country"
    PROVINCE = "province"
    DISTRICT = "district"
    SUBDISTRICT = "subdistrict"
    ENUMERATION_AREA = "ea"


PARENT_LEVEL: dict[Level, Level | None] = {
    Level.COUNTRY: None,
    Level.PROVINCE: Level.COUNTRY,
    Level.DISTRICT: Level.PROVINCE,
    Level.SUBDISTRICT: Level.DISTRICT,
    Level.ENUMERATION_AREA: Level.SUBDISTRICT,
}


class Origin(StrEnum):
    """Where a household comes from: the list, or found in the field."""

    FRAME = "frame"
    FIELD = "field"


class ImportKind(StrEnum):
    """The files that make up a frame, in the order they must come."""

    AREAS = "areas"
    ENUMERATION_AREAS = "enumeration-areas"
    BOUNDARIES = "boundaries"
    HOUSEHOLDS = "households"
    REGISTER = "register"
    BUILDINGS = "buildings"
    HOUSES_2010 = "houses-2010"


class BuildingKind(StrEnum):
    """What a building on the list of buildings is."""

    HOUSE = "house"
    ROW_HOUSE = "row_house"
    HIGH_RISE = "high_rise"
    DORMITORY = "dormitory"
    INSTITUTION = "institution"
    HOTEL = "hotel"
    COMMERCIAL = "commercial"
    INDUSTRIAL = "industrial"
    OTHER = "other"
