"""Laying two submissions of one household side by side: one read of answers, and so an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.comparing import Differences, compare
from census.collection.errors import SubmissionNotFound
from census.collection.models import Submission
from census.collection.queries import case_within, submissions_of
from census.core.events import record


@dataclass(frozen=True, slots=True)
class Named:
    """A submission as somebody names it: by its id, and by its digest where there are variants."""

    instance_id: str
    sha256: bytes | None = None


def compare_submissions(
    session: Session,
    actor: Actor,
    household_id: str,
    *,
    first: Named,
    second: Named,
    at: datetime,
) -> Differences:
    """What two submissions of a household answer differently; outside one's areas it is missing.

    An id without a digest is the first that came under it; the same id a second time is the variant
    that came last.
    """
    case = case_within(session, actor, household_id).case
    submissions = submissions_of(session, household_id)
    one = _named(submissions, first)
    others = [each for each in submissions if each is not one]
    is_variant = second.instance_id == one.instance_id
    other = _named(others[::-1] if is_variant else others, second)
    record(
        session,
        actor,
        "submissions.compared",
        household_id,
        area=case.ea_code,
        at=at,
        details={
            "instance_ids": [one.instance_id, other.instance_id],
            "sha256": [one.sha256.hex(), other.sha256.hex()],
        },
    )
    return compare(one, other)


def _named(submissions: list[Submission], wanted: Named) -> Submission:
    for submission in submissions:
        is_digest = wanted.sha256 in (None, submission.sha256)
        if submission.instance_id == wanted.instance_id and is_digest:
            return submission
    raise SubmissionNotFound
