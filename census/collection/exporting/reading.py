"""Reading the rows of one file from the database, a bounded piece at a time.

PostgreSQL writes CSV by itself (COPY), which is the quickest way out of it: for a CSV file the
bytes go through as they are, for Parquet they are parsed by Arrow. There an empty cell is a missing
value and a quoted empty one an empty text. SQLite gives rows, which Arrow takes column by column.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv

from census.collection.exporting.columns import Column, Kind
from census.collection.exporting.formulas import disarmed_line, may_hold_formula

BLOCK_BYTES = 1 << 20
BUFFER_BYTES = 1 << 20
ROWS_OF_PIECE = 4_096
ROWS_AT_ONCE = 20_000

COPY_OF = "COPY ({}) TO STDOUT (FORMAT csv)"


def schema_of(columns: Sequence[Column]) -> pa.Schema:
    """The types of the columns in Parquet."""
    return pa.schema([(column.name, column.kind.type) for column in columns])


def copied_batches(
    connection: Any, sql: str, columns: Sequence[Column]
) -> Iterator[pa.RecordBatch]:
    """The rows of a query on PostgreSQL, typed."""
    schema = schema_of(columns)
    with connection.cursor() as cursor, cursor.copy(COPY_OF.format(sql)) as copy:
        stream = io.BufferedReader(_CopyStream(copy), BUFFER_BYTES)
        if not stream.peek(1):
            return
        yield from pa_csv.open_csv(
            stream,
            read_options=pa_csv.ReadOptions(
                column_names=schema.names, block_size=BLOCK_BYTES, use_threads=False
            ),
            parse_options=pa_csv.ParseOptions(newlines_in_values=True),
            convert_options=pa_csv.ConvertOptions(
                column_types=schema,
                null_values=[""],
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                true_values=["true"],
                false_values=["false"],
            ),
        )


def copied_lines(
    connection: Any, sql: str, columns: Sequence[Column]
) -> Iterator[tuple[bytes, int]]:
    """The rows of a query on PostgreSQL as lines of CSV, with how many they are."""
    texts = [column.kind.is_written_by_clients for column in columns]
    with connection.cursor() as cursor, cursor.copy(COPY_OF.format(sql)) as copy:
        for lines, sizes in _pieces(copy):
            if may_hold_formula(lines):
                yield b"".join(_disarmed(lines, sizes, texts)), len(sizes)
            else:
                yield lines, len(sizes)


def _disarmed(lines: bytes, sizes: Sequence[int], texts: Sequence[bool]) -> Iterator[bytes]:
    """Each of the lines, which may hold line breaks themselves, without formulas."""
    start = 0
    for size in sizes:
        line = lines[start : start + size]
        start += size
        yield disarmed_line(line[:-1], texts) if may_hold_formula(line) else line


def fetched_batches(
    connection: Any, sql: str, columns: Sequence[Column], *, as_text: bool
) -> Iterator[pa.RecordBatch]:
    """The rows of a query on SQLite, typed; or, for CSV, days and moments as they are written."""
    schema = schema_of(columns)
    cursor = connection.cursor()
    try:
        cursor.execute(sql)
        while rows := cursor.fetchmany(ROWS_AT_ONCE):
            yield _batch(rows, columns, schema, as_text=as_text)
    finally:
        cursor.close()


def _batch(
    rows: Sequence[Sequence[Any]], columns: Sequence[Column], schema: pa.Schema, *, as_text: bool
) -> pa.RecordBatch:
    arrays = [
        _array(values, column, as_text=as_text)
        for values, column in zip(zip(*rows, strict=True), columns, strict=True)
    ]
    if as_text:
        return pa.RecordBatch.from_arrays(arrays, names=schema.names)
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _array(values: Sequence[Any], column: Column, *, as_text: bool) -> pa.Array:
    if column.kind in (Kind.COUNT, Kind.MEASURE):
        return pa.array(values, column.kind.type)
    texts = pa.array(values, pa.string())
    return texts if as_text else texts.cast(column.kind.type)


def _pieces(copy: Any) -> Iterator[tuple[bytes, list[int]]]:
    """The rows of a COPY, some thousand at a time: their bytes, and the size of each.

    Each row is taken over before the next is asked for: to hold thousands of them costs more time
    than everything else here.
    """
    rows = iter(copy)
    while True:
        piece = io.BytesIO()
        sizes = list(map(piece.write, islice(rows, ROWS_OF_PIECE)))
        if not sizes:
            return
        yield piece.getvalue(), sizes


class _CopyStream(io.RawIOBase):
    """A COPY as a file to read from."""

    def __init__(self, copy: Any) -> None:
        self._pieces = _pieces(copy)
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._left:
            self._left = memoryview(next(self._pieces, (b"", []))[0])
        taken = min(len(buffer), len(self._left))
        buffer[:taken] = self._left[:taken]
        self._left = self._left[taken:]
        return taken
