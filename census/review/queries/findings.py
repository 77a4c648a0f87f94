"""The findings of an area's counting responses, and the responses that came too late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.codelists import Review, Severity
from census.collection.models import Case, Finding, Submission
from census.collection.services.settling import LATE_RESPONSE


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """An edit rule that the counting response breaks, and about whom."""

    edit: str
    severity: Severity
    person: int | None
    is_overridden: bool

    @property
    def blocks(self) -> bool:
        """Whether nobody approves the household before this is corrected or overridden."""
        return self.severity is Severity.HARD and not self.is_overridden


def findings_in(
    session: Session, ea_code: str, household_id: str | None = None
) -> Mapping[str, Sequence[OpenFinding]]:
    """The findings of the counting responses of an area, or of one household, by household."""
    conditions = [Case.ea_code == ea_code]
    if household_id is not None:
        conditions.append(Case.household_id == household_id)
    rows = session.execute(
        select(
            Case.household_id,
            Finding.edit,
            Finding.severity,
            Finding.person,
            Finding.is_overridden,
        )
        .join(Finding, Finding.submission_id == Case.counting_submission_id)
        .where(*conditions)
        .order_by(Case.household_id, Finding.edit, Finding.person)
    )
    found: dict[str, list[OpenFinding]] = defaultdict(list)
    for row in rows:
        finding = OpenFinding(row.edit, row.severity, row.person, row.is_overridden)
        found[row.household_id].append(finding)
    return found


def late_responses_in(session: Session, ea_code: str) -> list[str]:
    """The approved households for which another response came after the approval."""
    return list(
        session.scalars(
            select(Case.household_id)
            .join(Submission, Submission.household_id == Case.household_id)
            .join(Finding, Finding.submission_id == Submission.id)
            .where(
                Case.ea_code == ea_code,
                Case.review == Review.APPROVED,
                Submission.id.is_distinct_from(Case.counting_submission_id),
                Finding.edit == LATE_RESPONSE,
            )
            .distinct()
            .order_by(Case.household_id)
        )
    )
