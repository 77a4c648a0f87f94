"""Approving households, and sending them back to the field."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Review
from census.collection.models import Case, FieldAction, Submission
from census.collection.queries import case_within
from census.core.bulk import insert_rows
from census.core.clock import census_day
from census.core.db import new_id
from census.core.errors import Fault, Invalid
from census.core.events import record
from census.review.codelists import Verdict
from census.review.errors import BatchClosed, HardFindings, NotSubmitted, OwnWork
from census.review.models import Decision
from census.review.queries import Batch, LockedBatch, batch
from census.review.queries.own_work import own_work_in
from census.review.rules import Seen
from census.review.services.reasons import said
from census.review.services.seeing import lock_as_seen, lock_household_as_seen

MOST_NAMED = 20
"""How many households a sentence names before it says that there are more."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided, why, and when."""

    verdict: Verdict
    at: datetime
    reason: str = ""
    questions: tuple[str, ...] = ()


def approve(
    session: Session,
    actor: Actor,
    ea_code: str,
    *,
    seen: Seen,
    households: Sequence[str] | None = None,
    override_reason: str | None = None,
    at: datetime,
) -> Batch:
    """Accept households as seen: those named, or all that are submitted without hard findings."""
    locked = lock_as_seen(session, actor, ea_code, seen)
    _refuse_closed(locked)
    cases = _without_fault(locked) if households is None else _named(locked, households)
    _approve(session, actor, locked, cases, override_reason=override_reason, at=at)
    return batch(session, actor, ea_code)


def approve_household(
    session: Session,
    actor: Actor,
    household_id: str,
    *,
    seen: str,
    override_reason: str | None = None,
    at: datetime,
) -> None:
    """Accept one household as it was seen."""
    ea_code = case_within(session, actor, household_id).case.ea_code
    locked = lock_household_as_seen(session, actor, ea_code, household_id, seen)
    _refuse_closed(locked)
    cases = _named(locked, [household_id])
    _approve(session, actor, locked, cases, override_reason=override_reason, at=at)


def return_households(
    session: Session,
    actor: Actor,
    ea_code: str,
    *,
    seen: Seen,
    households: Sequence[str],
    reason: str,
    questions: Sequence[str] = (),
    at: datetime,
) -> Batch:
    """Send households back to the field, saying what to correct."""
    locked = lock_as_seen(session, actor, ea_code, seen)
    _refuse_closed(locked)
    cases = _named(locked, households)
    _return(session, actor, locked, cases, reason=reason, questions=questions, at=at)
    return batch(session, actor, ea_code)


def return_household(
    session: Session,
    actor: Actor,
    household_id: str,
    *,
    seen: str,
    reason: str,
    questions: Sequence[str] = (),
    at: datetime,
) -> None:
    """Send one household back to the field, saying what to correct."""
    ea_code = case_within(session, actor, household_id).case.ea_code
    locked = lock_household_as_seen(session, actor, ea_code, household_id, seen)
    _refuse_closed(locked)
    cases = _named(locked, [household_id])
    _return(session, actor, locked, cases, reason=reason, questions=questions, at=at)


def _approve(
    session: Session,
    actor: Actor,
    locked: LockedBatch,
    cases: Sequence[Case],
    *,
    override_reason: str | None,
    at: datetime,
) -> None:
    if override_reason is not None:
        override_reason = said(override_reason, "/override/reason")
    _refuse_own_work(session, actor, locked, cases)
    _refuse_unless(cases, lambda case: case.review is Review.SUBMITTED)
    blocked = [case for case in cases if case.hard_findings]
    if blocked and override_reason is None:
        raise HardFindings(households=_names(blocked))
    overriding = Ruling(Verdict.APPROVED, at, reason=override_reason or "")
    plain = [case for case in cases if not case.hard_findings]
    _decide(session, actor, plain, Ruling(Verdict.APPROVED, at))
    _decide(session, actor, blocked, overriding)


