"""Asks axe-core whether everyone can use a page."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"

JUDGEMENT = """
axe.run(document, {
  runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(({violations}) => violations.flatMap(
  ({id, help, nodes}) => nodes.map(({target}) => `${id}: ${target.join(" ")}: ${help}`)
))
"""


def violations_on(page: Page) -> list[str]:
    """Every rule of WCAG 2.2 AA, or of good practice, that the page breaks, and where.

    The script goes in through the debugger: the page's own policy lets no foreign script run.
    """
    debugger = page.context.new_cdp_session(page)
    debugger.send("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    answer = debugger.send(
        "Runtime.evaluate",
        {"expression": JUDGEMENT, "awaitPromise": True, "returnByValue": True},
    )
    debugger.detach()
    if "exceptionDetails" in answer:
        raise RuntimeError(answer["exceptionDetails"])
    found: list[str] = answer["result"]["value"]
    return found
