"""What the field is asked to correct: with which reason, and on which questions."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.codelists import Review
from census.collection.models import Case
from census.review.codelists import Verdict
from census.review.models import Decision


@dataclass(frozen=True, slots=True)
class AskedCorrection:
    """Why a household was returned, and which questions of the form the reason points at."""

    reason: str
    questions: tuple[str, ...]


def return_reasons(session: Session, household_ids: Collection[str]) -> dict[str, str]:
    """Why each of these households was returned, of those that wait for a correction."""
    asked = asked_corrections(session, household_ids)
    return {household_id: each.reason for household_id, each in asked.items()}


def asked_corrections(
    session: Session, household_ids: Collection[str]
) -> dict[str, AskedCorrection]:
    """What is asked of each of these households, of those that wait for a correction."""
    rows = session.execute(
        select(Decision.household_id, Decision.reason, Decision.questions)
        .join(
            Case,
            (Case.province_code == Decision.province_code)
            & (Case.household_id == Decision.household_id),
        )
        .where(
            Case.household_id.in_(household_ids),
            Case.ea_code.in_({household_id.partition("-")[0] for household_id in household_ids}),
            Case.review == Review.RETURNED,
            Decision.verdict == Verdict.RETURNED,
        )
        .order_by(Decision.revision_seen)
    )
    # The last decision on a household is the one that holds.
    return {row.household_id: AskedCorrection(row.reason, tuple(row.questions)) for row in rows}
