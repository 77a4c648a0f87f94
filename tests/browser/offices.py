"""The whole application on a real database, and people who sign in to it with a browser."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import BrowserContext, ConsoleMessage, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from census.accounts import passwords
from census.accounts.models import User
from census.app import create_app
from census.collection.services import receive_submission
from census.core import db
from census.core.clock import utcnow
from config.settings import Settings
from tests.conftest import KEYRING
from tests.factories.accounts import PASSWORD
from tests.factories.census import SmallCensus, small_census
from tests.factories.submissions import incoming

REFUSED_PAGE = "Failed to load resource: the server responded with a status of 4"
"""What Chromium says of a page that is a refusal, which is no fault of the page."""


def whole_application(database_url: str, home: Path) -> Flask:
    """The application as it is served, with the keys of the tests."""
    sealing = {str(number): key.hex() for number, key in KEYRING.sealing.items()}
    keys = home / "keys.json"
    keys.touch(mode=0o600)
    keys.write_text(json.dumps({"sealing": sealing, "index": KEYRING.index.hex()}))
    return create_app(
        Settings(
            database_url=database_url,
            home=home,
            secret_key="only tests sign with this secret",  # pragma: allowlist secret
            is_testing=True,
            has_cheap_passwords=True,
        )
    )


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address of the application while it is served."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def people_who_may_sign_in() -> SmallCensus:
    """The small census, committed; its people know the password of the tests."""
    with db.transaction() as session:
        census = small_census(session)
        _give_passwords(session)
    return census


def _give_passwords(session: Session) -> None:
    for user in session.scalars(select(User)):
        user.password_hash = passwords.hashed(PASSWORD, username=user.username)


class Offices:
    """Browsers of several people at once, each with a session of their own."""

    def __init__(
        self, address: str, new_context: Callable[..., BrowserContext], census: SmallCensus
    ) -> None:
        """Look at the application under this address."""
        self.address = address
        self.census = census
        self.complaints: list[str] = []
        self._new_context = new_context

    def browser(self, language: str = "en") -> Page:
        """A browser on the sign-in page, whose reader asks for this language."""
        page = self._new_context(locale=f"{language}-TH", base_url=self.address).new_page()
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.goto("/sign-in")
        return page

    def signed_in(self, username: str, language: str = "en") -> Page:
        """A browser in which somebody has signed in."""
        page = self.browser(language)
        sign_in(page, username)
        return page

    def send(self, *serials: int) -> None:
        """Let the enumerator's answers of these households arrive."""
        with db.transaction() as session:
            for serial in serials:
                sent = incoming(self.census.household(serial))
                receive_submission(session, self.census.enumerator, sent, at=utcnow())

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(REFUSED_PAGE):
            self.complaints.append(message.text)


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Fill in the form of the sign-in page."""
    page.locator("#username").fill(username)
    page.locator("#password").fill(password)
    page.locator("#password").press("Enter")
    page.wait_for_load_state()
