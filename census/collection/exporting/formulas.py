"""Cells that a spreadsheet would take for a formula, made harmless in CSV.

A text that begins with `=`, `+`, `-`, `@`, a tab, a carriage return or their full-width forms gets
an apostrophe before it, and so does one that begins with an apostrophe: whoever reads the file
takes one leading apostrophe away and has the text as it is stored. Numbers are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

DANGEROUS = "=+-@\t\r'＝＋－＠"
_PATTERN = f"^[{re.escape(DANGEROUS)}]"

_CELL = re.compile(rb'"(?:[^"]|"")*"|[^,]*')
_STARTS = tuple(character.encode() for character in DANGEROUS)
_FIRST_BYTES = tuple(sorted({start[:1] for start in _STARTS}))


def may_hold_formula(lines: bytes) -> bool:
    """Whether a cell of these lines of CSV, other than the first of a line, may begin so.

    The first cell of every line is a code of ours. Quick, and wrong only by saying yes too often.
    """
    is_quoted = b'"' in lines
    return any(
        first in lines and (b"," + first in lines or (is_quoted and b'"' + first in lines))
        for first in _FIRST_BYTES
    )


def disarmed_line(line: bytes, texts: Sequence[bool]) -> bytes:
    """A line of CSV in which no text can be taken for a formula; `texts` says which cells are."""
    cells, position = [], 0
    for is_text in texts:
        found = _CELL.match(line, position)
        cell = found.group() if found else b""
        position += len(cell) + 1
        cells.append(_disarmed(cell) if is_text else cell)
    return b",".join(cells) + b"\n"


def _disarmed(cell: bytes) -> bytes:
    is_quoted = cell.startswith(b'"')
    content = cell[1:] if is_quoted else cell
    if not content.startswith(_STARTS):
        return cell
    return b"\"'" + content if is_quoted else b"'" + content


def disarmed_column(column: pa.Array) -> pa.Array:
    """The same for a column of texts."""
    # Codes repeat: only the different ones are looked at.
    if not pc.any(pc.match_substring_regex(pc.unique(column), _PATTERN)).as_py():
        return column
    armed = pc.fill_null(pc.match_substring_regex(column, _PATTERN), False)
    return pc.if_else(armed, pc.binary_join_element_wise("'", column, ""), column)
