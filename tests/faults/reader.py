"""Following the events by their numbers while everything breaks."""

from __future__ import annotations

import time
from random import Random
from typing import TYPE_CHECKING

from tests.faults.history import FeedRow

if TYPE_CHECKING:
    from tests.faults.workload import Field

FEED_PAGE = 500
FEED_EVERY_S = 0.5


class Reader:
    """Follows the events by their numbers, as whoever mirrors the census elsewhere does."""

    def __init__(self, field: Field) -> None:
        """Begin where an earlier part of the run ended."""
        self.field, self.history = field, field.history
        self.chance = Random(f"{field.seed}/reader")
        self.after = max((row.number for row in self.history.feed), default=0)

    def work(self) -> None:
        """Read on until the run is over."""
        while not self.field.is_over.is_set():
            if not self.read_on():
                self.field.is_over.wait(FEED_EVERY_S)

    def read_on(self) -> bool:
        """Read the next page; whether there is more at once."""
        answer = self.field.call(
            self.chance,
            "GET",
            f"/api/v1/events?after={self.after}&limit={FEED_PAGE}",
            self.field.ground.auditor,
        )
        if answer is None or not answer.is_ok:
            return False
        page = answer.json()
        for each in page["events"]:
            row = FeedRow(each["number"], each["hash"], each["name"], each["subject"])
            self.history.read(row)
        self.after = page["next"]
        return bool(page["more"])

    def read_to_the_end(self, within_s: float) -> None:
        """Read until there is nothing more."""
        until = time.monotonic() + within_s
        while time.monotonic() < until:
            before = self.after
            if not self.read_on() and self.after == before:
                return
