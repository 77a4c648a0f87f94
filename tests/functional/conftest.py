"""The application from outside: on a real database, with callers of every role."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from census.accounts import services
from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.app import create_app
from census.core import db
from census.core.clock import utcnow
from config.settings import Settings
from tests.conftest import KEYRING
from tests.factories import accounts

Calling = Callable[..., "Caller"]
FormToken = Callable[[FlaskClient], str]


class Caller:
    """Somebody of one role who calls: machines by token, people with a browser."""

    def __init__(self, app: Flask, actor: Actor, token: str, session_secret: str) -> None:
        """Carry the actor's ways in."""
        self.actor = actor
        self.token = token
        self.api: FlaskClient = app.test_client()
        self.api.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {token}"
        self.browser: FlaskClient = app.test_client()
        with self.browser.session_transaction() as cookie:
            cookie["_user_id"] = session_secret


class Stranger(Caller):
    """Somebody with no way in at all."""

    def __init__(self, app: Flask) -> None:
        """Carry nothing."""
        self.api = app.test_client()
        self.browser = app.test_client()


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    """The settings of an application on an empty database, with the keys of the tests."""
    sealing = {str(number): key.hex() for number, key in KEYRING.sealing.items()}
    keys = tmp_path / "keys.json"
    keys.touch(mode=0o600)
    keys.write_text(json.dumps({"sealing": sealing, "index": KEYRING.index.hex()}))
    return Settings(
        database_url=database_url,
        home=tmp_path,
        secret_key="only tests sign with this secret",  # pragma: allowlist secret
        is_testing=True,
        has_cheap_passwords=True,
    )


@pytest.fixture
def app(settings: Settings) -> Flask:
    """The whole application."""
    return create_app(settings)


@pytest.fixture
def restarted(settings: Settings) -> Callable[[], Flask]:
    """The application as it is after the process was started anew."""
    return lambda: create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """Somebody who is not signed in."""
    return app.test_client()


@pytest.fixture
def client_as(app: Flask) -> Calling:
    """Makes a caller of a role who answers for some areas: `client_as(Role.CLERK, ["20"])`."""

    def make(role: Role, areas: Iterable[str] = (), *, kind: TokenKind = TokenKind.API) -> Caller:
        at = utcnow()
        with db.transaction() as session:
            user = accounts.user(session, role=role, areas=areas)
            opened = services.open_session(session, user.id, at=at)
            issued = services.issue_token(session, user.id, kind=kind, at=at)
        return Caller(app, issued.actor, issued.secret, opened.secret)

    return make


@pytest.fixture
def stranger(app: Flask) -> Stranger:
    """Somebody who is not signed in anywhere."""
    return Stranger(app)


@pytest.fixture
def form_token() -> FormToken:
    """The token that a form of this browser's session carries."""

    def read(browser: FlaskClient) -> str:
        page = browser.get("/sign-in", follow_redirects=False)
        if page.status_code != 200:
            page = browser.get("/api/v1/docs")
        return page.text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    return read
