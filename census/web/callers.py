"""Who makes a request: machines by bearer token, people by the session of their browser.

Programs of the field that speak OpenRosa carry their token in the address, or send Basic.
"""

from __future__ import annotations

from collections.abc import Collection

from flask import g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from census.accounts import queries, services
from census.accounts.actors import Actor
from census.accounts.codelists import TokenKind
from census.accounts.queries import BEARER_KINDS, SignedInSession
from census.accounts.services import SEEN_EVERY, USE_NOTED_EVERY, SessionToken
from census.core import db
from census.core.clock import utcnow
from census.web.basic import actor_of_basic

OPENROSA_PATH = "/openrosa/"
MACHINE_PATHS = ("/api/", "/health/", "/metrics", OPENROSA_PATH)

login_manager = LoginManager()
# Tablets and telephones change their address; the server-side session is what ends a session.
login_manager.session_protection = None


class SignedInUser(UserMixin):  # type: ignore[misc]
    """What Flask-Login carries: the secret of the session, and who stands behind it."""

    def __init__(self, secret: str, actor: Actor, display_name: str) -> None:
        """Carry an open session."""
        self.secret = secret
        self.actor = actor
        self.display_name = display_name

    def get_id(self) -> str:
        """What the cookie holds: the random secret of the session, nothing of the person."""
        return self.secret


def is_for_machines() -> bool:
    """Whether the request came to a face for machines: JSON answers, no cookies."""
    return request.path.startswith(MACHINE_PATHS)


def is_for_openrosa() -> bool:
    """Whether the request came to the face for programs such as ODK Collect."""
    return request.path.startswith(OPENROSA_PATH)


def token_in_address() -> str | None:
    """The token that the address carries, on routes of OpenRosa that have one."""
    token = (request.view_args or {}).get("token")
    return token if isinstance(token, str) else None


def actor_of_request() -> Actor | None:
    """Whoever makes this request, or nobody."""
    if is_for_openrosa():
        token = token_in_address()
        return actor_of_basic() if token is None else _actor_of_openrosa(token)
    if is_for_machines():
        return _actor_of_bearer()
    if session.get("_user_id") is None:
        return None
    return current_user.actor if current_user.is_authenticated else None


def bearer_token() -> str | None:
    """The token of the Authorization header."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def display_name() -> str:
    """The name to greet the signed-in person by."""
    return str(current_user.display_name) if current_user.is_authenticated else ""


def start_session(token: SessionToken) -> None:
    """Let the browser carry the session; whatever it carried before is gone."""
    session.clear()
    login_user(SignedInUser(token.secret, token.actor, token.actor.username))
    # The cookie carries the secret only; these would add a fingerprint of the browser.
    session.pop("_id", None)
    session.pop("_fresh", None)
    g.actor = token.actor


def end_session() -> None:
    """Sign the browser out: its session is dead, also for a copied cookie."""
    secret = session.get("_user_id")
    if isinstance(secret, str):
        with db.transaction() as database:
            services.close_session(database, secret, at=utcnow())
    logout_user()
    session.clear()
    g.actor = None


@login_manager.user_loader  # type: ignore[untyped-decorator]
def _load_user(secret: str) -> SignedInUser | None:
    at = utcnow()
    with db.reading() as database:
        found = queries.session_of_secret(database, secret, at)
    if found is None:
        return None
    _note_seen(secret, found)
    return SignedInUser(secret, found.actor, found.display_name)


def _note_seen(secret: str, found: SignedInSession) -> None:
    at = utcnow()
    if at - found.last_seen_at < SEEN_EVERY:
        return
    with db.transaction() as database:
        services.note_seen(database, secret, at=at)


def _actor_of_bearer() -> Actor | None:
    token = bearer_token()
    return None if token is None else _actor_of_token(token, BEARER_KINDS)


def _actor_of_openrosa(token: str) -> Actor | None:
    return _actor_of_token(token, frozenset({TokenKind.OPENROSA}))


def _actor_of_token(token: str, kinds: Collection[TokenKind]) -> Actor | None:
    """Whoever the token speaks for; of what was given out to the field its use is noted."""
    at = utcnow()
    with db.glance() as database:
        holder = queries.holder_of_token(database, token, at, kinds=kinds)
    if holder is None:
        return None
    is_noted = holder.last_used_at is not None and at - holder.last_used_at < USE_NOTED_EVERY
    if holder.kind is not TokenKind.API and not is_noted:
        with db.transaction() as database:
            services.note_use(database, token, at=at)
    return holder.actor
