"""Redis under attack: killed, emptied, away for a while."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

LOOK_EVERY_S = 0.02
START_TRIES = 250


class QueueServer:
    """A Redis server of the test's own, on a socket."""

    def __init__(self) -> None:
        """Say where it lives."""
        self.folder = Path(tempfile.mkdtemp(prefix="faults-redis-"))
        self.url = f"unix://{self.folder}/redis.sock"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self._process = subprocess.Popen(
            [
                *("redis-server", "--port", "0", "--save", "", "--appendonly", "yes"),
                *("--unixsocket", f"{self.folder}/redis.sock", "--dir", str(self.folder)),
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _try in range(START_TRIES):
            if is_there(self.url):
                return
            time.sleep(LOOK_EVERY_S)
        raise RuntimeError("redis-server does not start")

    def kill(self) -> None:
        """Kill it; it stays away until started."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def remove(self) -> None:
        """End it, and take its files away."""
        self.kill()
        shutil.rmtree(self.folder, ignore_errors=True)


def is_there(url: str) -> bool:
    """Whether a Redis server answers at this address."""
    try:
        with Redis.from_url(url, socket_timeout=1.0) as redis:
            return bool(redis.ping())
    except (RedisError, OSError):
        return False


def empty(url: str) -> None:
    """Take everything out of it, if it answers."""
    try:
        with Redis.from_url(url, socket_timeout=1.0) as redis:
            redis.flushall()
    except (RedisError, OSError):
        return


def kill_whoever_serves(url: str) -> None:
    """Kill the Redis server behind this address, whoever started it."""
    try:
        with Redis.from_url(url, socket_timeout=1.0) as redis:
            process = int(redis.info("server")["process_id"])
            os.kill(process, signal.SIGKILL)
    except (RedisError, OSError):
        return
