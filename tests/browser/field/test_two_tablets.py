"""Two tablets on one household: both answers are kept, and the fuller one counts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from census.collection.codelists import Standing
from census.collection.models import Case, Submission
from census.core import db
from census.progress.services import differences_from_recount
from tests.browser.field.tablets import Tablet, new_draft
from tests.factories.census import SmallCensus
from tests.factories.instances import household_instance

pytestmark = [
    pytest.mark.browser,
    pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True),
]

FINISH = """({outbox}, draft) => outbox.finishForm({
  draft, xml: draft.xml, mode: 'face_to_face', ended_at: '2021-02-10T06:00:00Z',
})"""
SYNC = "({sync}) => sync.now()"
WAITING = "({outbox}) => outbox.waiting().then(({submissions}) => submissions)"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["fuller first", "fuller last"])
def test_the_fuller_answer_counts_whichever_tablet_comes_first(
    new_field_tablet: Callable[..., Tablet], census: SmallCensus, order: tuple[int, int]
):
    household_id = census.household(1)
    tablets = [new_field_tablet(), new_field_tablet()]
    drafts = [new_draft(household_id), new_draft(household_id)]
    drafts[1]["xml"] = household_instance(
        household_id, instance_id=drafts[1]["instance_id"], h09=None, h10=None
    )
    for tablet, draft in zip(tablets, drafts, strict=True):
        tablet.set_up()
        tablet.page.context.set_offline(True)
        tablet.run(FINISH, draft)

    for place in order:
        tablets[place].page.context.set_offline(False)
        tablets[place].run(SYNC)

    assert [tablet.run(WAITING) for tablet in tablets] == [0, 0]
    with db.reading() as session:
        rows = session.execute(select(Submission.instance_id, Submission.standing))
        assert dict(rows.all()) == {
            drafts[0]["instance_id"]: Standing.COUNTING,
            drafts[1]["instance_id"]: Standing.SUPERSEDED,
        }
        case = session.get_one(Case, ("20", household_id))
        assert case.disposition is not None
        assert list(differences_from_recount(session)) == []
    for tablet in tablets:
        tablet.run(SYNC)
        tablet.open(f"#/household/{household_id}")
        expect(tablet.page.locator(".standing")).to_contain_text("Answered")
