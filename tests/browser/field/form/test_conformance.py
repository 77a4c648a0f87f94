"""The form filled in on the tablet says the same as an instance made without it."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import Page

from census.collection.edits import Context, judge
from census.collection.instances.parsing import parse
from census.collection.instances.reading import read_household
from tests.browser.field.form.conftest import Open
from tests.browser.field.form.expected import answers_in, instance_of
from tests.browser.field.form.households import EVERY_KIND, Told
from tests.browser.field.form.openings import HOUSEHOLD_ID

pytestmark = pytest.mark.browser

ON_TIME = (date(2020, 12, 1), date(2021, 3, 31))
OF_THE_CLOCK = {"E-I08", "E-I09", "E-I10"}


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_a_form_filled_in_on_the_tablet_holds_what_was_told(
    open_form: Open, page: Page, complaints: list[str], kind: str
) -> None:
    told = EVERY_KIND[kind]
    interviewer = open_form(told.language)

    interviewer.fill(told)
    interviewer.press("finish")
    page.wait_for_function("() => host.finished")
    xml = page.evaluate("host.finished.xml")

    assert answers_in(xml) == answers_in(instance_of(HOUSEHOLD_ID, told))
    assert findings_in(xml, told) == findings_in(instance_of(HOUSEHOLD_ID, told), told)
    assert complaints == []


def findings_in(xml: str, told: Told) -> set[tuple[str, str, bool]]:
    """What the office finds in an instance, but for what depends on the hour of the test."""
    context = Context(province_code="22", mode=told.mode, field_period=ON_TIME)
    found = judge(read_household(parse(xml.encode())), context)
    return {
        (each.edit, each.severity.value, each.overridden)
        for each in found
        if each.edit not in OF_THE_CLOCK
    }
