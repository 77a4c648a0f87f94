"""Taking up again what waits in quarantine: read, placed and judged anew, from the bytes received.

A record is quarantined for a reason that may pass: a questionnaire is published late, a household
is added to the list, an area is opened again, an officer vouches for its household. Then it is
taken up as if it arrived now from whoever sent it then, and counts once, by the same rules as any
other. What still speaks against it becomes the reason for which it goes on waiting.

What the envelope said is kept only where the instance says nothing itself. That the two
contradicted each other, that the envelope was not valid, that the token was revoked, that the id
came before with other bytes: none of these passes by itself, so these wait for an officer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, undefer

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.models import User
from census.accounts.queries import actor_of
from census.collection.arrivals import MISMATCH, Arrival, Incoming, understand
from census.collection.codelists import Standing
from census.collection.models import FieldArea, Receipt, Submission
from census.collection.quarantine import WAITING
from census.collection.resolutions import Resolution
from census.collection.rules import answered_items, disposition_of
from census.collection.services.awaiting_originals import hold_corrections
from census.collection.services.judging import judge_arrivals
from census.collection.services.keeping import keep_answers, unseal_raw
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.placing import place
from census.collection.services.repeating import CONFLICT
from census.collection.services.settling import settle
from census.core.events import record

REVOKED = "token.revoked"
LASTING = frozenset({MISMATCH, "submission.invalid_envelope", CONFLICT})
"""What spoke against a submission for good, unless an officer vouches for it."""

NOBODY = Actor(UUID(int=0), "", Role.ENUMERATOR)
"""Stands for a sender who is not known any more: no area is theirs."""


@dataclass(frozen=True, slots=True)
class TakenUp:
    """What became of a submission that was taken up again."""

    submission: Submission
    is_taken_up: bool
    """Whether it waited until now and counts by the rules from now on."""
    reason: str | None
    """What still speaks against it, where something does."""


def take_up(
    session: Session,
    submissions: Sequence[Submission],
    *,
    at: datetime,
    by: Actor | None = None,
    are_placed: bool = False,
) -> list[TakenUp]:
    """Take submissions up again, whoever asks for it; what does not wait is left as it is.

    With `are_placed` they wait for something else than their place, in areas that are locked
    already: their receipts stay as they are.
    """
    receipts = {} if are_placed else lock_receipts_of(session, submissions)
    waiting = _waiting(session, submissions)
    arrivals = [_arrival(each) for each in waiting]
    _place(session, waiting, arrivals)
    codes = {each.ea_code for each in waiting} | {each.ea_code for each in arrivals}
    areas = lock_areas(session, {code for code in codes if code})
    _object_to_closed(arrivals, areas)
    hold_corrections(session, arrivals)
    judge_arrivals(session, arrivals, at=at)
    reasons_before = {each.id: each.reason_code for each in waiting}
    for submission, arrival in zip(waiting, arrivals, strict=True):
        _move(session, submission, arrival, receipts)
        _write(submission, arrival)
    session.flush()
    keep_answers(session, arrivals)
    counted = [each for each in arrivals if each.is_understood]
    cases = lock_cases(
        session,
        {each.ea_code for each in counted if each.ea_code},
        {each.household_id for each in counted if each.household_id},
    )
    settle(session, cases.values(), at=at)
    for submission, arrival in zip(waiting, arrivals, strict=True):
        if arrival.is_understood or submission.reason_code != reasons_before[submission.id]:
            _record(session, by, arrival, at)
    became = {each.id: each for each in arrivals}
    return [_taken_up(each, became.get(each.id)) for each in submissions]


def lock_receipts_of(session: Session, submissions: Sequence[Submission]) -> dict[UUID, Receipt]:
    """Hold the receipts of these submissions, in the order of their ids; they come before areas.

    Gives each receipt by the submission that came first under its id.
    """
    receipts = session.scalars(
        select(Receipt)
        .where(Receipt.instance_id.in_({each.instance_id for each in submissions}))
        .order_by(Receipt.instance_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return {receipt.submission_id: receipt for receipt in receipts}


def _taken_up(submission: Submission, arrival: Arrival | None) -> TakenUp:
    if arrival is None:
        return TakenUp(submission, False, submission.reason_code)
    return TakenUp(submission, arrival.is_understood, arrival.reason)


def _waiting(session: Session, submissions: Sequence[Submission]) -> list[Submission]:
    """Those of the submissions that wait, as they now are, with their bytes."""
    rows = session.scalars(
        select(Submission)
        .where(Submission.id.in_([each.id for each in submissions]))
        .order_by(Submission.id)
        .options(undefer(Submission.raw_sealed))
        .execution_options(populate_existing=True)
    )
    return [row for row in rows if row.standing in WAITING]


def _arrival(submission: Submission) -> Arrival:
    """The submission as if it arrived now; its row keeps its id, under which it is sealed."""
    vouched_for = submission.assigned_household_id
    lasting = submission.reason_code if submission.reason_code in LASTING else None
    arrival = understand(
        Incoming(
            instance_id=submission.instance_id,
            data=unseal_raw(submission.raw_sealed, submission.id),
            household_id=submission.household_id,
            mode=submission.mode,
            questionnaire=submission.questionnaire,
            version=submission.version,
            device_id=submission.device_id,
            started_at=submission.started_at,
            ended_at=submission.ended_at,
            reason=None if vouched_for else lasting,
        )
    )
    has_mismatch = arrival.reason == MISMATCH and vouched_for is not None
    return replace(
        arrival,
        id=submission.id,
        assigned_household_id=vouched_for,
        first_reason=submission.reason_code if vouched_for else None,
        reason=None if has_mismatch else arrival.reason,
    )


def _place(session: Session, waiting: Sequence[Submission], arrivals: Sequence[Arrival]) -> None:
    """Place the arrivals as their senders' own; what stays unplaced stays where it was seen."""
    senders = senders_by_id(session, {each.sender_id for each in waiting if each.sender_id})
    groups: dict[tuple[UUID | None, bool], list[Arrival]] = defaultdict(list)
    for submission, arrival in zip(waiting, arrivals, strict=True):
        is_revoked = submission.reason_code == REVOKED and not arrival.is_vouched_for
        groups[submission.sender_id, is_revoked].append(arrival)
    for (sender_id, is_revoked), group in groups.items():
        sender = senders.get(sender_id, NOBODY) if sender_id else NOBODY
        place(session, replace(sender, is_revoked=is_revoked), group)
    for submission, arrival in zip(waiting, arrivals, strict=True):
        is_as_before = arrival.reason and arrival.household_id == submission.household_id
        if is_as_before and (arrival.ea_code is None or submission.ea_code is not None):
            arrival.province_code = submission.province_code
            arrival.ea_code = submission.ea_code


