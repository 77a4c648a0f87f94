"""What the pages of the quarantine are given to show."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection import quarantine
from census.collection.arrivals import Arrival
from census.collection.errors import REASONS, HouseholdNotFound
from census.collection.models import FieldAction, Submission
from census.collection.quarantine import Kind, Pile, Wanted
from census.collection.queries import case_within, cases_within
from census.collection.wire import EA_CODE, HOUSEHOLD_ID
from census.frame.errors import AreaMissing
from census.web import languages

HOUSEHOLDS_SHOWN = 20
"""How many households of an area are offered to choose from."""


def reason_rows(piles: Sequence[Pile], kind: Kind) -> list[dict[str, Any]]:
    """How many of one kind wait for each reason, the most frequent first."""
    counts = {
        code: waiting
        for (of_kind, code), waiting in quarantine.by_reason(piles).items()
        if of_kind is kind
    }
    ranked = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [{"code": code, "words": in_words(code), "waiting": waiting} for code, waiting in ranked]


def submission_rows(
    session: Session, actor: Actor, wanted: Wanted, *, after: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the submissions that wait, and after which one the next begins."""
    page = quarantine.waiting_within(
        session, actor, wanted, after=quarantine.id_of(after), limit=limit
    )
    shown = page[:limit]
    roles = quarantine.sender_roles(session, [each.sender_id for each in shown])
    rows = [
        {
            "id": each.instance_id,
            "sha256": each.sha256.hex(),
            "household_id": each.assigned_household_id or each.household_id,
            "ea_code": each.ea_code,
            "received_at": each.received_at,
            "role": _role(roles, each.sender_id),
            "mode": each.mode.value if each.mode else None,
            "reason": in_words(each.reason_code),
        }
        for each in shown
    ]
    return rows, str(shown[-1].id) if len(page) > limit else None


def action_rows(
    session: Session, actor: Actor, wanted: Wanted, *, after: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """A page of the field actions that wait, and after which one the next begins."""
    page = quarantine.actions_waiting_within(session, actor, wanted, after=after, limit=limit)
    shown = page[:limit]
    roles = quarantine.sender_roles(session, [each.by for each in shown])
    rows = [
        {
            "id": each.action_id,
            "type": each.type.value,
            "household_id": each.household_id,
            "ea_code": each.ea_code,
            "received_at": each.received_at,
            "role": _role(roles, each.by),
            "reason": in_words(each.reason_code),
        }
        for each in shown
    ]
    return rows, shown[-1].action_id if len(page) > limit else None


def submission_page(
    session: Session, submission: Submission, arrival: Arrival, actor: Actor
) -> dict[str, Any]:
    """One submission that waits: why, what its row says, and what could be read in it."""
    roles = quarantine.sender_roles(session, [submission.sender_id])
    answers = arrival.answers
    return {
        "record": SimpleNamespace(
            id=submission.instance_id,
            sha256=submission.sha256.hex(),
            standing=submission.standing.value,
            code=submission.reason_code,
            reason=in_words(submission.reason_code),
            ea_code=submission.ea_code,
            household_id=submission.household_id,
            assigned_household_id=submission.assigned_household_id,
            received_at=submission.received_at,
            role=_role(roles, submission.sender_id),
            size=len(arrival.incoming.data),
        ),
        "readable": SimpleNamespace(
            id=answers.instance_id,
            household_id=answers.household_id,
            mode=answers.mode.value if answers.mode else None,
            form_id=answers.form_id,
            version=answers.version,
            started_at=answers.started_at,
            ended_at=answers.ended_at,
            persons=len(answers.persons),
        )
        if answers
        else None,
        "is_waiting": submission.standing in quarantine.WAITING,
        "is_own": submission.sender_id == actor.id,
    }


def action_page(session: Session, action: FieldAction, actor: Actor) -> dict[str, Any]:
    """One field action that waits: why, and what it reports."""
    roles = quarantine.sender_roles(session, [action.by])
    return {
        "record": SimpleNamespace(
            id=action.action_id,
            type=action.type.value,
            code=action.reason_code,
            reason=in_words(action.reason_code),
            ea_code=action.ea_code,
            household_id=action.household_id,
            assigned_household_id=action.assigned_household_id,
            is_vouched_for=action.assigned_sealed is not None,
            result=action.result.value if action.result else None,
            happened_at=action.happened_at,
            received_at=action.received_at,
            role=_role(roles, action.by),
        ),
        "is_waiting": quarantine.action_waits(action),
        "is_own": action.by == actor.id,
    }


def households_found(session: Session, actor: Actor, text: str) -> list[dict[str, str]]:
    """The household with this id, or the first of this enumeration area, within the actor's."""
    if HOUSEHOLD_ID.fullmatch(text):
        try:
            found = [case_within(session, actor, text)]
        except HouseholdNotFound:
            return []
    elif EA_CODE.fullmatch(text):
        try:
            found = cases_within(session, actor, text, after="", limit=HOUSEHOLDS_SHOWN)
        except AreaMissing:
            return []
    else:
        return []
    return [
        {"household_id": each.household.id, "address": each.household.address}
        for each in found[:HOUSEHOLDS_SHOWN]
    ]


def in_words(code: str | None) -> str:
    """A reason as a sentence for the reader."""
    reason = REASONS.get(code or "")
    return reason.sentence(languages.current()) if reason else code or ""


def _role(roles: dict[Any, Any], sender_id: Any) -> str | None:
    role = roles.get(sender_id)
    return role.value if role else None
