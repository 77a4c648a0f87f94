"""Every state of a household's case, every message about it, and what follows: the whole table.

The table is what the services do, written down once more by hand; a test drives every cell of it
through them, on both engines. The page for readers is written from here as well.

A state says how far the review has come and whether a response counts. In a state that is held, a
correction waits besides for the submission it corrects. Nothing but the arrival of that submission
and the closing of the area treats such a household otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class Base(StrEnum):
    """How a case stands, as far as messages are treated differently."""

    OPEN = "open"
    FOUND = "found"
    ANSWERED = "answered"
    CHOSEN = "chosen"
    APPROVED_FOUND = "approved_found"
    APPROVED = "approved"
    RETURNED_FOUND = "returned_found"
    RETURNED = "returned"
    CLOSED = "closed"


class Message(StrEnum):
    """What can come: from the field, from the household, or from whoever reviews it."""

    BETTER = "better"
    WORSE = "worse"
    EQUAL = "equal"
    CORRECTION = "correction"
    EARLY_CORRECTION = "early_correction"
    ORIGINAL = "original"
    REPEAT = "repeat"
    VARIANT = "variant"
    UNREADABLE = "unreadable"
    FINAL_VISIT = "final_visit"
    INTERIM_VISIT = "interim_visit"
    EVIDENCE = "evidence"
    APPROVE = "approve"
    APPROVE_WITH_REASONS = "approve_with_reasons"
    RETURN = "return"
    CHOOSE = "choose"
    WITHDRAW = "withdraw"
    VOID = "void"
    ASSIGN = "assign"
    LEASE = "lease"
    CLOSE = "close"
    REOPEN = "reopen"


class Counts(StrEnum):
    """Which response counts afterwards."""

    NONE = "none"
    SAME = "same"
    NEW = "new"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class State:
    """A state of a case: how it stands, and whether a correction waits for its original."""

    base: Base
    is_held: bool = False

    def __str__(self) -> str:
        """The name of the state, short."""
        return f"{self.base}+held" if self.is_held else str(self.base)


@dataclass(frozen=True, slots=True)
class Transition:
    """What follows a message: what its sender is told, the next state, and what counts then.

    `told` is an outcome, with the code of its reason where there is one; or the code of a refusal;
    or `done`.
    """

    told: str
    next: State
    counts: Counts


STATES = (
    *(State(base) for base in Base),
    *(State(base, is_held=True) for base in Base if base is not Base.CLOSED),
)

# One line a message; the columns are those of `Base`. A cell reads `told > next, counts`; without
# a next state nothing changes. A dash: the message cannot come, there is nothing it could be about.
_TABLE = """
better               | accepted > answered, new | accepted > answered, new | accepted > answered, new | accepted > chosen, same | accepted > approved_found, none | accepted > approved, same | accepted > answered, new | accepted > answered, new | quarantined area.closed
worse                | accepted > answered, new | accepted > answered, new | accepted > answered, same | accepted > chosen, same | accepted > approved_found, none | accepted > approved, same | accepted > answered, new | accepted > answered, new | quarantined area.closed
equal                | - | - | accepted > answered, same | accepted > chosen, same | - | accepted > approved, same | - | accepted > answered, new | quarantined area.closed
correction           | - | - | accepted > answered, new | accepted > chosen, new | - | accepted > approved, same | - | accepted > answered, new | quarantined area.closed
early_correction     | quarantined submission.original_missing > open+held, none | quarantined submission.original_missing > found+held, none | quarantined submission.original_missing > answered+held, same | quarantined submission.original_missing > chosen+held, same | quarantined submission.original_missing > approved_found+held, none | quarantined submission.original_missing > approved+held, same | quarantined submission.original_missing > returned_found+held, none | quarantined submission.original_missing > returned+held, same | quarantined area.closed
original             | - | - | - | - | - | - | - | - | -
repeat               | - | - | duplicate | duplicate | - | duplicate | - | duplicate | duplicate
variant              | - | - | conflict submission.conflict | conflict submission.conflict | - | conflict submission.conflict | - | conflict submission.conflict | conflict submission.conflict
unreadable           | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable | quarantined submission.unreadable
final_visit          | accepted > found, none | accepted | accepted | accepted | accepted | accepted | accepted > found, none | accepted | quarantined area.closed
interim_visit        | accepted | accepted | accepted | accepted | accepted | accepted | accepted | accepted | quarantined area.closed
evidence             | - | done | - | - | done | - | done | - | -
approve              | batch.not_submitted | batch.evidence_missing | done > approved, same | done > approved, same | batch.not_submitted | batch.not_submitted | batch.not_submitted | batch.not_submitted | batch.closed
approve_with_reasons | batch.not_submitted | done > approved_found, none | done > approved, same | done > approved, same | batch.not_submitted | batch.not_submitted | batch.not_submitted | batch.not_submitted | batch.closed
return               | batch.not_submitted | done > returned_found, none | done > returned, same | done > returned, same | done > returned_found, none | done > returned, same | batch.not_submitted | batch.not_submitted | batch.closed
choose               | - | - | done > chosen, other | done > chosen, other | - | done > chosen, other | - | done > returned, other | batch.closed
withdraw             | response.not_chosen | response.not_chosen | response.not_chosen | done > answered, other | response.not_chosen | response.not_chosen | response.not_chosen | response.not_chosen | batch.closed
void                 | - | - | done > answered, other | done > answered, other | - | done > answered, other | - | done > returned, other | batch.closed
assign               | done > answered, new | done > answered, new | done > answered, new | done > chosen, same | done > approved_found, none | done > approved, same | done > answered, new | done > answered, new | area.closed
lease                | done | done | done | done | done | done | done | done | done
close                | batch.incomplete | batch.incomplete | batch.incomplete | batch.incomplete | done > closed, none | done > closed, same | batch.incomplete | batch.incomplete | batch.closed
reopen               | batch.not_closed | batch.not_closed | batch.not_closed | batch.not_closed | batch.not_closed | batch.not_closed | batch.not_closed | batch.not_closed | done > approved, same
"""  # noqa: E501 - a table is read across

# What a held state does otherwise than the same state without a correction that waits.
_HELD = """
original             | accepted > answered, other | accepted > answered, other | accepted > answered, other | accepted > chosen, same | accepted > approved_found, none | accepted > approved, same | accepted > answered, other | accepted > answered, other
close                | batch.incomplete | batch.incomplete | batch.incomplete | batch.incomplete | batch.incomplete | batch.incomplete | batch.incomplete | batch.incomplete
"""  # noqa: E501


def transition(state: State, message: Message) -> Transition | None:
    """What follows the message in this state; nothing where it cannot come."""
    if not state.is_held:
        return _CELLS[message, state.base]
    if message in _HELD_MESSAGES:
        return _HELD_CELLS[message, state.base]
    plain = _CELLS[message, state.base]
    return plain and Transition(plain.told, State(plain.next.base, is_held=True), plain.counts)


def _cells(
    table: str, *, is_held: bool = False
) -> Iterator[tuple[tuple[Message, Base], Transition | None]]:
    for line in table.strip().splitlines():
        name, *cells = (part.strip() for part in line.split("|"))
        for base, cell in zip(Base, cells, strict=False):
            yield (Message(name), base), _cell(State(base, is_held), cell)


def _cell(state: State, text: str) -> Transition | None:
    if text == "-":
        return None
    told, _sign, then = text.partition(" > ")
    if not then:
        stays = Counts.SAME if state.base in _WITH_RESPONSE else Counts.NONE
        return Transition(told, state, stays)
    following, _comma, counts = then.partition(", ")
    name, _plus, held = following.partition("+")
    return Transition(told, State(Base(name), is_held=bool(held)), Counts(counts))


_WITH_RESPONSE = (Base.ANSWERED, Base.CHOSEN, Base.APPROVED, Base.RETURNED, Base.CLOSED)
_CELLS = dict(_cells(_TABLE))
_HELD_CELLS = dict(_cells(_HELD, is_held=True))
_HELD_MESSAGES = frozenset(message for message, _base in _HELD_CELLS)
