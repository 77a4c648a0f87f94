"""The file store: private, whole or not at all, and closed before the disk is full."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from census.core import files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The directory of the store; nothing has been written yet."""
    files.connect(tmp_path / "uploads")
    return tmp_path / "uploads"


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def failing_with(number: int) -> Callable[..., NoReturn]:
    def fail(*_arguments: Any, **_options: Any) -> NoReturn:
        raise OSError(number, os.strerror(number))

    return fail


def test_what_was_written_is_read_back(folder: Path) -> None:
    name = files.write(b"sealed bytes")

    assert files.read(name) == b"sealed bytes"
    assert [each.name for each in files.in_shard(name[:2])] == [name]


def test_only_the_owner_may_look(folder: Path) -> None:
    umask = os.umask(0)
    try:
        name = files.write(b"x")
    finally:
        os.umask(umask)

    modes = {stat.S_IMODE(path.stat().st_mode) for path in (folder, folder / name[:2])}
    assert modes == {0o700}
    assert stat.S_IMODE((folder / name[:2] / name).stat().st_mode) == 0o600


def test_file_and_directories_are_on_the_disk_before_the_name_is_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    sync = os.fsync

    def note(descriptor: int) -> None:
        synced.append(os.path.realpath(f"/proc/self/fd/{descriptor}"))
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", note)

    name = files.write(b"x")

    shard = folder / name[:2]
    assert synced[-2:] == [str(shard / name), str(shard)]
    assert {str(folder.parent), str(folder)} <= set(synced)


def test_a_name_that_is_taken_is_never_written_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = files.write(b"first")
    monkeypatch.setattr("secrets.token_hex", lambda _bytes: name)

    with pytest.raises(files.FilesAway):
        files.write(b"second")

    assert files.read(name) == b"first"


@pytest.mark.parametrize("call", ["open", "fsync", "mkdir"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT, errno.EFBIG])
def test_a_full_disk_is_told_and_leaves_nothing_behind(
    folder: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    files.write(b"before")
    before = everything_in(folder)
    if call == "mkdir":
        monkeypatch.setattr(files, "_make_private", failing_with(number))
    else:
        monkeypatch.setattr(os, call, failing_with(number))

    with pytest.raises(files.NoRoom) as refused:
        files.write(b"x" * 100)

    assert refused.value.status == 503
    monkeypatch.undo()
    assert everything_in(folder) == before


@pytest.mark.parametrize("number", [errno.EIO, errno.EROFS, errno.EACCES])
def test_a_broken_disk_is_told_as_something_that_passes(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(files, "_write_new", failing_with(number))

    with pytest.raises(files.FilesAway):
        files.write(b"x")


def test_files_are_refused_while_there_is_still_room_for_rows(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(folder.parent)
    monkeypatch.setattr(
        shutil, "disk_usage", lambda _path: usage._replace(total=1_000_000, free=60_000)
    )

    with pytest.raises(files.NoRoom):
        files.write(b"x")

    monkeypatch.setattr(
        shutil, "disk_usage", lambda _path: usage._replace(total=1_000_000, free=60_001)
    )
    assert files.read(files.write(b"x")) == b"x"


@pytest.mark.parametrize("name", ["", "..", "../../keys.json", "A" * 32, "0" * 31, "0" * 32 + "\n"])
def test_only_names_that_the_store_gave_are_looked_for(folder: Path, name: str) -> None:
    for ask in (files.read, files.delete):
        with pytest.raises(ValueError, match="not the name"):
            ask(name)


def test_a_file_that_is_gone_is_told_and_may_be_deleted_again(folder: Path) -> None:
    name = files.write(b"x")
    files.delete(name)
    files.delete(name)

    with pytest.raises(files.FileMissing):
        files.read(name)
    assert list(files.in_shard(name[:2])) == []


def test_what_else_lies_in_the_directory_is_left_alone(folder: Path) -> None:
    name = files.write(b"x")
    (folder / name[:2] / "notes.txt").write_text("of an operator")

    assert [each.name for each in files.in_shard(name[:2])] == [name]
