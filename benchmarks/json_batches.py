"""How many households a second come in over JSON: batches of 50 through the real server.

    export DATABASE_URL=postgresql+psycopg://…/scratch CENSUS_HOME=/tmp/scratch
    export CENSUS_DEMO_PASSWORD=…
    census db upgrade && census demo load --scale 0.01 --responses 0.05
    python -m benchmarks.json_batches --server gunicorn

Without DATABASE_URL it runs on SQLite in CENSUS_HOME. It starts the server on a free port of this
machine and ends it afterwards. Enumerators of the practice data sign in, fetch their workloads and
send every household once, some at the same time, in instances of 6 KB with three persons. Run it on
practice data only, and once: what was sent stays. At least 500 households a second are to be had on
PostgreSQL and two cores, while the same two cores also send.
"""

from __future__ import annotations

import json
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from random import Random
from typing import IO, Any
from uuid import uuid4

import click

from census.collection.questionnaires.sources import sample_instance

FORM, VERSION = "household", "2564.1"
SAMPLE_HOUSEHOLD = "22001011001-0042"
INSTANCE_ID = re.compile(r"uuid:[0-9a-f-]{36}")
INSTANCE_BYTES = 6_000
BATCH = 50
WARM_UP_BATCHES = 4
SECONDS_TO_START = 30
PASSWORD_VARIABLE = "CENSUS_DEMO_PASSWORD"  # noqa: S105  # pragma: allowlist secret
COMMANDS = {
    "serve": [sys.executable, "-m", "census", "serve"],
    "gunicorn": [sys.executable, "-m", "gunicorn", "-c", "config/gunicorn.py", "wsgi:app"],
}


@dataclass(frozen=True, slots=True)
class Batch:
    """What one enumerator sends at once, written out before the clock starts."""

    token: str
    body: bytes
    households: int


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a batch took, and how many of its households were accepted."""

    seconds: float
    accepted: int


@click.command()
@click.option("--server", type=click.Choice(sorted(COMMANDS)), default="serve", show_default=True)
@click.option("--batches", default=120, show_default=True, help="Batches of 50, at most.")
@click.option("--senders", default=4, show_default=True, help="How many send at the same time.")
def main(server: str, batches: int, senders: int) -> None:
    """Measure the way in for tablets."""
    password = os.environ.get(PASSWORD_VARIABLE, "")
    if not password:
        raise click.UsageError(f"{PASSWORD_VARIABLE} is not set")
    with _running(server) as port:
        waiting = _batches(port, password, WARM_UP_BATCHES + batches)
        if len(waiting) <= WARM_UP_BATCHES:
            raise click.ClickException("There is no practice data: `census demo load` comes first.")
        for batch in waiting[:WARM_UP_BATCHES]:
            _sent(port, batch)
        begun = time.perf_counter()
        with ThreadPoolExecutor(senders) as pool:
            answers = list(pool.map(lambda batch: _sent(port, batch), waiting[WARM_UP_BATCHES:]))
        _say(server, senders, answers, time.perf_counter() - begun)


def _batches(port: int, password: str, most: int) -> list[Batch]:
    """The households of one enumerator after another, in batches, until there are enough."""
    sample = _sample()
    found: list[Batch] = []
    number = 0
    while len(found) < most:
        number += 1
        signed_in = _asked(
            port,
            "POST",
            "/api/v1/tokens",
            body=json.dumps({"username": f"enumerator{number}", "password": password}).encode(),
        )
        if signed_in is None:
            break
        workload = _asked(port, "GET", "/api/v1/workload", token=signed_in["token"])
        if workload is None:
            raise click.ClickException("The workload cannot be had.")
        households = [each["id"] for area in workload["areas"] for each in area["households"]]
        for first in range(0, len(households), BATCH):
            some = households[first : first + BATCH]
            records = [_record(sample, household_id) for household_id in some]
            body = json.dumps({"submissions": records}).encode()
            found.append(Batch(signed_in["token"], body, len(some)))
    # Neighbours in this list are not of one enumerator, as they would not be on an evening.
    return Random(1).sample(found[:most], len(found[:most]))


def _record(sample: str, household_id: str) -> dict[str, str]:
    instance_id = f"uuid:{uuid4()}"
    text = INSTANCE_ID.sub(instance_id, sample, count=1).replace(SAMPLE_HOUSEHOLD, household_id)
    return {
        "instance_id": instance_id,
        "household_id": household_id,
        "mode": "face_to_face",
        "questionnaire": FORM,
        "version": VERSION,
        "device_id": "benchmark",
        "started_at": "2021-02-10T09:12:04+07:00",
        "ended_at": "2021-02-10T09:31:40+07:00",
        "instance": text,
    }


def _sample() -> str:
    """The questionnaire's own sample with three persons, made as large as instances usually are."""
    sample = sample_instance(FORM, VERSION).decode()
    missing = INSTANCE_BYTES - len(sample.encode()) - len("<remark></remark>")
    return sample.replace("</data>", f"<remark>{'x' * missing}</remark></data>")


def _sent(port: int, batch: Batch) -> Answer:
    begun = time.perf_counter()
    answer = _asked(port, "POST", "/api/v1/submissions", token=batch.token, body=batch.body)
    seconds = time.perf_counter() - begun
    if answer is None:
        raise click.ClickException("A batch was refused.")
    return Answer(seconds, sum(each["outcome"] == "accepted" for each in answer["results"]))


def _asked(
    port: int, verb: str, path: str, *, token: str = "", body: bytes | None = None
) -> dict[str, Any] | None:
    """What the server answers, or nothing where it says no."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(verb, path, body=body, headers=headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    if response.status not in (200, 201):
        return None
    answer: dict[str, Any] = json.loads(content)
    return answer


def _say(server: str, senders: int, answers: list[Answer], seconds: float) -> None:
    taken = sorted(answer.seconds * 1_000 for answer in answers)
    accepted = sum(answer.accepted for answer in answers)
    click.echo(
        f"{server}, {senders} at a time: {accepted:,} households in {len(answers)} batches, "
        f"{seconds:.1f} s: {accepted / seconds:,.0f} households/s"
    )
    last = taken[min(len(taken) - 1, int(0.99 * len(taken)))]
    click.echo(f"a batch: p50 {statistics.median(taken):.0f} ms   p99 {last:.0f} ms")


@contextmanager
def _running(server: str) -> Iterator[int]:
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
            yield port
        finally:
            process.terminate()
            process.wait(timeout=SECONDS_TO_START)


def _wait_for(process: subprocess.Popen[bytes], port: int, log: IO[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        try:
            if _asked(port, "GET", "/health/live") is not None:
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


if __name__ == "__main__":
    main()
