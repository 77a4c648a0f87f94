"""The system under test from outside: started, killed, frozen, and started again."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_WITHIN_S = 60.0
LOOK_EVERY_S = 0.02
ROOT = Path(__file__).parents[2]


class Zygote:
    """A process that has imported the application, and forks it as often as it is asked to."""

    def __init__(self) -> None:
        """Begin to import."""
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.zygote"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._is_ready = False

    def fork(self, role: str, environment: dict[str, str]) -> int:
        """Start a process of this role; its id, and that of its group."""
        if not self._is_ready and self._said() != "ready":
            raise RuntimeError("the application cannot be imported")
        self._is_ready = True
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"role": role, "environment": environment}) + "\n")
        self._process.stdin.flush()
        return int(self._said())

    def close(self) -> None:
        """End it, and all that it has forked."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()

    def _said(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()


@dataclass
class Served:
    """The application on one database, in processes that can be killed.

    `role` is `gunicorn` (production: a master with its workers, and a process for the jobs) or
    `serve` (one office: everything in one process).
    """

    database_url: str
    home: Path
    role: str
    zygote: Zygote
    redis_url: str | None = None
    planted: str = ""
    workers: int = 2
    does_jobs: bool = True
    port: int = field(default_factory=lambda: free_port())
    _leaders: dict[str, int] = field(default_factory=dict)

    @property
    def board(self) -> Path:
        """The file of the fail-points."""
        return self.home / "board"

    @property
    def log(self) -> Path:
        """What the processes say."""
        return self.home / "server.log"

    @property
    def roles(self) -> tuple[str, ...]:
        """The processes that make up the system."""
        has_worker = self.does_jobs and self.role == "gunicorn"
        return (self.role, "worker") if has_worker else (self.role,)

    def start(self) -> None:
        """Start whatever does not run, and wait until it answers."""
        for role in self.roles:
            if not self.runs(role):
                self._leaders[role] = self._fork(role)
        self.wait_until_it_answers()

    def keep_running(self) -> bool:
        """Start again what has ended, as a supervisor of services does; whether anything had."""
        ended = [role for role in self.roles if not self.runs(role)]
        for role in ended:
            self._leaders[role] = self._fork(role)
        return bool(ended)

    def kill_all(self) -> None:
        """Kill every process at once, as a power cut would."""
        for leader in self._leaders.values():
            _signal_group(leader, signal.SIGKILL)
        while any(self.runs(role) for role in self.roles):
            time.sleep(LOOK_EVERY_S)
        self._leaders.clear()

    def kill(self, role: str) -> None:
        """Kill one of the processes with its children."""
        if role in self._leaders:
            _signal_group(self._leaders[role], signal.SIGKILL)

    def answering(self) -> list[int]:
        """The processes that answer requests."""
        leader = self._leaders.get(self.role)
        if leader is None or self.role == "serve":
            return [leader] if leader else []
        return _children_of(leader)

    def runs(self, role: str) -> bool:
        """Whether a process of this role is there."""
        leader = self._leaders.get(role)
        return leader is not None and _is_alive(leader)

    def answers(self) -> bool:
        """Whether it says that it is alive."""
        try:
            with urlopen(f"http://127.0.0.1:{self.port}/health/live", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False

    def wait_until_it_answers(self) -> None:
        """Wait for the first answer; start again what ends meanwhile."""
        until = time.monotonic() + START_WITHIN_S
        while not self.answers():
            if time.monotonic() > until:
                raise RuntimeError(f"the server does not answer:\n{self.log.read_text()[-4000:]}")
            self.keep_running()
            time.sleep(LOOK_EVERY_S)

    def _fork(self, role: str) -> int:
        self.home.mkdir(parents=True, exist_ok=True)
        return self.zygote.fork(
            role,
            {
                "DATABASE_URL": self.database_url,
                "REDIS_URL": self.redis_url or "",
                "CENSUS_HOME": str(self.home),
                "PORT": str(self.port),
                "WEB_WORKERS": str(self.workers),
                "FAULTS_BOARD": str(self.board),
                "FAULTS_LOG": str(self.log),
                "FAULTS_PLANTED": self.planted,
            },
        )


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _signal_group(leader: int, number: int) -> None:
    try:
        os.killpg(leader, number)
    except ProcessLookupError:
        return


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def _children_of(process: int) -> list[int]:
    try:
        listed = Path(f"/proc/{process}/task/{process}/children").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(each) for each in listed.split()]
