"""The folder of an export: it appears whole, or not at all.

The files are made in a hidden folder beside it, which takes the name when everything is on the
disk. A killed export leaves only the hidden folder, and the next one clears it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from census.collection.exporting.errors import ExportRunning, FolderTaken, FolderUnfit

OWNER_ONLY = 0o700


class Destination:
    """Where the files of an export are made, and where they go when all of them are there."""

    def __init__(self, folder: Path) -> None:
        """An export into this folder."""
        self.folder = folder
        self.making = folder.with_name(f".{folder.name}.part")

    def publish(self) -> None:
        """Give the finished folder its name; this survives the loss of power."""
        _sync(self.making)
        refuse_taken(self.folder)
        self.making.rename(self.folder)
        _sync(self.folder.parent)


@contextmanager
def destination(folder: Path) -> Iterator[Destination]:
    """A place to make the export's files in; what was not published is taken away again."""
    where = Destination(Path(os.path.abspath(folder)))
    refuse_taken(where.folder)
    lock_path = where.making.with_suffix(".lock")
    try:
        where.folder.parent.mkdir(parents=True, exist_ok=True)
        lock = lock_path.open("w")
    except OSError as error:
        raise FolderUnfit(folder=folder) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The one before may have taken the file away since it was opened here.
            is_ours = os.fstat(lock.fileno()).st_nlink > 0
        except OSError as error:
            raise ExportRunning(folder=folder) from error
        if not is_ours:
            raise ExportRunning(folder=folder)
        try:
            # What a killed export left; it held the lock until it was killed.
            shutil.rmtree(where.making, ignore_errors=True)
            where.making.mkdir(mode=OWNER_ONLY)
            yield where
        finally:
            shutil.rmtree(where.making, ignore_errors=True)
            with suppress(FileNotFoundError):
                lock_path.unlink()


def refuse_taken(folder: Path) -> None:
    """Refuse a folder in which there is something."""
    try:
        is_taken = folder.exists() and (not folder.is_dir() or any(folder.iterdir()))
    except OSError as error:
        raise FolderUnfit(folder=folder) from error
    if is_taken:
        raise FolderTaken(folder=folder)


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
