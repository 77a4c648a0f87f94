"""Failed sign-ins are counted in the database, and nobody guesses faster for being many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts import passwords
from census.accounts.errors import TooManySignIns
from census.accounts.models import SignInFailure
from census.accounts.signing_in import begin_attempt, judge_attempt
from tests.factories import accounts

NOON = datetime(2020, 12, 1, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
HERE = "192.0.2.1"


@pytest.fixture(autouse=True)
def _cheap() -> None:
    passwords.use_cheap_hashing()


def fail(session: Session, username: str, *, address: str = HERE, at: datetime = NOON) -> None:
    attempt = begin_attempt(session, username, address=address, at=at)
    judge_attempt(session, attempt, is_right=False, at=at)
    session.flush()


def failures(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(SignInFailure)) or 0


def test_the_right_password_signs_in_and_counts_nothing(session: Session) -> None:
    user = accounts.user(session)
    attempt = begin_attempt(session, user.username, address=HERE, at=NOON)

    signed_in = judge_attempt(
        session, attempt, is_right=attempt.is_right(accounts.PASSWORD), at=NOON
    )

    assert signed_in == user.id
    assert failures(session) == 0


def test_after_five_failures_even_the_right_password_waits(session: Session) -> None:
    user = accounts.user(session)
    for _ in range(5):
        fail(session, user.username)

    with pytest.raises(TooManySignIns) as refused:
        begin_attempt(session, user.username, address="198.51.100.7", at=NOON + SECOND)

    assert refused.value.facts["retry_after"] == 299


def test_an_unknown_user_is_counted_and_closed_just_the_same(session: Session) -> None:
    for _ in range(5):
        fail(session, "nobody")

    with pytest.raises(TooManySignIns):
        begin_attempt(session, "NOBODY ", address=HERE, at=NOON)


def test_an_account_is_open_again_after_its_wait(session: Session) -> None:
    user = accounts.user(session)
    for _ in range(5):
        fail(session, user.username)

    attempt = begin_attempt(session, user.username, address=HERE, at=NOON + 5 * MINUTE)

    assert judge_attempt(session, attempt, is_right=True, at=NOON + 5 * MINUTE) == user.id


def test_guesses_that_were_let_through_together_are_judged_in_turn(session: Session) -> None:
    user = accounts.user(session)
    attempts = [begin_attempt(session, user.username, address=HERE, at=NOON) for _ in range(8)]
    for attempt in attempts[:5]:
        judge_attempt(session, attempt, is_right=False, at=NOON)
        session.flush()

    with pytest.raises(TooManySignIns):
        judge_attempt(session, attempts[5], is_right=True, at=NOON)


def test_one_address_fails_thirty_times_in_five_minutes_whomever_it_tries(
    session: Session,
) -> None:
    for number in range(30):
        fail(session, f"user{number}")

    with pytest.raises(TooManySignIns):
        begin_attempt(session, "user30", address=HERE, at=NOON)

    assert begin_attempt(session, "user30", address="198.51.100.7", at=NOON)


def test_a_thousand_failures_in_five_minutes_close_the_door_for_everybody(
    session: Session,
) -> None:
    session.add_all(
        SignInFailure(
            id=accounts.new_id(),
            account_hash=number.to_bytes(4),
            address_hash=number.to_bytes(4),
            at=NOON,
        )
        for number in range(1_000)
    )
    session.flush()

    with pytest.raises(TooManySignIns):
        begin_attempt(session, "somebody", address=HERE, at=NOON + SECOND)

    assert begin_attempt(session, "somebody", address=HERE, at=NOON + 5 * MINUTE)


def test_neither_usernames_nor_addresses_are_readable_in_the_counters(session: Session) -> None:
    fail(session, "a password typed too early")

    (row,) = session.scalars(select(SignInFailure))
    assert len(row.account_hash) == 32
    assert len(row.address_hash) == 32
    assert b"password" not in row.account_hash
