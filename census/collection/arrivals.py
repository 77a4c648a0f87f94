"""A submission on arrival: its bytes, what its envelope says, and what could be read in it.

Nothing here touches the database, and nothing a sender can write raises: what cannot be understood
becomes the reason for its quarantine.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from census.accounts.actors import Actor
from census.collection.codelists import Mode, Outcome, Standing
from census.collection.edits import Finding
from census.collection.instances.members import Household
from census.collection.instances.parsing import Node, UnreadableInstance, parse
from census.collection.instances.reading import HouseholdAnswers, read_household
from census.core.db import new_id

logger = logging.getLogger(__name__)

UNREADABLE = "submission.unreadable"
MISMATCH = "submission.mismatch"
NOT_UNDERSTOOD = "submission.not_understood"
NOT_ON_LIST = "household.unknown"
NOT_ASSIGNED = "household.foreign"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A submission as a face hands it over: the envelope's words and the instance's bytes."""

    instance_id: str
    data: bytes
    household_id: str | None = None
    mode: Mode | None = None
    questionnaire: str = ""
    version: str = ""
    device_id: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str | None = None
    """What the face found wrong with the envelope, if anything: it is kept all the same."""
    root: Node | None = None
    """The instance's tree, where the face has parsed it already."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a submission, as its sender is told."""

    instance_id: str
    outcome: Outcome
    code: str | None = None
    standing: Standing | None = None
    findings: Sequence[Finding] = ()


@dataclass(slots=True)
class Arrival:
    """A submission on its way into the database; its place and standing are found step by step."""

    id: UUID
    incoming: Incoming
    sha256: bytes
    answers: HouseholdAnswers | None
    reason: str | None
    sender: Actor | None = None
    province_code: str = ""
    ea_code: str | None = None
    findings: Sequence[Finding] = field(default_factory=tuple)
    is_counting: bool = False
    first_reason: str | None = None
    """Why it went into quarantine when it came, where an officer has taken it up since."""
    assigned_household_id: str | None = None
    """The household that an officer vouched for, whatever instance and envelope say."""
    _household: Household | None = None

    @property
    def household(self) -> Household:
        """The household as the answers describe it, made once for all who look at it."""
        if self._household is None:
            self._household = Household(self.given_answers)
        return self._household

    @property
    def given_answers(self) -> HouseholdAnswers:
        """The answers of an arrival that was read."""
        if self.answers is None:
            raise ValueError("only an arrival that was read has answers")
        return self.answers

    @property
    def instance_id(self) -> str:
        """The id its sender gave it."""
        return self.incoming.instance_id

    @property
    def household_id(self) -> str | None:
        """The household it is about, as an officer says, or the instance, or else the envelope."""
        inside = self.answers.household_id if self.answers else None
        return self.assigned_household_id or inside or self.incoming.household_id

    @property
    def is_vouched_for(self) -> bool:
        """Whether an officer answers for its sender and its household."""
        return self.assigned_household_id is not None

    @property
    def mode(self) -> Mode | None:
        """The mode of collection, as the instance says, or else the envelope."""
        inside = self.answers.mode if self.answers else None
        return inside or self.incoming.mode

    @property
    def ended_at(self) -> datetime | None:
        """When the interview ended by the device's clock."""
        inside = self.answers.ended_at if self.answers else None
        return inside or self.incoming.ended_at

    @property
    def started_at(self) -> datetime | None:
        """When the interview began by the device's clock."""
        inside = self.answers.started_at if self.answers else None
        return inside or self.incoming.started_at

    @property
    def is_judged(self) -> bool:
        """Whether the edit rules look at it: it was read, and at most its place is in doubt."""
        return self.answers is not None and self.reason in (None, NOT_ON_LIST, NOT_ASSIGNED)

    @property
    def is_understood(self) -> bool:
        """Whether it can be counted: read, placed, and nothing speaks against it."""
        return self.reason is None and self.answers is not None


def understand(incoming: Incoming, sender: Actor | None = None) -> Arrival:
    """Read the instance; whatever is wrong with it becomes the reason for its quarantine."""
    answers, reason = _read(incoming)
    if reason is None and answers is not None and _contradicts(incoming, answers):
        reason = MISMATCH
    return Arrival(
        id=new_id(),
        incoming=incoming,
        sha256=hashlib.sha256(incoming.data).digest(),
        answers=answers,
        reason=incoming.reason or reason,
        sender=sender,
    )


def _read(incoming: Incoming) -> tuple[HouseholdAnswers | None, str | None]:
    try:
        root = parse(incoming.data) if incoming.root is None else incoming.root
        return read_household(root), None
    except UnreadableInstance:
        return None, UNREADABLE
    except Exception:
        # A fault of ours must not cost a household its record or its neighbours theirs.
        logger.exception("an instance was not understood")
        return None, NOT_UNDERSTOOD


def _contradicts(incoming: Incoming, answers: HouseholdAnswers) -> bool:
    pairs = (
        (incoming.instance_id, answers.instance_id),
        (incoming.household_id, answers.household_id),
        (incoming.mode, answers.mode),
        (incoming.questionnaire, answers.form_id),
        (incoming.version, answers.version),
    )
    return any(outside and inside and outside != inside for outside, inside in pairs)
