"""Importing the households of the register: one row, one case."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import BigInteger, Column, FromClause, Text, exists, insert, literal, select

from census.core.codes import CodeColumn
from census.frame.codelists import ImportKind, Origin
from census.frame.imports.kinds import CsvKind, Stored
from census.frame.imports.reasons import (
    CONTRADICTS,
    HALF_A_POSITION,
    MALFORMED_CODE,
    OUTSIDE_COUNTRY,
    UNKNOWN_AREA,
    WRONG_SERIAL,
)
from census.frame.imports.staging import StagedGeometry, point_for, staged_table
from census.frame.models import EnumerationArea, Household
from census.frame.rules import (
    FRAME_SERIALS,
    is_house_code,
    normalise_house_code,
    read_household_id,
)

MOST_PERSONS = 9_999
COMPARED = ("house_code", "address", "position", "register_persons")
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")


class HouseholdsFile(CsvKind):
    """`households.csv`: the list that every household is counted against."""

    kind = ImportKind.HOUSEHOLDS
    columns = (
        "household_id",
        "ea_code",
        "house_code",
        "address",
        "latitude",
        "longitude",
        "register_persons",
    )
    table = staged_table(
        "households",
        Column("household_id", Text),
        Column("ea_code", Text),
        Column("house_code", Text),
        Column("address", Text),
        Column("position", StagedGeometry()),
        Column("register_persons", BigInteger),
    )

    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        household_id, ea_code, house_code, address, latitude, longitude, persons = fields
        return (
            line,
            self._household_id(line, household_id, ea_code),
            self.required(line, "ea_code", ea_code),
            self._house_code(line, house_code),
            self.required(line, "address", " ".join(address.split())),
            self._position(line, latitude, longitude),
            self.whole_number(line, "register_persons", persons, at_most=MOST_PERSONS),
        )

    def check(self) -> None:
        rows = self.table
        is_known = exists().where(EnumerationArea.code == rows.c.ea_code)
        stored = Household.__table__.c
        self.staging.note_duplicates("household_id")
        self.staging.note_rows(UNKNOWN_AREA, "ea_code", rows.c.ea_code.is_not(None) & ~is_known)
        self.staging.note_differences(
            self._placed().join(
                Household,
                (Household.province_code == EnumerationArea.province_code)
                & (Household.id == rows.c.household_id),
            ),
            {column: stored[column] for column in COMPARED},
            hidden="position",
        )

    def store(self) -> Stored:
        rows = self.table
        is_there = exists().where(
            Household.province_code == EnumerationArea.province_code,
            Household.id == rows.c.household_id,
        )
        added = self.execute(
            insert(Household).from_select(
                ["province_code", "id", "ea_code", *COMPARED, "origin"],
                select(
                    EnumerationArea.province_code,
                    rows.c.household_id,
                    rows.c.ea_code,
                    *(rows.c[column] for column in COMPARED),
                    literal(Origin.FRAME, CodeColumn(Origin)),
                )
                .select_from(self._placed())
                .where(~is_there),
            )
        )
        return Stored(added)

    def _placed(self) -> FromClause:
        """Staged rows with the enumeration area that says their province."""
        return self.table.join(EnumerationArea, EnumerationArea.code == self.table.c.ea_code)

    def _household_id(self, line: int, text: str, ea_code: str) -> str | None:
        parts = read_household_id(text)
        if parts is None:
            self.note(line, "household_id", text, MALFORMED_CODE, "99999999999-9999")
            return None
        if parts[1] not in FRAME_SERIALS:
            self.note(line, "household_id", text, WRONG_SERIAL)
        elif parts[0] != ea_code:
            self.note(line, "household_id", text, CONTRADICTS, "ea_code")
        return text

    def _house_code(self, line: int, text: str) -> str | None:
        if not text:
            return None
        code = text if text.isascii() and text.isdigit() else normalise_house_code(text)
        if not is_house_code(code):
            self.note(line, "house_code", text, MALFORMED_CODE, "9999-999999-9")
        return code

    def _position(self, line: int, latitude: str, longitude: str) -> str | bytes | None:
        if not latitude and not longitude:
            return None
        if not latitude or not longitude:
            column = "longitude" if latitude else "latitude"
            self.note(line, column, "", HALF_A_POSITION)
            return None
        bounds = self.conventions.bounds
        north = self._degrees(line, "latitude", latitude, bounds.south, bounds.north)
        east = self._degrees(line, "longitude", longitude, bounds.west, bounds.east)
        if north is None or east is None:
            return None
        return point_for(postgresql=self.staging.is_postgresql, latitude=north, longitude=east)

    def _degrees(
        self, line: int, column: str, text: str, least: float, most: float
    ) -> float | None:
        if _DEGREES.fullmatch(text) and least <= float(text) <= most:
            return float(text)
        self.note(line, column, text, OUTSIDE_COUNTRY, f"{least}–{most}")
        return None
