"""Writing an export: every file from one look at the database, and a manifest that lists them."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_EXCEPTION, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Event as Flag
from threading import Lock
from typing import Any

import pyarrow as pa
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.collection.exporting.changes import changed_since
from census.collection.exporting.columns import Expression
from census.collection.exporting.contents import FILES, File
from census.collection.exporting.errors import AreaUnknown
from census.collection.exporting.marks import mark_of_now, number_of
from census.collection.exporting.order import Format, Order
from census.collection.exporting.reading import (
    copied_batches,
    copied_lines,
    fetched_batches,
    schema_of,
)
from census.collection.exporting.snapshot import Snapshot
from census.collection.exporting.writing import (
    Written,
    write_csv,
    write_lines,
    write_parquet,
)
from census.collection.models import Case
from census.collection.queries import published_questionnaires
from census.core.bulk import Row
from census.frame.errors import AreaMissing
from census.frame.queries import ListedArea, condition_at_level, current_version, find_area

CONNECTIONS = 2
"""How many files are read at once on PostgreSQL; beside each works one process of the server."""

MANIFEST = "manifest.json"

Advance = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written, and the mark to go on from."""

    order: Order
    mark: str
    files: tuple[Written, ...]
    manifest: Row

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each file has."""
        return {file.name.partition(".")[0]: file.rows for file in self.files}


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told how much work there is, and how much of it is done."""

    begin: Callable[[int], object] = lambda _length: None
    advance: Advance = lambda _steps: None


class _Stopped(Exception):  # noqa: N818 - it is no error: another file failed
    """Another file could not be written, so that this one is not wanted any more."""


def write_answers(
    session: Session,
    order: Order,
    folder: Path,
    *,
    at: datetime,
    is_practice: bool = False,
    watcher: Watcher | None = None,
) -> Exported:
    """Write the files of an export and its manifest into an empty folder.

    The session reads one snapshot and nothing is written to the database. At most a few megabytes
    of rows are held, however many households there are.
    """
    watcher = watcher or Watcher()
    area = _area(session, order)
    after = number_of(session, order)
    mark = str(mark_of_now(session, order))
    within = [condition_at_level(area.code, area.level, Case)]
    if after is not None:
        within.append(changed_since(after))
    cases = session.scalar(select(func.count()).select_from(Case).where(*within)) or 0
    watcher.begin(cases * len(FILES))
    writing = _Writing(Snapshot(session), order, folder, tuple(within), cases, watcher.advance)
    files = writing.all_files()
    manifest = {
        "mark": mark,
        "since": order.since,
        "format": order.format.value,
        **order.scope,
        "practice_data": is_practice or area.is_practice,
        "frame_version": _frame_version(session),
        "questionnaires": _questionnaires(session),
        "exported_at": at.isoformat(),
        "files": [asdict(file) for file in files],
    }
    _write_manifest(folder / MANIFEST, manifest)
    return Exported(order, mark, files, manifest)


class _Writing:
    """The files of one export on their way into a folder."""

    def __init__(
        self,
        snapshot: Snapshot,
        order: Order,
        folder: Path,
        within: tuple[Expression, ...],
        cases: int,
        advance: Advance,
    ) -> None:
        self.snapshot, self.order, self.folder = snapshot, order, folder
        self.within, self.cases, self._advance = within, cases, advance
        self._lock, self._stop = Lock(), Flag()
        # Statements are made here, because a session belongs to one thread.
        self._statements = {
            file.name: snapshot.written(
                file.select(order, within, on_postgresql=snapshot.on_postgresql)
            )
            for file in FILES
        }

    def all_files(self) -> tuple[Written, ...]:
        """Write every file; the first that fails stops the others."""
        if not self.snapshot.on_postgresql:
            return tuple(self._write(file) for file in FILES)
        with ThreadPoolExecutor(CONNECTIONS, "export") as pool:
            futures = [pool.submit(self._write, file) for file in FILES]
            try:
                wait(futures, return_when=FIRST_EXCEPTION)
            finally:
                self._stop.set()
                pool.shutdown(cancel_futures=True)
        return tuple(_results(futures))

    def _write(self, file: File) -> Written:
        path = self.folder / f"{file.name}.{self.order.format}"
        columns = file.columns(self.order)
        schema, sql = schema_of(columns), self._statements[file.name]
        gauge = _Gauge(self.cases, file.rows_per_case, self._told)
        is_parquet = self.order.format is Format.PARQUET
        with self.snapshot.connection() as connection:
            if self.snapshot.on_postgresql and not is_parquet:
                pieces = copied_lines(connection, sql, columns)
                written = write_lines(path, schema, self._counted(pieces, gauge, lambda x: x[1]))
            else:
                batches = (
                    copied_batches(connection, sql, columns)
                    if self.snapshot.on_postgresql
                    else fetched_batches(connection, sql, columns, as_text=not is_parquet)
                )
                counted = self._counted(batches, gauge, _rows_of)
                write = write_parquet if is_parquet else write_csv
                written = write(path, schema, counted)
        gauge.finish()
        return written

    def _counted(
        self, pieces: Iterator[Any], gauge: _Gauge, rows_of: Callable[[Any], int]
    ) -> Iterator[Any]:
        for piece in pieces:
            if self._stop.is_set():
                raise _Stopped
            gauge.add(rows_of(piece))
            yield piece

    def _told(self, steps: int) -> None:
        with self._lock:
            self._advance(steps)


class _Gauge:
    """How far one file is, in households; the number of its rows is known only at its end."""

    def __init__(self, cases: int, rows_per_case: float, tell: Advance) -> None:
        self._cases, self._rows_per_case, self._tell = cases, rows_per_case, tell
        self._rows = self._told = 0

    def add(self, rows: int) -> None:
        """So many rows more are there."""
        self._rows += rows
        self._tell_until(min(self._cases, int(self._rows / self._rows_per_case)))

    def finish(self) -> None:
        """All rows are there."""
        self._tell_until(self._cases)

    def _tell_until(self, reached: int) -> None:
        self._tell(reached - self._told)
        self._told = reached


def _rows_of(batch: pa.RecordBatch) -> int:
    rows: int = batch.num_rows
    return rows


def _results(futures: list[Future[Written]]) -> list[Written]:
    """What every future gave, or the first true failure."""
    failures = [
        future.exception() for future in futures if not future.cancelled() and future.exception()
    ]
    for failure in failures:
        if failure is not None and not isinstance(failure, _Stopped):
            raise failure
    return [future.result() for future in futures]


def _area(session: Session, order: Order) -> ListedArea:
    try:
        return find_area(session, order.area)
    except AreaMissing as missing:
        raise AreaUnknown(area=order.area) from missing


def _frame_version(session: Session) -> int | None:
    version = current_version(session)
    return None if version is None else version.number


def _questionnaires(session: Session) -> list[dict[str, str]]:
    return [
        {"id": each.id, "version": each.version, "sha256": each.sha256.hex()}
        for each in published_questionnaires(session)
    ]


def _write_manifest(path: Path, manifest: Row) -> None:
    text = json.dumps(manifest, ensure_ascii=False, indent=2)
    with path.open("w", encoding="utf-8") as file:
        path.chmod(0o600)
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
