"""Signing in with a password, from a page or for a token: the same door, the same limits."""

from __future__ import annotations

from uuid import UUID

from flask import request

from census.accounts.errors import WrongCredentials
from census.accounts.signing_in import begin_attempt, judge_attempt
from census.core import db
from census.core.clock import utcnow


def proven_user(username: str, password: str) -> UUID:
    """The user whose password this is; refuses a wrong one, and too many of them."""
    address = request.remote_addr or ""
    with db.reading() as session:
        attempt = begin_attempt(session, username, address=address, at=utcnow())
    is_right = attempt.is_right(password)
    with db.transaction() as session:
        user_id = judge_attempt(session, attempt, is_right=is_right, at=utcnow())
    if user_id is None:
        raise WrongCredentials
    return user_id
