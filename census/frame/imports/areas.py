"""Importing the tree of areas above the enumeration area."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Text, exists, insert, null, or_, select, update
from sqlalchemy.orm import aliased

from census.frame.codelists import ImportKind, Level
from census.frame.imports.kinds import CsvKind, Stored
from census.frame.imports.reasons import (
    CONTRADICTS,
    MALFORMED_CODE,
    UNKNOWN_CODE,
    UNKNOWN_PARENT,
)
from census.frame.imports.staging import staged_table
from census.frame.models import Area
from census.frame.rules import agrees_with_parent, is_area_code

LEVELS = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.SUBDISTRICT)
"""The levels of this file, each after the one it lies in."""

FORMS = {
    Level.COUNTRY: "TH",
    Level.PROVINCE: "TIS 1099: 99",
    Level.DISTRICT: "TIS 1099: 9999",
    Level.SUBDISTRICT: "TIS 1099: 999999",
}


class AreasFile(CsvKind):
    """`areas.csv`: country, provinces, districts and subdistricts, in any order."""

    kind = ImportKind.AREAS
    columns = ("code", "level", "parent_code", "name_th", "name_en")
    table = staged_table(
        "areas",
        Column("code", Text),
        Column("level", Text),
        Column("parent_code", Text),
        Column("name_th", Text),
        Column("name_en", Text),
    )

    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        code, level_text, parent_code, name_th, name_en = fields
        level = self._level(line, level_text)
        is_code = level is not None and self._is_code(line, code, level)
        if is_code and level and not agrees_with_parent(code, level, parent_code):
            self.note(line, "parent_code", parent_code, CONTRADICTS, "code")
            parent_code = ""
        return (
            line,
            code if is_code else None,
            level.value if level else None,
            parent_code or None,
            self.required(line, "name_th", name_th),
            self.required(line, "name_en", name_en),
        )

    def check(self) -> None:
        rows, parents = self.table, self.table.alias("parents")
        is_known = or_(
            exists().where(parents.c.code == rows.c.parent_code),
            exists().where(Area.code == rows.c.parent_code),
        )
        self.staging.note_duplicates("code")
        self.staging.note_rows(
            UNKNOWN_PARENT, "parent_code", rows.c.parent_code.is_not(None) & ~is_known
        )
        self.staging.note_differences(
            rows.join(Area, Area.code == rows.c.code),
            {"level": Area.__table__.c.level, "parent_code": Area.__table__.c.parent_code},
        )

    def store(self) -> Stored:
        changed = self._rename()
        return Stored(added=sum(self._add(level) for level in LEVELS), changed=changed)

    def _rename(self) -> int:
        rows = self.table
        names = (rows.c.name_th, rows.c.name_en)
        has_new_name = exists().where(
            rows.c.code == Area.code,
            or_(rows.c.name_th != Area.name_th, rows.c.name_en != Area.name_en),
        )
        name_th, name_en = (
            select(name).where(rows.c.code == Area.code).scalar_subquery() for name in names
        )
        return self.execute(
            update(Area)
            .where(has_new_name)
            .values(name_th=name_th, name_en=name_en)
            .execution_options(synchronize_session=False)
        )

    def _add(self, level: Level) -> int:
        """Add the areas of one level; those they lie in are there already."""
        rows, parent = self.table, aliased(Area)
        own = rows.c.code
        province_code = {Level.COUNTRY: null(), Level.PROVINCE: own}.get(
            level, parent.province_code
        )
        district_code = {Level.DISTRICT: own, Level.SUBDISTRICT: parent.code}.get(level, null())
        columns = ["code", "level", "parent_code", "province_code", "district_code"]
        return self.execute(
            insert(Area).from_select(
                [*columns, "name_th", "name_en"],
                select(
                    own,
                    rows.c.level,
                    rows.c.parent_code,
                    province_code,
                    district_code,
                    rows.c.name_th,
                    rows.c.name_en,
                )
                .join_from(rows, parent, parent.code == rows.c.parent_code, isouter=True)
                .where(rows.c.level == level.value, ~exists().where(Area.code == own)),
            )
        )

    def _level(self, line: int, text: str) -> Level | None:
        for level in LEVELS:
            if text == level.value:
                return level
        self.note(line, "level", text, UNKNOWN_CODE, ", ".join(LEVELS))
        return None

    def _is_code(self, line: int, code: str, level: Level) -> bool:
        if is_area_code(code, level):
            return True
        self.note(line, "code", code, MALFORMED_CODE, FORMS[level])
        return False
