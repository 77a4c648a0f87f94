"""A day of forms does not fill the tablet's memory: each form's frame is thrown away."""

from __future__ import annotations

import pytest
from playwright.sync_api import CDPSession, Page

from tests.browser.field.form.conftest import Open
from tests.browser.field.form.openings import HOUSEHOLD_ID
from tests.factories.instances import household_instance

pytestmark = pytest.mark.browser

FORMS = 60
SETTLED = 10
MAY_GROW_MB = 20
"""One form that is not freed takes 4 MB."""


def test_sixty_forms_in_a_row_do_not_grow_memory(open_form: Open, page: Page) -> None:
    draft = {"how": "draft", "xml": household_instance(HOUSEHOLD_ID, persons=5), "kept": {}}
    debugger = page.context.new_cdp_session(page)
    debugger.send("Performance.enable")

    for number in range(1, FORMS + 1):
        open_form(**draft)
        if number == SETTLED:
            settled = _heap_mb(debugger)

    assert _heap_mb(debugger) - settled < MAY_GROW_MB


def _heap_mb(debugger: CDPSession) -> float:
    debugger.send("HeapProfiler.collectGarbage")
    metrics = debugger.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "JSHeapUsedSize")) / 1e6
