"""Submissions that arrive at the same time share a transaction.

A transaction costs much the same whether it keeps one submission or ten. While one is under way,
whoever arrives waits in line; the next one takes in all of them. Where others wait, it lets those
come back who were served last, for they usually bring their next. Each is answered after the commit
that keeps what it sent, and a fault in one sending never costs its neighbours theirs: what spoils a
shared transaction is tried again by itself.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Condition, Lock

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from census.accounts.actors import Actor
from census.collection.arrivals import Incoming, Received, understand
from census.collection.services import Sending, receive_understood
from census.core.clock import utcnow
from census.core.db import transaction
from census.core.errors import Unavailable

MOST_TOGETHER = 50
"""How many submissions share a transaction at most; a larger sending has one of its own."""

GATHERING_S = 0.01
"""How long a transaction waits at most for those it expects. Nobody alone in line waits at all."""

PATIENCE_S = 15.0
"""How long to stand in line for a transaction that does not end, before others need the thread."""

AWAY = (OperationalError, InterfaceError, PoolTimeout)
"""The database cannot be had now: trying again at once would only make it worse."""


@dataclass(eq=False, slots=True)
class _Ticket:
    """A sending in line, and then what became of it."""

    actor: Actor
    incoming: Sequence[Incoming]
    sending: Sending
    received: list[Received] = field(default_factory=list)
    error: Exception | None = None
    is_served: bool = False
    leads: bool = False
    """Its turn has come to serve whoever stands in line."""
    has_left: bool = False
    """Its sender was sent away; it is served all the same."""
    news: Lock = field(default_factory=Lock)
    """Held until it is served, or leads."""

    def __post_init__(self) -> None:
        self.news.acquire()


class Gatherer:
    """The line of those who wait for a transaction; one of them at a time serves several.

    Whoever has served hands on to the first who still waits. Those who were served go their way
    without passing through a gate, so the next transaction begins at once.
    """

    def __init__(self) -> None:
        """Begin with nobody in line."""
        self._line: deque[_Ticket] = deque()
        self._is_led = False
        self._expected = 1
        """How many submissions the next transaction waits a little for."""
        self._changing = Lock()
        self._has_grown = Condition(self._changing)

    def take_in(self, actor: Actor, incoming: Sequence[Incoming]) -> list[Received]:
        """Take submissions in, perhaps together with others'; returns after their commit."""
        # Whoever waits in line has read what it brings: the others need not wait for that.
        ticket = _Ticket(actor, incoming, _understood(actor, incoming))
        self._join(ticket)
        if not ticket.leads and not ticket.news.acquire(timeout=PATIENCE_S):
            self._leave(ticket)
        if ticket.leads:
            self._lead(ticket)
        if ticket.error is not None:
            raise ticket.error
        return ticket.received

    def _join(self, ticket: _Ticket) -> None:
        with self._changing:
            self._line.append(ticket)
            self._has_grown.notify()
            ticket.leads, self._is_led = not self._is_led, True

    def _leave(self, ticket: _Ticket) -> None:
        with self._changing:
            ticket.has_left = not (ticket.leads or ticket.is_served)
        if ticket.has_left:
            # Whoever is served after all, unheard, is told so when it comes again.
            raise Unavailable(reason="line")

    def _lead(self, own: _Ticket) -> None:
        served: list[_Ticket] = []
        try:
            self._wait_for_those_expected()
            while not own.is_served:
                together = self._next_in_line()
                _serve(together)
                served += together
        finally:
            self._hand_on(served)
            for ticket in served:
                if ticket is not own:
                    ticket.news.release()

    def _wait_for_those_expected(self) -> None:
        with self._changing:
            self._has_grown.wait_for(lambda: _number(self._line) >= self._expected, GATHERING_S)

    def _hand_on(self, served: Sequence[_Ticket]) -> None:
        with self._changing:
            expected = _number(served) + _number(self._line) if self._line else 1
            self._expected = min(expected, MOST_TOGETHER)
            heir = next((each for each in self._line if not each.has_left), None)
            self._is_led = heir is not None
            if heir is not None:
                heir.leads = True
                heir.news.release()

    def _next_in_line(self) -> list[_Ticket]:
        with self._changing:
            tickets = [self._line.popleft()]
            number = len(tickets[0].incoming)
            while self._line:
                number += len(self._line[0].incoming)
                if number > MOST_TOGETHER:
                    break
                tickets.append(self._line.popleft())
            return tickets


def _number(tickets: Iterable[_Ticket]) -> int:
    return sum(len(each.incoming) for each in tickets)


def _serve(tickets: list[_Ticket]) -> None:
    try:
        _keep(tickets)
    except AWAY as error:
        _give_up(tickets, error)
    except Exception as error:
        if len(tickets) == 1:
            _give_up(tickets, error)
        else:
            for ticket in tickets:
                ticket.sending = _understood(ticket.actor, ticket.incoming)
                _serve([ticket])


def _understood(actor: Actor, incoming: Sequence[Incoming]) -> Sending:
    return Sending(actor, [understand(one, actor) for one in incoming])


def _keep(tickets: list[_Ticket]) -> None:
    with transaction() as session:
        received = receive_understood(session, [each.sending for each in tickets], at=utcnow())
    for ticket, own in zip(tickets, received, strict=True):
        ticket.received, ticket.is_served = own, True


def _give_up(tickets: list[_Ticket], error: Exception) -> None:
    for ticket in tickets:
        ticket.error, ticket.is_served = error, True


_GATHERER = Gatherer()


def take_in(actor: Actor, incoming: Sequence[Incoming]) -> list[Received]:
    """Take in what one request sends, together with others that arrive at the same time."""
    return _GATHERER.take_in(actor, incoming)
