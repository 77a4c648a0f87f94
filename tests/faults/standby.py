"""Two PostgreSQL servers, of which one follows the other and can take its place.

A commit is acknowledged when the standby has it on its disk (`synchronous_standby_names`). Where
there is no standby, commits wait: nothing is acknowledged that only one server has.
"""

from __future__ import annotations

import os
import pwd
import shutil
import tempfile
from pathlib import Path

from tests.faults.postgresql import SYSTEM_USER, Cluster
from tests.faults.relay import Relay

FOLDERS = ("one", "two")
WAITS_FOR = "ANY 1 (standby)"
_WAITING = "backend_type = 'client backend' AND wait_event = 'SyncRep'"
KEPT_FOR_STANDBY = {"wal_keep_size": "256MB", "hot_standby": "on"}


class Pair:
    """A primary and its standby, reached at one address: that of a relay."""

    def __init__(self, folder: Path | None = None) -> None:
        """Make the first of them, or remember which of the two is the primary."""
        self.folder = folder or Path(tempfile.mkdtemp(prefix="faults-pair-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        if os.geteuid() == 0:
            owner = pwd.getpwnam(SYSTEM_USER)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        first, second = (self.folder / name for name in FOLDERS)
        if _is_primary(second / "data"):
            first, second = second, first
        self.primary = Cluster(first, settings=KEPT_FOR_STANDBY)
        self._second = second
        self.standby: Cluster | None = None
        self.relay = Relay(self.primary.port)

    @property
    def port(self) -> int:
        """Where the application finds the primary."""
        return self.relay.port

    def url(self, database: str) -> str:
        """Where the application finds one of its databases."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def create(self, database: str, template: str = "template0") -> str:
        """A new database, unless it is there; where the application finds it."""
        self.primary.create(database, template)
        return self.url(database)

    def start(self) -> None:
        """Start whatever does not run; make a standby where there is none, and wait for it."""
        self.primary.start()
        self.wait_for_standby(True)
        if self.standby is None:
            self._rebuild()
        else:
            self.standby.start()

    def wait_for_standby(self, waits: bool) -> None:
        """Let commits wait for the standby, or not."""
        names = WAITS_FOR if waits else ""
        self.primary.do(f"ALTER SYSTEM SET synchronous_standby_names = '{names}'")
        self.primary.do("SELECT pg_reload_conf()")

    def crash(self) -> None:
        """Crash the primary."""
        self.primary.crash()

    def kill_backend(self) -> bool:
        """Kill one process of the primary."""
        return self.primary.kill_backend()

    def lose_standby(self) -> None:
        """Crash the standby: from now on it gets nothing."""
        assert self.standby is not None
        self.standby.crash()

    def take_over(self) -> None:
        """Crash the primary and promote the standby, as it is; it is the only one now."""
        assert self.standby is not None
        self.primary.crash()
        self.standby.start()
        self.standby.do("SELECT pg_promote(true, 60)")
        self._second = self.primary.folder
        # Never again: two that both are the primary could not be told apart.
        shutil.rmtree(self._second)
        self.primary, self.standby = self.standby, None
        self.relay.switch(self.primary.port)

    def fail_over(self) -> None:
        """Let the standby take over, and make a new one of what was the primary."""
        self.take_over()
        self._rebuild()

    def is_waiting(self) -> bool:
        """Whether a commit of the application waits for the standby."""
        found = self.primary.do(f"SELECT count(*) FROM pg_stat_activity WHERE {_WAITING}")
        return found != [(0,)]

    def end_waiting(self) -> None:
        """End the connections that wait: what they committed is visible on the primary then."""
        self.primary.do(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {_WAITING}")

    def stop(self) -> None:
        """End both; their data stays."""
        self.relay.close()
        self.primary.crash()
        if self.standby is not None:
            self.standby.crash()

    def remove(self) -> None:
        """End both, and take their data away."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _rebuild(self) -> None:
        shutil.rmtree(self._second, ignore_errors=True)
        self.standby = Cluster(self._second, settings=KEPT_FOR_STANDBY, follows=self.primary)
        self.standby.start()


def _is_primary(data: Path) -> bool:
    return data.exists() and not (data / "standby.signal").exists()
