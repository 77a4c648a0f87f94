"""Submissions that arrive together share a transaction, and nobody pays for a neighbour's fault."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from census.accounts.actors import Actor
from census.collection.arrivals import Incoming
from census.collection.codelists import Outcome
from census.collection.models import Submission
from census.core import db, events
from census.core.errors import Unavailable
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from census.web import gathering
from census.web.gathering import Gatherer
from tests.factories.census import AWAY, SmallCensus, small_census
from tests.factories.submissions import incoming

HOUSEHOLDS = 6

Sent = tuple[Actor, list[Incoming]]


@pytest.fixture
def census(database: None) -> SmallCensus:
    """A small census whose commits are real."""
    events.connect(REACTIONS)
    with db.transaction() as session:
        return small_census(session, households=HOUSEHOLDS)


class Line:
    """A line in which everybody stands before the first transaction begins."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.together: list[int] = []
        """How many sendings shared each transaction that was tried."""
        self._gatherer = Gatherer()
        self._everybody_waits = Event()
        self._keep = gathering._keep
        monkeypatch.setattr(gathering, "_keep", self._keep_later)

    def send_all(self, sendings: list[Sent]) -> list[object]:
        """Send everything at once; what became of each, or the error it met."""
        with ThreadPoolExecutor(len(sendings)) as pool:
            sent = [pool.submit(self.send, each) for each in sendings]
            while len(self._gatherer._line) < len(sendings) - 1:
                time.sleep(0.001)
            self.let_go()
            return [each.result(timeout=30) for each in sent]

    def let_go(self) -> None:
        """Let the first transaction go on."""
        self._everybody_waits.set()

    def send(self, sending: Sent) -> object:
        """Send one; what became of it, or the error it met."""
        try:
            return self._gatherer.take_in(*sending)[0].outcome
        except Exception as error:
            return type(error)

    def _keep_later(self, tickets: list[gathering._Ticket]) -> None:
        self.together.append(len(tickets))
        assert self._everybody_waits.wait(timeout=10)
        self._keep(tickets)


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    """A line to stand in."""
    return Line(monkeypatch)


def test_those_in_line_share_a_transaction_and_keep_their_own_senders(
    census: SmallCensus, line: Line
) -> None:
    sendings = [
        (census.enumerator, [incoming(census.household(serial))]) for serial in (1, 2, 3)
    ] + [(census.neighbour, [incoming(census.household(serial, AWAY))]) for serial in (1, 2)]

    outcomes = line.send_all(sendings)

    assert outcomes == [Outcome.ACCEPTED] * 5
    assert line.together == [1, 4]
    with db.reading() as session:
        by_sender = dict(
            session.execute(
                select(Submission.sender_id, func.count()).group_by(Submission.sender_id)
            ).all()
        )
        assert by_sender == {census.enumerator.id: 3, census.neighbour.id: 2}
        assert list(differences_from_recount(session)) == []


def test_a_household_of_another_sender_is_foreign_even_in_a_shared_transaction(
    census: SmallCensus, line: Line
) -> None:
    sendings = [
        (census.enumerator, [incoming(census.household(1))]),
        (census.enumerator, [incoming(census.household(1, AWAY))]),
        (census.neighbour, [incoming(census.household(2, AWAY))]),
    ]

    outcomes = line.send_all(sendings)

    assert outcomes == [Outcome.ACCEPTED, Outcome.QUARANTINED, Outcome.ACCEPTED]


def test_what_spoils_a_shared_transaction_is_tried_alone(
    census: SmallCensus, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt = incoming(census.household(2))
    receive = gathering.receive_understood

    def fail_for_one(session, sendings, *, at):  # type: ignore[no-untyped-def]
        if any(spoilt is arrival.incoming for each in sendings for arrival in each.arrivals):
            raise RuntimeError("a fault of ours")
        return receive(session, sendings, at=at)

    monkeypatch.setattr(gathering, "receive_understood", fail_for_one)
    sendings = [
        (census.enumerator, [incoming(census.household(1))]),
        (census.enumerator, [spoilt]),
        (census.enumerator, [incoming(census.household(3))]),
    ]

    outcomes = line.send_all(sendings)

    assert outcomes == [Outcome.ACCEPTED, RuntimeError, Outcome.ACCEPTED]
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == 2


def test_a_database_that_is_away_is_not_asked_again_for_each(
    census: SmallCensus, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(session, sendings, *, at):  # type: ignore[no-untyped-def]
        raise OperationalError("", {}, Exception())

    monkeypatch.setattr(gathering, "receive_understood", fail)
    sendings = [(census.enumerator, [incoming(census.household(serial))]) for serial in (1, 2, 3)]

    outcomes = line.send_all(sendings)

    assert outcomes == [OperationalError] * 3
    assert line.together == [1, 2]


def test_a_large_sending_has_a_transaction_of_its_own(
    census: SmallCensus, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "MOST_TOGETHER", 3)
    sendings = [
        (census.enumerator, [incoming(census.household(each)) for each in pair])
        for pair in ((1, 2), (3, 4), (5, 6))
    ]

    outcomes = line.send_all(sendings)

    assert outcomes == [Outcome.ACCEPTED] * 3
    assert line.together == [1, 1, 1]


def test_those_who_were_served_may_join_the_next_transaction(
    census: SmallCensus, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "GATHERING_S", 10.0)
    first, *others, next_of_first = [
        (census.enumerator, [incoming(census.household(serial))]) for serial in (1, 2, 3, 4)
    ]

    with ThreadPoolExecutor(3) as pool:
        served = pool.submit(line.send, first)
        while not line.together:
            time.sleep(0.001)
        waiting = [pool.submit(line.send, each) for each in others]
        while len(line._gatherer._line) < len(others):
            time.sleep(0.001)
        line.let_go()
        served.result(timeout=30)
        line.send(next_of_first)
        assert {each.result(timeout=30) for each in waiting} == {Outcome.ACCEPTED}

    assert line.together == [1, 3]


def test_whoever_is_alone_in_line_does_not_wait(
    census: SmallCensus, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "GATHERING_S", 3600.0)
    line.let_go()

    outcomes = [
        line.send((census.enumerator, [incoming(census.household(serial))])) for serial in (1, 2)
    ]

    assert outcomes == [Outcome.ACCEPTED] * 2


def test_nobody_stands_in_line_for_ever(
    census: SmallCensus, line: Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gathering, "PATIENCE_S", 0.05)
    hanging = (census.enumerator, [incoming(census.household(1))])
    impatient = (census.enumerator, [incoming(census.household(2))])

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(line.send, hanging)
        while not line.together:
            time.sleep(0.001)
        told = line.send(impatient)
        line.let_go()
        assert first.result(timeout=30) == Outcome.ACCEPTED

    assert told == Unavailable
    assert line.send(impatient) in (Outcome.ACCEPTED, Outcome.DUPLICATE)
