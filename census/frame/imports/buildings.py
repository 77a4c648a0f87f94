"""Importing the list of buildings: what stands in each enumeration area, before any interview."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import BigInteger, Column, FromClause, Text, exists, insert, select

from census.core.codes import CodeColumn
from census.frame.buildings import Building
from census.frame.codelists import BuildingKind, ImportKind
from census.frame.imports.kinds import CsvKind, Stored
from census.frame.imports.reasons import MALFORMED_CODE, UNKNOWN_AREA, UNKNOWN_CODE
from census.frame.imports.staging import staged_table
from census.frame.models import EnumerationArea

MOST_HOUSEHOLDS = 9_999
COMPARED = ("kind", "name", "households")
KINDS = frozenset(kind.value for kind in BuildingKind)
_NUMBER = re.compile(r"[0-9]{3}")


class BuildingsFile(CsvKind):
    """`buildings.csv`: one row a building; a building's number is its own within its area."""

    kind = ImportKind.BUILDINGS
    columns = ("ea_code", "building_no", "kind", "name", "households")
    table = staged_table(
        "buildings",
        Column("key", Text),
        Column("ea_code", Text),
        Column("building_no", Text),
        Column("kind", CodeColumn(BuildingKind)),
        Column("name", Text),
        Column("households", BigInteger),
    )

    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        ea_code, number, kind, name, households = fields
        building_no = self._building_no(line, number)
        return (
            line,
            f"{ea_code}-{building_no}" if ea_code and building_no else None,
            self.required(line, "ea_code", ea_code),
            building_no,
            self._kind(line, kind),
            " ".join(name.split()) or None,
            self.whole_number(line, "households", households, at_most=MOST_HOUSEHOLDS),
        )

    def check(self) -> None:
        rows = self.table
        is_known = exists().where(EnumerationArea.code == rows.c.ea_code)
        stored = Building.__table__.c
        self.staging.note_duplicates("key", column="building_no", value=rows.c.building_no)
        self.staging.note_rows(UNKNOWN_AREA, "ea_code", rows.c.ea_code.is_not(None) & ~is_known)
        self.staging.note_differences(
            self._matched(), {column: stored[column] for column in COMPARED}
        )

    def store(self) -> Stored:
        rows = self.table
        is_there = exists().where(
            Building.ea_code == rows.c.ea_code, Building.building_no == rows.c.building_no
        )
        added = self.execute(
            insert(Building).from_select(
                ["province_code", "ea_code", "building_no", *COMPARED],
                select(
                    EnumerationArea.province_code,
                    rows.c.ea_code,
                    rows.c.building_no,
                    *(rows.c[column] for column in COMPARED),
                )
                .join_from(rows, EnumerationArea, EnumerationArea.code == rows.c.ea_code)
                .where(~is_there),
            )
        )
        return Stored(added)

    def _matched(self) -> FromClause:
        rows = self.table
        return rows.join(
            Building,
            (Building.ea_code == rows.c.ea_code) & (Building.building_no == rows.c.building_no),
        )

    def _building_no(self, line: int, text: str) -> str | None:
        if _NUMBER.fullmatch(text):
            return text
        self.note(line, "building_no", text, MALFORMED_CODE, "999")
        return None

    def _kind(self, line: int, text: str) -> str | None:
        if text in KINDS:
            return text
        self.note(line, "kind", text, UNKNOWN_CODE, ", ".join(BuildingKind))
        return None
