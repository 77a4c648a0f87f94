"""Tablets for tests: browsers that were set up, with a PIN, and can be looked into."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route, expect

from tests.factories.accounts import PASSWORD
from tests.factories.instances import VERSION, household_instance, new_instance_id

PIN = "271828"
HARNESS = "/field/harness.js"
ENUMERATOR = "enumerator1"

# What Chromium says where an answer is a refusal, or there is no network: no fault of the page.
TOLERATED = re.compile(r"^Failed to load resource: ")

RUN = """async ([address, pin, argument]) => {
  const tablet = await import(address);
  if (pin && !tablet.vault.isUnlocked() && !(await tablet.vault.unlock(pin)).isOpen) {
    throw new Error('the PIN is wrong');
  }
  return await (WANTED)(tablet, argument);
}"""

ALL_STORES = """async () => {
  const connection = await new Promise((resolve, reject) => {
    const asked = indexedDB.open('sammano.field');
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const shown = (value) => {
    if (value instanceof Uint8Array || value instanceof ArrayBuffer) {
      return new TextDecoder('latin1').decode(value);
    }
    if (value && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, shown(v)]));
    }
    return value;
  };
  const stores = {};
  for (const name of connection.objectStoreNames) {
    const store = connection.transaction(name).objectStore(name);
    const all = (what) => new Promise((resolve) => {
      const asked = store[what]();
      asked.onsuccess = () => resolve(asked.result);
    });
    const [keys, values] = await Promise.all([all('getAllKeys'), all('getAll')]);
    stores[name] = keys.map((key, place) => [key, shown(values[place])]);
  }
  connection.close();
  return stores;
}"""


@dataclass
class Tablet:
    """A tablet in somebody's hands."""

    page: Page
    harness: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen to what the browser complains about, and have the harness at hand."""
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.context.route(f"**{HARNESS}", self._serve_harness)

    def open(self, way: str = "") -> None:
        """Open the app at a screen."""
        self.page.goto(f"/field/{way}")

    def set_up(self, username: str = ENUMERATOR, pin: str = PIN) -> None:
        """Sign in and choose a PIN; afterwards the areas have arrived."""
        self.open()
        self.sign_in(username)
        self.choose_pin(pin)
        expect(self.page.get_by_role("link", name="Settings")).to_be_visible()
        self.wait_for_sync()

    def choose_pin(self, pin: str) -> None:
        """Choose a PIN."""
        self.page.get_by_label("PIN", exact=True).fill(pin)
        self.page.get_by_label("PIN again").fill(pin)
        self.page.get_by_role("button", name="Set the PIN and begin").click()

    def sign_in(self, username: str) -> None:
        """Tell the office who this is."""
        self.page.get_by_label("Username").fill(username)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()

    def speak(self, language: str) -> None:
        """Show the app in this language."""
        if self.page.locator("html").get_attribute("lang") != language:
            self.page.locator(".bar__button").click()
        expect(self.page.locator("html")).to_have_attribute("lang", language)

    def unlock(self, pin: str = PIN) -> None:
        """Type the PIN."""
        self.page.get_by_label("PIN", exact=True).fill(pin)
        self.page.get_by_role("button", name="Unlock").click()

    def wait_for_sync(self) -> None:
        """Wait until the tablet has spoken to the office and does so no more."""
        self.page.goto("/field/#/sync")
        expect(self.page.get_by_text("Last in touch with the office")).to_be_visible()
        expect(self.sync_button).to_be_enabled(timeout=120_000)

    @property
    def sync_button(self) -> Any:
        """The button that sends and receives."""
        return self.page.get_by_role("button", name=re.compile("^Send(ing)? and receiv"))

    def run(self, wanted: str, argument: Any = None, *, pin: str | None = PIN) -> Any:
        """Run a function on the tablet's own modules: `async ({outbox}, argument) => …`."""
        script = RUN.replace("WANTED", wanted)
        return self.page.evaluate(script, [HARNESS, pin, argument])

    @staticmethod
    def unzipped(request: Request) -> Any:
        """What a request of the tablet says."""
        return json.loads(gzip.decompress(request.post_data_buffer or b""))

    def stores(self) -> dict[str, list[list[Any]]]:
        """Everything in the database, as it lies there: key and record, bytes as text."""
        found: dict[str, list[list[Any]]] = self.page.evaluate(ALL_STORES)
        return found

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not TOLERATED.match(message.text):
            self.complaints.append(message.text)

    def _serve_harness(self, route: Route) -> None:
        route.fulfill(body=self.harness, content_type="text/javascript")


def new_draft(household_id: str, **facts: Any) -> dict[str, Any]:
    """An interview that was begun at a household."""
    instance_id = new_instance_id()
    draft = {
        "household_id": household_id,
        "ea_code": household_id.split("-")[0],
        "xml": household_instance(household_id, instance_id=instance_id),
        "instance_id": instance_id,
        "kind": "enumerate",
        "started_at": "2021-02-10T05:00:00Z",
        "saved_at": "2021-02-10T05:10:00Z",
        "page": 3,
        "questionnaire": "household",
        "version": VERSION,
        "paradata": [],
        "photos": [],
    }
    return {**draft, **facts}


NewContext = Callable[..., BrowserContext]


def new_tablet(
    new_context: NewContext, address: str, harness: Path, language: str = "en"
) -> Tablet:
    """A tablet that nobody has set up."""
    context = new_context(base_url=address, locale=f"{language}-TH")
    context.add_init_script(
        f"localStorage.getItem('sammano.language') ?? "
        f"localStorage.setItem('sammano.language', '{language}')"
    )
    return Tablet(context.new_page(), harness.read_text(encoding="utf-8"))
