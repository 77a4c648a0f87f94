"""Everyone can use every screen of the form, in both languages, on a tablet and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.accessibility import AXE, JUDGEMENT
from tests.browser.field.form.conftest import Open
from tests.browser.field.form.households import EVERY_KIND, VACANT
from tests.browser.field.form.interviewer import Interviewer
from tests.browser.field.form.openings import REGISTERED

pytestmark = pytest.mark.browser

TABLET = {"width": 800, "height": 1280}
PHONE = {"width": 360, "height": 740}
UNUSUAL = EVERY_KIND["unusual, with reasons"]


@pytest.mark.parametrize("size", [TABLET, PHONE], ids=["tablet", "phone"])
@pytest.mark.parametrize("language", ["th", "en"])
def test_no_screen_of_the_form_shuts_anybody_out(
    open_form: Open, page: Page, complaints: list[str], language: str, size: dict[str, int]
) -> None:
    page.set_viewport_size(size)  # type: ignore[arg-type]
    interviewer = open_form(language, registered=REGISTERED)
    found: dict[str, list[str]] = {}

    def look(screen: str) -> None:
        found[screen] = violations_in_frame(page)
        found[screen] += [f"wider than the screen: {screen}"] if _is_too_wide(interviewer) else []

    for screen in _screens(interviewer):
        look(screen)

    assert {screen: broken for screen, broken in found.items() if broken} == {}
    assert len(found) > 18
    assert complaints == []


def _screens(interviewer: Interviewer):  # type: ignore[no-untyped-def]
    """Every screen, also with faults and doubts shown, one after the other."""
    frame = interviewer.frame
    dwelling = UNUSUAL.dwelling | {"mode": "face_to_face", "h22": 1, "h23": 1, "h24": 0}
    interviewer.press("next")
    yield "a page with a fault"
    interviewer.answer("mode", "face_to_face")
    interviewer.go_on()
    interviewer.answer("h02", "6")
    yield "nobody lives here"
    while (step := interviewer.step) != "roster":
        interviewer.answer_page(dwelling, VACANT)
        yield step
        interviewer.answer_page({}, UNUSUAL)
        interviewer.go_on()
    yield "the list, empty, and the register"
    frame.locator(".register__person").last.get_by_role("button").last.click()
    frame.locator(".register__person").first.get_by_role("button").nth(1).click()
    person = UNUSUAL.persons[0] | {"p12": "3", "p13": "2", "p13_province": "24", "p14": "1"}
    while (step := interviewer.step) != "roster":
        interviewer.answer_page(person, VACANT)
        yield step
        if step.endswith("p07"):
            frame.locator("#q-p08 .chosen button").click()
            yield "a long list"
        interviewer.answer_page({}, UNUSUAL)
        frame.locator(".form-foot__forward").click()
        if interviewer.step == step:
            yield f"{step}, with faults"
            frame.locator(".summary button").click()
    yield "the list, with somebody on it"
    frame.locator(".person .link-button").click()
    yield "somebody is to be taken out"
    interviewer.press("overview")
    yield "the last look"


def violations_in_frame(page: Page) -> list[str]:
    """Every rule that the frame's page breaks; the debugger reaches into it past its policy."""
    debugger = page.context.new_cdp_session(page)
    contexts: list[dict] = []
    debugger.on("Runtime.executionContextCreated", lambda told: contexts.append(told["context"]))
    debugger.send("Runtime.enable")
    frame_id = _frame_id(debugger)
    context = next(
        each["id"]
        for each in contexts
        if each["auxData"]["frameId"] == frame_id and each["auxData"]["isDefault"]
    )
    ask = {"contextId": context, "awaitPromise": True, "returnByValue": True}
    debugger.send("Runtime.evaluate", ask | {"expression": AXE.read_text(encoding="utf-8")})
    answer = debugger.send("Runtime.evaluate", ask | {"expression": JUDGEMENT})
    debugger.detach()
    return list(answer["result"]["value"])


def _frame_id(debugger) -> str:  # type: ignore[no-untyped-def]
    tree = debugger.send("Page.getFrameTree")["frameTree"]
    return str(tree["childFrames"][-1]["frame"]["id"])


def _is_too_wide(interviewer: Interviewer) -> bool:
    main = interviewer.frame.locator("html")
    return bool(main.evaluate("html => html.scrollWidth > html.clientWidth"))
