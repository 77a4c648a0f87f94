"""People, and the ways in: on a real database, rolled back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts import passwords, queries, services
from census.accounts.codelists import Role, TokenKind
from census.accounts.errors import PasswordUnfit, UsernameInvalid, UsernameTaken
from census.accounts.models import BrowserSession, Token
from tests.factories import accounts

NOON = datetime(2020, 12, 1, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _cheap() -> None:
    passwords.use_cheap_hashing()


def test_a_username_is_found_however_it_is_typed(session: Session) -> None:
    user = accounts.user(session, username="Supervisor.A")

    assert user.username == "supervisor.a"
    assert queries.find_user(session, " SUPERVISOR.a ") is user


def test_two_people_cannot_have_one_username(session: Session) -> None:
    accounts.user(session, username="clerk")

    with pytest.raises(UsernameTaken):
        accounts.user(session, username="CLERK")


@pytest.mark.parametrize("username", ["", "two words", "ชื่อ", "-x", "x" * 65])
def test_a_username_is_short_and_plain(session: Session, username: str) -> None:
    with pytest.raises(UsernameInvalid):
        services.create_user(
            session, None, username, role=Role.CLERK, password=accounts.PASSWORD, at=NOON
        )


@pytest.mark.parametrize("password", ["seven77", "x" * 1_001, "somebody"])
def test_a_password_is_long_enough_and_not_the_username(session: Session, password: str) -> None:
    with pytest.raises(PasswordUnfit):
        accounts.user(session, username="somebody", password=password)


def test_a_long_thai_password_is_right_whichever_way_its_marks_were_typed() -> None:
    stored = passwords.hashed("กำลังสำมะโน" * 10, username="somebody")

    assert passwords.is_right("กำลังสำมะโน" * 10, stored)
    assert not passwords.is_right("กำลังสำมะโน" * 9, stored)


def test_areas_are_granted_and_taken_away_once(session: Session) -> None:
    user = accounts.user(session, areas=["2001"])

    services.grant_area(session, user.id, "2002", at=NOON)
    services.grant_area(session, user.id, "2002", at=NOON)
    services.revoke_area(session, user.id, "2001", at=NOON)

    assert queries.actor_of(user).areas == {"2002"}


def test_only_the_hash_of_a_secret_is_stored(session: Session) -> None:
    user = accounts.user(session)

    opened = services.open_session(session, user.id, at=NOON)
    issued = services.issue_token(session, user.id, at=NOON)

    stored = [*session.scalars(select(BrowserSession.token_hash))]
    stored += session.scalars(select(Token.token_hash))
    assert all(len(digest) == 32 for digest in stored)
    assert opened.secret.encode() not in stored
    assert issued.secret.encode() not in stored


def test_a_silent_browser_is_signed_out_after_half_an_hour(session: Session) -> None:
    user = accounts.user(session, role=Role.SUPERVISOR)
    opened = services.open_session(session, user.id, at=NOON)

    assert queries.actor_of_session(session, opened.secret, NOON + 29 * MINUTE)
    assert queries.actor_of_session(session, opened.secret, NOON + 30 * MINUTE) is None


def test_an_enumerators_browser_may_be_silent_all_day(session: Session) -> None:
    user = accounts.user(session, role=Role.ENUMERATOR)
    opened = services.open_session(session, user.id, at=NOON)

    assert queries.actor_of_session(session, opened.secret, NOON + 11 * HOUR)
    assert queries.actor_of_session(session, opened.secret, NOON + 12 * HOUR) is None


def test_a_busy_browser_is_signed_out_after_twelve_hours(session: Session) -> None:
    user = accounts.user(session, role=Role.SUPERVISOR)
    opened = services.open_session(session, user.id, at=NOON)
    for half_hour in range(1, 26):
        services.note_seen(session, opened.secret, at=NOON + 29 * MINUTE * half_hour)
    session.expire_all()

    assert queries.actor_of_session(session, opened.secret, NOON + 12 * HOUR - MINUTE)
    assert queries.actor_of_session(session, opened.secret, NOON + 12 * HOUR) is None


def test_being_seen_is_written_down_at_most_once_a_minute(session: Session) -> None:
    user = accounts.user(session)
    opened = services.open_session(session, user.id, at=NOON)

    services.note_seen(session, opened.secret, at=NOON + timedelta(seconds=59))
    session.expire_all()

    found = queries.session_of_secret(session, opened.secret, NOON + MINUTE)
    assert found is not None
    assert found.last_seen_at == NOON


def test_signing_out_kills_every_copy_of_the_cookie(session: Session) -> None:
    user = accounts.user(session)
    opened = services.open_session(session, user.id, at=NOON)

    services.close_session(session, opened.secret, at=NOON)

    assert queries.actor_of_session(session, opened.secret, NOON) is None


def test_an_api_token_lives_for_a_day(session: Session) -> None:
    user = accounts.user(session)
    issued = services.issue_token(session, user.id, at=NOON)

    assert queries.actor_of_token(session, issued.secret, NOON + DAY - MINUTE)
    assert queries.actor_of_token(session, issued.secret, NOON + DAY) is None


def test_a_revoked_tablet_is_still_known_so_that_nothing_is_lost(session: Session) -> None:
    user = accounts.user(session, role=Role.ENUMERATOR)
    issued = services.issue_token(
        session, user.id, kind=TokenKind.DEVICE, expires_at=NOON + 90 * DAY, at=NOON
    )
    services.revoke_token(session, issued.secret, at=NOON + DAY)

    actor = queries.actor_of_token(session, issued.secret, NOON + DAY)

    assert actor is not None
    assert actor.is_revoked
    assert actor.id == user.id


def test_a_tablet_whose_time_is_over_is_still_known(session: Session) -> None:
    user = accounts.user(session, role=Role.ENUMERATOR)
    issued = services.issue_token(
        session, user.id, kind=TokenKind.OPENROSA, expires_at=NOON + DAY, at=NOON
    )

    actor = queries.actor_of_token(session, issued.secret, NOON + 2 * DAY)

    assert actor is not None
    assert actor.is_revoked


def test_an_unknown_token_is_nobody(session: Session) -> None:
    assert queries.actor_of_token(session, "never given out", NOON) is None


def test_a_new_password_ends_every_session_and_api_token(session: Session) -> None:
    user = accounts.user(session)
    opened = services.open_session(session, user.id, at=NOON)
    issued = services.issue_token(session, user.id, at=NOON)

    services.change_password(session, user.id, "another long password", at=NOON)
    session.expire_all()

    assert queries.actor_of_session(session, opened.secret, NOON) is None
    assert queries.actor_of_token(session, issued.secret, NOON) is None


def test_somebody_locked_out_is_let_in_nowhere(session: Session) -> None:
    user = accounts.user(session)
    opened = services.open_session(session, user.id, at=NOON)

    services.lock_user(session, user.id, at=NOON)
    session.expire_all()

    assert queries.actor_of_session(session, opened.secret, NOON) is None
