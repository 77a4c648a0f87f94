"""One household in full, for whoever reviews it: what it answered and how it came here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.models import User
from census.collection.action_contents import Appointment
from census.collection.models import Case, FieldAction, FieldArea, Submission
from census.collection.queries import case_within, rulings_of, submissions_of, visits_to
from census.collection.reading_answers import (
    OpenedAnswers,
    answers_of,
    appointment_of,
    note_of,
    override_reasons,
    statement_of,
)
from census.collection.resolutions import Resolution
from census.collection.rules import needs_evidence
from census.collection.services.resolving import reason_of
from census.frame.models import Household
from census.review.confirming import confirmation_sample
from census.review.models import Decision
from census.review.queries.findings import OpenFinding, findings_in
from census.review.queries.own_work import own_work_in
from census.review.queries.tallies import WAITING
from census.review.rules import etag_of


@dataclass(frozen=True, slots=True)
class ReadFinding:
    """A finding, with the reason for which it was accepted in the field, if it was."""

    finding: OpenFinding
    override_reason: str | None


@dataclass(frozen=True, slots=True)
class ReadVisit:
    """What an enumerator reported, and what they wrote beside it."""

    action: FieldAction
    by: str
    note: str | None
    statement: str | None = None
    """What a neighbour said, where that is the evidence."""
    appointment: Appointment | None = None


@dataclass(frozen=True, slots=True)
class ReadRuling:
    """What somebody decided about one submission, and why."""

    ruling: Resolution
    by: str
    instance_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadDecision:
    """A decision, and who made it."""

    decision: Decision
    by: str


@dataclass(frozen=True, slots=True)
class OpenedHousehold:
    """Everything a reviewer reads of one household; the lists begin with the newest."""

    household: Household
    case: Case
    etag: str
    is_own_work: bool
    is_area_closed: bool
    counting: Submission | None
    answers: OpenedAnswers | None
    findings: Sequence[ReadFinding]
    submissions: Sequence[Submission]
    visits: Sequence[ReadVisit]
    decisions: Sequence[ReadDecision]
    rulings: Sequence[ReadRuling]
    needs_confirmation: bool


def opened_household(session: Session, actor: Actor, household_id: str) -> OpenedHousehold:
    """Read one household; outside the actor's areas it does not exist."""
    listed = case_within(session, actor, household_id)
    case = listed.case
    submissions = submissions_of(session, household_id)
    counting = next((each for each in submissions if each.id == case.counting_submission_id), None)
    visits = visits_to(session, household_id)
    rulings = rulings_of(session, household_id)
    decisions = _decisions_on(session, case)
    names = _names_of(
        session,
        {each.by for each in visits}
        | {each.decided_by for each in decisions}
        | {each.decided_by for each in rulings},
    )
    instance_ids = {each.id: each.instance_id for each in submissions}
    return OpenedHousehold(
        household=listed.household,
        case=case,
        etag=etag_of_case(case, submissions),
        is_own_work=household_id in own_work_in(session, actor, case.ea_code),
        is_area_closed=session.get_one(FieldArea, case.ea_code).closed_at is not None,
        counting=counting,
        answers=answers_of(session, counting) if counting else None,
        findings=_findings(session, case, counting),
        submissions=submissions[::-1],
        visits=[
            ReadVisit(
                each,
                names.get(each.by, ""),
                note_of(each),
                statement_of(each),
                appointment_of(each),
            )
            for each in visits
        ],
        decisions=[ReadDecision(each, names.get(each.decided_by, "")) for each in decisions],
        rulings=[
            ReadRuling(
                each,
                names.get(each.decided_by, ""),
                instance_ids.get(each.submission_id, ""),
                reason_of(each),
            )
            for each in rulings
        ],
        needs_confirmation=household_id in confirmation_sample(_cases_beside(session, case)),
    )


def counting_submission(session: Session, actor: Actor, household_id: str) -> Submission | None:
    """The submission that counts for a household, if one does."""
    case = case_within(session, actor, household_id).case
    if case.counting_submission_id is None:
        return None
    return session.get(Submission, (case.province_code, case.counting_submission_id))


def etag_of_household(session: Session, actor: Actor, household_id: str) -> str:
    """What identifies the state of one household; goes into If-Match of a ruling about it."""
    case = case_within(session, actor, household_id).case
    return etag_of_case(case, submissions_of(session, household_id))


def etag_of_case(case: Case, submissions: Sequence[Submission]) -> str:
    """What identifies the state of a household: its review, revision and quarantine."""
    waiting = [each.id for each in submissions if each.standing in WAITING]
    return etag_of(case.review, {case.household_id: case.revision}, waiting)


def _findings(session: Session, case: Case, counting: Submission | None) -> list[ReadFinding]:
    found = findings_in(session, case.ea_code, case.household_id).get(case.household_id, ())
    # The reasons stand in the instance itself, which is unsealed only where there is one to read.
    reasons = (
        override_reasons(counting) if counting and any(each.is_overridden for each in found) else {}
    )
    return [ReadFinding(each, reasons.get((each.edit, each.person))) for each in found]


def _cases_beside(session: Session, case: Case) -> Sequence[Case]:
    """The cases of the same enumeration area, where it matters which of them are confirmed."""
    if not needs_evidence(case.disposition):
        return []
    return session.scalars(select(Case).where(Case.ea_code == case.ea_code)).all()


def _decisions_on(session: Session, case: Case) -> list[Decision]:
    return list(
        session.scalars(
            select(Decision)
            .where(
                Decision.province_code == case.province_code,
                Decision.household_id == case.household_id,
            )
            .order_by(Decision.revision_seen.desc())
        )
    )


def _names_of(session: Session, user_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = session.execute(select(User.id, User.display_name).where(User.id.in_(user_ids)))
    return {row.id: row.display_name for row in rows}
