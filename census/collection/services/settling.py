"""Settling cases: after anything new, each touched case is derived again from all its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from census.collection.codelists import Outcome, Review, Severity, Standing
from census.collection.models import Case, FieldAction, Finding, Submission
from census.collection.rules import is_final
from census.collection.settlement import (
    SubmissionFact,
    VisitFact,
    answers_the_return,
    gives_response,
    settled,
)
from census.core.bulk import insert_rows
from census.core.db import new_id

LATE_RESPONSE = "E-I03"
"""The edit that says: this household already has an accepted record."""


def settle(session: Session, cases: Collection[Case], *, at: datetime) -> None:
    """Derive disposition, counting response and review of the cases; their revision grows.

    Approval freezes which response counts: what arrives later for an approved household is kept
    beside it and raises a finding. The cases are locked.
    """
    if not cases:
        return
    submissions = _submissions_of(session, cases)
    visits = _visits_of(session, cases)
    for each in cases:
        rows = submissions[each.household_id]
        if each.review is Review.APPROVED:
            _question_late_responses(session, each, rows)
        else:
            _apply(each, [_fact(row) for row in rows], visits[each.household_id], rows)
            _mark_standing(each, rows)
        each.revision += 1
        each.changed_at = at
    _count_findings(session, cases)


def _apply(
    case_: Case,
    facts: Sequence[SubmissionFact],
    visits: Sequence[VisitFact],
    rows: Sequence[Submission],
) -> None:
    settlement = settled(facts, visits)
    counting = next((row for row in rows if row.id == settlement.counting_id), None)
    case_.disposition = settlement.disposition
    case_.counting_submission_id = settlement.counting_id
    case_.mode = counting.mode if counting else None
    case_.responded_on = counting.accepted_on if counting and gives_response(settlement) else None
    case_.approved_on = None
    if case_.review is not Review.RETURNED or answers_the_return(facts, visits):
        case_.review = Review.SUBMITTED if is_final(settlement.disposition) else Review.OPEN


def _mark_standing(case_: Case, rows: Sequence[Submission]) -> None:
    for row in rows:
        is_counting = row.id == case_.counting_submission_id
        row.standing = Standing.COUNTING if is_counting else Standing.SUPERSEDED


def _question_late_responses(session: Session, case_: Case, rows: Sequence[Submission]) -> None:
    """Raise a query on each response that came after the household was approved."""
    late = [row for row in rows if row.id != case_.counting_submission_id]
    asked = set(
        session.scalars(
            select(Finding.submission_id).where(
                Finding.submission_id.in_([row.id for row in late]),
                Finding.edit == LATE_RESPONSE,
            )
        )
    )
    insert_rows(
        session,
        Finding,
        [
            {
                "province_code": row.province_code,
                "id": new_id(),
                "submission_id": row.id,
                "edit": LATE_RESPONSE,
                "severity": Severity.QUERY,
                "person": None,
                "is_overridden": False,
            }
            for row in late
            if row.id not in asked
        ],
    )


def _submissions_of(session: Session, cases: Collection[Case]) -> dict[str, list[Submission]]:
    rows = session.scalars(
        select(Submission)
        .where(
            Submission.household_id.in_([each.household_id for each in cases]),
            Submission.standing.in_((Standing.COUNTING, Standing.SUPERSEDED)),
        )
        .execution_options(populate_existing=True)
    )
    grouped: dict[str, list[Submission]] = defaultdict(list)
    for row in rows:
        grouped[row.household_id or ""].append(row)
    return grouped


def _visits_of(session: Session, cases: Collection[Case]) -> dict[str, list[VisitFact]]:
    rows = session.execute(
        select(
            FieldAction.household_id,
            FieldAction.result,
            FieldAction.happened_at,
            FieldAction.received_at,
            FieldAction.is_returned,
        ).where(
            FieldAction.household_id.in_([each.household_id for each in cases]),
            FieldAction.outcome == Outcome.ACCEPTED,
            FieldAction.result.is_not(None),
        )
    )
    grouped: dict[str, list[VisitFact]] = defaultdict(list)
    for row in rows:
        grouped[row.household_id].append(
            VisitFact(
                row.result,
                # A tablet's clock that runs ahead must not have the last word for ever.
                happened_at=min(row.happened_at, row.received_at),
                is_returned=row.is_returned,
            )
        )
    return grouped


def _fact(row: Submission) -> SubmissionFact:
    if row.disposition is None:
        raise ValueError("an understood submission has a disposition")
    return SubmissionFact(
        id=row.id,
        instance_id=row.instance_id,
        deprecated_id=row.deprecated_id,
        disposition=row.disposition,
        answered_items=row.answered_items or 0,
        started_at=row.started_at,
        ended_at=row.ended_at,
        is_returned=row.is_returned,
    )


def _count_findings(session: Session, cases: Collection[Case]) -> None:
    """Write into each case how many findings its counting response has."""
    counts = _finding_counts(session, [each.counting_submission_id for each in cases])
    for each in cases:
        each.hard_findings, each.other_findings = counts.get(each.counting_submission_id, (0, 0))
    session.flush()


def _finding_counts(
    session: Session, submission_ids: Sequence[UUID | None]
) -> dict[UUID | None, tuple[int, int]]:
    is_hard = (Finding.severity == Severity.HARD) & ~Finding.is_overridden
    rows = session.execute(
        select(
            Finding.submission_id,
            func.sum(case((is_hard, 1), else_=0)).label("hard"),
            func.count().label("total"),
        )
        .where(Finding.submission_id.in_([each for each in submission_ids if each]))
        .group_by(Finding.submission_id)
    )
    return {row.submission_id: (int(row.hard), int(row.total) - int(row.hard)) for row in rows}
