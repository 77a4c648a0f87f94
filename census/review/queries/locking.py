"""A batch under lock: nobody else changes it until the decision is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Review
from census.collection.models import Case, FieldAction, FieldArea, Submission
from census.collection.quarantine import waits
from census.collection.services.locking import lock_areas
from census.frame.models import EnumerationArea
from census.frame.queries import lies_within
from census.review.codelists import BatchStatus
from census.review.errors import BatchNotFound
from census.review.queries.tallies import FINAL, WAITING
from census.review.rules import Counts, batch_status, etag_of


@dataclass(frozen=True, slots=True)
class LockedBatch:
    """An enumeration area and its cases as they are, and stay, until the transaction ends."""

    area: FieldArea
    cases: Mapping[str, Case]
    quarantined: Mapping[UUID, str | None]
    """The submissions that wait in quarantine, with the household where one is named."""
    quarantined_actions: Collection[str]
    """The reports from the field that wait in quarantine."""

    @property
    def revisions(self) -> dict[str, int]:
        """The revision of every household."""
        return {case.household_id: case.revision for case in self.cases.values()}

    @property
    def counts(self) -> Counts:
        """How many households stand how, as far as a status follows from it."""
        cases = self.cases.values()
        return Counts(
            households=len(cases),
            final=sum(case.disposition in FINAL for case in cases),
            approved=sum(case.review is Review.APPROVED for case in cases),
            returned=sum(case.review is Review.RETURNED for case in cases),
            quarantined=len(self.quarantined) + len(self.quarantined_actions),
        )

    @property
    def status(self) -> BatchStatus:
        """How the batch stands."""
        return batch_status(self.counts, is_closed=self.area.closed_at is not None)

    @property
    def etag(self) -> str:
        """What identifies this state."""
        waiting: list[UUID | str] = [*self.quarantined, *self.quarantined_actions]
        return etag_of(self.status, self.revisions, waiting)

    def etag_of_household(self, household_id: str) -> str:
        """What identifies the state of one household."""
        case = self.cases[household_id]
        waiting = [key for key, about in self.quarantined.items() if about == household_id]
        return etag_of(case.review, {household_id: case.revision}, waiting)


def lock_batch(session: Session, actor: Actor, ea_code: str) -> LockedBatch:
    """Lock an enumeration area and then its cases; outside the actor's areas it does not exist."""
    lies_here = select(EnumerationArea.code).where(
        EnumerationArea.code == ea_code, lies_within(actor, EnumerationArea)
    )
    if session.scalar(lies_here) is None:
        raise BatchNotFound
    area = lock_areas(session, [ea_code]).get(ea_code)
    if area is None:
        raise BatchNotFound
    cases = session.scalars(
        select(Case)
        .where(Case.ea_code == ea_code)
        .order_by(Case.household_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    waiting = session.execute(
        select(Submission.id, Submission.household_id).where(
            Submission.ea_code == ea_code, Submission.standing.in_(WAITING)
        )
    )
    return LockedBatch(
        area=area,
        cases={case.household_id: case for case in cases},
        quarantined={row.id: row.household_id for row in waiting},
        quarantined_actions=session.scalars(
            select(FieldAction.action_id).where(FieldAction.ea_code == ea_code, waits(FieldAction))
        ).all(),
    )
