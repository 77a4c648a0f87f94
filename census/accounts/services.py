"""What can be done about people: create them, give them areas, let them in, lock them out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, update
from sqlalchemy.orm import Session

from census.accounts import passwords
from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.accounts.errors import TokenMissing, UsernameInvalid, UsernameTaken
from census.accounts.models import BrowserSession, Token, User, UserArea
from census.accounts.queries import (
    actor_of,
    find_user,
    find_user_by_id,
    tidy_username,
)
from census.accounts.secrets import hash_of_id, new_secret, secret_hash
from census.core.db import new_id
from census.core.events import record

API_TOKEN_LIFE = timedelta(hours=24)
SESSION_LIFE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)
USE_NOTED_EVERY = timedelta(hours=1)

_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class SessionToken:
    """A way in that was just opened: the secret is shown once and stored nowhere."""

    secret: str
    expires_at: datetime
    actor: Actor


def create_user(
    session: Session,
    actor: Actor | None,
    username: str,
    *,
    role: Role,
    password: str,
    at: datetime,
    areas: Iterable[str] = (),
    display_name: str = "",
) -> User:
    """Let somebody work for the census; whoever calls has checked that the areas exist."""
    name = tidy_username(username)
    if not _USERNAME.fullmatch(name):
        raise UsernameInvalid
    if find_user(session, name) is not None:
        raise UsernameTaken(username=name)
    user = User(
        id=new_id(),
        username=name,
        display_name=display_name or name,
        role=role,
        password_hash=passwords.hashed(password, username=name),
        is_active=True,
        created_at=at,
        areas=[UserArea(area_code=code) for code in sorted(set(areas))],
    )
    session.add(user)
    session.flush()
    record(
        session,
        actor,
        "user.created",
        user.id,
        at=at,
        details={"role": role.value, "areas": [area.area_code for area in user.areas]},
    )
    return user


def grant_area(
    session: Session, user_id: UUID, area_code: str, *, actor: Actor | None = None, at: datetime
) -> None:
    """Let somebody answer for one more area; whoever calls has checked that it exists."""
    user = find_user_by_id(session, user_id)
    if area_code in {area.area_code for area in user.areas}:
        return
    user.areas.append(UserArea(area_code=area_code))
    session.flush()
    record(session, actor, "user.area_granted", user.id, area=area_code, at=at)


def revoke_area(
    session: Session, user_id: UUID, area_code: str, *, actor: Actor | None = None, at: datetime
) -> None:
    """Take an area away from somebody."""
    user = find_user_by_id(session, user_id)
    kept = [area for area in user.areas if area.area_code != area_code]
    if len(kept) == len(user.areas):
        return
    user.areas = kept
    session.flush()
    record(session, actor, "user.area_revoked", user.id, area=area_code, at=at)


def change_password(
    session: Session, user_id: UUID, password: str, *, actor: Actor | None = None, at: datetime
) -> None:
    """Give somebody a new password, and end every session and API token of the old one."""
    user = find_user_by_id(session, user_id)
    user.password_hash = passwords.hashed(password, username=user.username)
    _end_ways_in(session, user_id, at=at)
    record(session, actor, "user.password_changed", user.id, at=at)


def lock_user(session: Session, user_id: UUID, *, actor: Actor | None = None, at: datetime) -> None:
    """Let somebody in no longer; what their tablets still hold is kept and quarantined."""
    user = find_user_by_id(session, user_id)
    user.is_active = False
    _end_ways_in(session, user_id, at=at)
    record(session, actor, "user.locked", user.id, at=at)


def open_session(session: Session, user_id: UUID, *, at: datetime) -> SessionToken:
    """Sign somebody in to a browser."""
    actor = actor_of(find_user_by_id(session, user_id))
    secret, expires_at = new_secret(), at + SESSION_LIFE
    session.add(
        BrowserSession(
            token_hash=secret_hash(secret),
            user_id=user_id,
            created_at=at,
            last_seen_at=at,
            expires_at=expires_at,
            revoked_at=None,
        )
    )
    record(session, actor, "session.opened", user_id, at=at)
    return SessionToken(secret, expires_at, actor)


def note_seen(session: Session, secret: str, *, at: datetime) -> None:
    """Remember that the session is in use, at most once a minute."""
    session.execute(
        update(BrowserSession)
        .where(BrowserSession.token_hash == secret_hash(secret))
        .where(BrowserSession.last_seen_at <= at - SEEN_EVERY)
        .values(last_seen_at=at)
    )


def close_session(session: Session, secret: str, *, at: datetime) -> None:
    """Sign out: the session is dead for every copy of its cookie."""
    found = session.get(BrowserSession, secret_hash(secret))
    if found is None or found.revoked_at is not None:
        return
    found.revoked_at = at
    actor = actor_of(find_user_by_id(session, found.user_id))
    record(session, actor, "session.closed", found.user_id, at=at)


def issue_token(
    session: Session,
    user_id: UUID,
    *,
    at: datetime,
    kind: TokenKind = TokenKind.API,
    expires_at: datetime | None = None,
    actor: Actor | None = None,
) -> SessionToken:
    """Give out a bearer token: a day for the API, until a given moment for a tablet."""
    holder = actor_of(find_user_by_id(session, user_id))
    ends_at = expires_at or at + API_TOKEN_LIFE
    secret = new_secret()
    session.add(
        Token(
            token_hash=secret_hash(secret),
            user_id=user_id,
            kind=kind,
            created_at=at,
            expires_at=ends_at,
            revoked_at=None,
        )
    )
    record(session, actor or holder, "token.issued", user_id, at=at, details={"kind": kind.value})
    return SessionToken(secret, ends_at, holder)


def revoke_token(
    session: Session, secret: str, *, at: datetime, actor: Actor | None = None
) -> None:
    """End a token at once; repeating it changes nothing."""
    token = session.get(Token, secret_hash(secret))
    if token is None or token.revoked_at is not None:
        return
    token.revoked_at = at
    record(
        session, actor, "token.revoked", token.user_id, at=at, details={"kind": token.kind.value}
    )


def revoke_token_of(
    session: Session, user_id: UUID, token_id: str, *, at: datetime, actor: Actor | None = None
) -> None:
    """End a token of somebody, named by its id; repeating it changes nothing."""
    token = session.get(Token, hash_of_id(token_id))
    if token is None or token.user_id != user_id:
        raise TokenMissing
    if token.revoked_at is not None:
        return
    token.revoked_at = at
    record(session, actor, "token.revoked", user_id, at=at, details={"kind": token.kind.value})


def note_use(session: Session, secret: str, *, at: datetime) -> None:
    """Remember that a token of the field is in use, at most once an hour."""
    session.execute(
        update(Token)
        .where(Token.token_hash == secret_hash(secret))
        .where(or_(Token.last_used_at.is_(None), Token.last_used_at <= at - USE_NOTED_EVERY))
        .values(last_used_at=at)
    )


def _end_ways_in(session: Session, user_id: UUID, *, at: datetime) -> None:
    session.flush()
    for table in (BrowserSession, Token):
        statement = update(table).where(table.user_id == user_id, table.revoked_at.is_(None))
        if table is Token:
            statement = statement.where(Token.kind == TokenKind.API)
        session.execute(statement.values(revoked_at=at))
