"""Households as review finds them: submitted, approved, or in need of a correction."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from census.collection.codelists import Disposition, Mode, Outcome, Review, Standing
from census.collection.models import Case, FieldAction, Submission
from tests.factories.collection import (
    HOME,
    RECEIVED_ON,
    CaseFactory,
    FieldActionFactory,
    FindingFactory,
    SubmissionFactory,
    field_area,
)


def visited(serial: int, ea_code: str = HOME, **more: Any) -> Case:
    """A case that waits for review because a visit found a final disposition."""
    given = {"disposition": Disposition.REFUSED_BY_HOUSEHOLD, "review": Review.SUBMITTED}
    return CaseFactory(ea_code=ea_code, serial=serial, revision=1, **{**given, **more})


def answered(
    serial: int,
    ea_code: str = HOME,
    *,
    sender_id: UUID | None = None,
    hard_findings: int = 0,
    **more: Any,
) -> Case:
    """A case that waits for review because the household answered."""
    field_area(ea_code)
    household_id = f"{ea_code}-{serial:04d}"
    sent = {"sender_id": sender_id} if sender_id else {}
    submission: Submission = SubmissionFactory(
        ea_code=ea_code, household_id=household_id, standing=Standing.COUNTING, **sent
    )
    for _ in range(hard_findings):
        FindingFactory(province_code=submission.province_code, submission_id=submission.id)
    given: dict[str, Any] = {
        "revision": 1,
        "disposition": Disposition.COMPLETE_FACE_TO_FACE,
        "mode": Mode.FACE_TO_FACE,
        "review": Review.SUBMITTED,
        "responded_on": RECEIVED_ON,
        "hard_findings": hard_findings,
        "counting_submission_id": submission.id,
    }
    return CaseFactory(ea_code=ea_code, serial=serial, **{**given, **more})


def approved(serial: int, ea_code: str = HOME, **more: Any) -> Case:
    """A case that somebody approved."""
    return answered(
        serial, ea_code, review=Review.APPROVED, revision=2, approved_on=RECEIVED_ON, **more
    )


def quarantined(ea_code: str = HOME, **more: Any) -> Submission:
    """Something that arrived for the area and could not be read."""
    given = {
        "household_id": None,
        "standing": Standing.QUARANTINED,
        "reason_code": "submission.unreadable",
        "disposition": None,
        "answered_items": None,
    }
    submission: Submission = SubmissionFactory(ea_code=ea_code, **{**given, **more})
    return submission


def quarantined_action(ea_code: str = HOME, **more: Any) -> FieldAction:
    """A visit in the area that came from a tablet whose code was revoked."""
    given = {"household_id": f"{ea_code}-0001", "reason_code": "token.revoked"}
    action: FieldAction = FieldActionFactory(
        ea_code=ea_code, outcome=Outcome.QUARANTINED, **{**given, **more}
    )
    return action
