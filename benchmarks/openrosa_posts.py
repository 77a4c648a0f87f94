"""How many submissions a second come in over OpenRosa, each in a request of its own.

    export DATABASE_URL=postgresql+psycopg://…/scratch CENSUS_HOME=/tmp/scratch
    export CENSUS_DEMO_PASSWORD=…
    census db upgrade && census demo load --scale 0.05 --responses 0.01
    python -m benchmarks.openrosa_posts --server gunicorn

It starts the server on a free port of this machine and ends it afterwards. Every household of the
practice data that has not answered is sent once, in an instance of 6 KB with three persons, over
connections that stay open, the senders of different areas mixed. Everything is done as ever: edits,
case, tally, event; every answer leaves after a durable commit. Run it on practice data only, and
once: what was sent stays. It says how much was stored before, so that runs at 10 thousand
and at a million can be put side by side; `benchmarks.scratch.stored_submissions` fills a database.
"""

from __future__ import annotations

import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from random import Random

import click
from sqlalchemy import func, make_url, select

from benchmarks import _processor
from benchmarks._instances import instance_for, new_instance_id, padded_sample
from benchmarks._server import COMMANDS, Running, running
from census.accounts.codelists import TokenKind
from census.accounts.services import issue_token
from census.app import connect
from census.assignment.models import Lease
from census.collection.models import Case, Receipt
from census.core import db
from census.core.clock import utcnow
from config.settings import Settings

BOUNDARY = "sammano-benchmark"
WARM_UP = 200
OF_ONE_TABLET = 25
"""A tablet that comes online sends its records over one connection, one by one, and goes."""


@dataclass(frozen=True, slots=True)
class Post:
    """A request, written out before the clock starts."""

    path: str
    body: bytes


@click.command()
@click.option("--server", type=click.Choice(sorted(COMMANDS)), default="gunicorn")
@click.option("--posts", default=4_000, show_default=True, help="Submissions, at most.")
@click.option("--connections", default=8, show_default=True)
def main(server: str, posts: int, connections: int) -> None:
    """Measure the way in for ODK Collect."""
    connect(Settings.from_environment())
    waiting = _posts(WARM_UP + posts)
    stored = _stored()
    db.disconnect()
    if len(waiting) <= WARM_UP:
        raise click.ClickException("There is no practice data: `census demo load` comes first.")
    with running(server) as started:
        _send_all(started.port, waiting[:WARM_UP], connections)
        before, begun = _used(started), time.perf_counter()
        seconds = _send_all(started.port, waiting[WARM_UP:], connections)
        elapsed, after = time.perf_counter() - begun, _used(started)
    _say(server, connections, stored, seconds, elapsed)
    _say_where(len(seconds), before, after)


def _used(started: Running) -> dict[str, float]:
    """Processor seconds used so far by each who takes part."""
    database = make_url(Settings.from_environment().database_url).database or ""
    return {
        "server": _processor.of_tree(started.pid),
        "PostgreSQL": _processor.of_database(database),
        "client": time.process_time(),
    }


def _say_where(posts: int, before: dict[str, float], after: dict[str, float]) -> None:
    shares = (f"{who} {(after[who] - before[who]) / posts * 1_000:.2f} ms" for who in after)
    load = os.getloadavg()[0]
    click.echo(f"processor for each: {'   '.join(shares)}   (load of the machine {load:.1f})")


def _stored() -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Receipt)) or 0


def _posts(most: int) -> list[Post]:
    """A request for each household that has not answered, neighbours apart from each other."""
    sample = padded_sample()
    waiting = (
        select(Case.household_id, Lease.enumerator_id)
        .join(Lease, Lease.ea_code == Case.ea_code)
        .where(Lease.ended_at.is_(None), Case.disposition.is_(None))
        .order_by(func.substr(Case.household_id, 13), Case.household_id)
        .limit(most)
    )
    with db.transaction() as session:
        rows = session.execute(waiting).all()
        tokens = {
            each: issue_token(session, each, at=utcnow(), kind=TokenKind.OPENROSA).secret
            for each in {row.enumerator_id for row in rows}
        }
    posts = [
        Post(f"/openrosa/{tokens[row.enumerator_id]}/submission", _body(sample, row.household_id))
        for row in rows
    ]
    return Random(1).sample(posts, len(posts))


def _body(sample: str, household_id: str) -> bytes:
    record = instance_for(sample, new_instance_id(), household_id)
    return (
        f"--{BOUNDARY}\r\n"
        'Content-Disposition: form-data; name="xml_submission_file"; filename="record.xml"\r\n'
        f"Content-Type: text/xml\r\n\r\n{record}\r\n--{BOUNDARY}--\r\n"
    ).encode()


def _send_all(port: int, posts: list[Post], connections: int) -> list[float]:
    """Send over so many connections at once; how long each request took, in seconds."""
    with ThreadPoolExecutor(connections) as pool:
        parts = [posts[first::connections] for first in range(connections)]
        taken = pool.map(lambda part: _send(port, part), parts)
        return [seconds for part in taken for seconds in part]


def _send(port: int, posts: list[Post]) -> list[float]:
    headers = {
        "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
        "X-OpenRosa-Version": "1.0",
    }
    taken = []
    for first in range(0, len(posts), OF_ONE_TABLET):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        for post in posts[first : first + OF_ONE_TABLET]:
            begun = time.perf_counter()
            connection.request("POST", post.path, body=post.body, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 201:
                raise click.ClickException(f"A submission was answered {answer.status}.")
            taken.append(time.perf_counter() - begun)
        connection.close()
    return taken


def _say(server: str, connections: int, stored: int, seconds: list[float], elapsed: float) -> None:
    taken = sorted(each * 1_000 for each in seconds)
    last = taken[int(0.99 * (len(taken) - 1))]
    click.echo(
        f"{server}, {connections} connections, {stored:,} stored before: {len(taken):,} "
        f"submissions in {elapsed:.1f} s: {len(taken) / elapsed:,.0f}/s   "
        f"p50 {statistics.median(taken):.0f} ms   p99 {last:.0f} ms   max {taken[-1]:.0f} ms"
    )


if __name__ == "__main__":
    main()
