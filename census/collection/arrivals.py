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

from census.collection.codelists import Mode, Outcome, Standing
from census.collection.edits import Finding
from census.collection.instances.parsing import UnreadableInstance, parse
from census.collection.instances.reading import HouseholdAnswers, read_household
from census.core.db import new_id

logger = logging.getLogger(__name__)

UNREADABLE = "submission.unreadable"
MISMATCH = "submission.mismatch"
NOT_UNDERSTOOD = "submission.not_understood"


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
    province_code: str = ""
    ea_code: str | None = None
    findings: Sequence[Finding] = field(default_factory=tuple)
    is_counting: bool = False

    @property
    def instance_id(self) -> str:
        """The id its sender gave it."""
        return self.incoming.instance_id

    @property
    def household_id(self) -> str | None:
        """The household it is about, as the instance says, or else the envelope."""
        inside = self.answers.household_id if self.answers else None
        return inside or self.incoming.household_id

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
    def is_understood(self) -> bool:
        """Whether it can be counted: read, placed, and nothing speaks against it."""
        return self.reason is None and self.answers is not None


def understand(incoming: Incoming) -> Arrival:
    """Read the instance; whatever is wrong with it becomes the reason for its quarantine."""
    answers, reason = _read(incoming.data)
    if reason is None and answers is not None and _contradicts(incoming, answers):
        reason = MISMATCH
    return Arrival(
        id=new_id(),
        incoming=incoming,
        sha256=hashlib.sha256(incoming.data).digest(),
        answers=answers,
        reason=incoming.reason or reason,
    )


def _read(data: bytes) -> tuple[HouseholdAnswers | None, str | None]:
    try:
        return read_household(parse(data)), None
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
