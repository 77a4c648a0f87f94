"""Columns of exported files: their type in Parquet, and how the database writes their values.

Both engines write a value as the same text: moments in UTC as ISO 8601, ids with hyphens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import pyarrow as pa
from sqlalchemy import ColumnElement, Text, case, cast, func, type_coerce

Expression = ColumnElement[Any]
HYPHENS_BEFORE = (1, 9, 13, 17, 21)
"""Where the five groups of a UUID begin in its 32 digits, counted from 1."""
ID_DIGITS = 32


class Kind(StrEnum):
    """What a column holds."""

    CODE = "code"
    TEXT = "text"
    ID = "id"
    COUNT = "count"
    MEASURE = "measure"
    DAY = "day"
    MOMENT = "moment"
    FLAG = "flag"

    @property
    def type(self) -> pa.DataType:
        """The type of the values in Parquet; text is kept by dictionary there."""
        return _TYPES.get(self, pa.string())

    @property
    def is_written_by_clients(self) -> bool:
        """Whether a value is text that somebody outside chose."""
        return self in (Kind.CODE, Kind.TEXT)


_TYPES = {
    Kind.COUNT: pa.int64(),
    Kind.MEASURE: pa.float64(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("us", tz="UTC"),
    Kind.FLAG: pa.bool_(),
}


@dataclass(frozen=True)
class Column:
    """A column of an exported file, what it says, and where in the database it stands."""

    name: str
    kind: Kind
    source: Any
    th: str
    en: str
    is_sensitive: bool = False


def written(column: Column, *, on_postgresql: bool) -> Expression:
    """The expression by which the database writes the column's values."""
    write = (_ON_POSTGRESQL if on_postgresql else _ON_SQLITE).get(column.kind)
    expression: Expression = column.source if write is None else write(column.source)
    return expression.label(column.name)


def _moment(source: Any) -> Expression:
    # 2021-02-10 05:00:00+00 becomes 2021-02-10T05:00:00Z; sessions are in UTC.
    return func.replace(func.replace(cast(source, Text), " ", "T"), "+00", "Z")


def _moment_on_sqlite(source: Any) -> Expression:
    return func.replace(type_coerce(source, Text), " ", "T").concat("Z")


def _id_on_sqlite(source: Any) -> Expression:
    digits = type_coerce(source, Text)
    ends = (*HYPHENS_BEFORE[1:], ID_DIGITS + 1)
    groups = [
        func.substr(digits, start, end - start)
        for start, end in zip(HYPHENS_BEFORE, ends, strict=True)
    ]
    whole: Expression = groups[0]
    for group in groups[1:]:
        whole = whole.concat("-").concat(group)
    return whole


def _flag_on_sqlite(source: Any) -> Expression:
    return case((source.is_(True), "true"), (source.is_(False), "false"))


def _as_text(source: Any) -> Expression:
    return cast(source, Text)


_ON_POSTGRESQL: dict[Kind, Callable[[Any], Expression]] = {
    Kind.MOMENT: _moment,
    Kind.FLAG: _as_text,
}
_ON_SQLITE: dict[Kind, Callable[[Any], Expression]] = {
    Kind.MOMENT: _moment_on_sqlite,
    Kind.ID: _id_on_sqlite,
    Kind.FLAG: _flag_on_sqlite,
}
