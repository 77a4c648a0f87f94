"""New versions of the app: they wait for open forms, and a full outbox survives them."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

import field_app.views
from census.collection.models import Submission
from census.core import db
from tests.browser.field.tablets import PIN, Tablet, new_draft
from tests.factories.census import SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

HOUSEHOLDS = 1_000
FILL = """async ({outbox}, drafts) => {
  for (const draft of drafts) {
    await outbox.finishForm({draft, xml: draft.xml, mode: 'face_to_face',
      ended_at: new Date().toISOString()});
  }
}"""
VERSION = "() => navigator.serviceWorker.ready.then(({active}) => new Promise((resolve) => {" + (
    "const {port1, port2} = new MessageChannel();"
    "port1.onmessage = ({data}) => resolve(data);"
    "active.postMessage('version', [port2]); }))"
)
READ_WITH_NEWER = """async (pin) => {
  const {vault, outbox, database} = await import('/field/newer.js');
  await vault.unlock(pin);
  const db = await database.database();
  const sealed = await outbox.headOf('submission', 1000);
  const contents = await Promise.all(sealed.map((each) => outbox.outbox.open(each)));
  return [db.version, db.objectStoreNames.contains('later'),
    contents.filter(({body}) => body.instance).length];
}"""
HOLD_A_FORM = """() => new Promise((held) => {
  navigator.locks.request('sammano.form', {mode: 'shared'}, () => {
    held();
    return new Promise((release) => { window.closeForm = release; });
  });
})"""


@pytest.fixture
def release_new_version(
    office_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], None]:
    """Put another build in the place of the one that is served, as an update of the server does."""
    built = tmp_path / "dist"
    shutil.copytree(field_app.views.BUILT, built)
    monkeypatch.setattr(field_app.views, "BUILT", built)

    def release(version: str) -> None:
        worker = built / field_app.views.WORKER
        text = worker.read_text(encoding="utf-8")
        changed = re.sub(r'const VERSION = ".*";', f'const VERSION = "{version}";', text, count=1)
        assert changed != text
        worker.write_text(changed, encoding="utf-8")
        for packed in built.glob("sw.js.*"):
            packed.unlink()

    return release


def look_for_update(tablet: Tablet) -> None:
    """Ask the server whether there is a new version, as the tablet does by itself now and then."""
    tablet.page.evaluate(
        "() => navigator.serviceWorker.ready.then((registration) => registration.update())"
    )


def fill(tablet: Tablet, census: SmallCensus, count: int) -> list[dict[str, Any]]:
    """Finish so many forms without a network."""
    tablet.page.context.set_offline(True)
    drafts = [new_draft(census.household(number % 5 + 1)) for number in range(count)]
    tablet.run(FILL, drafts)
    return drafts


def test_a_thousand_households_in_the_outbox_survive_an_update_and_arrive(
    tablet: Tablet, census: SmallCensus, release_new_version: Callable[[str], None]
):
    fill(tablet, census, HOUSEHOLDS)
    tablet.page.route("**/api/**", lambda route: route.abort())
    tablet.page.context.set_offline(False)
    before = tablet.page.evaluate(VERSION)
    tablet.page.evaluate("location.hash = '#/'")
    release_new_version("the-next-one")
    look_for_update(tablet)

    expect(tablet.page.get_by_text("There is a new version of the app")).to_be_visible()
    assert tablet.page.evaluate(VERSION) == before
    tablet.page.get_by_role("button", name="Update now").click()

    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()
    assert tablet.page.evaluate(VERSION) == "the-next-one"
    assert len(tablet.stores()["outbox"]) == HOUSEHOLDS
    tablet.page.unroute("**/api/**")
    tablet.unlock()
    expect(tablet.page.get_by_role("link", name="Settings")).to_be_visible()
    tablet.page.evaluate("location.hash = '#/sync'")
    expect(tablet.page.get_by_text("Nothing waits")).to_be_visible(timeout=240_000)
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Submission)) == HOUSEHOLDS
    assert tablet.stores()["outbox"] == []


def test_an_update_waits_while_a_form_is_open_in_any_window(
    tablet: Tablet, release_new_version: Callable[[str], None]
):
    other = Tablet(tablet.page.context.new_page(), tablet.harness)
    other.open()
    other.page.evaluate(HOLD_A_FORM)
    before = tablet.page.evaluate(VERSION)
    tablet.page.evaluate("location.hash = '#/'")
    release_new_version("the-next-one")
    look_for_update(tablet)
    tablet.page.get_by_role("button", name="Update now").click()

    expect(tablet.page.get_by_text("A form is open in another window")).to_be_visible()
    assert tablet.page.evaluate(VERSION) == before

    other.page.evaluate("window.closeForm()")
    tablet.page.get_by_role("button", name="Update now").click()
    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()
    assert tablet.page.evaluate(VERSION) == "the-next-one"


def test_a_locked_tablet_takes_the_new_version_by_itself(
    tablet: Tablet, release_new_version: Callable[[str], None]
):
    tablet.page.reload()
    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()
    release_new_version("the-next-one")

    with tablet.page.expect_event("load"):
        look_for_update(tablet)

    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()
    assert tablet.page.evaluate(VERSION) == "the-next-one"


def test_a_newer_schema_finds_everything_and_older_windows_let_go_of_it(
    tablet: Tablet, census: SmallCensus, harness: Path
):
    fill(tablet, census, 20)
    text = harness.read_text(encoding="utf-8")
    newer = re.sub(
        r"var STEPS = \[\{",
        "var STEPS = [{later: {keyPath: 'key', indexes: ['at']}}, {",
        text,
        count=1,
    )
    assert newer != text
    newer = newer.replace("STEPS.slice(from)", "(from ? [STEPS[0]] : [...STEPS].reverse())")
    tablet.page.context.set_offline(False)
    tablet.page.context.route(
        "**/field/newer.js",
        lambda route: route.fulfill(body=newer, content_type="text/javascript"),
    )
    older = tablet.page
    newest = older.context.new_page()
    newest.goto("/field/manifest.webmanifest")

    found = newest.evaluate(READ_WITH_NEWER, PIN)

    assert found == [2, True, 20]
    expect(older.get_by_text("A newer version of the app is open")).to_be_visible()
    # What the older window still asked for then is answered by that screen.
    tablet.complaints.clear()
