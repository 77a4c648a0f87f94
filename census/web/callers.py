"""Who makes a request: machines by bearer token, people by the session of their browser."""

from __future__ import annotations

from flask import g, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from census.accounts import queries, services
from census.accounts.actors import Actor
from census.accounts.queries import SignedInSession
from census.accounts.services import SEEN_EVERY, SessionToken
from census.core import db
from census.core.clock import utcnow

MACHINE_PATHS = ("/api/", "/health/", "/metrics")

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


def actor_of_request() -> Actor | None:
    """Whoever makes this request, or nobody."""
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
    if token is None:
        return None
    with db.reading() as database:
        return queries.actor_of_token(database, token, utcnow())
