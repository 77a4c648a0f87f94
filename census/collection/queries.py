"""What people can see of cases and submissions, within their areas."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Outcome
from census.collection.errors import HouseholdNotFound, SubmissionNotFound
from census.collection.models import Case, FieldAction, Questionnaire, Submission
from census.collection.resolutions import Resolution
from census.frame.models import EnumerationArea, Household
from census.frame.queries import area_within, condition_at_level, lies_within

EA_CODE_DIGITS = 11


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A household on the list and how its case stands."""

    household: Household
    case: Case


def areas_answered_for(session: Session, actor: Actor, ea_codes: Collection[str]) -> set[str]:
    """Which of these enumeration areas, all of them on the list, the actor answers for."""
    held = actor.areas.intersection(ea_codes)
    others = [code for code in ea_codes if code not in held]
    if not others:
        return set(held)
    rows = select(EnumerationArea.code).where(
        EnumerationArea.code.in_(others), lies_within(actor, EnumerationArea)
    )
    return {*held, *session.scalars(rows)}


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


def submission_of_household(
    session: Session, case: Case, instance_id: str, sha256: bytes | None = None
) -> Submission:
    """One of the submissions of a household: the first under its id, or the one of this digest."""
    conditions = [
        Submission.instance_id == instance_id,
        Submission.household_id == case.household_id,
    ]
    if sha256 is not None:
        conditions.append(Submission.sha256 == sha256)
    submission = session.scalars(
        select(Submission).where(*conditions).order_by(Submission.received_at, Submission.id)
    ).first()
    if submission is None:
        raise SubmissionNotFound
    return submission


def visits_to(session: Session, household_id: str) -> list[FieldAction]:
    """Every report with a result about a household that was accepted, the newest first."""
    return list(
        session.scalars(
            select(FieldAction)
            .where(
                FieldAction.household_id == household_id,
                FieldAction.outcome == Outcome.ACCEPTED,
                FieldAction.result.is_not(None),
            )
            .order_by(FieldAction.happened_at.desc(), FieldAction.action_id)
        )
    )


def rulings_of(session: Session, household_id: str) -> list[Resolution]:
    """What people decided about the submissions of a household, the newest first."""
    return list(
        session.scalars(
            select(Resolution)
            .where(
                Resolution.submission_id.in_(
                    select(Submission.id).where(Submission.household_id == household_id)
                )
            )
            .order_by(Resolution.decided_at.desc(), Resolution.id.desc())
        )
    )


# Built once: every submission asks for it.
_PLACES = select(Case.household_id, Case.province_code, Case.ea_code).where(
    Case.ea_code.in_(bindparam("ea_codes", expanding=True)),
    Case.household_id.in_(bindparam("household_ids", expanding=True)),
)


def places_of_households(
    session: Session, household_ids: Collection[str]
) -> dict[str, tuple[str, str | None]]:
    """Province and enumeration area of each of these households that has a case."""
    asked = {
        "ea_codes": list({household_id[:EA_CODE_DIGITS] for household_id in household_ids}),
        "household_ids": list(household_ids),
    }
    rows = session.execute(_PLACES, asked)
    return {row.household_id: (row.province_code, row.ea_code) for row in rows}


def questionnaire(session: Session, questionnaire_id: str, version: str) -> Questionnaire | None:
    """One published version."""
    return session.get(Questionnaire, (questionnaire_id, version))


def every_questionnaire(session: Session) -> list[Questionnaire]:
    """Every published version, also those that were retired, the newest last."""
    return list(
        session.scalars(
            select(Questionnaire).order_by(Questionnaire.published_at, Questionnaire.version)
        )
    )


@dataclass(frozen=True, slots=True)
class PublishedForm:
    """A version in use, without its contents."""

    id: str
    version: str
    sha256: bytes


def newest_forms(session: Session) -> list[PublishedForm]:
    """The newest version in use of each questionnaire, by its id."""
    rows = session.execute(
        select(Questionnaire.id, Questionnaire.version, Questionnaire.sha256)
        .where(Questionnaire.retired_at.is_(None))
        .order_by(Questionnaire.published_at, Questionnaire.version)
    )
    newest = {row.id: PublishedForm(*row) for row in rows}
    return [newest[id_] for id_ in sorted(newest)]


def published_form(session: Session, questionnaire_id: str, version: str) -> PublishedForm | None:
    """One published version, also a retired one, without its contents."""
    row = session.execute(
        select(Questionnaire.id, Questionnaire.version, Questionnaire.sha256).where(
            Questionnaire.id == questionnaire_id, Questionnaire.version == version
        )
    ).first()
    return None if row is None else PublishedForm(*row)


def published_questionnaires(session: Session) -> list[Questionnaire]:
    """The versions in use, the newest last."""
    return list(
        session.scalars(
            select(Questionnaire)
            .where(Questionnaire.retired_at.is_(None))
            .order_by(Questionnaire.published_at, Questionnaire.version)
        )
    )
