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
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from random import Random
from typing import Any

import click

from benchmarks._instances import FORM, VERSION, instance_for, new_instance_id, padded_sample
from benchmarks._server import COMMANDS, running

BATCH = 50
WARM_UP_BATCHES = 4
PASSWORD_VARIABLE = "CENSUS_DEMO_PASSWORD"  # noqa: S105  # pragma: allowlist secret


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
    with running(server) as started:
        port = started.port
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
    sample = padded_sample()
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
    instance_id = new_instance_id()
    text = instance_for(sample, instance_id, household_id)
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


if __name__ == "__main__":
    main()
