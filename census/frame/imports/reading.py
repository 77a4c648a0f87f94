"""Reading an import file once, from beginning to end, line by line and with its digest."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from census.frame.imports.faults import HIDDEN, Note, RowFault, shown
from census.frame.imports.reasons import (
    CONTROL_CHARACTER,
    EMPTY_FILE,
    RAGGED,
    UNREADABLE,
    WRONG_ENCODING,
    WRONG_HEADER,
)

LONGEST_LINE = 1_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Row = tuple[int, list[str]]


class ImportFile:
    """A file read once: counts its bytes, takes its digest, and says how far it has come."""

    def __init__(self, path: Path, advance: Callable[[int], None] = lambda _: None) -> None:
        """Open the file; `advance` is told how many more bytes were read."""
        self.position = 0
        self._advance = advance
        self._digest = hashlib.sha256()
        self._stream = path.open("rb")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stream.close()

    @property
    def sha256(self) -> bytes:
        """The digest of everything read so far."""
        return self._digest.digest()

    def lines(self) -> Iterator[bytes]:
        """The lines with their ends; one that never ends comes in pieces."""
        while line := self._stream.readline(LONGEST_LINE):
            yield self._taken(line)

    def everything(self) -> bytes:
        """The whole content at once, for formats that cannot be read in pieces."""
        return self._taken(self._stream.read())

    def _taken(self, chunk: bytes) -> bytes:
        self._digest.update(chunk)
        self.position += len(chunk)
        self._advance(len(chunk))
        return chunk


@dataclass
class CsvReader:
    """The rows of a CSV file with a known header; what cannot be read is noted and passed over."""

    file: ImportFile
    columns: Sequence[str]
    note: Note
    hides_values: bool = False
    _encoding_faults: list[tuple[int, int]] = field(default_factory=list)

    def rows(self) -> Iterator[Row]:
        """Each row with the number of the line it begins on; none if the header is wrong."""
        rows = self._raw_rows()
        header = next(rows, None)
        if header is None:
            self.note(RowFault(1, "", "", EMPTY_FILE))
        elif self._is_header(*header):
            yield from self._checked(rows)

    def _is_header(self, line: int, fields: list[str]) -> bool:
        if self._encoding_faults:
            self._note_encoding(line, [])
            return False
        if tuple(fields) != tuple(self.columns):
            # Without a header the first row would stand here, and it may be about a person.
            found = HIDDEN if self.hides_values else shown(",".join(fields))
            self.note(RowFault(line, "", found, WRONG_HEADER, ",".join(self.columns)))
            return False
        return True

    def _checked(self, rows: Iterator[Row]) -> Iterator[Row]:
        width = len(self.columns)
        line = 0
        for line, fields in rows:
            if self._encoding_faults:
                self._note_encoding(line, fields)
            elif len(fields) != width:
                self.note(RowFault(line, "", "", RAGGED, f"{len(fields)} ≠ {width}"))
            elif _CONTROL.search("".join(fields)):
                self._note_control(line, fields)
            else:
                yield line, fields
        if not line:
            self.note(RowFault(1, "", "", EMPTY_FILE))

    def _raw_rows(self) -> Iterator[Row]:
        reader = csv.reader(self._decoded(), strict=True)
        while True:
            line = reader.line_num + 1
            try:
                fields = next(reader)
            except StopIteration:
                return
            except csv.Error:
                self.note(RowFault(line, "", "", UNREADABLE))
                continue
            if fields:
                yield line, [value.strip() for value in fields]

    def _decoded(self) -> Iterator[str]:
        start = 0
        for number, line in enumerate(self.file.lines(), start=1):
            content = line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line
            try:
                yield content.decode()
            except UnicodeDecodeError as error:
                at = start + len(line) - len(content) + error.start
                self._encoding_faults.append((number, at))
                yield content.decode(errors="surrogateescape")
            start += len(line)

    def _note_encoding(self, line: int, fields: list[str]) -> None:
        column = self._column_of(fields, lambda value: not _is_encodable(value))
        for number, at in self._encoding_faults:
            self.note(RowFault(max(line, number), column, "", WRONG_ENCODING, str(at)))
        self._encoding_faults.clear()

    def _note_control(self, line: int, fields: list[str]) -> None:
        column = self._column_of(fields, lambda value: _CONTROL.search(value) is not None)
        value = dict(zip(self.columns, fields, strict=True))[column]
        visible = HIDDEN if self.hides_values else shown(_CONTROL.sub("\ufffd", value))
        self.note(RowFault(line, column, visible, CONTROL_CHARACTER))

    def _column_of(self, fields: list[str], is_wrong: Callable[[str], bool]) -> str:
        for column, value in zip(self.columns, fields, strict=False):
            if is_wrong(value):
                return column
        return ""


def _is_encodable(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
