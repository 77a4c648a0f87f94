"""Exports of a small census, read back, and one laid over another."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from census.collection.exporting.contents import FILES
from census.collection.exporting.folders import destination
from census.collection.exporting.order import Format, Order
from census.collection.exporting.running import Exported, write_answers
from census.core import db
from tests.factories.census import NOON

Content = dict[str, dict[str, list[str]]]
"""Of each file, the rows of each household, as text that can be compared."""


def export(folder: Path, order: Order | None = None) -> Exported:
    """Write an export into the folder."""
    with destination(folder) as where:
        with db.reading() as session:
            exported = write_answers(session, order or Order(), where.making, at=NOON)
        where.publish()
    return exported


def table_of(folder: Path, name: str, order: Order | None = None) -> pa.Table:
    """One file of an export, typed."""
    order = order or Order()
    path = folder / f"{name}.{order.format}"
    if order.format is Format.PARQUET:
        return pq.read_table(path)
    (file,) = (file for file in FILES if file.name == name)
    types = {column.name: column.kind.type for column in file.columns(order)}
    return pa_csv.read_csv(
        path,
        parse_options=pa_csv.ParseOptions(newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(
            column_types=types,
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
            true_values=["true"],
            false_values=["false"],
        ),
    )


def rows_of(folder: Path, name: str, order: Order | None = None) -> list[dict[str, Any]]:
    """The rows of one file."""
    return table_of(folder, name, order).to_pylist()


def content_of(folder: Path, order: Order | None = None) -> Content:
    """What an export says of each household."""
    content: Content = {}
    for file in FILES:
        households: dict[str, list[str]] = defaultdict(list)
        for row in rows_of(folder, file.name, order):
            households[row["household_id"]].append(repr(sorted(row.items())))
        content[file.name] = {key: sorted(rows) for key, rows in households.items()}
    return content


def laid_over(base: Content, delta: Content) -> Content:
    """The base with every household of the delta as the delta says it is.

    Each household that changed is in the delta's `cases`: its old rows go, in every file.
    """
    changed = delta["cases"].keys()
    return {
        name: {key: rows for key, rows in base[name].items() if key not in changed} | delta[name]
        for name in base
    }
