"""A tablet whose power can go: its browser is killed, and started again with what was kept."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserType, Error

from tests.browser.field.tablets import Tablet


def kill_browser_of(folder: Path) -> None:
    """End every process of the browser with its profile in this folder, as power loss does."""
    mark = f"--user-data-dir={folder}".encode()
    for process in Path("/proc").iterdir():
        try:
            arguments = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if process.name.isdigit() and mark in arguments:
            os.kill(int(process.name), signal.SIGKILL)


class Lifetimes:
    """One tablet through many lives of its browser."""

    def __init__(
        self, browser_type: BrowserType, arguments: dict[str, Any], folder: Path, harness: str
    ) -> None:
        """Keep the tablet's profile in this folder."""
        self._start: Callable[[], Any] = lambda: browser_type.launch_persistent_context(
            folder, **arguments
        )
        self._folder = folder
        self._harness = harness

    def begin(self, *, is_online: bool = True) -> Tablet:
        """Start the browser and open the app."""
        context = self._start()
        context.set_offline(not is_online)
        tablet = Tablet(context.pages[0], self._harness)
        tablet.open()
        return tablet

    def kill(self, tablet: Tablet) -> None:
        """Kill the browser."""
        kill_browser_of(self._folder)
        with contextlib.suppress(Error):
            tablet.page.context.close()
        time.sleep(0.2)
