"""How a batch stands, what identifies the state that was seen, and what moved since."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from census.core.errors import Fault
from census.review.codelists import BatchStatus

ANY_ETAG = "*"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many households of a batch stand how."""

    households: int = 0
    final: int = 0
    responded: int = 0
    ineligible: int = 0
    submitted: int = 0
    approved: int = 0
    returned: int = 0
    quarantined: int = 0
    """Submissions and reports from the field, not households: what waits for a person."""

    @property
    def not_final(self) -> int:
        """Households on which the work still goes on."""
        return self.households - self.final

    @property
    def not_approved(self) -> int:
        """Households that nobody has approved."""
        return self.households - self.approved

    @property
    def nonresponse(self) -> int:
        """Final, and neither a response nor ineligible."""
        return self.final - self.responded - self.ineligible


@dataclass(frozen=True, slots=True)
class Seen:
    """What the actor had before them when they decided.

    The ETag stands for all of it; the revisions, where they are told, say what moved since.
    """

    etag: str
    revisions: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Movement:
    """A household that is not at the revision that was seen."""

    household_id: str
    seen: int | None
    now: int | None

    @property
    def th(self) -> str:
        """What moved, in Thai."""
        if self.now is None:
            return "ไม่อยู่ในเขตแจงนับนี้แล้ว"
        if self.seen is None:
            return f"เพิ่มเข้ามาใหม่ (ฉบับที่ {self.now})"
        return f"เปลี่ยนจากฉบับที่ {self.seen} เป็นฉบับที่ {self.now}"

    @property
    def en(self) -> str:
        """What moved, in English."""
        if self.now is None:
            return "no longer in this enumeration area"
        if self.seen is None:
            return f"new, at revision {self.now}"
        return f"was at revision {self.seen}, is at {self.now}"

    @property
    def fault(self) -> Fault:
        """The movement as a part of a refusal."""
        return Fault(f"/items/{self.household_id}", self.th, self.en)


def batch_status(counts: Counts, *, is_closed: bool) -> BatchStatus:
    """How a batch stands: the first that fits."""
    if is_closed:
        return BatchStatus.CLOSED
    if counts.returned:
        return BatchStatus.RETURNED
    if counts.not_final:
        return BatchStatus.OPEN
    if counts.not_approved:
        return BatchStatus.READY
    return BatchStatus.APPROVED


def etag_of(status: str, revisions: Mapping[str, int], quarantined: Iterable[UUID | str]) -> str:
    """What identifies a state: a hash of the status, every revision and what is in quarantine."""
    content = [status, sorted(revisions.items()), sorted(str(each) for each in quarantined)]
    return hashlib.sha256(json.dumps(content, separators=(",", ":")).encode()).hexdigest()


def bare_etags(header: str) -> list[str]:
    """The tags of an If-Match header, without quotes and without the mark of a weak one.

    A proxy that compresses an answer makes its tag weak; what it stands for stays the same.
    """
    parts = (part.strip().removeprefix("W/").strip().strip('"') for part in header.split(","))
    return [part for part in parts if part]


def names_a_state(header: str) -> bool:
    """Whether the header says what was seen: `*` stands for anything, so it says nothing."""
    return any(tag != ANY_ETAG for tag in bare_etags(header))


def is_seen(seen: str, etag: str) -> bool:
    """Whether what was seen is the present state."""
    return etag in bare_etags(seen)


def movements(seen: Mapping[str, int], now: Mapping[str, int]) -> list[Movement]:
    """The households that moved since, in the order of their ids; none where nothing was told."""
    if not seen:
        return []
    return [
        Movement(household_id, seen.get(household_id), now.get(household_id))
        for household_id in sorted(seen.keys() | now.keys())
        if seen.get(household_id) != now.get(household_id)
    ]
