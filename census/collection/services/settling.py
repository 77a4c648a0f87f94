"""Settling cases: after anything new, each touched case is derived again from all its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from census.collection import edits
from census.collection.codelists import Outcome, Review, Severity, Standing
from census.collection.corrections import Links
from census.collection.models import Case, FieldAction, Finding, Submission
from census.collection.rules import is_final
from census.collection.settlement import (
    SubmissionFact,
    VisitFact,
    answers_the_return,
    evidence_of,
    gives_response,
    settled,
    waits_for_correction,
)
from census.core.bulk import insert_rows
from census.core.db import new_id

LATE_RESPONSE = "E-I03"
"""The edit that says: this household already has an accepted record."""

UNDERSTOOD = (Standing.COUNTING, Standing.SUPERSEDED)
"""How a submission stands that was understood and not voided."""

FindingCounts = tuple[int, int]
"""How many findings block the approval of a response, and how many others it has."""

_NONE_KNOWN: Mapping[UUID, FindingCounts] = {}
_NOBODY = UUID(int=0)


def settle(
    session: Session,
    cases: Collection[Case],
    *,
    at: datetime,
    arriving: Collection[Submission] = (),
    finding_counts: Mapping[UUID, FindingCounts] = _NONE_KNOWN,
) -> None:
    """Derive disposition, counting response and review of the cases; their revision grows.

    Approval freezes which response counts, and so does a supervisor's choice: what arrives later
    is kept beside it and raises a finding. The cases are locked. `arriving` are understood
    submissions that are not in the database yet and the only news: their standing is set here, so
    that they are stored once, as they stand; `finding_counts` says how many findings they have.
    """
    if not cases:
        return
    # Whatever was understood before, an answer or a visit, has given its case a disposition.
    known = (
        [each for each in cases if each.disposition is not None or each.has_set_aside]
        if arriving
        else cases
    )
    submissions = _submissions_of(session, known)
    for new in arriving:
        submissions[new.household_id or ""].append(new)
    visits = _visits_of(session, known)
    late: list[Submission] = []
    for each in cases:
        stored = submissions[each.household_id]
        rows = [row for row in stored if row.standing in UNDERSTOOD]
        facts, seen = [_fact(row) for row in rows], visits[each.household_id]
        if each.review is Review.APPROVED:
            late += [row for row in rows if row.id != each.counting_submission_id]
            each.evidence = evidence_of(each.disposition, (*facts, *seen))
        else:
            _apply(each, facts, seen, rows, _links_of(stored))
            _mark_standing(each, rows)
            late += _came_after_the_choice(each, rows)
        each.revision += 1
        each.changed_at = at
    _question_late_responses(session, late)
    _count_findings(session, cases, finding_counts)


def counts_of(findings: Collection[edits.Finding]) -> FindingCounts:
    """How many of these findings block an approval, and how many others there are."""
    hard = sum(each.severity is Severity.HARD and not each.overridden for each in findings)
    return hard, len(findings) - hard


def _apply(
    case_: Case,
    facts: Sequence[SubmissionFact],
    visits: Sequence[VisitFact],
    rows: Sequence[Submission],
    set_aside: Links,
) -> None:
    if case_.review is Review.RETURNED and answers_the_return(facts, visits):
        _let_choice_lapse(case_, rows)
    settlement = settled(facts, visits, chosen_id=case_.chosen_submission_id, set_aside=set_aside)
    counting = next((row for row in rows if row.id == settlement.counting_id), None)
    case_.disposition = settlement.disposition
    case_.counting_submission_id = settlement.counting_id
    case_.mode = counting.mode if counting else None
    case_.responded_on = counting.accepted_on if counting and gives_response(settlement) else None
    case_.approved_on = None
    case_.evidence = settlement.evidence
    case_.is_confirmed = False
    if settlement.disposition is not None and waits_for_correction(facts, visits):
        case_.review = Review.RETURNED
    else:
        case_.review = Review.SUBMITTED if is_final(settlement.disposition) else Review.OPEN


def _let_choice_lapse(case_: Case, rows: Sequence[Submission]) -> None:
    """What was chosen before the return does not outweigh the answer to it."""
    is_returned = {row.id for row in rows if row.is_returned}
    if case_.chosen_submission_id in is_returned:
        case_.chosen_submission_id = case_.chosen_at = None


def _links_of(rows: Sequence[Submission]) -> dict[str, str]:
    """What the submissions corrected that were voided or are not understood.

    A variant that waits beside the first of its id says nothing of what that one corrects.
    """
    standing = {row.instance_id for row in rows if row.standing in UNDERSTOOD}
    return dict(
        sorted(
            (row.instance_id, row.deprecated_id)
            for row in rows
            if row.deprecated_id
            and row.instance_id not in standing
            and row.standing is not Standing.CONFLICT
        )
    )


def _mark_standing(case_: Case, rows: Sequence[Submission]) -> None:
    for row in rows:
        is_counting = row.id == case_.counting_submission_id
        row.standing = Standing.COUNTING if is_counting else Standing.SUPERSEDED


def _came_after_the_choice(case_: Case, rows: Sequence[Submission]) -> list[Submission]:
    chosen_at = case_.chosen_at
    if chosen_at is None:
        return []
    others = (row for row in rows if row.id != case_.counting_submission_id)
    return [row for row in others if row.received_at > chosen_at]


def _question_late_responses(session: Session, late: Sequence[Submission]) -> None:
    """Raise a query, once, on each response that came after the decision which one counts."""
    if not late:
        return
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
    """All that arrived for these households, understood or not."""
    if not cases:
        return defaultdict(list)
    rows = session.scalars(
        select(Submission)
        .where(Submission.household_id.in_([each.household_id for each in cases]))
        .execution_options(populate_existing=True)
    )
    grouped: dict[str, list[Submission]] = defaultdict(list)
    for row in rows:
        grouped[row.household_id or ""].append(row)
    return grouped


def _visits_of(session: Session, cases: Collection[Case]) -> dict[str, list[VisitFact]]:
    if not cases:
        return defaultdict(list)
    rows = session.execute(
        select(
            FieldAction.household_id,
            FieldAction.result,
            FieldAction.happened_at,
            FieldAction.received_at,
            FieldAction.is_returned,
            FieldAction.has_evidence,
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
                is_evident=row.has_evidence,
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
        is_returned=bool(row.is_returned),
        is_evident=bool(row.has_evidence),
    )


def count_findings(session: Session, cases: Collection[Case]) -> None:
    """Count the findings of these locked cases again, after a comparison changed some of them."""
    _count_findings(session, cases, _NONE_KNOWN)


def _count_findings(
    session: Session, cases: Collection[Case], known: Mapping[UUID, FindingCounts]
) -> None:
    """Write into each case how many findings its counting response has."""
    counting = {each.counting_submission_id for each in cases if each.counting_submission_id}
    # Changed cases are written once, with their counts, not before this look at the findings.
    with session.no_autoflush:
        counts = {**known, **_finding_counts(session, counting - known.keys())}
    for each in cases:
        hard, other = counts.get(each.counting_submission_id or _NOBODY, (0, 0))
        each.hard_findings, each.other_findings = hard, other
    session.flush()


def _finding_counts(
    session: Session, submission_ids: Collection[UUID]
) -> dict[UUID, FindingCounts]:
    if not submission_ids:
        return {}
    is_hard = (Finding.severity == Severity.HARD) & ~Finding.is_overridden
    rows = session.execute(
        select(
            Finding.submission_id,
            func.sum(case((is_hard, 1), else_=0)).label("hard"),
            func.count().label("total"),
        )
        .where(Finding.submission_id.in_(submission_ids))
        .group_by(Finding.submission_id)
    )
    return {row.submission_id: (int(row.hard), int(row.total) - int(row.hard)) for row in rows}
