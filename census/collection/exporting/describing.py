"""The public description of the exported files: every column of each, from what writes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from census.collection.exporting.columns import Column, Kind
from census.collection.exporting.contents import CASES, FINDINGS, HOUSEHOLDS, PERSONS, VISITS, File
from census.collection.questionnaires.nodes import Node, nodes
from census.collection.questionnaires.sources import published_versions

BEGINS_AT = "<!-- From here on the page is written from census/collection/exporting/contents.py -->"
"""What is above this line in the page was written by hand."""

IN_ORDER = (HOUSEHOLDS, PERSONS, CASES, VISITS, FINDINGS)

_KINDS = {
    Kind.CODE: ("รหัส", "code"),
    Kind.TEXT: ("ข้อความ", "text"),
    Kind.ID: ("รหัสเฉพาะ", "UUID"),
    Kind.COUNT: ("จำนวนเต็ม", "whole number"),
    Kind.MEASURE: ("จำนวนจริง", "number"),
    Kind.DAY: ("วันที่", "day"),
    Kind.MOMENT: ("วันเวลา UTC", "moment in UTC"),
    Kind.FLAG: ("จริง/เท็จ", "true or false"),
}


def described() -> str:
    """The part of the page that follows the mark, as Markdown."""
    form_id, version = published_versions()[-1]
    items = {node.name: node for node in nodes(form_id, version)}
    lines = [BEGINS_AT, "", "## Files and columns"]
    for file in IN_ORDER:
        lines += _section(file, items)
    return "\n".join([*lines, ""])


def write_description(page: Path) -> None:
    """Write the part of the page anew, for a change of the columns."""
    by_hand = page.read_text(encoding="utf-8").partition(BEGINS_AT)[0]
    page.write_text(by_hand + described(), encoding="utf-8")


def _section(file: File, items: Mapping[str, Node]) -> Iterable[str]:
    yield from ("", f"### {file.name}", "", f"{file.th} / {file.en}", "")
    yield "| column | ความหมาย / meaning | ชนิด / type | Parquet |"
    yield "|---|---|---|---|"
    yield from (_line(column, items) for column in file.all_columns)


def _line(column: Column, items: Mapping[str, Node]) -> str:
    th, en = column.th, column.en
    if not en:
        label = items[column.name].label
        th, en = label["th"], label["en"]
    sensitive = " **(`--with-sensitive`)**" if column.is_sensitive else ""
    kind = " / ".join(_KINDS[column.kind])
    return f"| `{column.name}` | {th} / {en}{sensitive} | {kind} | `{column.kind.type}` |"
