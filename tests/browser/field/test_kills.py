"""The power goes: the browser is killed right after "saved", again and again."""

from __future__ import annotations

import os
from collections import Counter
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from census.collection.models import FieldAction, Submission
from census.core import db
from tests.browser.field.lifetimes import Lifetimes
from tests.browser.field.tablets import new_draft
from tests.factories.census import SmallCensus

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

KILLS = int(os.environ.get("FIELD_KILLS", "20"))

# The form, a visit and the next draft: each is on the disk once its promise is kept.
SAVE = """async ({outbox, drafts}, [draft, next]) => {
  const at = new Date().toISOString();
  const id = await outbox.finishForm({draft, xml: draft.xml, mode: 'face_to_face', ended_at: at,
    files: [{name: 'audit.csv', blob: new Blob(['event,node,start,end\\n'])}]});
  const visit = await outbox.addAction({type: 'visit', household_id: draft.household_id,
    result: '70'});
  await drafts.put(next);
  return [id, visit];
}"""


def test_what_was_saved_is_there_after_every_kill_and_arrives_once(
    lifetimes: Lifetimes, census: SmallCensus
):
    saved: list[str] = []
    begun: list[dict[str, Any]] = []
    tablet = lifetimes.begin()
    tablet.speak("en")
    tablet.set_up()
    for number in range(KILLS):
        draft = new_draft(census.household(number % 5 + 1))
        begun.append(new_draft(census.household((number + 1) % 5 + 1)))
        if number % 4:
            tablet.page.route("**/api/**", lambda route: route.abort())
        saved += tablet.run(SAVE, [draft, begun[-1]])
        lifetimes.kill(tablet)

        tablet = lifetimes.begin()
        found = tablet.run("({drafts}, id) => drafts.get(id)", begun[-1]["household_id"])
        assert found == begun[-1], f"kill {number + 1}: the draft is not what was saved"

    tablet.speak("en")
    tablet.unlock()
    tablet.wait_for_sync()
    tablet.run("({sync}) => sync.now()")
    assert tablet.run("({outbox}) => outbox.waiting()") == {
        "submissions": 0, "actions": 0, "files": 0, "refused": 0,
    }  # fmt: skip
    expect(tablet.page.get_by_text("are gone from this tablet")).to_have_count(0)
    with db.reading() as session:
        arrived = Counter(
            [f"uuid:{each}" for each in session.scalars(select(Submission.instance_id))]
            + [f"uuid:{each}" for each in session.scalars(select(FieldAction.action_id))]
        )
    tablet.page.context.close()
    by_id = {key.replace("uuid:uuid:", "uuid:"): count for key, count in arrived.items()}
    assert {each: by_id.get(each, 0) for each in saved} == dict.fromkeys(saved, 1)
