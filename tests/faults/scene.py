"""A few calls in an exact order, by one tablet, one office, one supervisor and one reader."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from time import monotonic, sleep

from tests.faults import run
from tests.faults.calls import Answer, call
from tests.faults.census import Ground
from tests.faults.failpoints import Board
from tests.faults.history import Approval, FeedRow, History
from tests.faults.instances import Record, record
from tests.faults.server import Served

WITHIN_S = 15.0
LOOK_EVERY_S = 0.01


@dataclass
class Scene:
    """A system with a bug or without, and one tablet, one office, one supervisor, one reader."""

    served: Served
    other: Served
    """A second server on the same database, where a scene needs one."""
    board: Board
    ground: Ground
    history: History
    chance: Random

    def new(self, *, base: Record | None = None) -> Record:
        """A submission of the first household, or a correction of another submission of it."""
        household_id = self.ground.households(self.ground.areas[0])[0]
        return record(self.chance, household_id, base=base.instance_id if base else None)

    def send(
        self, *records: Record, token: str | None = None, to: Served | None = None
    ) -> Answer | None:
        """Send once, and note what is said."""
        for each in records:
            self.history.invoke(each.key, each.household_id)
        body = json.dumps({"submissions": [each.envelope for each in records]}).encode()
        answer = call(
            (to or self.served).port,
            "POST",
            "/api/v1/submissions",
            token=token or self.ground.tablets[0],
            body=body,
        )
        if answer is not None and answer.is_ok:
            for each, result in zip(records, answer.json()["results"], strict=True):
                self.history.answer(each.key, result["outcome"])
        return answer

    def send_until_answered(self, each: Record) -> None:
        """Send as a tablet does: again and again."""
        until = monotonic() + WITHIN_S
        while not self.history.is_answered(each.key):
            assert monotonic() < until
            self.served.start()
            self.send(each)

    def read_feed(self) -> None:
        """Read on in the feed of events."""
        after = max((row.number for row in self.history.feed), default=0)
        answer = self._call("GET", f"/api/v1/events?after={after}&limit=500", self.ground.auditor)
        assert answer is not None
        for each in answer.json()["events"]:
            self.history.read(FeedRow(each["number"], each["hash"], each["name"], each["subject"]))

    def seen_batch(self) -> tuple[str, Approval]:
        """The batch of the first household: its tag, and the approval that would be of it."""
        area = self.ground.areas[0]
        household_id = self.ground.households(area)[0]
        batch = self._call("GET", f"/api/v1/batches/{area}", self.ground.supervisor)
        assert batch is not None
        case = self.read_household().json()
        seen = Approval(household_id, case["revision"], case["counting_submission"], "ok")
        return batch.headers["etag"], seen

    def read_household(self) -> Answer:
        """Look at the first household."""
        household_id = self.ground.households(self.ground.areas[0])[0]
        address = f"/api/v1/households/{household_id}"
        answer = self._call("GET", address, self.ground.supervisor)
        assert answer is not None
        return answer

    def approve(self, etag: str, seen: Approval) -> None:
        """Approve what was seen, and note what is said."""
        answer = self._call(
            "POST",
            f"/api/v1/batches/{self.ground.areas[0]}/approve",
            self.ground.supervisor,
            json.dumps({"households": [seen.household_id]}).encode(),
            {"If-Match": etag},
        )
        assert answer is not None
        if answer.is_ok:
            self.history.approve(seen)

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait for something that must come."""
        until = monotonic() + WITHIN_S
        while not condition():
            assert monotonic() < until
            sleep(LOOK_EVERY_S)

    def _call(
        self,
        method: str,
        path: str,
        token: str,
        body: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer | None:
        return call(self.served.port, method, path, token=token, body=body, headers=headers)

    def judged(self) -> dict[str, str]:
        """What is found when nobody serves any more, by name."""
        self.served.kill_all()
        self.other.kill_all()
        found = run.judged(self.served, self.history, self.ground)
        return {each.name: each.what for each in found}
