"""Importing the enumeration areas: which subdistrict each lies in, and how many households."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Column, Text, exists, false, insert, select

from census.frame.codelists import ImportKind, Level
from census.frame.imports.kinds import CsvKind, Stored
from census.frame.imports.reasons import (
    BLANK,
    CONTRADICTS,
    MALFORMED_CODE,
    UNKNOWN_CODE,
    UNKNOWN_PARENT,
)
from census.frame.imports.staging import staged_table
from census.frame.models import Area, EnumerationArea
from census.frame.rules import EaCode, is_village_number, read_ea_code

ZONES = {"1": 1, "2": 2}
MOST_HOUSEHOLDS = 8_999
COMPARED = ("subdistrict_code", "zone", "village", "name", "expected_households")


class EnumerationAreasFile(CsvKind):
    """`enumeration_areas.csv`: the ancestry comes from the subdistrict that is named."""

    kind = ImportKind.ENUMERATION_AREAS
    columns = ("ea_code", "subdistrict_code", "zone", "village", "name", "expected_households")
    table = staged_table(
        "enumeration_areas",
        Column("ea_code", Text),
        Column("subdistrict_code", Text),
        Column("zone", BigInteger),
        Column("village", Text),
        Column("name", Text),
        Column("expected_households", BigInteger),
    )

    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        ea_code, subdistrict_code, zone, village, name, expected = fields
        parts = self._parts(line, ea_code)
        return (
            line,
            ea_code if parts else None,
            self._subdistrict(line, subdistrict_code, parts),
            self._zone(line, zone, parts),
            self._village(line, village),
            self.required(line, "name", name),
            self.whole_number(line, "expected_households", expected, at_most=MOST_HOUSEHOLDS),
        )

    def check(self) -> None:
        rows = self.table
        is_known = exists().where(
            Area.code == rows.c.subdistrict_code, Area.level == Level.SUBDISTRICT
        )
        stored = EnumerationArea.__table__.c
        self.staging.note_duplicates("ea_code")
        self.staging.note_rows(
            UNKNOWN_PARENT, "subdistrict_code", rows.c.subdistrict_code.is_not(None) & ~is_known
        )
        self.staging.note_differences(
            rows.join(EnumerationArea, EnumerationArea.code == rows.c.ea_code),
            {column: stored[column] for column in COMPARED},
        )

    def store(self) -> Stored:
        rows = self.table
        is_there = exists().where(EnumerationArea.code == rows.c.ea_code)
        added = self.execute(
            insert(EnumerationArea).from_select(
                ["code", "district_code", "province_code", *COMPARED, "is_practice"],
                select(
                    rows.c.ea_code,
                    Area.district_code,
                    Area.province_code,
                    *(rows.c[column] for column in COMPARED),
                    false(),
                )
                .join_from(rows, Area, Area.code == rows.c.subdistrict_code)
                .where(~is_there),
            )
        )
        return Stored(added)

    def _parts(self, line: int, ea_code: str) -> EaCode | None:
        digits = self.conventions.region_digits
        parts = read_ea_code(ea_code, region_digits=digits)
        if parts is None:
            regions = "|".join(str(digit) for digit in sorted(digits))
            self.note(line, "ea_code", ea_code, MALFORMED_CODE, f"{regions} PP AA TT 1|2 999")
        return parts

    def _subdistrict(self, line: int, code: str, parts: EaCode | None) -> str | None:
        if not code:
            self.note(line, "subdistrict_code", code, BLANK)
        elif parts and parts.subdistrict != code:
            self.note(line, "subdistrict_code", code, CONTRADICTS, "ea_code")
        return code or None

    def _zone(self, line: int, text: str, parts: EaCode | None) -> int | None:
        zone = ZONES.get(text)
        if zone is None:
            self.note(line, "zone", text, UNKNOWN_CODE, "1, 2")
        elif parts and parts.zone != zone:
            self.note(line, "zone", text, CONTRADICTS, "ea_code")
        return zone

    def _village(self, line: int, village: str) -> str | None:
        if village and not is_village_number(village):
            self.note(line, "village", village, MALFORMED_CODE, "00–99")
        return village or None
