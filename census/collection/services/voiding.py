"""Voiding what was started in error: kept and readable, but no response of its household.

A voided submission leaves the settlement and every rate. What corrected it stands on its own; what
it corrected is weighed again, unless something newer in the same chain takes its place.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Ruling, Standing
from census.collection.models import Case, Submission
from census.collection.services.awaiting_originals import awaited
from census.collection.services.choosing import settle_ruling
from census.collection.services.repeating import CONFLICT
from census.collection.services.resolving import resolve
from census.collection.services.taking_up import take_up
from census.core.events import record

VOIDED = "submission.voided"


def void(
    session: Session,
    actor: Actor,
    case: Case,
    submission: Submission,
    *,
    reason: str,
    at: datetime,
) -> None:
    """Take a submission out of the census for good, saying why. The case is locked.

    Voiding what is void already changes nothing.
    """
    if submission.standing is Standing.VOID:
        return
    is_variant = submission.reason_code == CONFLICT
    # Whoever sends a variant again is told of the conflict, whatever became of it.
    submission.reason_code = CONFLICT if is_variant else VOIDED
    submission.standing = Standing.VOID
    case.has_set_aside = True
    if case.chosen_submission_id == submission.id:
        case.chosen_submission_id = case.chosen_at = None
    resolve(session, actor, submission, Ruling.VOIDED, reason, at)
    settle_ruling(session, case, at=at)
    record(
        session,
        actor,
        VOIDED,
        submission.instance_id,
        area=case.ea_code,
        at=at,
        details={"household_id": case.household_id, "sha256": submission.sha256.hex()},
    )
    if waiting := awaited(session, [], [submission.instance_id]):
        take_up(session, waiting, at=at, are_placed=True)
