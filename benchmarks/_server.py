"""The server in a process of its own, for as long as the measuring takes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import IO

import click

SECONDS_TO_START = 90
COMMANDS = {
    "serve": [sys.executable, "-m", "census", "serve"],
    "gunicorn": [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "wsgi:app"],
}


@dataclass(frozen=True, slots=True)
class Running:
    """A server that answers: its port, and the process that leads it."""

    port: int
    pid: int


@contextmanager
def running(server: str) -> Iterator[Running]:
    """The server in a process of its own, for as long as the measuring takes."""
    port = _free_port()
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            COMMANDS[server],
            env=os.environ | {"PORT": str(port)},
            cwd=Path(__file__).parent.parent,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(process, port, log)
            yield Running(port, process.pid)
        finally:
            process.terminate()
            process.wait(timeout=SECONDS_TO_START)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if _is_alive(port):
                return
        except OSError:
            time.sleep(0.1)
    log.seek(0)
    raise click.ClickException(f"the server does not answer:\n{log.read().decode()}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _is_alive(port: int) -> bool:
    connection = HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    finally:
        connection.close()
