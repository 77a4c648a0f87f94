"""Answering what was sent before: the same bytes are acknowledged again, other bytes are kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.arrivals import Arrival, Received
from census.collection.codelists import Outcome, Standing
from census.collection.models import Receipt, Submission
from census.collection.services.keeping import submission_row
from census.collection.services.locking import lock_areas
from census.core.bulk import insert_rows
from census.core.clock import census_day
from census.core.events import record

CONFLICT = "submission.conflict"


def answer_repeats(
    session: Session, actor: Actor, repeats: Sequence[Arrival], *, at: datetime
) -> dict[int, Received]:
    """Say of each repeat what became of it; keys are the identities of the arrivals."""
    if not repeats:
        return {}
    ids = sorted({arrival.instance_id for arrival in repeats})
    session.execute(update(Receipt).where(Receipt.instance_id.in_(ids)).values(last_seen_at=at))
    receipts = session.execute(
        select(Receipt.instance_id, Receipt.sha256).where(Receipt.instance_id.in_(ids))
    )
    first_bytes = {row.instance_id: row.sha256 for row in receipts}
    others = [each for each in repeats if first_bytes[each.instance_id] != each.sha256]
    _keep_conflicts(session, actor, others, at)
    became = _what_became(session, ids)
    return {id(each): _answer(each, became[each.instance_id, each.sha256]) for each in repeats}


def _keep_conflicts(
    session: Session, actor: Actor, conflicts: Sequence[Arrival], at: datetime
) -> None:
    """Keep each variant once, beside the first, for a person to look at."""
    lock_areas(session, {arrival.ea_code for arrival in conflicts if arrival.ea_code})
    kept = set(_what_became(session, [arrival.instance_id for arrival in conflicts]))
    on = census_day(session, at)
    rows = []
    for arrival in conflicts:
        if (arrival.instance_id, arrival.sha256) in kept:
            continue
        kept.add((arrival.instance_id, arrival.sha256))
        rows.append(
            submission_row(
                actor, arrival, at=at, on=on, standing=Standing.CONFLICT, reason=CONFLICT
            )
        )
        record(
            session,
            actor,
            CONFLICT,
            arrival.instance_id,
            area=arrival.ea_code,
            at=at,
            details={"sha256": arrival.sha256.hex()},
        )
    insert_rows(session, Submission, rows)


def _what_became(
    session: Session, instance_ids: Sequence[str]
) -> dict[tuple[str, bytes], tuple[Standing, str | None]]:
    rows = session.execute(
        select(
            Submission.instance_id, Submission.sha256, Submission.standing, Submission.reason_code
        ).where(Submission.instance_id.in_(instance_ids))
    )
    return {(row.instance_id, row.sha256): (row.standing, row.reason_code) for row in rows}


def _answer(arrival: Arrival, became: tuple[Standing, str | None]) -> Received:
    standing, reason = became
    is_variant = standing is Standing.CONFLICT or reason == CONFLICT
    outcome = Outcome.CONFLICT if is_variant else Outcome.DUPLICATE
    return Received(arrival.instance_id, outcome, code=reason, standing=standing)
