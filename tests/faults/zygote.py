"""A process that has put the application together and forks it, so that a start is quick.

It reads an order a line, in JSON: the role (`gunicorn`, `serve` or `worker`) and the environment.
The fork leads a session of its own, says its process id, and becomes that program; it ends with
this process.
"""

from __future__ import annotations

import json
import os
import signal
import sys

from tests.faults import served

ROLES = {
    "gunicorn": served.serve_from_gunicorn,
    "serve": served.serve_from_one_process,
    "worker": served.work_off_jobs,
}


def main() -> None:
    """Fork until nobody asks any more, then end whatever was forked."""
    _prepare()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    forked: list[int] = []
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            order = json.loads(line)
            os.environ.update(order["environment"])
            _become(order["role"])
        forked.append(child)
    for child in forked:
        _end(child)


def _become(role: str) -> None:
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    print(os.getpid(), flush=True)
    log = os.open(os.environ["FAULTS_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(log, 1)
    os.dup2(log, 2)
    try:
        ROLES[role]()
    finally:
        os._exit(1)


def _end(leader: int) -> None:
    try:
        os.killpg(leader, signal.SIGKILL)
    except ProcessLookupError:
        return


def _prepare() -> None:
    import gunicorn.app.wsgiapp
    import gunicorn.workers.gthread  # noqa: F401
    import psycopg  # noqa: F401
    import waitress  # noqa: F401

    import census.commands.serve  # noqa: F401

    served.put_together()


if __name__ == "__main__":
    main()