def senders_by_id(session: Session, sender_ids: set[UUID]) -> dict[UUID, Actor]:
    """Those who sent something, with the areas they answer for now."""
    users = session.scalars(select(User).where(User.id.in_(sender_ids)))
    return {user.id: actor_of(user) for user in users}


def _object_to_closed(arrivals: Sequence[Arrival], areas: Mapping[str, FieldArea]) -> None:
    for arrival in arrivals:
        area = areas.get(arrival.ea_code or "")
        if arrival.is_understood and area is not None and area.closed_at is not None:
            arrival.reason = "area.closed"


def _move(
    session: Session,
    submission: Submission,
    arrival: Arrival,
    receipts: Mapping[UUID, Receipt],
) -> None:
    """Move the submission to its place, and what is kept beside it to its province."""
    submission.ea_code = arrival.ea_code
    if submission.province_code == arrival.province_code:
        return
    if receipt := receipts.get(submission.id):
        receipt.province_code = arrival.province_code
    session.execute(
        update(Resolution)
        .where(Resolution.submission_id == submission.id)
        .values(province_code=arrival.province_code)
    )
    submission.province_code = arrival.province_code


def _write(submission: Submission, arrival: Arrival) -> None:
    """Say in its row what is now known of it; an understood one waits to be settled."""
    answers = arrival.answers
    is_variant = submission.reason_code == CONFLICT
    submission.household_id = arrival.household_id
    submission.mode = arrival.mode
    submission.started_at = arrival.started_at
    submission.ended_at = arrival.ended_at
    if answers is not None:
        submission.questionnaire = answers.form_id
        submission.version = answers.version
        submission.device_id = answers.device_id or submission.device_id
        submission.deprecated_id = answers.deprecated_id
    if answers is not None and arrival.is_understood:
        submission.standing = Standing.SUPERSEDED
        # Nobody had understood it when the household was returned: it is news to the supervisor.
        submission.is_returned = False
        submission.disposition = disposition_of(answers, arrival.mode)
        submission.answered_items = answered_items(answers)
        submission.has_evidence |= answers.evidence_statement is not None
    # Whoever sends a variant again is told of the conflict, whatever became of it.
    submission.reason_code = CONFLICT if is_variant else arrival.reason


def _record(session: Session, by: Actor | None, arrival: Arrival, at: datetime) -> None:
    record(
        session,
        by,
        "submission.received" if arrival.is_understood else "submission.quarantined",
        arrival.instance_id,
        area=arrival.ea_code,
        at=at,
        details={
            "sha256": arrival.sha256.hex(),
            "taken_up": True,
            **({"reason": arrival.reason} if arrival.reason else {}),
        },
    )
