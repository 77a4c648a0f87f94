"""What every kind of import file has in common: columns, staging, checks, and a place to go."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, cast

from sqlalchemy import CursorResult, Executable, Table
from sqlalchemy.orm import Session

from census.frame.codelists import ImportKind
from census.frame.imports.conventions import Conventions
from census.frame.imports.faults import RowFault, shown
from census.frame.imports.reading import CsvReader, ImportFile
from census.frame.imports.reasons import BLANK, NOT_A_NUMBER, Reason
from census.frame.imports.staging import Staging


@dataclass(frozen=True, slots=True)
class Stored:
    """What an import did to the frame: rows that are new, and rows that say something new."""

    added: int
    changed: int = 0


class FileKind(ABC):
    """One kind of import file on its way into the frame."""

    kind: ClassVar[ImportKind]
    table: ClassVar[Table]

    def __init__(self, staging: Staging, conventions: Conventions) -> None:
        """Work on these staging tables, by the conventions of this deployment."""
        self.staging = staging
        self.conventions = conventions

    @property
    def session(self) -> Session:
        """The session of the import."""
        return self.staging.session

    @abstractmethod
    def staged_rows(self, file: ImportFile) -> Iterator[tuple[Any, ...]]:
        """The rows as the staging table takes them; what is wrong is noted on the way."""

    @abstractmethod
    def check(self) -> None:
        """Note what is wrong with the rows among themselves and against the database."""

    @abstractmethod
    def store(self) -> Stored:
        """Move the staged rows into the frame."""

    def execute(self, statement: Executable) -> int:
        """Run one statement; how many rows it wrote."""
        result = self.session.execute(statement, execution_options={"preserve_rowcount": True})
        return cast(CursorResult[Any], result).rowcount


class CsvKind(FileKind):
    """A kind of file that comes as CSV with a header."""

    columns: ClassVar[tuple[str, ...]]
    hides_values: ClassVar[bool] = False

    def staged_rows(self, file: ImportFile) -> Iterator[tuple[Any, ...]]:
        reader = CsvReader(file, self.columns, self.staging.note, self.hides_values)
        for line, fields in reader.rows():
            yield self.staged_row(line, fields)

    @abstractmethod
    def staged_row(self, line: int, fields: list[str]) -> tuple[Any, ...]:
        """One row as the staging table takes it; what is wrong is noted and left out."""

    def note(self, line: int, column: str, value: str, reason: Reason, fact: str = "") -> None:
        """Note that a value is wrong."""
        self.staging.note(RowFault(line, column, shown(value), reason, fact))

    def required(self, line: int, column: str, value: str) -> str | None:
        """The value, which must not be blank."""
        if not value:
            self.note(line, column, value, BLANK)
        return value or None

    def whole_number(self, line: int, column: str, value: str, *, at_most: int) -> int | None:
        """The value as a whole number, or nothing where it is blank."""
        if not value:
            return None
        if value.isascii() and value.isdigit() and len(value) < 10 and int(value) <= at_most:
            return int(value)
        self.note(line, column, value, NOT_A_NUMBER, f"{at_most:,}")
        return None
