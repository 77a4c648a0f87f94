"""A disk that is full, in two ways: a small one of its own, and a device that takes nothing."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

from tests.faults.postgresql import Cluster
from tests.faults.run import DATABASE

SIZE = "200m"
LEFT_BYTES = 400_000
"""What is left: less than a few submissions need."""

WRITE_LOG = "SELECT pg_logical_emit_message(false, '', repeat('-', 4000000))"
PIECE = b"\0" * 65_536
TAKES_NOTHING = Path("/dev/full")
FREE_SPACE_MAPS = (
    "SELECT pg_relation_filepath(oid) || '_fsm' FROM pg_class"
    " WHERE relkind IN ('r', 't') AND oid >= 16384"
)


class SmallDisk:
    """A cluster on a file system of a few megabytes, filled by a file that holds nothing."""

    def __init__(self, cluster: Cluster) -> None:
        """Say whose disk it is."""
        self.cluster = cluster
        self._ballast = cluster.folder / "ballast"

    def fill(self) -> None:
        """Leave almost nothing; the log has its next sixteen megabytes already."""
        self.cluster.do("CHECKPOINT")
        self.cluster.do("SELECT pg_switch_wal()")
        self.cluster.do("SELECT txid_current()")
        self._leave(LEFT_BYTES)

    def fill_log(self) -> None:
        """Leave nothing, and write the log until the server ends."""
        self._leave(0)
        with suppress(psycopg.OperationalError):
            while True:
                self.cluster.do(WRITE_LOG)
        self.cluster.crash()

    def make_room(self) -> None:
        """Take away what filled it."""
        self._ballast.unlink()

    def _leave(self, left: int) -> None:
        with self._ballast.open("wb", buffering=0) as file:
            try:
                while _left_on(self._ballast) > left + len(PIECE) * bool(left):
                    file.write(PIECE)
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise


class DeviceThatTakesNothing:
    """The maps of free space of all tables lie on `/dev/full`: no table can grow.

    It answers `ENOSPC` to whatever is written, to anybody, without a file system being mounted. The
    maps hold nothing that cannot be told from the tables; the server makes them anew.
    """

    def __init__(self, cluster: Cluster) -> None:
        """Say whose tables."""
        self.cluster = cluster
        self._maps: list[Path] = []

    def fill(self) -> None:
        """Put the device where the maps were."""
        found = self.cluster.do(FREE_SPACE_MAPS, DATABASE)
        self._maps = [self.cluster.data / path for (path,) in found]
        # Recovery writes maps, too: it must find nothing that is to be done again.
        self.cluster.do("CHECKPOINT")
        self.cluster.crash()
        for each in self._maps:
            each.unlink(missing_ok=True)
            each.symlink_to(TAKES_NOTHING)
        self.cluster.start()

    def make_room(self) -> None:
        """Let the server write maps again; it has the device open and must be started anew."""
        self.cluster.crash()
        for each in self._maps:
            each.unlink()
        self.cluster.start()


Full = SmallDisk | DeviceThatTakesNothing


@contextmanager
def on_small_disk() -> Iterator[SmallDisk]:
    """A cluster on a file system in memory."""
    folder = Path(tempfile.mkdtemp(prefix="faults-disk-"))
    _mount(folder)
    cluster = None
    try:
        cluster = Cluster(folder / "cluster")
        cluster.start()
        yield SmallDisk(cluster)
    finally:
        if cluster is not None:
            cluster.remove()
        subprocess.run(["umount", str(folder)], check=True)
        folder.rmdir()


@contextmanager
def on_any_disk() -> Iterator[DeviceThatTakesNothing]:
    """A cluster like any other."""
    cluster = Cluster()
    try:
        cluster.start()
        yield DeviceThatTakesNothing(cluster)
    finally:
        cluster.remove()


def can_mount() -> bool:
    """Whether this process may mount a file system, as one who tries it."""
    if os.geteuid() != 0 or shutil.which("mount") is None:
        return False
    folder = Path(tempfile.mkdtemp(prefix="faults-mount-"))
    try:
        _mount(folder)
    except subprocess.CalledProcessError:
        return False
    else:
        subprocess.run(["umount", str(folder)], check=True)
        return True
    finally:
        folder.rmdir()


def _mount(folder: Path) -> None:
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=755", "tmpfs", str(folder)],
        check=True,
        capture_output=True,
    )


def _left_on(file: Path) -> int:
    found = os.statvfs(file)
    return found.f_bavail * found.f_frsize
