"""One batch: the households of an area, what is wrong with them, and what identifies its state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Disposition, Evidence, Mode, Review, Standing
from census.collection.models import Case, FieldAction, FieldArea, Submission
from census.collection.quarantine import waits
from census.frame.models import EnumerationArea, Household
from census.frame.queries import lies_within
from census.review.codelists import BatchStatus
from census.review.confirming import confirmation_sample, is_blocked
from census.review.errors import BatchNotFound
from census.review.problems import Problem, problems_of
from census.review.queries.findings import (
    OpenAreaFinding,
    OpenFinding,
    area_findings_in,
    findings_in,
    late_responses_in,
)
from census.review.queries.own_work import own_work_in
from census.review.queries.tallies import FINAL, INELIGIBLE, RESPONDED, WAITING
from census.review.rules import Counts, batch_status, etag_of


@dataclass(frozen=True, slots=True)
class Item:
    """One household of the batch: its address and how it stands, never a name."""

    household_id: str
    address: str
    revision: int
    review: Review
    disposition: Disposition | None
    mode: Mode | None
    hard_findings: int
    """How many findings block the approval."""
    findings: tuple[OpenFinding, ...]
    is_own_work: bool
    evidence: Evidence | None = None
    """Whether there is proof of a result that takes it out of the count."""
    is_confirmed: bool = False
    needs_confirmation: bool = False
    """Whether it is drawn to be confirmed by itself."""

    @property
    def is_approvable(self) -> bool:
        """Whether the actor may approve it as it is."""
        is_submitted = self.review is Review.SUBMITTED
        is_plain = not is_blocked(self) and not self.needs_confirmation
        return is_submitted and is_plain and not self.is_own_work


@dataclass(frozen=True, slots=True)
class QuarantinedSubmission:
    """A submission for the area that waits for a person to look at it."""

    id: UUID
    instance_id: str
    household_id: str | None
    standing: Standing
    reason_code: str

    @property
    def problem(self) -> str:
        """The code of the problem that it is."""
        is_conflict = self.standing is Standing.CONFLICT
        return "submission.conflict" if is_conflict else "submission.quarantined"


@dataclass(frozen=True, slots=True)
class QuarantinedAction:
    """A report from the field about the area that waits for a person to look at it."""

    id: str
    household_id: str | None
    reason_code: str

    @property
    def problem(self) -> str:
        """The code of the problem that it is."""
        return "field_action.quarantined"


@dataclass(frozen=True)
class Batch:
    """The households of one enumeration area as they stand, under one decision."""

    ea_code: str
    name: str
    subdistrict_code: str
    district_code: str
    is_closed: bool
    items: Sequence[Item]
    quarantined: Sequence[QuarantinedSubmission | QuarantinedAction]
    late_responses: Sequence[str]
    area_findings: Sequence[OpenAreaFinding] = ()

    @cached_property
    def counts(self) -> Counts:
        """How many households stand how."""
        reviews = Counter(item.review for item in self.items)
        return Counts(
            households=len(self.items),
            final=sum(item.disposition in FINAL for item in self.items),
            responded=sum(item.disposition in RESPONDED for item in self.items),
            ineligible=sum(item.disposition in INELIGIBLE for item in self.items),
            submitted=reviews[Review.SUBMITTED],
            approved=reviews[Review.APPROVED],
            returned=reviews[Review.RETURNED],
            quarantined=len(self.quarantined),
        )

    @property
    def status(self) -> BatchStatus:
        """How the batch stands."""
        return batch_status(self.counts, is_closed=self.is_closed)

    @property
    def revisions(self) -> dict[str, int]:
        """The revision of every household."""
        return {item.household_id: item.revision for item in self.items}

    @property
    def etag(self) -> str:
        """What identifies this state."""
        return etag_of(self.status, self.revisions, (each.id for each in self.quarantined))

    @property
    def problems(self) -> list[Problem]:
        """What stands in the way of approving and closing, in the order of the households."""
        return problems_of(self.items, self.quarantined, self.late_responses, self.area_findings)


def batch(session: Session, actor: Actor, ea_code: str) -> Batch:
    """One batch, in as many queries for a thousand households as for one."""
    area = session.execute(
        select(EnumerationArea, FieldArea.closed_at)
        .join(FieldArea, FieldArea.ea_code == EnumerationArea.code)
        .where(EnumerationArea.code == ea_code, lies_within(actor, EnumerationArea))
    ).first()
    if area is None:
        raise BatchNotFound
    place, closed_at = area
    return Batch(
        ea_code=ea_code,
        name=place.name,
        subdistrict_code=place.subdistrict_code,
        district_code=place.district_code,
        is_closed=closed_at is not None,
        items=_items(session, actor, ea_code),
        quarantined=[*_quarantined(session, ea_code), *_quarantined_actions(session, ea_code)],
        late_responses=late_responses_in(session, ea_code),
        area_findings=area_findings_in(session, ea_code),
    )


def _items(session: Session, actor: Actor, ea_code: str) -> list[Item]:
    found = session.execute(
        select(
            Case.household_id,
            Household.address,
            Case.revision,
            Case.review,
            Case.disposition,
            Case.mode,
            Case.hard_findings,
            Case.evidence,
            Case.is_confirmed,
        )
        .join(
            Household,
            (Household.province_code == Case.province_code) & (Household.id == Case.household_id),
        )
        .where(Case.ea_code == ea_code)
        .order_by(Case.household_id)
    )
    findings = findings_in(session, ea_code)
    own = own_work_in(session, actor, ea_code)
    rows = found.all()
    sample = confirmation_sample(rows)
    return [
        Item(
            household_id=row.household_id,
            address=row.address,
            revision=row.revision,
            review=row.review,
            disposition=row.disposition,
            mode=row.mode,
            hard_findings=row.hard_findings,
            findings=tuple(findings[row.household_id]),
            is_own_work=row.household_id in own,
            evidence=row.evidence,
            is_confirmed=row.is_confirmed,
            needs_confirmation=row.household_id in sample,
        )
        for row in rows
    ]


def _quarantined(session: Session, ea_code: str) -> list[QuarantinedSubmission]:
    rows = session.execute(
        select(
            Submission.id,
            Submission.instance_id,
            Submission.household_id,
            Submission.standing,
            Submission.reason_code,
        )
        .where(Submission.ea_code == ea_code, Submission.standing.in_(WAITING))
        .order_by(Submission.received_at, Submission.id)
    )
    return [
        QuarantinedSubmission(
            id=row.id,
            instance_id=row.instance_id,
            household_id=row.household_id,
            standing=row.standing,
            reason_code=row.reason_code or "",
        )
        for row in rows
    ]


def _quarantined_actions(session: Session, ea_code: str) -> list[QuarantinedAction]:
    rows = session.execute(
        select(FieldAction.action_id, FieldAction.household_id, FieldAction.reason_code)
        .where(FieldAction.ea_code == ea_code, waits(FieldAction))
        .order_by(FieldAction.received_at, FieldAction.action_id)
    )
    return [
        QuarantinedAction(row.action_id, row.household_id, row.reason_code or "") for row in rows
    ]
