"""How long a reviewer waits: the list of batches, one batch, one household, and a decision on all.

    DATABASE_URL=postgresql+psycopg://…/scratch python -m benchmarks.batch_page --requests 50

The requests go through the whole application, as a server would hand them over, one after another
and without a network. The reader is a provincial office; the account is made for the benchmark and
locked again afterwards. Every household of one enumeration area answers, is approved and returned,
so run it on practice data only: `census demo load` first, with `--scale 1` for 832,173 households.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

import click
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from census.accounts import services as accounts
from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.models import User
from census.accounts.secrets import new_secret
from census.app import create_app
from census.collection.arrivals import Incoming
from census.collection.models import Case
from census.collection.questionnaires.sources import sample_instance
from census.collection.services import receive_submissions
from census.core.clock import utcnow
from census.core.db import new_id, reading, transaction
from config.settings import Settings

HOUSEHOLDS = 200
SENT_AT_ONCE = 50
WARM_UP = 3
FORM, VERSION = "household", "2564.1"
SAMPLE_HOUSEHOLD = "22001011001-0042"
INSTANCE_ID = re.compile(r"uuid:[0-9a-f-]{36}")


@click.command()
@click.option("--requests", default=50, show_default=True, help="How often each page is asked for.")
@click.option("--province", default="20", show_default=True, help="The province to work in.")
def main(requests: int, province: str) -> None:
    """Measure the review of one enumeration area."""
    app = create_app(Settings.from_environment())
    ea_code, households = _area_of(province)
    _let_everybody_answer(ea_code, households)
    click.echo(f"area {ea_code}: {len(households)} households, {requests} requests each")
    with _reviewer(province) as (session_secret, token):
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = session_secret
        machine = app.test_client()
        machine.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        for client, path in (
            (browser, "/supervisor/"),
            (browser, "/supervisor/?status=ready"),
            (browser, f"/supervisor/batches/{ea_code}"),
            (browser, f"/supervisor/households/{households[0]}"),
            (machine, "/api/v1/batches"),
            (machine, f"/api/v1/batches/{ea_code}"),
        ):
            _say(path, [_asked(client, path) for _number in range(WARM_UP + requests)][WARM_UP:])
        _say_decisions(machine, ea_code, households)


def _say_decisions(machine: FlaskClient, ea_code: str, households: list[str]) -> None:
    """Approve all and return all, a few times over."""
    address = f"/api/v1/batches/{ea_code}"
    taken: dict[str, list[float]] = {"approve": [], "return": []}
    for _round in range(WARM_UP + 5):
        for verb in taken:
            seen = {"If-Match": machine.get(address).headers["ETag"]}
            content = {"households": households, "override": {"reason": "A benchmark"}}
            if verb == "return":
                content = {"households": households, "reason": "A benchmark"}
                taken[verb].append(_posted(machine, f"{address}/{verb}", content, seen))
                _let_everybody_answer(ea_code, households)
            else:
                taken[verb].append(_posted(machine, f"{address}/{verb}", content, seen))
    for verb, milliseconds in taken.items():
        _say(f"{verb} {len(households)} households", milliseconds[WARM_UP:])


def _area_of(province: str) -> tuple[str, list[str]]:
    """The enumeration area whose size is nearest to the usual one, and its households."""
    with reading() as session:
        distance = func.abs(func.count() - HOUSEHOLDS)
        ea_code = session.scalar(
            select(Case.ea_code)
            .where(Case.province_code == province)
            .group_by(Case.ea_code)
            .order_by(distance, Case.ea_code)
            .limit(1)
        )
        if ea_code is None:
            raise click.ClickException("There is no household: `census demo load` comes first.")
        rows = select(Case.household_id).where(Case.ea_code == ea_code).order_by(Case.household_id)
        return ea_code, list(session.scalars(rows))


def _let_everybody_answer(ea_code: str, households: list[str]) -> None:
    enumerator = Actor(new_id(), "benchmark", Role.ENUMERATOR, frozenset({ea_code}))
    sample = sample_instance(FORM, VERSION).decode()
    for first in range(0, len(households), SENT_AT_ONCE):
        some = households[first : first + SENT_AT_ONCE]
        sent = [_incoming(sample, household_id) for household_id in some]
        with transaction() as session:
            receive_submissions(session, enumerator, sent, at=utcnow())


def _incoming(sample: str, household_id: str) -> Incoming:
    instance_id = f"uuid:{uuid4()}"
    text = INSTANCE_ID.sub(instance_id, sample, count=1).replace(SAMPLE_HOUSEHOLD, household_id)
    return Incoming(instance_id, text.encode(), household_id, None, FORM, VERSION)


def _asked(client: FlaskClient, path: str) -> float:
    return _milliseconds(lambda: client.get(path).status_code, path)


def _posted(
    client: FlaskClient, path: str, content: dict[str, object], headers: dict[str, str]
) -> float:
    return _milliseconds(lambda: client.post(path, json=content, headers=headers).status_code, path)


def _milliseconds(ask: Callable[[], int], path: str) -> float:
    begun = time.perf_counter()
    status = ask()
    taken = (time.perf_counter() - begun) * 1_000
    if status != 200:
        raise click.ClickException(f"{path} answered {status}")
    return taken


def _say(what: str, taken: list[float]) -> None:
    click.echo(
        f"{what:46} median {statistics.median(taken):7.1f} ms   slowest {max(taken):7.1f} ms"
    )


@contextmanager
def _reviewer(province: str) -> Iterator[tuple[str, str]]:
    """Somebody of the provincial office, for as long as the measuring takes."""
    with transaction() as session:
        user = accounts.create_user(
            session,
            None,
            f"benchmark-{uuid4().hex[:8]}",
            role=Role.PROVINCE,
            password=new_secret(),
            areas=[province],
            at=utcnow(),
        )
        opened = accounts.open_session(session, user.id, at=utcnow())
        issued = accounts.issue_token(session, user.id, at=utcnow())
    try:
        yield opened.secret, issued.secret
    finally:
        with transaction() as session:
            session.execute(update(User).where(User.id == user.id).values(is_active=False))


if __name__ == "__main__":
    main()
