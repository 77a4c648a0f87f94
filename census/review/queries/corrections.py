"""What the field is asked to correct: the reasons with which households were returned."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.codelists import Review
from census.collection.models import Case
from census.review.codelists import Verdict
from census.review.models import Decision


def return_reasons(session: Session, household_ids: Collection[str]) -> dict[str, str]:
    """Why each of these households was returned, of those that wait for a correction."""
    rows = session.execute(
        select(Decision.household_id, Decision.reason)
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
    return {row.household_id: row.reason for row in rows}
