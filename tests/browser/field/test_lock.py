"""The lock: what is on a tablet that was lost, and what its PIN keeps."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from census.core import db
from census.frame.models import Household
from tests.browser.accessibility import violations_on
from tests.browser.field.tablets import PIN, Tablet, new_draft
from tests.factories.census import SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

CANARIES = 50
CLEAR_STORES = {"tablet", "questionnaires", "aliases", "sent"}


def canary(number: int) -> str:
    """A text that stands nowhere else."""
    return f"Quetzalcoatl-{number:02d}"


def put_canaries_at_the_doors(census: SmallCensus) -> None:
    """Give the households addresses that are found wherever they are readable."""
    with db.transaction() as session:
        for number in range(1, 6):
            household = session.get_one(Household, ("20", census.household(number)))
            household.address = canary(number)


def test_the_pin_opens_the_tablet_after_a_reload_and_shows_the_same_screen(tablet: Tablet):
    tablet.page.reload()
    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()

    tablet.unlock("999999")
    expect(tablet.page.get_by_text("The PIN is wrong")).to_be_visible()
    tablet.unlock(PIN)

    expect(tablet.page.get_by_role("heading", name="Send and receive")).to_be_visible()


def test_a_lost_tablet_shows_nothing_personal(
    census: SmallCensus, new_field_tablet: Callable[..., Tablet]
):
    put_canaries_at_the_doors(census)
    tablet = new_field_tablet()
    tablet.set_up()
    tablet.page.context.set_offline(True)
    fill = """async ({drafts, photos, outbox}, [found, names]) => {
      for (const [place, name] of names.entries()) {
        const draft = {...found,
          household_id: `22001011001-${String(place + 1).padStart(4, '0')}`,
          instance_id: `uuid:${crypto.randomUUID()}`,
          xml: `<data><p02_first>${name}</p02_first></data>`};
        await drafts.put(draft);
        await photos.put(draft.household_id, 'door.jpg', new Blob([name]));
        await outbox.addAction({type: 'visit', household_id: draft.household_id, result: '70',
          note: name, files: [{name: 'note.txt', blob: new Blob([name])}]});
        if (place % 2) await outbox.finishForm({draft, xml: draft.xml, mode: 'face_to_face',
          ended_at: new Date().toISOString(), files: [{name: 'a.txt', blob: new Blob([name])}]});
      }
    }"""
    names = [canary(number) for number in range(CANARIES)]
    tablet.run(fill, [new_draft(census.household(1)), names])

    stores = tablet.stores()
    kept = json.dumps(
        [
            stores,
            tablet.page.evaluate("Object.entries(localStorage)"),
            tablet.page.evaluate("Object.entries(sessionStorage)"),
            tablet.page.context.cookies(),
            tablet.page.evaluate("location.href"),
        ]
    )

    assert len(stores["outbox"]) == 2 * CANARIES + 2 * (CANARIES // 2)
    assert len(stores["drafts"]) == CANARIES // 2
    assert "Quetzalcoatl" not in kept
    # In base64 the name begins in one of three ways.
    assert not re.search("UXVldHphbGNvYXRs|F1ZXR6YWxjb2F0b|RdWV0emFsY29hdG", kept)
    assert "enumerator1" not in kept
    everything_sealed = set(stores) - CLEAR_STORES
    assert all(
        {"iv", "data"} <= set(record) for name in everything_sealed for _key, record in stores[name]
    )


def test_nothing_but_the_app_itself_is_in_the_cache(tablet: Tablet):
    kept = tablet.page.evaluate(
        """async () => (await Promise.all((await caches.keys()).map(
          async (name) => (await (await caches.open(name)).keys()).map(({url}) => url)
        ))).flat().map((url) => new URL(url).pathname)"""
    )

    assert kept
    assert all(path.startswith("/field/") for path in kept)


def test_whoever_guesses_waits_longer_each_time_also_after_a_reload(tablet: Tablet):
    tablet.page.reload()
    for guess in ("111222", "222333", "333444"):
        tablet.unlock(guess)
        expect(tablet.page.get_by_text("The PIN is wrong")).to_be_visible()
    expect(tablet.page.get_by_text("Wrong too often")).to_be_visible()

    tablet.page.reload()

    expect(tablet.page.get_by_text("Wrong too often")).to_be_visible()
    expect(tablet.page.get_by_role("button", name="Unlock")).to_be_disabled()
    assert tablet.stores()["households"]
    expect(tablet.page.get_by_role("button", name="Unlock")).to_be_enabled(timeout=15_000)
    tablet.unlock()
    expect(tablet.page.get_by_role("heading", name="Send and receive")).to_be_visible()


def test_the_pin_is_changed_and_everything_stays(tablet: Tablet, census: SmallCensus):
    draft = new_draft(census.household(2))
    tablet.run("({drafts}, draft) => drafts.put(draft)", draft)
    tablet.open("#/settings")
    tablet.page.get_by_label("Present PIN").fill("999999")
    tablet.page.get_by_label("New PIN", exact=True).fill("314159")
    tablet.page.get_by_label("New PIN again").fill("314159")
    tablet.page.get_by_role("button", name="Change", exact=True).click()
    expect(tablet.page.get_by_text("The present PIN is wrong")).to_be_visible()
    tablet.page.get_by_label("Present PIN").fill(PIN)
    tablet.page.get_by_role("button", name="Change", exact=True).click()
    expect(tablet.page.get_by_text("The PIN is changed.")).to_be_visible()

    tablet.page.get_by_role("button", name="Lock the tablet").click()
    tablet.unlock(PIN)
    expect(tablet.page.get_by_text("The PIN is wrong")).to_be_visible()
    tablet.unlock("314159")

    expect(tablet.page.get_by_role("heading", name="Settings")).to_be_visible()
    read = tablet.run("({drafts}, id) => drafts.get(id)", census.household(2), pin="314159")
    assert read == draft


def test_a_tablet_that_lies_untouched_locks_itself(
    census: SmallCensus, new_field_tablet: Callable[..., Tablet]
):
    tablet = new_field_tablet()
    tablet.page.clock.install()
    tablet.set_up()
    tablet.page.clock.run_for(4 * 60_000)
    tablet.page.mouse.click(5, 300)
    tablet.page.clock.run_for(4 * 60_000)
    expect(tablet.page.get_by_role("heading", name="Send and receive")).to_be_visible()

    tablet.page.clock.run_for(70_000)

    expect(tablet.page.get_by_role("heading", name="Enter your PIN")).to_be_visible()


@pytest.mark.parametrize("language", ["th", "en"])
def test_everybody_can_use_the_lock_and_the_pages_of_the_frame(
    new_field_tablet: Callable[..., Tablet], language: str
):
    tablet = new_field_tablet()
    tablet.open()
    tablet.speak(language)
    broken = {"set up": violations_on(tablet.page)}
    tablet.speak("en")
    tablet.set_up()
    tablet.speak(language)
    for way in ("sync", "settings", "set-up", "nowhere"):
        tablet.open(f"#/{way}")
        expect(tablet.page.locator("h1")).to_be_visible()
        broken[way] = violations_on(tablet.page)
    tablet.page.reload()
    expect(tablet.page.locator("#pin")).to_be_visible()
    broken["lock"] = violations_on(tablet.page)

    assert {where: what for where, what in broken.items() if what} == {}
