"""Signing in with a password: a look before, one slow comparison, one short transaction after it.

Only failures are counted, in the database, so that nothing is forgotten when the server restarts.
They are looked at again after the comparison, one attempt after the other: of a thousand guesses
sent at the same moment, those that come after the fifth are refused whatever they guessed.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from census.accounts import passwords
from census.accounts.errors import TooManySignIns
from census.accounts.models import SignInFailure
from census.accounts.queries import find_user, tidy_username
from census.accounts.rules import (
    ADDRESS_FAILURES,
    ALL_FAILURES,
    MEMORY,
    WINDOW,
    account_opens_at,
    crowd_opens_at,
    seconds_until,
)
from census.core import db
from census.core.db import new_id
from census.core.events import record
from census.core.sealed import keyed_hash

SIGN_IN_LOCK = 0x5A4D_5349
"""The advisory lock that judges attempts one after the other."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tries to sign in: against whom failures count, and what the password must match."""

    account_hash: bytes
    address_hash: bytes
    user_id: UUID | None
    password_hash: str | None

    def is_right(self, password: str) -> bool:
        """Compare the password: slow on purpose, so never inside a transaction."""
        return passwords.is_right(password, self.password_hash)


def begin_attempt(session: Session, username: str, *, address: str, at: datetime) -> Attempt:
    """Look up who is meant, unless this account, this address or everybody must wait."""
    user = find_user(session, username)
    known = user if user is not None and user.is_active else None
    attempt = Attempt(
        account_hash=keyed_hash("username", tidy_username(username)),
        address_hash=keyed_hash("address", network_of(address)),
        user_id=known.id if known else None,
        password_hash=known.password_hash if known else None,
    )
    _refuse_while_closed(session, attempt, at)
    return attempt


def judge_attempt(
    session: Session, attempt: Attempt, *, is_right: bool, at: datetime
) -> UUID | None:
    """Who signed in, or nobody: a failure is counted, a success strikes the account's out."""
    _one_at_a_time(session)
    _refuse_while_closed(session, attempt, at)
    if is_right and attempt.user_id is not None:
        session.execute(
            delete(SignInFailure).where(SignInFailure.account_hash == attempt.account_hash)
        )
        return attempt.user_id
    session.add(
        SignInFailure(
            id=new_id(),
            account_hash=attempt.account_hash,
            address_hash=attempt.address_hash,
            at=at,
        )
    )
    # Never what was typed: people type passwords where the username belongs.
    record(session, None, "sign_in.failed", attempt.user_id or "unknown", at=at)
    return None


def network_of(address: str) -> str:
    """The address that failures are counted against: for IPv6 its network, as one home has many."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _one_at_a_time(session: Session) -> None:
    # SQLite has one writer anyway.
    if db.is_postgresql(session):
        session.execute(select(func.pg_advisory_xact_lock(SIGN_IN_LOCK)))


def _refuse_while_closed(session: Session, attempt: Attempt, at: datetime) -> None:
    of_account = _failures(session, SignInFailure.account_hash == attempt.account_hash, at - MEMORY)
    of_address = _failures(session, SignInFailure.address_hash == attempt.address_hash, at - WINDOW)
    of_all = _last_failures(session, at - WINDOW)
    openings = [
        account_opens_at(of_account),
        crowd_opens_at(of_address, most=ADDRESS_FAILURES),
        crowd_opens_at(of_all, most=ALL_FAILURES),
    ]
    opens_at = max((opening for opening in openings if opening), default=at)
    if opens_at > at:
        raise TooManySignIns(retry_after=seconds_until(opens_at, at=at))


def _failures(session: Session, whose: ColumnElement[bool], since: datetime) -> Sequence[datetime]:
    return session.scalars(
        select(SignInFailure.at).where(whose, SignInFailure.at > since).order_by(SignInFailure.at)
    ).all()


def _last_failures(session: Session, since: datetime) -> Sequence[datetime]:
    last = session.scalars(
        select(SignInFailure.at)
        .where(SignInFailure.at > since)
        .order_by(SignInFailure.at.desc())
        .limit(ALL_FAILURES)
    ).all()
    return last[::-1]
