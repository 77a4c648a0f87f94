"""What tablets send: new households, repeats, other bytes under a used id, corrections, nonsense.

The mix is that of a bad day in the field: a quarter of what is new is sent twice at once,
corrections come in pairs or before what they correct, and single records go by OpenRosa, too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from tests.faults.instances import Record, record, variant

if TYPE_CHECKING:
    from tests.faults.workload import Field

BATCH_SIZES = (1, 1, 2, 5, 10, 20, 35, 50)
REMEMBERED = 1_500
"""How many records a tablet keeps, to send them again and to correct them."""

UNKNOWN_VERSION = "1999.1"
COMPRESSED = 0.2
BY_OPENROSA = 0.5
BOUNDARY = "a-line-that-is-in-no-record"
OUTCOMES = {201: "created", 202: "quarantined", 409: "conflict"}
"""What OpenRosa's answers mean."""


class Tablet:
    """An enumerator's tablet, with its outbox."""

    def __init__(self, field: Field, number: int) -> None:
        """Begin with nothing."""
        self.field, self.number = field, number
        self.history = field.history
        self.chance = Random(f"{field.seed}/{number}")
        self.token = field.ground.tablets[number]
        self.areas = field.ground.areas_of(number)
        self.outbox: deque[list[Record]] = deque()
        self.known: deque[Record] = deque(maxlen=REMEMBERED)
        self._acts: tuple[tuple[float, Callable[[], None]], ...] = (
            (0.30, self.send_new),
            (0.08, self.post_with_files),
            (0.12, self.send_again),
            (0.08, self.reuse_ids),
            (0.12, self.correct_twice),
            (0.10, self.correct_before),
            (0.14, self.send_mixed),
            (0.03, self.send_broken),
            (0.03, self.send_unknown_version),
        )

    def work(self) -> None:
        """Act until the run is over, then empty the outbox."""
        while not self.field.is_over.is_set():
            if self.outbox and (len(self.outbox) > 4 or self.chance.random() < 0.7):
                self.send(self.outbox.popleft())
            else:
                self._act()
        while self.outbox:
            self.send(self.outbox.popleft())

    def send_new(self) -> None:
        """Send new households; a quarter of the times twice at once."""
        records = self._new()
        if self.chance.random() < 0.25:
            self._at_once((records, self.token), (records, self.token))
        else:
            self.send(records)

    def post_with_files(self) -> None:
        """Post new households one by one, each with a file."""
        for each in self._new(3):
            with_file = replace(each, has_file=True)
            self._keep_unless(self.send_once(self.chance, [with_file], self.token), [with_file])

    def send_again(self) -> None:
        """Send what was acknowledged once more."""
        self.send(self._remembered(self._size()))

    def reuse_ids(self) -> None:
        """Send other bytes under ids that were used."""
        self.send([variant(self.chance, each) for each in self._remembered(min(self._size(), 5))])

    def correct_twice(self) -> None:
        """Correct the same responses twice at once: on this tablet, and in the office."""
        bases = self._remembered(self._size())
        mine, others = ([self._correction(base) for base in bases] for _ in range(2))
        self._at_once((mine, self.token), (others, self.field.ground.office))

    def correct_before(self) -> None:
        """Send corrections before what they correct."""
        originals = self._new()
        self.send([self._correction(base) for base in originals])
        self.send(originals)

    def send_mixed(self) -> None:
        """Send new, known and corrected ones together."""
        size = self._size()
        records = [*self._new(size), *map(self._correction, self._remembered(size))]
        records = _one_a_household([*records, *self._remembered(3)])
        self.chance.shuffle(records)
        self.send(records)

    def send_unknown_version(self) -> None:
        """Send what cannot be understood: it is kept for a person to look at."""
        households = self._households(2)
        self.send([record(self.chance, each, version=UNKNOWN_VERSION) for each in households])

    def send_broken(self) -> None:
        """Send what must be refused as a whole, and leave no trace."""
        nameless = [each.without_name() for each in self._new(2)]
        for each in nameless:
            self.history.refuse(each.key[1])
        body = json.dumps({"submissions": [each.envelope for each in nameless]}).encode()
        if self.chance.random() < 0.5:
            body = body[: len(body) // 2]
        self.field.call(self.chance, "POST", "/api/v1/submissions", self.token, body=body)

    def send(self, records: Sequence[Record], token: str | None = None) -> None:
        """Send records, and keep in the outbox what was not answered."""
        if records:
            self._keep_unless(self.send_once(self.chance, records, token or self.token), records)

    def _at_once(self, *parcels: tuple[Sequence[Record], str]) -> None:
        chances = [Random(self.chance.random()) for _ in parcels]
        sent: list[Future[bool]] = [
            self.field.hands.submit(self.send_once, chance, records, token)
            for chance, (records, token) in zip(chances, parcels, strict=True)
            if records
        ]
        wait(sent)
        for future, (records, _token) in zip(sent, parcels, strict=False):
            self._keep_unless(future.result(), records)

    def _keep_unless(self, is_answered: bool, records: Sequence[Record]) -> None:
        if is_answered:
            self.known.extend(records)
        else:
            # As with any queue of parcels: what comes back waits behind the others.
            self.outbox.append(list(records))

    def send_once(self, chance: Random, records: Sequence[Record], token: str) -> bool:
        """Send once; whether every record was answered."""
        keys = [each.key for each in records]
        for key, each in zip(keys, records, strict=True):
            self.history.invoke(key, each.household_id)
        if len(records) == 1 and token == self.token:
            (only,) = records
            if only.has_file or chance.random() < BY_OPENROSA:
                return self._posted(chance, only)
        body = json.dumps({"submissions": [each.envelope for each in records]}).encode()
        headers = {}
        if chance.random() < COMPRESSED:
            body, headers = gzip.compress(body, 1), {"Content-Encoding": "gzip"}
        answer = self.field.call(
            chance, "POST", "/api/v1/submissions", token, body=body, headers=headers
        )
        if answer is None or not answer.is_definite:
            return False
        if not answer.is_ok:
            self.history.be_surprised(f"{answer.status} for submissions that are in order")
            return True
        for key, result in zip(keys, answer.json()["results"], strict=True):
            self.history.answer(key, result["outcome"])
        return True

    def _posted(self, chance: Random, each: Record) -> bool:
        """Post one record as ODK Collect does, with its file; whether it was answered."""
        body, content_type = _multipart(each)
        answer = self.field.call(
            chance,
            "POST",
            f"/openrosa/{self.field.ground.openrosa[self.number]}/submission",
            None,
            body=body,
            headers={"Content-Type": content_type, "X-OpenRosa-Version": "1.0"},
        )
        if answer is None or not answer.is_definite:
            return False
        if answer.status not in OUTCOMES:
            self.history.be_surprised(f"{answer.status} for a record that is in order")
            return True
        self.history.answer(each.key, OUTCOMES[answer.status])
        if each.has_file and answer.is_ok:
            self.history.attach(each.instance_id, hashlib.sha256(each.file).hexdigest())
        return True

    def _act(self) -> None:
        drawn = self.chance.random()
        for share, act in self._acts:
            if drawn < share:
                act()
                return
            drawn -= share

    def _size(self) -> int:
        return self.chance.choice(BATCH_SIZES)

    def _new(self, size: int | None = None) -> list[Record]:
        return [record(self.chance, each) for each in self._households(size or self._size())]

    def _households(self, size: int) -> list[str]:
        households = self.field.ground.households(self.chance.choice(self.areas))
        return self.chance.sample(households, min(size, len(households)))

    def _remembered(self, size: int) -> list[Record]:
        known = self.known
        if not known:
            return []
        return _one_a_household([self.chance.choice(known) for _ in range(size)])

    def _correction(self, base: Record) -> Record:
        return record(self.chance, base.household_id, base=base.instance_id)


def _one_a_household(records: Sequence[Record]) -> list[Record]:
    """The first record of each household: a parcel changes no case twice."""
    first: dict[str, Record] = {}
    for each in records:
        first.setdefault(each.household_id, each)
    return list(first.values())


def _multipart(each: Record) -> tuple[bytes, str]:
    """The record as the protocol has it, and what kind of body that is."""
    if not each.has_file:
        return each.text.encode(), "text/xml"
    parts = (
        ("xml_submission_file", "submission.xml", "text/xml", each.text.encode()),
        ("note.txt", "note.txt", "text/plain", each.file),
    )
    body = b"".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"\r\n'
        f"Content-Type: {kind}\r\n\r\n".encode()
        + content
        + b"\r\n"
        for name, file, kind, content in parts
    )
    return body + f"--{BOUNDARY}--\r\n".encode(), f"multipart/form-data; boundary={BOUNDARY}"