def _return(
    session: Session,
    actor: Actor,
    locked: LockedBatch,
    cases: Sequence[Case],
    *,
    reason: str,
    questions: Sequence[str],
    at: datetime,
) -> None:
    why = said(reason)
    _refuse_own_work(session, actor, locked, cases)
    _refuse_unless(cases, lambda case: case.review in (Review.SUBMITTED, Review.APPROVED))
    ruling = Ruling(Verdict.RETURNED, at, reason=why, questions=tuple(dict.fromkeys(questions)))
    _decide(session, actor, cases, ruling)


def _decide(session: Session, actor: Actor, cases: Sequence[Case], ruling: Ruling) -> None:
    """Write the decisions down, and put each household where its decision leaves it."""
    today = census_day(session, ruling.at)
    decisions = []
    for case in cases:
        decisions.append(_decision(actor, case, ruling))
        record(
            session,
            actor,
            f"household.{ruling.verdict}",
            case.household_id,
            area=case.ea_code,
            at=ruling.at,
            details={
                "revision_seen": case.revision,
                "has_override": bool(_overrides(case, ruling)),
            },
        )
    insert_rows(session, Decision, decisions)
    if ruling.verdict is Verdict.RETURNED:
        _mark_returned(session, cases)
    for case in cases:
        _move(case, ruling, today)
    session.flush()


def _decision(actor: Actor, case: Case, ruling: Ruling) -> dict[str, object]:
    return {
        "province_code": case.province_code,
        "id": new_id(),
        "ea_code": case.ea_code,
        "household_id": case.household_id,
        "revision_seen": case.revision,
        "submission_id": case.counting_submission_id,
        "verdict": ruling.verdict,
        "reason": ruling.reason,
        "questions": list(ruling.questions),
        "overrides_findings": _overrides(case, ruling),
        "decided_by": actor.id,
        "decided_at": ruling.at,
    }


def _move(case: Case, ruling: Ruling, today: date) -> None:
    is_approved = ruling.verdict is Verdict.APPROVED
    case.review = Review.APPROVED if is_approved else Review.RETURNED
    case.approved_on = today if is_approved else None
    case.revision += 1
    case.changed_at = ruling.at


def _mark_returned(session: Session, cases: Sequence[Case]) -> None:
    """From now on what is known of the households counts only until something new has come."""
    household_ids = [case.household_id for case in cases]
    for facts in (Submission, FieldAction):
        session.execute(
            update(facts).where(facts.household_id.in_(household_ids)).values(is_returned=True)
        )


def _overrides(case: Case, ruling: Ruling) -> bool:
    return ruling.verdict is Verdict.APPROVED and case.hard_findings > 0


def _without_fault(locked: LockedBatch) -> list[Case]:
    return [
        case
        for case in locked.cases.values()
        if case.review is Review.SUBMITTED and not case.hard_findings
    ]


def _named(locked: LockedBatch, households: Sequence[str]) -> list[Case]:
    """The cases of the named households, each once; refuses names that are not of this batch."""
    strangers = [
        Fault(
            f"/households/{position}",
            "ครัวเรือนนี้ไม่อยู่ในเขตแจงนับนี้",
            "This household is not in this enumeration area.",
        )
        for position, household_id in enumerate(households)
        if household_id not in locked.cases
    ]
    if strangers:
        raise Invalid(faults=strangers)
    return [locked.cases[household_id] for household_id in dict.fromkeys(households)]


def _refuse_closed(locked: LockedBatch) -> None:
    if locked.area.closed_at is not None:
        raise BatchClosed


def _refuse_own_work(
    session: Session, actor: Actor, locked: LockedBatch, cases: Sequence[Case]
) -> None:
    own = own_work_in(session, actor, locked.area.ea_code)
    mine = [case for case in cases if case.household_id in own]
    if mine:
        raise OwnWork(households=_names(mine))


def _refuse_unless(cases: Sequence[Case], waits: Callable[[Case], bool]) -> None:
    others = [case for case in cases if not waits(case)]
    if others:
        raise NotSubmitted(households=_names(others))


def _names(cases: Collection[Case]) -> str:
    ids = sorted(case.household_id for case in cases)
    more = " …" if len(ids) > MOST_NAMED else ""
    return ", ".join(ids[:MOST_NAMED]) + more
