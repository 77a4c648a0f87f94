"""Importing the persons of the population register, their identifiers sealed on the way in."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    LargeBinary,
    Row,
    Text,
    Uuid,
    exists,
    func,
    insert,
    select,
)

from census.core.db import new_id
from census.core.identity_numbers import (
    is_valid_pid,
    is_well_formed_pid,
    masked,
    normalise_pid,
)
from census.core.locale import gregorian_year
from census.core.sealed import keyed_hash, seal, unseal
from census.frame.codelists import ImportKind
from census.frame.imports.faults import HIDDEN, RowFault
from census.frame.imports.kinds import CsvKind, Stored
from census.frame.imports.reasons import (
    BLANK,
    DIFFERS,
    MALFORMED_CODE,
    MALFORMED_PID,
    MONTH_NEVER_WAS,
    UNKNOWN_CODE,
    UNKNOWN_HOUSE,
    WRONG_CHECK_DIGIT,
    Reason,
)
from census.frame.imports.staging import CHUNK, staged_table
from census.frame.models import Household, RegisterPerson
from census.frame.rules import is_house_code, normalise_house_code

TITLES = ("01", "02", "03", "04", "05", "09")
SEXES = ("1", "2")
UNKNOWN_YEAR = 9999
UNKNOWN_MONTH = 99
_NUMBER = re.compile(r"[0-9]{1,4}")
_SHORT_CODE = re.compile(r"[0-9]{1,11}")
_NATIONALITY = re.compile(r"[0-9]{3}")

PID, FIRST_NAME, SURNAME = (
    f"frame_register_person.{column}" for column in ("pid", "first_name", "surname")
)
"""What the seals are bound to, each together with the id of the person."""

PLAIN = ("house_code", "title", "sex", "birth_year_be", "birth_month", "nationality")
SEALED = ("pid_sealed", "pid_hash", "first_name_sealed", "surname_sealed")


class RegisterFile(CsvKind):
    """`register.csv`: persons by house; a report shows no name and no identity number."""

    kind = ImportKind.REGISTER
    hides_values = True
    columns = (
        "house_code",
        "pid",
        "title",
        "first_name",
        "surname",
        "sex",
        "birth_year_be",
        "birth_month",
        "nationality",
    )
    table = staged_table(
        "register",
        Column("id", Uuid),
        Column("pid_masked", Text),
        Column("pid_hash", LargeBinary),
        Column("pid_sealed", LargeBinary),
        Column("first_name_sealed", LargeBinary),
        Column("surname_sealed", LargeBinary),
        Column("house_code", Text),
        Column("title", Text),
        Column("sex", Text),
        Column("birth_year_be", BigInteger),
        Column("birth_month", BigInteger),
        Column("nationality", Text),
    )

    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        house_code, pid, title, first_name, surname, sex, year, month, nationality = fields
        person_id = new_id()
        digits = self._pid(line, pid)
        self.required(line, "first_name", first_name)
        return (
            line,
            person_id.hex,
            masked(digits) if digits else None,
            keyed_hash("pid", digits) if digits else None,
            seal(digits, column=PID, row=person_id) if digits else None,
            seal(first_name, column=FIRST_NAME, row=person_id),
            seal(surname, column=SURNAME, row=person_id),
            self._house_code(line, house_code),
            self._code(line, "title", title, TITLES) if title else None,
            self._code(line, "sex", sex, SEXES),
            *self._birth(line, year, month),
            self._nationality(line, nationality),
        )

    def note(self, line: int, column: str, value: str, reason: Reason, fact: str = "") -> None:
        # Where columns are mixed up, a name or a number may stand under any heading.
        is_code = not value or _SHORT_CODE.fullmatch(value) is not None
        self.staging.note(RowFault(line, column, value if is_code else HIDDEN, reason, fact))

    def check(self) -> None:
        rows = self.table
        is_known = exists().where(Household.house_code == rows.c.house_code)
        stored = RegisterPerson.__table__.c
        self.staging.note_duplicates("pid_hash", column="pid", value=rows.c.pid_masked)
        self.staging.note_rows(
            UNKNOWN_HOUSE, "house_code", rows.c.house_code.is_not(None) & ~is_known
        )
        self.staging.note_differences(
            rows.join(RegisterPerson, RegisterPerson.pid_hash == rows.c.pid_hash),
            {column: stored[column] for column in PLAIN},
        )
        self._check_names()

    def store(self) -> Stored:
        rows = self.table
        houses = (
            select(Household.house_code, func.min(Household.province_code).label("province_code"))
            .where(Household.house_code.is_not(None))
            .group_by(Household.house_code)
            .subquery()
        )
        columns = ("id", *SEALED, *PLAIN)
        is_there = exists().where(RegisterPerson.pid_hash == rows.c.pid_hash)
        added = self.execute(
            insert(RegisterPerson).from_select(
                ["province_code", *columns],
                select(houses.c.province_code, *(rows.c[column] for column in columns))
                .join_from(rows, houses, houses.c.house_code == rows.c.house_code)
                .where(~is_there),
            )
        )
        return Stored(added)

    def _check_names(self) -> None:
        """Compare the names of those who are there already; only opened seals can tell."""
        rows = self.table
        pairs = self.session.execute(
            select(
                rows.c.line,
                rows.c.id,
                rows.c.first_name_sealed,
                rows.c.surname_sealed,
                RegisterPerson.id.label("stored_id"),
                RegisterPerson.first_name_sealed.label("stored_first_name"),
                RegisterPerson.surname_sealed.label("stored_surname"),
            ).join_from(rows, RegisterPerson, RegisterPerson.pid_hash == rows.c.pid_hash),
            execution_options={"yield_per": CHUNK},
        )
        for some in pairs.partitions():
            for pair in some:
                self._compare_names(pair)
            self.staging.write_noted()

    def _compare_names(self, pair: Row[Any]) -> None:
        for column, name, staged, stored in (
            ("first_name", FIRST_NAME, pair.first_name_sealed, pair.stored_first_name),
            ("surname", SURNAME, pair.surname_sealed, pair.stored_surname),
        ):
            new = unseal(staged, column=name, row=pair.id)
            if new != unseal(stored, column=name, row=pair.stored_id):
                self.staging.note(RowFault(pair.line, column, HIDDEN, DIFFERS))

    def _pid(self, line: int, text: str) -> str | None:
        digits = text if text.isascii() and text.isdigit() else normalise_pid(text)
        if not digits:
            self.note(line, "pid", "", BLANK)
            return None
        if not is_well_formed_pid(digits):
            self.staging.note(
                RowFault(line, "pid", masked(digits), MALFORMED_PID, str(len(digits)))
            )
            return None
        if not is_valid_pid(digits):
            self.staging.note(RowFault(line, "pid", masked(digits), WRONG_CHECK_DIGIT))
        return digits

    def _house_code(self, line: int, text: str) -> str | None:
        code = text if text.isascii() and text.isdigit() else normalise_house_code(text)
        if is_house_code(code):
            return code
        self.note(line, "house_code", text, MALFORMED_CODE if text else BLANK, "9999-999999-9")
        return None

    def _code(self, line: int, column: str, text: str, codes: tuple[str, ...]) -> str | None:
        if text in codes:
            return text
        self.note(line, column, text, UNKNOWN_CODE, ", ".join(codes))
        return None

    def _birth(self, line: int, year_text: str, month_text: str) -> tuple[int | None, int | None]:
        year = self._year(line, year_text)
        month = self._month(line, month_text)
        if year and month and month != UNKNOWN_MONTH:
            try:
                gregorian_year(year, month)
            except ValueError:
                self.note(line, "birth_month", month_text, MONTH_NEVER_WAS)
        return year, month

    def _year(self, line: int, text: str) -> int | None:
        years = self.conventions.birth_years_be
        if _NUMBER.fullmatch(text) and (int(text) in years or int(text) == UNKNOWN_YEAR):
            return int(text)
        allowed = f"{years[0]}–{years[-1]}, {UNKNOWN_YEAR}"
        self.note(line, "birth_year_be", text, UNKNOWN_CODE, allowed)
        return None

    def _month(self, line: int, text: str) -> int | None:
        if _NUMBER.fullmatch(text) and (1 <= int(text) <= 12 or int(text) == UNKNOWN_MONTH):
            return int(text)
        self.note(line, "birth_month", text, UNKNOWN_CODE, f"01–12, {UNKNOWN_MONTH}")
        return None

    def _nationality(self, line: int, text: str) -> str | None:
        if _NATIONALITY.fullmatch(text):
            return text
        self.note(line, "nationality", text, MALFORMED_CODE, "ISO 3166: 999")
        return None
