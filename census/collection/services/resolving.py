"""Writing down what a person decided about a submission that no rule could settle, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Ruling
from census.collection.models import Submission
from census.collection.resolutions import Resolution
from census.core import sealed
from census.core.db import new_id

REASON_COLUMN = "collection_resolution.reason"


def resolve(
    session: Session,
    actor: Actor,
    submission: Submission,
    ruling: Ruling,
    reason: str,
    at: datetime,
) -> Resolution:
    """Keep one decision beside its submission; the reason can name people, so it is sealed."""
    resolution_id = new_id()
    resolution = Resolution(
        province_code=submission.province_code,
        id=resolution_id,
        submission_id=submission.id,
        household_id=submission.household_id,
        ruling=ruling,
        reason_sealed=sealed.seal(reason, column=REASON_COLUMN, row=resolution_id),
        decided_by=actor.id,
        decided_at=at,
    )
    session.add(resolution)
    return resolution


def reason_of(resolution: Resolution) -> str:
    """Why it was decided so, for whoever may read the submission."""
    return sealed.unseal_text(resolution.reason_sealed, column=REASON_COLUMN, row=resolution.id)
