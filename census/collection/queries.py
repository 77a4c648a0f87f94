"""What people can see of cases and submissions, within their areas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Standing
from census.collection.errors import HouseholdNotFound, SubmissionNotFound
from census.collection.models import Case, Questionnaire, Submission
from census.frame.models import EnumerationArea, Household
from census.frame.queries import area_within, condition_at_level, lies_within

EA_CODE_DIGITS = 11
WAITING = (Standing.QUARANTINED, Standing.CONFLICT)
"""A submission in one of these is a question for a person."""


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A household on the list and how its case stands."""

    household: Household
    case: Case


def areas_answered_for(session: Session, actor: Actor, ea_codes: Collection[str]) -> set[str]:
    """Which of these enumeration areas lie within what the actor answers for."""
    rows = select(EnumerationArea.code).where(
        EnumerationArea.code.in_(ea_codes), lies_within(actor, EnumerationArea)
    )
    return set(session.scalars(rows))


def case_within(session: Session, actor: Actor, household_id: str) -> ListedCase:
    """One household and its case; outside the actor's areas it does not exist."""
    row = session.execute(
        select(Household, Case)
        .join(
            Case,
            (Case.province_code == Household.province_code) & (Case.household_id == Household.id),
        )
        .where(
            Household.ea_code == household_id[:EA_CODE_DIGITS],
            Household.id == household_id,
            lies_within(actor, Household),
        )
    ).first()
    if row is None:
        raise HouseholdNotFound()
    return ListedCase(*row)


def cases_within(
    session: Session, actor: Actor, area: str, *, after: str, limit: int
) -> list[ListedCase]:
    """Households of an area in the order of their ids, and one more to tell whether there are more.

    Ids begin with the enumeration area, so an area's households are read along the index.
    """
    within = area_within(session, actor, area)
    rows = session.execute(
        select(Household, Case)
        .join(
            Case,
            (Case.province_code == Household.province_code) & (Case.household_id == Household.id),
        )
        .where(
            condition_at_level(within.code, within.level, Household),
            Household.ea_code >= after[:EA_CODE_DIGITS],
            Household.id > after,
        )
        .order_by(Household.ea_code, Household.id)
        .limit(limit + 1)
    )
    return [ListedCase(*row) for row in rows]


def submissions_of(session: Session, household_id: str) -> list[Submission]:
    """Everything that arrived for a household, in the order of arrival."""
    return list(
        session.scalars(
            select(Submission)
            .where(Submission.household_id == household_id)
            .order_by(Submission.received_at, Submission.id)
        )
    )


def instance_ids(session: Session, submission_ids: Collection[UUID]) -> dict[UUID, str]:
    """The instance ids of these submissions."""
    rows = session.execute(
        select(Submission.id, Submission.instance_id).where(Submission.id.in_(submission_ids))
    )
    return {row.id: row.instance_id for row in rows}


def submission_within(
    session: Session, actor: Actor, instance_id: str, *, sha256: bytes | None = None
) -> Submission:
    """One stored submission: the first under its id, or the variant with this digest."""
    conditions = [Submission.instance_id == instance_id, lies_within(actor, Submission)]
    if sha256 is not None:
        conditions.append(Submission.sha256 == sha256)
    submission = session.scalars(
        select(Submission).where(*conditions).order_by(Submission.received_at, Submission.id)
    ).first()
    if submission is None:
        raise SubmissionNotFound()
    return submission


def waiting_within(
    session: Session, actor: Actor, *, after: UUID | None, limit: int
) -> list[Submission]:
    """The submissions within the actor's areas that wait for a person, and one more.

    What could be placed nowhere is shown to the province its sender works in.
    """
    conditions = [Submission.standing.in_(WAITING), lies_within(actor, Submission)]
    if after is not None:
        conditions.append(Submission.id > after)
    return list(
        session.scalars(
            select(Submission).where(*conditions).order_by(Submission.id).limit(limit + 1)
        )
    )


def places_of_households(
    session: Session, household_ids: Collection[str]
) -> dict[str, tuple[str, str | None]]:
    """Province and enumeration area of each of these households that has a case."""
    rows = session.execute(
        select(Case.household_id, Case.province_code, Case.ea_code).where(
            Case.ea_code.in_({household_id[:EA_CODE_DIGITS] for household_id in household_ids}),
            Case.household_id.in_(household_ids),
        )
    )
    return {row.household_id: (row.province_code, row.ea_code) for row in rows}


def questionnaire(session: Session, questionnaire_id: str, version: str) -> Questionnaire | None:
    """One published version."""
    return session.get(Questionnaire, (questionnaire_id, version))


def published_questionnaires(session: Session) -> list[Questionnaire]:
    """The versions in use, the newest last."""
    return list(
        session.scalars(
            select(Questionnaire)
            .where(Questionnaire.retired_at.is_(None))
            .order_by(Questionnaire.published_at, Questionnaire.version)
        )
    )
