"""Files kept outside the database: in a private directory, under random names, safe on the disk.

A file is on the disk, and so is its name in the directory, before `write` returns: the row that
speaks of it is committed afterwards, so a crash between the two leaves a file without a row and
never a row without a file. The caller seals what it writes; nothing here can be read without keys.

Writing stops while there is still room for rows: whoever is refused here can send again later.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from census.core.errors import Unavailable

log = logging.getLogger(__name__)

LEAST_FREE_SHARE = 0.06
"""Of the disk. A little more than what the system needs to start, so that it can start again."""

SHARDS = tuple(f"{number:02x}" for number in range(256))
"""The files lie in so many directories, named by the first two characters of their names."""

_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)
_WITHOUT_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class NoRoom(Unavailable):
    """There is no room for another file; answers are still taken."""

    code = "files.no_room"
    th = "เนื้อที่เก็บไฟล์ไม่พอ ไฟล์นี้ยังไม่ได้จัดเก็บ กรุณาส่งใหม่ภายหลัง"
    en = "There is no room for files at present; nothing of this was stored. Send it again later."


class FilesAway(Unavailable):
    """The directory of the files cannot be written or read."""

    code = "files.unavailable"
    th = "ที่เก็บไฟล์ไม่พร้อมใช้งานชั่วคราว กรุณาลองใหม่ในอีกสักครู่"
    en = "The file store is briefly unavailable: try again in a moment."


class FileMissing(Exception):  # noqa: N818 - an answer, not an error of ours
    """There is no file of this name, although a row may speak of one."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that is there, and when it was written by the clock of its disk."""

    name: str
    written_at: datetime


class _Store:
    """The directory of this process; `connect` sets it."""

    folder: Path | None = None


def connect(folder: Path) -> None:
    """Keep files under this directory from now on; it is made when the first file comes."""
    _Store.folder = folder


def write(content: bytes) -> str:
    """Keep a new file and give its random name; it survives the loss of power from now on."""
    _refuse_without_room(len(content))
    name = secrets.token_hex(16)
    path = _path(name)
    try:
        _make_private(path.parent)
        _write_new(path, content)
    except OSError as error:
        if error.errno in _WITHOUT_ROOM:
            raise NoRoom from None
        log.error("a file cannot be written: %s", errno.errorcode.get(error.errno or 0, "OSError"))
        raise FilesAway from None
    return name


def read(name: str) -> bytes:
    """What is in the file."""
    try:
        return _path(name).read_bytes()
    except FileNotFoundError:
        raise FileMissing from None
    except OSError as error:
        log.error("a file cannot be read: %s", errno.errorcode.get(error.errno or 0, "OSError"))
        raise FilesAway from None


def delete(name: str) -> None:
    """Remove the file; one that is gone already is no fault."""
    _path(name).unlink(missing_ok=True)


def in_shard(shard: str) -> Iterator[StoredFile]:
    """The files whose names begin so; whatever else lies there is left alone."""
    try:
        entries = list(os.scandir(_folder() / shard))
    except FileNotFoundError:
        return
    for entry in entries:
        if not _NAME.fullmatch(entry.name) or not entry.name.startswith(shard):
            continue
        try:
            written = entry.stat(follow_symlinks=False).st_mtime
        except FileNotFoundError:
            continue
        yield StoredFile(entry.name, datetime.fromtimestamp(written, UTC))


def _refuse_without_room(size: int) -> None:
    folder = _folder()
    around = next(each for each in (folder, *folder.parents) if each.exists())
    usage = shutil.disk_usage(around)
    if usage.free - size < usage.total * LEAST_FREE_SHARE:
        log.error("no room for files: %d bytes are free of %d", usage.free, usage.total)
        raise NoRoom


def _make_private(folder: Path) -> None:
    """Make the directory, readable by its owner only, and its name safe on the disk."""
    if folder.is_dir():
        return
    for each in (folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
        _sync(each.parent)


def _write_new(path: Path, content: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
    descriptor = os.open(path, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _sync(path.parent)
    except BaseException:
        _discard(path)
        raise


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _discard(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        # What could not be removed has no row: the sweeper finds it.
        log.warning("half a file is left behind for the sweeper")


def _path(name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise ValueError("this is not the name of a stored file")
    return _folder() / name[:2] / name


def _folder() -> Path:
    if _Store.folder is None:
        raise RuntimeError("files.connect() has not been called")
    return _Store.folder
