"""The real server in a process of its own, for tests that kill it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_ATTEMPTS = 600
PAUSE_S = 0.05


class Server:
    """`census serve` on a free port of this machine; it can be killed and started again."""

    def __init__(self, database_url: str, home: Path) -> None:
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if name != "REDIS_URL"},
            "DATABASE_URL": database_url,
            "CENSUS_HOME": str(home),
            "PORT": str(self.port),
        }
        self._log = home / "server.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "census", "serve"],
                env=self._environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _attempt in range(START_ATTEMPTS):
            if self._process.poll() is not None:
                raise RuntimeError(f"the server did not start:\n{self._log.read_text()}")
            if self._answers():
                return
            time.sleep(PAUSE_S)
        raise RuntimeError("the server does not answer")

    def kill(self) -> None:
        """End it and its children at once, as a power cut would."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        try:
            with urlopen(f"{self.address}/health/live", timeout=1) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
