"""The frame of the form in a page that plays the app, and somebody who fills it in."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page
from werkzeug.serving import make_server

from census.collection.questionnaires.building import build_xform
from tests.browser.field.form.host_app import VERSION, create_host_app
from tests.browser.field.form.interviewer import Interviewer
from tests.browser.field.form.openings import opening

Open = Callable[..., Interviewer]


@pytest.fixture(scope="session")
def form_host() -> Iterator[str]:
    """The address of the page that plays the app around the frame."""
    server = make_server("127.0.0.1", 0, create_host_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/host"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def xform() -> str:
    """The published form."""
    return build_xform("household", VERSION).decode()


@pytest.fixture
def open_form(page: Page, form_host: str, xform: str) -> Open:
    """Opens a form in the frame, as the app would."""

    def open_one(language: str = "th", **changes: Any) -> Interviewer:
        if page.url != form_host:
            page.goto(form_host)
        told = opening(xform, language=language, **changes)
        page.evaluate("opening => host.open(opening)", told)
        frame = page.frame_locator("iframe")
        frame.locator("main[data-step]").wait_for()
        return Interviewer(page, frame, language)

    return open_one
