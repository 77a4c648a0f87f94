"""The page of states and messages says what the table says, about all of it."""

from __future__ import annotations

from pathlib import Path

from census.collection.transitions import STATES, Base, Message, State, transition
from census.collection.transitions_page import BASES, MESSAGES, page

PAGE = Path(__file__).parents[2] / "docs" / "transitions.md"


def test_the_published_page_is_the_one_the_table_makes():
    assert PAGE.read_text(encoding="utf-8") == page()


def test_every_state_and_every_message_has_a_name_in_both_languages():
    assert set(BASES) == set(Base)
    assert set(MESSAGES) == set(Message)


def test_every_state_but_the_first_is_reached_from_another_one():
    found = {
        cell.next
        for state in STATES
        for message in Message
        if (cell := transition(state, message)) is not None and cell.next != state
    }

    assert found == set(STATES) - {State(Base.OPEN)}
