"""Coded columns: an enumeration in Python, its short text value in the database."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

Code = TypeVar("Code", bound=StrEnum)


class CodeColumn(TypeDecorator[Code]):
    """A column that holds the values of one enumeration.

    Kept as text without a database enumeration, so that a later version of the code can know more
    values than the one before while both run.
    """

    impl = String
    cache_ok = True

    def __init__(self, codes: type[Code]) -> None:
        """Hold the values of `codes`."""
        super().__init__()
        self.codes = codes

    def process_bind_param(self, value: Code | str | None, dialect: Dialect) -> str | None:
        return None if value is None else str(self.codes(value).value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Code | None:
        return None if value is None else self.codes(value)
