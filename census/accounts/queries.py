"""Who is behind a session, a token or a username."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.accounts.errors import UserMissing
from census.accounts.models import BrowserSession, Token, User, UserArea
from census.accounts.secrets import secret_hash

IDLE_LIMIT = timedelta(minutes=30)
ENUMERATOR_IDLE_LIMIT = timedelta(hours=12)

BEARER_KINDS = frozenset({TokenKind.API, TokenKind.DEVICE})
"""What opens the JSON interface; a token for OpenRosa opens that face alone."""


@dataclass(frozen=True, slots=True)
class SignedInSession:
    """A browser session that still holds, with its actor and the name to greet them by."""

    actor: Actor
    display_name: str
    last_seen_at: datetime


def actor_of(user: User) -> Actor:
    """The user as whoever does or sees something."""
    return Actor(
        id=user.id,
        username=user.username,
        role=user.role,
        areas=frozenset(area.area_code for area in user.areas),
    )


def user_named(session: Session, username: str) -> User:
    """The user with this username; refuses when there is none."""
    user = find_user(session, username)
    if user is None:
        raise UserMissing
    return user


def find_user(session: Session, username: str) -> User | None:
    """The user with this username, however it was typed."""
    return session.scalar(select(User).where(User.username == tidy_username(username)))


def find_user_by_id(session: Session, user_id: UUID) -> User:
    """The user with this id; refuses when there is none."""
    user = session.get(User, user_id)
    if user is None:
        raise UserMissing
    return user


def tidy_username(username: str) -> str:
    """A username as it is kept: lower case, without spaces around it."""
    return username.strip().lower()


def session_of_secret(session: Session, secret: str, at: datetime) -> SignedInSession | None:
    """The browser session that the secret opens, unless it was ended or is over."""
    found = session.get(BrowserSession, secret_hash(secret))
    if found is None or found.revoked_at is not None or found.expires_at <= at:
        return None
    user = session.get(User, found.user_id)
    if user is None or not user.is_active:
        return None
    if found.last_seen_at + idle_limit(user.role) <= at:
        return None
    return SignedInSession(actor_of(user), user.display_name, found.last_seen_at)


def actor_of_session(session: Session, secret: str, at: datetime) -> Actor | None:
    """Whoever is signed in with this session."""
    found = session_of_secret(session, secret, at)
    return found.actor if found else None


@dataclass(frozen=True, slots=True)
class TokenHolder:
    """Whoever a token speaks for, what it opens, and when it was last noted to be in use."""

    actor: Actor
    kind: TokenKind
    last_used_at: datetime | None


# Built once: every request of a machine asks for it.
_HOLDER = (
    select(
        Token.kind,
        Token.revoked_at,
        Token.expires_at,
        Token.last_used_at,
        User.id,
        User.username,
        User.role,
        User.is_active,
        UserArea.area_code,
    )
    .join(User, User.id == Token.user_id)
    .outerjoin(UserArea, UserArea.user_id == User.id)
    .where(
        Token.token_hash == bindparam("token_hash"),
        Token.kind.in_(bindparam("kinds", expanding=True)),
    )
)


def actor_of_token(
    session: Session | Connection,
    secret: str,
    at: datetime,
    *,
    kinds: Collection[TokenKind] = frozenset(TokenKind),
) -> Actor | None:
    """Whoever the token speaks for, if it is of one of these kinds."""
    holder = holder_of_token(session, secret, at, kinds=kinds)
    return holder.actor if holder else None


def holder_of_token(
    session: Session | Connection, secret: str, at: datetime, *, kinds: Collection[TokenKind]
) -> TokenHolder | None:
    """Whoever the token speaks for, looked up in one query.

    A tablet that is offline for weeks must not lose what it holds: its token, once known, stays
    known after it was revoked or is over, and the actor says so. An API token just ends.
    """
    asked = {"token_hash": secret_hash(secret), "kinds": list(kinds)}
    rows = session.execute(_HOLDER, asked).all()
    if not rows:
        return None
    first = rows[0]
    holds = first.revoked_at is None and first.expires_at > at and first.is_active
    if not holds and first.kind is TokenKind.API:
        return None
    areas = frozenset(row.area_code for row in rows if row.area_code is not None)
    actor = Actor(first.id, first.username, first.role, areas, is_revoked=not holds)
    return TokenHolder(actor, first.kind, first.last_used_at)


def idle_limit(role: Role) -> timedelta:
    """How long a browser may be silent: a tablet's for a working day."""
    return ENUMERATOR_IDLE_LIMIT if role is Role.ENUMERATOR else IDLE_LIMIT
