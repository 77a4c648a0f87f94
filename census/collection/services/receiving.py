"""Taking answers in: every submission, whatever the mode and the client, comes through here.

Raw first: the bytes, their hash, the sender and the moment are stored before anything is made of
them. The instance id makes it idempotent: the same id with the same bytes changes nothing, the same
id with other bytes is kept as a conflict. What cannot be understood or placed is quarantined:
acknowledged, visible to a person with its reason, and not counted.

Locks are taken in one order: receipts by id, enumeration areas by code, cases by household.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.arrivals import Arrival, Incoming, Received, understand
from census.collection.codelists import Outcome, Standing
from census.collection.models import FieldArea, Receipt, Submission
from census.collection.services.awaiting_originals import awaited, hold_corrections
from census.collection.services.judging import judge_arrivals
from census.collection.services.keeping import keep, submission_row
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.placing import place, places_named_in
from census.collection.services.repeating import answer_repeats, keep_variants, lock_receipts
from census.collection.services.settling import counts_of, settle
from census.collection.services.taking_up import take_up
from census.core.bulk import insert_new
from census.core.clock import census_day
from census.core.events import record


def receive_submission(
    session: Session, actor: Actor, incoming: Incoming, *, at: datetime
) -> Received:
    """Take one submission in, and say what became of it."""
    return receive_submissions(session, actor, [incoming], at=at)[0]


def receive_submissions(
    session: Session, actor: Actor, incoming: Sequence[Incoming], *, at: datetime
) -> list[Received]:
    """Take submissions in, in a few statements for all; answers come in the order sent."""
    arrivals = [understand(one, actor) for one in incoming]
    return receive_understood(session, [Sending(actor, arrivals)], at=at)[0]


@dataclass(frozen=True, slots=True)
class Sending:
    """What one sender hands over at once, as far as it can be understood without the database."""

    actor: Actor
    arrivals: Sequence[Arrival]


def receive_understood(
    session: Session, sendings: Sequence[Sending], *, at: datetime
) -> list[list[Received]]:
    """Take in what several senders hand over at the same time; each is answered in their order."""
    arrivals = [arrival for each in sendings for arrival in each.arrivals]
    places = places_named_in(session, arrivals)
    for sending in sendings:
        place(session, sending.actor, sending.arrivals, places=places)
    fresh, repeats = _claim(session, arrivals, at)
    first_bytes = lock_receipts(session, repeats, at=at)
    variants = [each for each in repeats if first_bytes[each.instance_id] != each.sha256]
    areas = lock_areas(session, {each.ea_code for each in (*fresh, *variants) if each.ea_code})
    _take_in(session, fresh, areas, at)
    keep_variants(session, variants, at=at)
    answers = {id(arrival): _answer(arrival) for arrival in fresh}
    answers |= answer_repeats(session, repeats)
    return [[answers[id(arrival)] for arrival in each.arrivals] for each in sendings]


def _claim(
    session: Session, arrivals: Sequence[Arrival], at: datetime
) -> tuple[list[Arrival], list[Arrival]]:
    """Part the arrivals whose id is new from the repeats.

    Receipts are inserted in the order of their ids: two senders of the same ids wait for each
    other instead of locking each other out.
    """
    first_of: dict[str, Arrival] = {}
    for arrival in arrivals:
        first_of.setdefault(arrival.instance_id, arrival)
    receipts = [
        {
            "instance_id": instance_id,
            "sha256": arrival.sha256,
            "province_code": arrival.province_code,
            "submission_id": arrival.id,
            "last_seen_at": at,
        }
        for instance_id, arrival in sorted(first_of.items())
    ]
    new = insert_new(session, Receipt, receipts)
    fresh = [first for instance_id, first in first_of.items() if instance_id in new]
    taken = {id(arrival) for arrival in fresh}
    return fresh, [arrival for arrival in arrivals if id(arrival) not in taken]


def _take_in(
    session: Session,
    fresh: Sequence[Arrival],
    areas: Mapping[str, FieldArea],
    at: datetime,
) -> None:
    """Store the new submissions and settle the cases they are about."""
    for arrival in fresh:
        area = areas.get(arrival.ea_code or "")
        if arrival.is_understood and area is not None and area.closed_at is not None:
            arrival.reason = "area.closed"
    hold_corrections(session, fresh)
    judge_arrivals(session, fresh, at=at)
    on = census_day(session, at)
    rows = {arrival.id: submission_row(arrival, at=at, on=on) for arrival in fresh}
    counted = [arrival for arrival in fresh if arrival.is_understood]
    cases = lock_cases(
        session,
        {arrival.ea_code for arrival in counted if arrival.ea_code},
        {arrival.household_id for arrival in counted if arrival.household_id},
    )
    arriving = [Submission(**rows[arrival.id]) for arrival in counted]
    settle(
        session,
        cases.values(),
        at=at,
        arriving=arriving,
        finding_counts={arrival.id: counts_of(arrival.findings) for arrival in counted},
    )
    for submission in arriving:
        rows[submission.id]["standing"] = submission.standing
    keep(session, list(rows.values()), fresh)
    others = [arrival.instance_id for arrival in fresh if not arrival.is_understood]
    if waiting := awaited(session, cases.values(), others):
        take_up(session, waiting, at=at, are_placed=True)
    counting = {case.counting_submission_id for case in cases.values()}
    for arrival in fresh:
        arrival.is_counting = arrival.id in counting
        _record(session, arrival, at)


def _record(session: Session, arrival: Arrival, at: datetime) -> None:
    name = "submission.received" if arrival.is_understood else "submission.quarantined"
    details = {"reason": arrival.reason} if arrival.reason else {}
    record(
        session,
        arrival.sender,
        name,
        arrival.instance_id,
        area=arrival.ea_code,
        at=at,
        details={**details, "sha256": arrival.sha256.hex()},
    )


def _answer(arrival: Arrival) -> Received:
    if arrival.is_understood:
        return Received(
            arrival.instance_id,
            Outcome.ACCEPTED,
            standing=Standing.COUNTING if arrival.is_counting else Standing.SUPERSEDED,
            findings=arrival.findings,
        )
    return Received(
        arrival.instance_id,
        Outcome.QUARANTINED,
        code=arrival.reason,
        standing=Standing.QUARANTINED,
        findings=arrival.findings,
    )
