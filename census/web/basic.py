"""Basic authentication, for programs of the field that know a username and a password only.

It goes through the same door as every sign-in. A password that proved right is remembered for a
few minutes, as a keyed hash in this process, so that the slow comparison is not made anew for each
of the requests of one upload; it is forgotten at once where the password was changed.
"""

from __future__ import annotations

import hmac
import time
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from uuid import UUID

from flask import request

from census.accounts.actors import Actor
from census.accounts.models import User
from census.accounts.queries import actor_of, tidy_username
from census.core import db
from census.core.sealed import keyed_hash
from census.web.signing_in import proven_user

REMEMBERED_S = 300.0
MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class _Proven:
    user_id: UUID
    password_hash: bytes
    until: float


class _Remembered:
    """Who proved their password lately, by the keyed hash of what they sent."""

    def __init__(self) -> None:
        self._proven: OrderedDict[bytes, _Proven] = OrderedDict()
        self._lock = Lock()

    def find(self, key: bytes) -> _Proven | None:
        with self._lock:
            found = self._proven.get(key)
            return found if found is not None and found.until > time.monotonic() else None

    def keep(self, key: bytes, proven: _Proven) -> None:
        with self._lock:
            self._proven[key] = proven
            self._proven.move_to_end(key)
            while len(self._proven) > MOST_REMEMBERED:
                self._proven.popitem(last=False)


_remembered = _Remembered()


def actor_of_basic() -> Actor | None:
    """Whoever sent their username and password over https; nobody where none were sent.

    Over plain http they are not looked at. Refuses a wrong password, and too many of them.
    """
    sent = request.authorization
    if not request.is_secure or sent is None or sent.type != "basic":
        return None
    username, password = str(sent.username or ""), str(sent.password or "")
    key = keyed_hash("basic", f"{tidy_username(username)}\0{password}")
    known = _remembered.find(key)
    if known is not None:
        user = _user(known.user_id)
        if user is not None and hmac.compare_digest(_digest(user), known.password_hash):
            return actor_of(user)
    user = _user(proven_user(username, password))
    if user is None:
        return None
    until = time.monotonic() + REMEMBERED_S
    _remembered.keep(key, _Proven(user.id, _digest(user), until))
    return actor_of(user)


def _user(user_id: UUID) -> User | None:
    with db.reading() as session:
        user = session.get(User, user_id)
        if user is None or not user.is_active:
            return None
        session.expunge_all()
        return user


def _digest(user: User) -> bytes:
    return keyed_hash("password_hash", user.password_hash)
