"""Handing out a submission exactly as it was received: whoever sees it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.models import Submission
from census.collection.queries import submission_within
from census.collection.services.keeping import unseal_raw
from census.core.events import record

MEDIA_TYPE = "application/octet-stream"
"""The bytes may be anything: nothing should try to open them."""


@dataclass(frozen=True, slots=True)
class RawSubmission:
    """A submission and its bytes."""

    submission: Submission
    data: bytes

    @property
    def file_name(self) -> str:
        """A name to save it under: the id and the beginning of the digest, never an answer."""
        name = self.submission.instance_id.removeprefix("uuid:")
        return f"{name}-{self.submission.sha256.hex()[:8]}.xml"


def read_raw(
    session: Session,
    actor: Actor,
    instance_id: str,
    *,
    sha256: bytes | None = None,
    at: datetime,
) -> RawSubmission:
    """Read the first submission under its id, or the variant with this digest."""
    submission = submission_within(session, actor, instance_id, sha256=sha256)
    record(
        session,
        actor,
        "submission.read",
        submission.instance_id,
        area=submission.ea_code,
        at=at,
        details={"sha256": submission.sha256.hex()},
    )
    return RawSubmission(submission, unseal_raw(submission.raw_sealed, submission.id))
