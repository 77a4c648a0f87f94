"""Finding out where a submission belongs, and whether its sender may answer for that place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.queries import lease_at
from census.collection.arrivals import Arrival
from census.collection.models import UNKNOWN_PROVINCE, Case, Questionnaire
from census.collection.queries import areas_answered_for

EA_CODE_DIGITS = 11


def place(session: Session, actor: Actor, arrivals: Sequence[Arrival]) -> None:
    """Give each arrival its province and area, or the reason why it cannot be counted."""
    cases = _cases_of(session, {arrival.household_id or "" for arrival in arrivals})
    versions = _published_versions(session)
    own = areas_answered_for(session, actor, {ea_code for _, ea_code in cases.values()})
    for arrival in arrivals:
        arrival.province_code, arrival.ea_code = cases.get(
            arrival.household_id or "", (UNKNOWN_PROVINCE, None)
        )
        if actor.is_revoked:
            arrival.reason = "token.revoked"
        elif arrival.reason is None:
            arrival.reason = _objection(session, actor, arrival, versions, own)


def _objection(
    session: Session,
    actor: Actor,
    arrival: Arrival,
    versions: Collection[tuple[str, str]],
    own: Collection[str],
) -> str | None:
    answers = arrival.answers
    if answers is not None and (answers.form_id, answers.version) not in versions:
        return "questionnaire.unknown_version"
    if arrival.ea_code is None:
        return "household.unknown"
    if arrival.ea_code not in own and not _held_then(session, actor, arrival):
        return "household.foreign"
    return None


def _cases_of(session: Session, household_ids: Collection[str]) -> dict[str, tuple[str, str]]:
    rows = session.execute(
        select(Case.household_id, Case.province_code, Case.ea_code).where(
            Case.ea_code.in_({household_id[:EA_CODE_DIGITS] for household_id in household_ids}),
            Case.household_id.in_(household_ids),
        )
    )
    return {row.household_id: (row.province_code, row.ea_code) for row in rows}


def _published_versions(session: Session) -> set[tuple[str, str]]:
    rows = session.execute(select(Questionnaire.id, Questionnaire.version))
    return {(row.id, row.version) for row in rows}


def _held_then(session: Session, actor: Actor, arrival: Arrival) -> bool:
    """Whether the sender held the area when the interview was made.

    Moving an area to another enumerator must not cost the records still on the old tablet.
    """
    if arrival.ea_code is None or arrival.ended_at is None:
        return False
    lease = lease_at(session, arrival.ea_code, arrival.ended_at)
    return lease is not None and lease.enumerator_id == actor.id
