"""The last resort: a file that only the office can open, and storage that was emptied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from census.collection.attached import Attachment
from census.collection.codelists import FieldActionType
from census.collection.models import FieldAction, Submission
from census.core import db
from census.web.tablet_files import take_in_file
from tests.browser.field.tablets import Tablet, new_draft
from tests.factories.census import SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

MEGABYTE = 1_000_000
FILL = """async ({outbox, drafts}, [finished, begun]) => {
  const at = new Date().toISOString();
  for (const draft of finished) {
    const log = new Blob(['event,node,start,end\\n'], {type: 'text/csv'});
    await outbox.finishForm({draft, xml: draft.xml, mode: 'face_to_face', ended_at: at,
      files: [{name: 'audit.csv', blob: log}]});
  }
  await drafts.put(begun);
  await outbox.addAction({type: 'visit', household_id: begun.household_id, result: '70'});
}"""


def fill(tablet: Tablet, census: SmallCensus) -> None:
    """Leave three finished forms, one that is begun and a visit on the tablet."""
    tablet.page.context.set_offline(True)
    finished = [new_draft(census.household(serial)) for serial in (1, 2, 3)]
    tablet.run(FILL, [finished, new_draft(census.household(4))])


def file_of(tablet: Tablet, folder: Path) -> bytes:
    """The file that the tablet makes."""
    with tablet.page.expect_download() as downloading:
        tablet.page.get_by_role("button", name="Make a file for the office").click()
    expect(tablet.page.get_by_text("8 records are in the file")).to_be_visible()
    assert downloading.value.suggested_filename.endswith(".sammano")
    path = folder / "tablet.sammano"
    downloading.value.save_as(path)
    return path.read_bytes()


def test_a_locked_tablet_gives_the_office_everything_and_nobody_else_anything(
    tablet: Tablet, census: SmallCensus, tmp_path: Path
):
    fill(tablet, census)
    tablet.page.context.set_offline(False)
    tablet.page.route("**/api/**", lambda route: route.abort())
    tablet.page.reload()
    tablet.page.get_by_text("I forgot the PIN").click()
    data = file_of(tablet, tmp_path)

    assert b"instance" not in data
    assert census.household(1).encode() not in data
    taken = take_in_file(None, data, most_bytes=100 * MEGABYTE)
    again = take_in_file(None, data, most_bytes=100 * MEGABYTE)

    assert [each.outcome.value for each in taken.taken] == ["accepted"] * 7
    assert {each.outcome.value for each in again.taken} == {"duplicate"}
    assert [each.household_id for each in taken.drafts] == [census.household(4)]
    with db.reading() as session:
        assert len(session.scalars(select(Submission)).all()) == 3
        assert len(session.scalars(select(Attachment)).all()) == 3
        visits = select(FieldAction).where(FieldAction.type == FieldActionType.VISIT)
        assert [each.household_id for each in session.scalars(visits)] == [census.household(4)]


def test_what_the_office_took_from_a_file_counts_once_when_the_tablet_sends_after_all(
    tablet: Tablet, census: SmallCensus, tmp_path: Path
):
    fill(tablet, census)
    tablet.page.evaluate("location.hash = '#/settings'")
    data = file_of(tablet, tmp_path)
    take_in_file(None, data, most_bytes=100 * MEGABYTE)
    tablet.page.context.set_offline(False)
    tablet.run("({sync}) => sync.now()")

    ledger = tablet.run("({ledger}) => ledger.all()")
    assert {each["outcome"] for each in ledger} == {"duplicate"}
    with db.reading() as session:
        assert len(session.scalars(select(Submission)).all()) == 3


def test_a_forgotten_pin_may_begin_anew_only_where_nothing_is_unsent(
    tablet: Tablet, census: SmallCensus
):
    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(census.household(1)))
    tablet.page.reload()
    tablet.page.get_by_text("I forgot the PIN").click()
    expect(tablet.page.get_by_role("button", name="Make a file")).to_be_visible()
    expect(tablet.page.get_by_role("button", name="Clear the tablet")).to_have_count(0)

    tablet.run("({drafts}, id) => drafts.remove(id)", census.household(1))
    tablet.page.get_by_role("button", name="Clear the tablet").click()

    expect(tablet.page.get_by_role("heading", name="Set up this tablet")).to_be_visible()
    assert tablet.stores()["households"] == []


def test_storage_that_was_emptied_is_said_with_the_number_that_is_gone(
    tablet: Tablet, census: SmallCensus
):
    fill(tablet, census)
    tablet.page.context.set_offline(False)
    debugger = tablet.page.context.new_cdp_session(tablet.page)
    debugger.send(
        "Storage.clearDataForOrigin",
        {"origin": tablet.page.evaluate("location.origin"), "storageTypes": "indexeddb"},
    )

    tablet.page.reload()

    alert = tablet.page.get_by_role("alert")
    expect(alert).to_contain_text("8 unsent records are gone from this tablet")
    tablet.page.reload()
    expect(alert).to_contain_text("8 unsent records are gone from this tablet")
    alert.get_by_role("button", name="I have read this").click()
    expect(alert).to_have_count(0)
    tablet.page.reload()
    expect(tablet.page.get_by_role("heading", name="Set up this tablet")).to_be_visible()
    expect(alert).to_have_count(0)


def test_a_full_tablet_says_so_and_loses_nothing(tablet: Tablet, census: SmallCensus):
    fill(tablet, census)
    tablet.page.context.set_offline(False)
    tablet.page.evaluate(
        """() => {
          IDBObjectStore.prototype.put = () => {
            throw new DOMException('full', 'QuotaExceededError');
          };
        }"""
    )

    refused = tablet.run(
        "({drafts}, draft) => drafts.put(draft).then(() => null, ({name}) => name)",
        new_draft(census.household(5)),
    )
    tablet.sync_button.click()

    assert refused == "QuotaExceededError"
    expect(tablet.page.get_by_text("The tablet cannot write")).to_be_visible()
    assert len(tablet.stores()["outbox"]) == 7
    tablet.complaints.clear()


def test_the_tablet_of_somebody_else_is_not_taken_over_while_something_is_unsent(
    tablet: Tablet, census: SmallCensus, new_field_tablet: Callable[..., Tablet]
):
    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(census.household(1)))
    tablet.open("#/set-up")

    tablet.sign_in("enumerator2")
    expect(tablet.page.get_by_role("alert")).to_contain_text("1 unsent records of somebody else")

    tablet.run("({drafts}, id) => drafts.remove(id)", census.household(1))
    tablet.sign_in("enumerator2")
    expect(tablet.page.get_by_role("heading", name="Choose a PIN")).to_be_visible()
    assert tablet.stores()["households"] == []


def test_a_tablet_is_registered_again_and_its_work_stays(tablet: Tablet, census: SmallCensus):
    tablet.run("({drafts}, draft) => drafts.put(draft)", new_draft(census.household(1)))
    before = tablet.run("({settings}) => settings.device()")
    tablet.open("#/set-up")

    tablet.sign_in("enumerator1")
    tablet.page.get_by_label("The present PIN").fill("271828")
    tablet.page.get_by_role("button", name="Register again").click()

    expect(tablet.page.get_by_role("heading", name="My areas")).to_be_visible()
    after = tablet.run("({settings}) => settings.device()")
    assert after["device_id"] != before["device_id"]
    assert tablet.run("({drafts}, id) => drafts.get(id)", census.household(1))
    assert tablet.run("({vault}) => vault.officeSeal()")["device_id"] == after["device_id"]
