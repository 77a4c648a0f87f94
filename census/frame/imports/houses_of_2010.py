"""Importing the houses that the census of 2010 had on its list."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Text, exists, insert, select

from census.frame.buildings import HouseOf2010
from census.frame.codelists import ImportKind
from census.frame.imports.kinds import CsvKind, Stored
from census.frame.imports.reasons import BLANK, MALFORMED_CODE
from census.frame.imports.staging import staged_table
from census.frame.rules import is_house_code, normalise_house_code


class HousesOf2010File(CsvKind):
    """`houses_2010.csv`: house codes alone, with or without their separators."""

    kind = ImportKind.HOUSES_2010
    columns = ("house_code",)
    table = staged_table("houses_2010", Column("house_code", Text))

    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        return line, self._house_code(line, fields[0])

    def check(self) -> None:
        self.staging.note_duplicates("house_code")

    def store(self) -> Stored:
        rows = self.table
        is_there = exists().where(HouseOf2010.house_code == rows.c.house_code)
        added = self.execute(
            insert(HouseOf2010).from_select(
                ["house_code"], select(rows.c.house_code).where(~is_there)
            )
        )
        return Stored(added)

    def _house_code(self, line: int, text: str) -> str | None:
        if not text:
            self.note(line, "house_code", text, BLANK)
            return None
        code = text if text.isascii() and text.isdigit() else normalise_house_code(text)
        if is_house_code(code):
            return code
        self.note(line, "house_code", text, MALFORMED_CODE, "9999-999999-9")
        return None
