"""Approving households, and sending them back to the field."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Review
from census.collection.models import Case, FieldAction, Submission
from census.collection.queries import case_within
from census.collection.rules import needs_evidence
from census.core.bulk import insert_rows
from census.core.clock import census_day
from census.core.db import new_id
from census.core.errors import Fault, Invalid
from census.core.events import record
from census.review.codelists import Verdict
from census.review.confirming import confirmation_sample, is_blocked
from census.review.errors import (
    BatchClosed,
    ConfirmationNeeded,
    EvidenceMissing,
    HardFindings,
    NotSubmitted,
    OwnWork,
)
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
    is_confirmation: bool = False
    """Whether what takes households out of the count was confirmed for each by itself."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why households are approved that a plain approval leaves out; nothing where none is given."""

    override: str | None = None
    """Why a hard finding, or the lack of evidence, is accepted."""
    confirmation: str | None = None
    """How it was confirmed that what was found is no household to be counted."""

    def said(self) -> Grounds:
        """The reasons fit to be kept; refuses a blank one."""
        return Grounds(
            None if self.override is None else said(self.override, "/override/reason"),
            None if self.confirmation is None else said(self.confirmation, "/confirmation/reason"),
        )


def approve(
    session: Session,
    actor: Actor,
    ea_code: str,
    *,
    seen: Seen,
    households: Sequence[str] | None = None,
    override_reason: str | None = None,
    confirmation_reason: str | None = None,
    at: datetime,
) -> Batch:
    """Accept households as seen: those named, or all that nothing speaks against.

    A hard finding, or missing evidence that a dwelling is not eligible, needs an override with a
    reason; a household of the confirmation sample needs a reason of its own.
    """
    locked = lock_as_seen(session, actor, ea_code, seen)
    _refuse_closed(locked)
    cases = _without_fault(locked) if households is None else _named(locked, households)
    why = Grounds(override_reason, confirmation_reason)
    _approve(session, actor, locked, cases, why, at)
    return batch(session, actor, ea_code)


def approve_household(
    session: Session,
    actor: Actor,
    household_id: str,
    *,
    seen: str,
    override_reason: str | None = None,
    confirmation_reason: str | None = None,
    at: datetime,
) -> None:
    """Accept one household as it was seen."""
    ea_code = case_within(session, actor, household_id).case.ea_code
    locked = lock_household_as_seen(session, actor, ea_code, household_id, seen)
    _refuse_closed(locked)
    cases = _named(locked, [household_id])
    _approve(session, actor, locked, cases, Grounds(override_reason, confirmation_reason), at)


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
    why: Grounds,
    at: datetime,
) -> None:
    why = why.said()
    _refuse_own_work(session, actor, locked, cases)
    _refuse_unless(cases, lambda case: case.review is Review.SUBMITTED)
    _refuse_ungrounded(cases, why, confirmation_sample(locked.cases.values()))
    groups: dict[Ruling, list[Case]] = defaultdict(list)
    for case in cases:
        groups[_approval(case, why, at)].append(case)
    for ruling, group in groups.items():
        _decide(session, actor, group, ruling)


def _approval(case: Case, why: Grounds, at: datetime) -> Ruling:
    """The approval of one household, with those of the reasons that it needed."""
    is_confirmed = why.confirmation is not None and needs_evidence(case.disposition)
    override = why.override if is_blocked(case) else None
    reasons = (override, why.confirmation if is_confirmed else None)
    return Ruling(
        Verdict.APPROVED,
        at,
        reason="\n".join(reason for reason in reasons if reason),
        is_confirmation=is_confirmed,
    )


def _refuse_ungrounded(cases: Sequence[Case], why: Grounds, sample: Collection[str]) -> None:
    """Refuse what cannot be approved as it is, unless there is a reason for it."""
    if why.override is None:
        if faulty := [case for case in cases if case.hard_findings]:
            raise HardFindings(households=_names(faulty))
        if unproven := [case for case in cases if is_blocked(case)]:
            raise EvidenceMissing(households=_names(unproven))
    sampled = [case for case in cases if case.household_id in sample]
    if sampled and why.confirmation is None:
        raise ConfirmationNeeded(households=_names(sampled))


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
    case.is_confirmed = is_approved and ruling.is_confirmation
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
    return ruling.verdict is Verdict.APPROVED and is_blocked(case)


def _without_fault(locked: LockedBatch) -> list[Case]:
    sample = confirmation_sample(locked.cases.values())
    return [
        case
        for case in locked.cases.values()
        if case.review is Review.SUBMITTED
        and not is_blocked(case)
        and case.household_id not in sample
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
