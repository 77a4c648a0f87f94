"""Chromium as the pages will meet it, and the office pages with made-up figures to look at."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import ConsoleMessage, Page
from werkzeug.serving import make_server

from tests.browser.office_app import create_office_app

QUIET_AND_LOCAL = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the Chromium of the system; nothing is downloaded."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        pytest.skip("there is no Chromium to look at the pages with")
    return {**browser_type_launch_args, "executable_path": chromium, "args": QUIET_AND_LOCAL}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A tablet held upright, in Thailand."""
    return {
        **browser_context_args,
        "viewport": {"width": 800, "height": 1280},
        "timezone_id": "Asia/Bangkok",
    }


@pytest.fixture(scope="session")
def base_url() -> None:
    """No address: every test names its own, and the plugin's fixture is older than this pytest."""


@pytest.fixture(scope="session")
def office_pages() -> Iterator[str]:
    """The address under which every office page shows made-up figures."""
    server = make_server("127.0.0.1", 0, create_office_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def complaints(page: Page) -> list[str]:
    """What the browser complains about while a test uses the page: errors and refused content."""
    heard: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            heard.append(message.text)

    page.on("console", listen)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard
