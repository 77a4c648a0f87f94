"""A PostgreSQL server of the test's own, made to be crashed: durable, on a free port."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psycopg

from tests.faults.server import free_port

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
SYSTEM_USER = "postgres"
START_WITHIN_S = 60.0
LOOK_EVERY_S = 0.02
NO_SETTINGS: Mapping[str, str] = MappingProxyType({})


class Cluster:
    """A server with its own data directory; only ever this one is crashed."""

    def __init__(
        self,
        folder: Path | None = None,
        *,
        settings: Mapping[str, str] = NO_SETTINGS,
        follows: Cluster | None = None,
    ) -> None:
        """Make the data directory, unless it is there: empty, or a copy of what it `follows`."""
        self.folder = folder or Path(tempfile.mkdtemp(prefix="faults-postgresql-"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.data = self.folder / "data"
        self.port = free_port()
        self._settings = dict(settings)
        self._process: subprocess.Popen[bytes] | None = None
        if os.geteuid() == 0:
            owner = pwd.getpwnam(SYSTEM_USER)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        if follows is not None:
            self._follow(follows)
        if self.data.exists():
            return
        self._run("initdb", "-D", str(self.data), "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync").check_returncode()  # fmt: skip

    def url(self, database: str = "postgres") -> str:
        """Where one of its databases is to be found."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it, and wait until it has recovered."""
        if self._process is None or self._process.poll() is not None:
            with (self.folder / "log").open("ab") as log:
                self._process = subprocess.Popen(
                    [str(PROGRAMS / "postgres"), "-D", str(self.data), *self._options()],
                    stdout=log,
                    stderr=log,
                    stdin=subprocess.DEVNULL,
                    cwd=self.folder,
                    user=_system_user(),
                    start_new_session=True,
                )
        until = time.monotonic() + START_WITHIN_S
        while not self._answers():
            if time.monotonic() > until:
                raise RuntimeError((self.folder / "log").read_text()[-4000:])
            time.sleep(LOOK_EVERY_S)

    def crash(self) -> None:
        """Stop it at once, without a checkpoint; the next start recovers from the log."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=30)
            self._process = None

    def kill_backend(self) -> bool:
        """Kill one process that serves the application: the server resets all of them."""
        try:
            with psycopg.connect(self._conninfo, autocommit=True) as connection:
                (data,) = connection.execute("SHOW data_directory").fetchone() or ("",)
                if Path(data) != self.data:
                    raise RuntimeError("this is another server")
                row = connection.execute(
                    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"
                    " AND pid <> pg_backend_pid() ORDER BY state = 'active' DESC, random() LIMIT 1"
                ).fetchone()
                if row is None:
                    return False
                os.kill(row[0], signal.SIGKILL)
        except psycopg.OperationalError:
            return False
        return True

    def do(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """Carry out a statement as the administrator does; the rows it gives."""
        conninfo = f"{self._conninfo} dbname={database}"
        with psycopg.connect(conninfo, autocommit=True) as connection:
            done = connection.execute(statement.encode())
            return done.fetchall() if done.description else []

    def create(self, database: str, template: str = "template0") -> str:
        """A new database, unless it is there; where it is to be found."""
        with psycopg.connect(self._conninfo, autocommit=True) as connection:
            there = connection.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [database]
            ).fetchone()
            if there is None:
                connection.execute(f'CREATE DATABASE "{database}" TEMPLATE "{template}"')
        return self.url(database)

    def stop(self) -> None:
        """End it; its data stays."""
        self.crash()

    def remove(self) -> None:
        """End it, and take its data away."""
        self.crash()
        shutil.rmtree(self.folder, ignore_errors=True)

    @property
    def _conninfo(self) -> str:
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres connect_timeout=5"

    def _options(self) -> list[str]:
        settings = {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on",
            "full_page_writes": "on",
            "synchronous_commit": "on",
            "shared_buffers": "64MB",
            "max_connections": "120",
            "restart_after_crash": "on",
            **self._settings,
        }
        return [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]

    def _follow(self, primary: Cluster) -> None:
        """Become a copy of a running server that goes on to follow it, under the name `standby`.

        The copying itself goes by another name: a copy that is not complete must never count as
        the standby that has a commit.
        """
        self._settings["primary_conninfo"] = (
            f"host=127.0.0.1 port={primary.port} user=postgres application_name=standby"
        )
        self._run("pg_basebackup", "-D", str(self.data), "-h", "127.0.0.1",
                  "-p", str(primary.port), "-U", "postgres", "-c", "fast", "-X", "stream",
                  "--no-sync").check_returncode()  # fmt: skip
        (self.data / "standby.signal").touch()

    def _answers(self) -> bool:
        if self._process is not None and self._process.poll() is not None:
            raise RuntimeError((self.folder / "log").read_text()[-4000:])
        try:
            psycopg.connect(self._conninfo).close()
        except psycopg.OperationalError:
            return False
        return True

    def _run(self, program: str, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [str(PROGRAMS / program), *words],
            capture_output=True,
            cwd=self.folder,
            user=_system_user(),
            check=False,
        )


def _system_user() -> str | None:
    """PostgreSQL refuses to run as root."""
    return SYSTEM_USER if os.geteuid() == 0 else None
