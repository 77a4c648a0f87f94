"""A Redis server of our own, for one office without one: on a socket in its home, never a port.

It ends with the process that started it. Two processes with the same home share it; when the one
that started it goes, the other starts it anew.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

LONGEST_SOCKET_PATH = 100
"""The operating system takes hardly more for the path of a socket."""

START_TRIES = 100
TRY_EVERY_S = 0.05


class PrivateRedis:
    """A Redis server on a socket under `home`, started when nobody answers there."""

    def __init__(self, home: Path) -> None:
        """Say where it lives; `ensure` starts it."""
        self.folder = home.resolve() / "queue"
        self.socket = self.folder / "redis.sock"
        self.child: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"unix://{quote(str(self.socket))}"

    def ensure(self) -> bool:
        """Start the server unless one answers; false if there can be none here."""
        program = shutil.which("redis-server")
        if program is None or len(os.fsencode(self.socket)) > LONGEST_SOCKET_PATH:
            return False
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._alone():
            return self._answers() or self._start(program)

    def stop(self) -> None:
        """End the server if this process started it."""
        if self.child is not None:
            self.child.terminate()
            try:
                self.child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()
            self.child = None

    def _start(self, program: str) -> bool:
        self.stop()
        self.socket.unlink(missing_ok=True)
        self.child = subprocess.Popen(  # noqa: S603 - the program is found on PATH, and none of it is input
            [
                *_ending_with_us(),
                *(program, "--port", "0", "--daemonize", "no"),
                *("--unixsocket", str(self.socket), "--unixsocketperm", "700"),
                *("--dir", str(self.folder), "--appendonly", "yes", "--save", ""),
                *("--maxmemory-policy", "noeviction"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(START_TRIES):
            if self._answers():
                return True
            if self.child.poll() is not None:
                break
            time.sleep(TRY_EVERY_S)
        log.warning("redis-server does not start; jobs are done without it")
        self.stop()
        return False

    def _answers(self) -> bool:
        try:
            with Redis(
                unix_socket_path=str(self.socket), socket_timeout=1.0, retry=Retry(NoBackoff(), 0)
            ) as redis:
                return bool(redis.ping())
        except (RedisError, OSError):
            return False

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other process start a server in the same home meanwhile."""
        with (self.folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _ending_with_us() -> list[str]:
    # Killed processes cannot end their children; on Linux the kernel does it. Elsewhere the server
    # stays, and the next process of the same home uses it.
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "TERM", "--"] if setpriv else []
