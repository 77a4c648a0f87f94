"""How long the server takes for the pages of progress, at the size of the database it is given.

    DATABASE_URL=postgresql+psycopg://… python -m benchmarks.province_page --requests 200

The requests go through the whole application, as a server would hand them over, one after another
and without a network. The reader is headquarters; the account is made for the benchmark and locked
again afterwards. Load a frame first: `census demo load --scale 1` for all 832,173 households.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from flask.testing import FlaskClient
from sqlalchemy import func, select, update

from census.accounts import services
from census.accounts.actors import COUNTRY
from census.accounts.codelists import Role
from census.accounts.models import BrowserSession, Token, User
from census.accounts.secrets import new_secret
from census.app import create_app
from census.core.clock import utcnow
from census.core.db import new_id, reading, transaction
from census.progress.models import Tally
from config.settings import Settings

LIMIT_MS = 100
WARM_UP = 5


@click.command()
@click.option(
    "--requests", default=200, show_default=True, help="How often each page is asked for."
)
@click.option("--province", default="20", show_default=True, help="The province to look at.")
def main(requests: int, province: str) -> None:
    """Measure the pages of progress; ends with 1 if one is slower than the promise."""
    app = create_app(Settings.from_environment())
    households, areas = _size()
    click.echo(
        f"{households:,} households in {areas:,} enumeration areas, {requests} requests each"
    )
    with _reader() as (session_secret, token):
        browser = app.test_client()
        with browser.session_transaction() as cookie:
            cookie["_user_id"] = session_secret
        machine = app.test_client()
        machine.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        pages: list[tuple[FlaskClient, str]] = [
            (browser, "/supervisor/progress"),
            (browser, f"/supervisor/progress/{province}"),
            (machine, "/api/v1/progress"),
            (machine, f"/api/v1/progress?area={province}"),
            (machine, "/api/v1/progress/kpi"),
            (machine, "/api/v1/progress/series"),
            (machine, "/api/v1/progress?by=ea"),
        ]
        medians = [_measure(client, path, requests) for client, path in pages]
    # The last one lists every enumeration area, which no page does.
    sys.exit(any(median > LIMIT_MS for median in medians[:-1]))


def _measure(client: FlaskClient, path: str, requests: int) -> float:
    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise click.ClickException(f"{path} answered {answer.status_code}")

    taken = [_milliseconds(ask) for _number in range(WARM_UP + requests)][WARM_UP:]
    median = statistics.median(taken)
    slowest = statistics.quantiles(taken, n=20)[-1] if len(taken) > 1 else taken[0]
    click.echo(f"{path:34} median {median:7.1f} ms   p95 {slowest:7.1f} ms")
    return median


def _milliseconds(act: Callable[[], None]) -> float:
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def _size() -> tuple[int, int]:
    with reading() as session:
        households, areas = session.execute(
            select(func.coalesce(func.sum(Tally.frame), 0), func.count()).select_from(Tally)
        ).one()
    return int(households), areas


@contextmanager
def _reader() -> Iterator[tuple[str, str]]:
    """Somebody of headquarters with a session and a token, who is gone after the benchmark."""
    at = utcnow()
    with transaction() as session:
        user = services.create_user(
            session,
            None,
            f"benchmark-{new_id().hex[-12:]}",
            role=Role.HEADQUARTERS,
            password=new_secret(),
            areas=[COUNTRY],
            at=at,
        )
        opened = services.open_session(session, user.id, at=at)
        issued = services.issue_token(session, user.id, at=at)
    try:
        yield opened.secret, issued.secret
    finally:
        with transaction() as session:
            session.execute(update(User).where(User.id == user.id).values(is_active=False))
            for table in (BrowserSession, Token):
                ended = update(table).where(table.user_id == user.id)
                session.execute(ended.values(revoked_at=utcnow()))


if __name__ == "__main__":
    main()
