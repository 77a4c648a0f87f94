"""What offices do: supervisors decide on what they saw, headquarters reads how far it has come."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from random import Random
from typing import TYPE_CHECKING, Any

from tests.faults.calls import Answer
from tests.faults.history import Approval
from tests.faults.instances import Record, record

if TYPE_CHECKING:
    from tests.faults.workload import Field

LONGEST_LOOK_S = 0.1
RETURNED = 0.15
DECIDES_EVERY_S = 0.15
READS_EVERY_S = 2.0
PROGRESS = "/api/v1/progress?area=2001&by=ea"


class Supervisor:
    """Reads a batch and households in it, waits, and approves them; meanwhile somebody corrects."""

    def __init__(self, field: Field) -> None:
        """Begin with nothing seen."""
        self.field, self.history = field, field.history
        self.chance = Random(f"{field.seed}/supervisor")
        self.token = field.ground.supervisor

    def work(self) -> None:
        """Decide on one area after another until the run is over."""
        while not self.field.is_over.wait(DECIDES_EVERY_S):
            self._decide_on(self.chance.choice(self.field.ground.areas))

    def _decide_on(self, area: str) -> None:
        seen = self._call("GET", f"/api/v1/batches/{area}")
        if seen is None or not seen.is_ok:
            return
        items = [each for each in seen.json()["items"] if each["review"] == "submitted"]
        chosen = self.chance.sample(items, min(len(items), self.chance.choice((1, 1, 2, 5))))
        known = [each for item in chosen if (each := self._counting_of(item)) is not None]
        if not known:
            self.field.is_over.wait(0.05)
            return
        self._race_a_correction(known)
        time.sleep(self.chance.uniform(0, LONGEST_LOOK_S))
        verb = "return" if self.chance.random() < RETURNED else "approve"
        self._decide(area, verb, seen.headers["etag"], known)

    def _decide(
        self, area: str, verb: str, etag: str, known: Sequence[tuple[str, int, str]]
    ) -> None:
        sent: dict[str, Any] = {"households": [household_id for household_id, _, _ in known]}
        if verb == "return":
            sent["reason"] = "ตรวจสอบอีกครั้ง"
        answer = self._call(
            "POST",
            f"/api/v1/batches/{area}/{verb}",
            body=json.dumps(sent).encode(),
            headers={"If-Match": etag},
        )
        if verb == "return":
            return
        result = _result(answer)
        for household_id, revision, instance_id in known:
            self.history.approve(Approval(household_id, revision, instance_id, result))

    def _counting_of(self, item: dict[str, Any]) -> tuple[str, int, str] | None:
        """The household with the revision of the batch and the response that counts in it."""
        answer = self._call("GET", f"/api/v1/households/{item['household_id']}")
        if answer is None or not answer.is_ok:
            return None
        household = answer.json()
        if household["revision"] != item["revision"] or not household["counting_submission"]:
            return None
        return item["household_id"], item["revision"], household["counting_submission"]

    def _race_a_correction(self, known: Sequence[tuple[str, int, str]]) -> None:
        if self.chance.random() < 0.5:
            return
        household_id, _, base = self.chance.choice(known)
        correction = record(self.chance, household_id, base=base)
        tablet = self.field.tablets[0]
        chance = Random(self.chance.random())

        def send() -> None:
            time.sleep(chance.uniform(0, LONGEST_LOOK_S))
            if not tablet.send_once(chance, [correction], self.field.ground.office):
                self._hand_to_its_tablet(correction)

        self.field.hands.submit(send)

    def _hand_to_its_tablet(self, correction: Record) -> None:
        area = correction.household_id.rsplit("-", 1)[0]
        for tablet in self.field.tablets:
            if area in tablet.areas:
                tablet.outbox.append([correction])

    def _call(self, method: str, path: str, **sent: Any) -> Answer | None:
        return self.field.call(self.chance, method, path, self.token, **sent)


class Headquarters:
    """Reads the progress again and again: at every moment its rows add up to its total."""

    def __init__(self, field: Field) -> None:
        """Begin."""
        self.field, self.history = field, field.history
        self.chance = Random(f"{field.seed}/headquarters")

    def work(self) -> None:
        """Read until the run is over."""
        while not self.field.is_over.wait(READS_EVERY_S):
            answer = self.field.call(
                self.chance,
                "GET",
                "/api/v1/progress?area=2001&by=ea",
                self.field.ground.headquarters,
            )
            if answer is not None and answer.is_ok:
                self._compare(answer.json())

    def _compare(self, progress: dict[str, Any]) -> None:
        self.history.add_up()
        for name in ("frame", "final", "responded", "approved"):
            total = sum(row[name] for row in progress["rows"])
            if total != progress["total"][name]:
                self.history.see_drift(f"{name}: {total} in rows, {progress['total'][name]} in all")


def _result(answer: Answer | None) -> str:
    if answer is None or not answer.is_definite:
        return "info"
    return "ok" if answer.is_ok else "fail"
