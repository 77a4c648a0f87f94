"""Ways in that are long over are forgotten; a tablet is known for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census import reactions
from census.accounts import jobs, passwords, queries, services
from census.accounts.codelists import TokenKind
from census.accounts.forgetting import KEPT_WHEN_OVER, forget_what_is_over
from census.accounts.models import BrowserSession, SignInFailure, Token
from census.accounts.rules import MEMORY
from census.core.db import Base, new_id, reading, transaction
from tests.factories import accounts

NOON = datetime(2020, 12, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _cheap() -> None:
    passwords.use_cheap_hashing()


def count(session: Session, table: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def fail(session: Session, *, at: datetime) -> None:
    session.add(SignInFailure(id=new_id(), account_hash=b"a", address_hash=b"b", at=at))


def test_a_session_is_forgotten_a_month_after_it_was_over(session: Session) -> None:
    user = accounts.user(session)
    over = services.open_session(session, user.id, at=NOON).expires_at

    forget_what_is_over(session, at=over + KEPT_WHEN_OVER)
    kept = count(session, BrowserSession)
    forget_what_is_over(session, at=over + KEPT_WHEN_OVER + DAY)

    assert (kept, count(session, BrowserSession)) == (1, 0)


def test_an_api_token_is_forgotten_a_month_after_it_was_over(session: Session) -> None:
    user = accounts.user(session)
    over = services.issue_token(session, user.id, at=NOON).expires_at

    forget_what_is_over(session, at=over + KEPT_WHEN_OVER)
    kept = count(session, Token)
    forget_what_is_over(session, at=over + KEPT_WHEN_OVER + DAY)

    assert (kept, count(session, Token)) == (1, 0)


@pytest.mark.parametrize("kind", [TokenKind.DEVICE, TokenKind.OPENROSA])
def test_a_tablet_whose_token_ended_years_ago_is_still_known(
    session: Session, kind: TokenKind
) -> None:
    user = accounts.user(session)
    secret = services.issue_token(session, user.id, kind=kind, at=NOON).secret
    services.revoke_token(session, secret, at=NOON + DAY)
    session.flush()
    years_later = NOON + 1_000 * DAY

    forget_what_is_over(session, at=years_later)

    actor = queries.actor_of_token(session, secret, years_later)
    assert actor is not None
    assert actor.is_revoked


def test_a_failure_is_forgotten_when_it_no_longer_counts(session: Session) -> None:
    fail(session, at=NOON - MEMORY)
    fail(session, at=NOON - MEMORY - timedelta(seconds=1))
    session.flush()

    forget_what_is_over(session, at=NOON)

    assert session.scalars(select(SignInFailure.at)).all() == [NOON - MEMORY]


@pytest.mark.usefixtures("database")
def test_the_background_forgets_by_itself() -> None:
    with transaction() as session:
        user = accounts.user(session)
        services.open_session(session, user.id, at=NOON)

    jobs.forget_old_ways_in()

    assert jobs.forget_old_ways_in in reactions.PERIODIC
    with reading() as session:
        assert count(session, BrowserSession) == 0
