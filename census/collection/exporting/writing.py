"""Writing one file: Parquet in row groups of one size, or CSV with a header; with its digest.

The same rows give the same bytes. What is written is on the disk before its digest is told.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from census.collection.exporting.formulas import disarmed_column

ROWS_OF_GROUP = 50_000
"""Rows of a Parquet row group: the most that is held at once."""

COMPRESSION = "zstd"
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Written:
    """A file as it was written."""

    name: str
    rows: int
    bytes: int
    sha256: str


class _Digesting(io.RawIOBase):
    """A file that knows the digest of what was written to it."""

    def __init__(self, path: Path) -> None:
        self._file = os.fdopen(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb"
        )
        self._digest = hashlib.sha256()
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._digest.update(data)
        count = self._file.write(data)
        self.size += count
        return count

    def finish(self) -> str:
        """Wait until everything is on the disk; the digest."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return self._digest.hexdigest()

    def abandon(self) -> None:
        """Let the file go as it is."""
        self._file.close()


def write_parquet(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Written:
    """Write the batches as Parquet."""
    sink, rows = _Digesting(path), 0
    try:
        with pq.ParquetWriter(sink, schema, compression=COMPRESSION) as writer:
            for group in _groups(batches, schema):
                rows += group.num_rows
                writer.write_table(group, row_group_size=ROWS_OF_GROUP)
        return Written(path.name, rows, sink.size, sink.finish())
    finally:
        sink.abandon()


def write_csv(path: Path, schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> Written:
    """Write batches of text as CSV: every text quoted, a missing value as nothing at all."""
    sink, rows = _Digesting(path), 0
    texts = {field.name for field in schema if field.type == pa.string()}
    options = pa_csv.WriteOptions(include_header=False)
    try:
        sink.write(_header(schema))
        for batch in batches:
            rows += batch.num_rows
            arrays = [
                disarmed_column(column) if name in texts else column
                for name, column in zip(batch.schema.names, batch.columns, strict=True)
            ]
            safe = pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)
            pa_csv.write_csv(safe, sink, options)
        return Written(path.name, rows, sink.size, sink.finish())
    finally:
        sink.abandon()


def write_lines(path: Path, schema: pa.Schema, pieces: Iterable[tuple[bytes, int]]) -> Written:
    """Write lines that are CSV already."""
    sink, rows = _Digesting(path), 0
    try:
        sink.write(_header(schema))
        for lines, count in pieces:
            sink.write(lines)
            rows += count
        return Written(path.name, rows, sink.size, sink.finish())
    finally:
        sink.abandon()


def _groups(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The rows in tables of one size, whatever the sizes of the batches."""
    waiting: list[pa.RecordBatch] = []
    count = 0
    for batch in batches:
        waiting.append(batch)
        count += batch.num_rows
        while count >= ROWS_OF_GROUP:
            table = pa.Table.from_batches(waiting, schema)
            yield table.slice(0, ROWS_OF_GROUP)
            rest = table.slice(ROWS_OF_GROUP)
            waiting, count = rest.to_batches(), rest.num_rows
    if count:
        yield pa.Table.from_batches(waiting, schema)


def _header(schema: pa.Schema) -> bytes:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(schema.names)
    return line.getvalue().encode()
