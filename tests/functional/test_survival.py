"""Killing the server at any moment loses no acknowledged submission and leaves tally = recount."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from queue import Empty, Queue
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from sqlalchemy import select

from census.accounts.services import issue_token
from census.collection.codelists import Standing
from census.collection.models import Case, Receipt, Submission
from census.collection.services.keeping import unseal_raw
from census.core import db, events, jobs, sealed
from census.core.clock import utcnow
from census.progress.services import differences_from_recount
from tests.factories.census import SmallCensus, small_census
from tests.factories.submissions import envelope
from tests.functional.servers import Server

HOUSEHOLDS = 160
BATCH = 4
SENDERS = 3
KILLS = 4


@dataclass
class Outbox:
    """What the tablets still hold: a batch leaves it only when the server has acknowledged it."""

    address: str
    token: str
    waiting: Queue[list[dict[str, str]]] = field(default_factory=Queue)
    acknowledged: dict[str, str] = field(default_factory=dict)
    unexpected: list[int] = field(default_factory=list)
    progress: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))

    def drain(self) -> None:
        """Send until nothing waits; whatever was not answered is sent again."""
        while True:
            try:
                batch = self.waiting.get_nowait()
            except Empty:
                return
            if not self._send(batch):
                self.waiting.put(batch)

    def _send(self, batch: list[dict[str, str]]) -> bool:
        request = Request(
            f"{self.address}/api/v1/submissions",
            data=json.dumps({"submissions": batch}).encode(),
            headers={
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
            },
        )
        try:
            with urlopen(request, timeout=30) as answer:
                results = json.load(answer)["results"]
        except HTTPError as refusal:
            if refusal.code != 503:
                self.unexpected.append(refusal.code)
                return True
            return False
        except (OSError, HTTPException, ValueError):
            threading.Event().wait(0.05)
            return False
        for sent, result in zip(batch, results, strict=True):
            assert result["outcome"] in ("accepted", "duplicate")
            self.acknowledged[sent["instance_id"]] = sent["instance"]
        self.progress.release()
        return True


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home for the server, with the keys this test can read."""
    home = tmp_path / "home"
    home.mkdir()
    sealed.connect(sealed.load_keyring(home / "keys.json"))
    return home


def test_killing_the_server_loses_no_acknowledged_submission(database_url: str, home: Path) -> None:
    census, token = prepare(database_url)
    server = Server(database_url, home)
    outbox = Outbox(server.address, token)
    fill(outbox, census)
    senders = [threading.Thread(target=outbox.drain) for _ in range(SENDERS)]

    server.start()
    for sender in senders:
        sender.start()
    for _kill in range(KILLS):
        for _batch in range(HOUSEHOLDS // BATCH // (KILLS + 2)):
            assert outbox.progress.acquire(timeout=60)
        server.kill()
        server.start()
    for sender in senders:
        sender.join(timeout=120)
    server.kill()

    assert outbox.unexpected == []
    assert len(outbox.acknowledged) == HOUSEHOLDS
    expect_everything_kept_once(database_url, outbox.acknowledged)


def prepare(database_url: str) -> tuple[SmallCensus, str]:
    """A small census in the database, and a token of its enumerator."""
    db.connect(database_url)
    jobs.connect_nothing()
    with db.transaction() as session:
        census = small_census(session, households=HOUSEHOLDS)
        token = issue_token(session, census.enumerator.id, at=utcnow())
    db.disconnect()
    return census, token.secret


def fill(outbox: Outbox, census: SmallCensus) -> None:
    """One response a household, in batches."""
    for first in range(1, HOUSEHOLDS + 1, BATCH):
        serials = range(first, first + BATCH)
        outbox.waiting.put([envelope(census.household(serial)) for serial in serials])


def expect_everything_kept_once(database_url: str, acknowledged: dict[str, str]) -> None:
    """Every acknowledged submission is there once, byte for byte, and everything agrees with it."""
    db.connect(database_url)
    with db.reading() as session:
        kept = session.scalars(select(Submission)).all()
        opened = {each.instance_id: unseal_raw(each.raw_sealed, each.id).decode() for each in kept}
        cases = session.scalars(select(Case.revision).where(Case.disposition.is_not(None))).all()
        receipts = set(session.scalars(select(Receipt.sha256)))
        drift = list(differences_from_recount(session))
    with db.transaction() as session:
        events.number_committed(session)
    with db.reading() as session:
        broken = events.first_broken_link(session)

    assert opened == acknowledged
    assert len(kept) == len(acknowledged)
    assert {each.standing for each in kept} == {Standing.COUNTING}
    assert list(cases) == [1] * len(acknowledged)
    assert receipts == {hashlib.sha256(text.encode()).digest() for text in acknowledged.values()}
    assert (drift, broken) == ([], None)
