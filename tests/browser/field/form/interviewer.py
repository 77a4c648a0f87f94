"""Fills in the form as an enumerator does: reads what is asked, and answers with eyes and thumb."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import FrameLocator, Locator, Page, expect

from census.collection.questionnaires.sources import sources, text
from tests.browser.field.form.households import Answers, Told

WORDS = {
    "th": {
        "next": "ถัดไป",
        "add": "เพิ่มคน",
        "finish": "จบแบบสอบถาม",
        "overview": "ดูทั้งหมด",
        "another": "เลือกใหม่",
    },
    "en": {
        "next": "Next",
        "add": "Add a person",
        "finish": "Finish the form",
        "overview": "Overview",
        "another": "Choose another",
    },
}
LONG_LISTS = {"p08", "p11_province", "p13_province", "p13_country", "p18", "h21_language"}


@cache
def labels(language: str) -> dict[tuple[str, str], str]:
    """The label of every choice, by its list and code."""
    choices = sources("household", "2564.1").choices
    return {(row["list_name"], row["name"]): text(row, "label", language) for row in choices}


@cache
def list_of(node: str) -> str:
    """The list from which a question is answered."""
    rows = {row["name"]: row["type"] for row in sources("household", "2564.1").survey}
    return rows[node].rpartition(" ")[2]


@dataclass
class Interviewer:
    """Somebody with the tablet in hand."""

    page: Page
    frame: FrameLocator
    language: str = "th"

    def fill(self, told: Told) -> None:
        """The whole form, up to the last look."""
        persons = list(told.persons)
        answers = told.dwelling | {"mode": told.mode.value}
        while (step := self.step) != "review":
            if step == "roster":
                if not persons:
                    self.press("overview")
                    continue
                answers = persons.pop(0)
                self.press("add")
                continue
            self.answer_page(answers, told)
            self.go_on()

    def fill_up_to(self, step: str, told: Told) -> None:
        """The pages before a step, the persons not among them."""
        while self.step != step:
            self.answer_page(told.dwelling | {"mode": told.mode.value}, told)
            self.go_on()

    def saved(self) -> dict[str, Any]:
        """What the test's app keeps, once everything is on the disk."""
        self.wait_until_saved()
        return dict(self.page.evaluate("host.saved"))

    def wait_until_saved(self) -> None:
        """Wait until the form says that everything is on the disk."""
        expect(self.frame.get_by_text(re.compile("^✓"))).to_be_visible()

    def go_on(self) -> None:
        """To the next page."""
        before = self.step
        self.press("next")
        expect(self.frame.locator(f"main:not([data-step='{before}'])")).to_be_visible()

    @property
    def step(self) -> str:
        """Where one is."""
        main = self.frame.locator("main[data-step]")
        return str(main.get_attribute("data-step"))

    def press(self, word: str) -> None:
        """Press one of the form's own buttons."""
        name = re.compile(re.escape(WORDS[self.language][word]))
        self.frame.get_by_role("button", name=name).last.click()

    def answer_page(self, answers: Answers, told: Told) -> None:
        """Answer what is asked on this page, also what comes up while one answers."""
        done: set[str] = set()
        while name := self._next_asked(answers, done):
            self.answer(name, answers[name])
            done.add(name)
        self._explain(told)

    def answer(self, name: str, value: Any) -> None:
        """Answer one question."""
        question = self.question(name)
        cards = question.locator(".card")
        if name in LONG_LISTS:
            self._choose_from_long_list(question, name, str(value))
        elif cards.count():
            for code in str(value).split():
                question.locator(f".card:has(input[value='{code}'])").click()
        else:
            field = question.locator("input, textarea").first
            field.fill(str(value))
            field.blur()

    def question(self, name: str) -> Locator:
        """The place of a question on the page."""
        return self.frame.locator(f"#q-{name}")

    def _next_asked(self, answers: Answers, done: set[str]) -> str | None:
        ids = self.frame.locator(".question").evaluate_all("all => all.map(({id}) => id.slice(2))")
        return next((name for name in ids if name in answers and name not in done), None)

    def _choose_from_long_list(self, question: Locator, name: str, code: str) -> None:
        another = question.get_by_role("button", name=WORDS[self.language]["another"])
        if another.count():
            another.click()
        question.get_by_role("searchbox").fill(labels(self.language)[list_of(name), code])
        question.locator(f".card:has(input[value='{code}'])").click()

    def _explain(self, told: Told) -> None:
        """Give the reasons that are asked for here."""
        line = self.step.partition("/")[0] if "/" in self.step else ""
        for edit, of_line, reason in told.overrides():
            field = self.frame.locator(f"#doubt-{edit}-{of_line or 'h'}-field")
            if of_line == line and field.count():
                field.fill(reason)
                field.blur()
