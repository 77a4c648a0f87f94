"""The findings of an area's counting responses, and the responses that came too late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from census.accounts.models import User
from census.collection.area_findings import AreaFinding
from census.collection.codelists import Review, Severity
from census.collection.edits.areas import OF_ENUMERATORS
from census.collection.models import Case, Finding, Submission
from census.collection.services.settling import LATE_RESPONSE, UNDERSTOOD


@dataclass(frozen=True, slots=True)
class OpenFinding:
    """An edit rule that the counting response breaks, and about whom."""

    edit: str
    severity: Severity
    person: int | None
    is_overridden: bool
    nodes: tuple[str, ...] = ()
    """The items it speaks of, for the rules that speak of any item."""
    other_household_id: str | None = None
    """The other household, for the rules that compare two."""

    @property
    def blocks(self) -> bool:
        """Whether nobody approves the household before this is corrected or overridden."""
        return self.severity is Severity.HARD and not self.is_overridden


@dataclass(frozen=True, slots=True)
class OpenAreaFinding:
    """An edit rule that an area breaks: what was measured, and the limit it passes."""

    edit: str
    measured: float
    limit: float
    enumerator: str | None = None
    """The account of the enumerator whose records it is about, where it is about one's."""


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
            Finding.nodes,
            Finding.other_household_id,
        )
        .join(Finding, Finding.submission_id == Case.counting_submission_id)
        .where(*conditions)
        .order_by(Case.household_id, Finding.edit, Finding.person)
    )
    found: dict[str, list[OpenFinding]] = defaultdict(list)
    for row in rows:
        finding = OpenFinding(
            row.edit,
            row.severity,
            row.person,
            row.is_overridden,
            tuple(row.nodes),
            row.other_household_id,
        )
        found[row.household_id].append(finding)
    return found


def area_findings_in(session: Session, ea_code: str) -> list[OpenAreaFinding]:
    """What is unusual about an area as a whole, in the order of the rules."""
    rows = session.execute(
        select(AreaFinding.edit, AreaFinding.measured, AreaFinding.limit, AreaFinding.subject)
        .where(AreaFinding.ea_code == ea_code)
        .order_by(AreaFinding.edit, AreaFinding.subject)
    ).all()
    names = _names_of(session, {row.subject for row in rows if row.edit in OF_ENUMERATORS})
    return [
        OpenAreaFinding(row.edit, row.measured, row.limit, names.get(row.subject)) for row in rows
    ]


def _names_of(session: Session, subjects: Collection[str]) -> dict[str, str]:
    if not subjects:
        return {}
    users = select(User.id, User.username).where(User.id.in_([UUID(each) for each in subjects]))
    return {str(row.id): row.username for row in session.execute(users)}


def late_responses_in(session: Session, ea_code: str) -> list[str]:
    """The households for which another response came after the decision which one counts."""
    return list(
        session.scalars(
            select(Case.household_id)
            .join(Submission, Submission.household_id == Case.household_id)
            .join(Finding, Finding.submission_id == Submission.id)
            .where(
                Case.ea_code == ea_code,
                or_(Case.review == Review.APPROVED, Case.chosen_submission_id.is_not(None)),
                Submission.standing.in_(UNDERSTOOD),
                Submission.id.is_distinct_from(Case.counting_submission_id),
                Finding.edit == LATE_RESPONSE,
            )
            .distinct()
            .order_by(Case.household_id)
        )
    )
