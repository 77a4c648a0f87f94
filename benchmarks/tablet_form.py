"""How long the tablet is busy with the form: opening it, a key stroke, an answer, a page.

    python -m benchmarks.tablet_form --rounds 7

Needs Chromium and the built front end (`make ready`). The frame of the form runs in a page that
plays the app around it, so the store is not part of it. What counts is time of the page's thread as
Chromium tells it (`Performance.setTimeDomain threadTicks`), scripts, style, layout and painting
together: waiting, and other programs on the machine, are no part of it. Every form is opened in a
frame of its own, as on the tablet; where one was kept ready, its engine has been started before.
"""

from __future__ import annotations

import shutil
import statistics
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import click
from playwright.sync_api import CDPSession, FrameLocator, Page, sync_playwright
from werkzeug.serving import make_server

from census.collection.questionnaires.building import build_xform
from tests.browser.conftest import QUIET_AND_LOCAL
from tests.browser.field.form.host_app import VERSION, create_host_app
from tests.browser.field.form.openings import HOUSEHOLD_ID, opening
from tests.factories.instances import household_instance

TABLET = {"width": 800, "height": 1280}
PERSONS = (1, 5, 15)
SETTLED_MS = 250
FORMS_IN_A_ROW = 60
LETTERS = "สมมติ"


@click.command()
@click.option("--rounds", default=7, show_default=True, help="How often each thing is done.")
@click.option(
    "--forms", default=FORMS_IN_A_ROW, show_default=True, help="Forms in a row, for memory."
)
def main(rounds: int, forms: int) -> None:
    """Measure the form at work."""
    xform = build_xform("household", VERSION).decode()
    with _page() as page:
        bench = Bench(page, xform)
        for _round in range(rounds):
            bench.measure_once()
        bench.say()
        _say_memory(bench, forms)


@dataclass
class Bench:
    """The form in a page, and what was measured of it."""

    page: Page
    xform: str
    taken: dict[str, list[float]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.debugger: CDPSession = self.page.context.new_cdp_session(self.page)
        self.debugger.send("Performance.setTimeDomain", {"timeDomain": "threadTicks"})
        self.debugger.send("Performance.enable")

    @property
    def frame(self) -> FrameLocator:
        """The frame of the form."""
        return self.page.frame_locator("iframe")

    def measure_once(self) -> None:
        """Everything that is measured, once."""
        self.time("a frame made ready", self.get_ready)
        self.time("opening a new form", lambda: self.show())
        for persons in PERSONS:
            self.get_ready()
            draft = self.draft(persons)
            self.time(f"opening a draft of {persons}", lambda told=draft: self.show(**told))
        self._measure_answers()

    def _measure_answers(self) -> None:
        """At the last of fifteen persons, in the form that is open now."""
        name = self.frame.locator("#q-p02_first input")
        name.focus()
        for letter in LETTERS:
            self.time("a key stroke", lambda key=letter: self.page.keyboard.insert_text(key))
        self.time("leaving a field", name.blur)
        sex = self.frame.locator("#q-p04 .card")
        self.time("choosing a card", sex.first.click)
        self.time("choosing a card", sex.last.click)
        self.time("the next page", self.frame.locator(".form-foot__forward").click)
        age = self.frame.locator("#q-p06 input")
        age.focus()
        self.time("a key stroke", lambda: self.page.keyboard.insert_text("4"))
        self.time("leaving a field", age.blur)
        self.time("the last look", self.frame.locator(".form-bar .link-button").click)

    def get_ready(self) -> None:
        """A frame whose engine has started and is warmed up."""
        self.page.evaluate("host.ready()")
        self.page.evaluate("xform => host.ask('prepare', { xform })", self.xform)

    def show(self, **changes: Any) -> None:
        """A form, up to the moment it can be read."""
        self.page.evaluate("told => host.show(told)", opening(self.xform, **changes))
        self.frame.locator("main[data-step]").wait_for()

    def draft(self, persons: int) -> dict[str, Any]:
        """A finished draft of so many persons, left on the first page of the last one."""
        xml = household_instance(HOUSEHOLD_ID, persons=persons)
        return {"how": "draft", "xml": xml, "page": f"{persons}/register_person", "kept": {}}

    def time(self, name: str, act: Callable[[], object]) -> None:
        """Do something, and note for how long the thread was busy until everything was quiet."""
        before = self._busy_ms()
        act()
        self.page.wait_for_timeout(SETTLED_MS)
        self.taken.setdefault(name, []).append(self._busy_ms() - before)

    def heap_mb(self) -> float:
        """The memory that scripts hold, after what is garbage was taken away."""
        self.debugger.send("HeapProfiler.collectGarbage")
        return self._metric("JSHeapUsedSize") / 1e6

    def say(self) -> None:
        """The least, the middle and the most of each: other programs only ever add to it."""
        for name, taken in self.taken.items():
            told = (min(taken), statistics.median(taken), max(taken))
            click.echo(f"{name:<24}" + "".join(f"{each:8.1f} ms" for each in told))

    def _busy_ms(self) -> float:
        return self._metric("TaskDuration") * 1000

    def _metric(self, name: str) -> float:
        metrics = self.debugger.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in metrics if each["name"] == name))


def _say_memory(bench: Bench, forms: int) -> None:
    for number in range(1, forms + 1):
        bench.get_ready()
        bench.show(**bench.draft(5))
        if number in {1, forms // 2, forms}:
            click.echo(f"memory with form {number:<3} open {bench.heap_mb():6.1f} MB")
    bench.page.evaluate("host.close()")
    click.echo(f"memory when it is closed {bench.heap_mb():6.1f} MB")


@contextmanager
def _page() -> Iterator[Page]:
    server = make_server("127.0.0.1", 0, create_host_app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=QUIET_AND_LOCAL
        )
        page = browser.new_page(viewport=TABLET)
        page.goto(f"http://127.0.0.1:{server.server_port}/host")
        yield page
        browser.close()
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()
