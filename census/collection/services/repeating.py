"""Answering what was sent before: the same bytes are acknowledged again, other bytes are kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.orm import Session

from census.collection import edits
from census.collection.arrivals import Arrival, Received
from census.collection.codelists import Outcome, Standing
from census.collection.models import Finding, Receipt, Submission
from census.collection.services.keeping import submission_row
from census.core.bulk import insert_rows
from census.core.clock import census_day
from census.core.events import record

CONFLICT = "submission.conflict"


def lock_receipts(
    session: Session, repeats: Sequence[Arrival], *, at: datetime
) -> dict[str, bytes]:
    """Hold the receipts of these repeats and note that they were sent again.

    Gives the digest that was first received under each id.
    """
    ids = {arrival.instance_id for arrival in repeats}
    if not ids:
        return {}
    receipts = session.scalars(
        select(Receipt)
        .where(Receipt.instance_id.in_(ids))
        .order_by(Receipt.instance_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    session.execute(update(Receipt).where(Receipt.instance_id.in_(ids)).values(last_seen_at=at))
    return {receipt.instance_id: receipt.sha256 for receipt in receipts}


def keep_variants(session: Session, variants: Sequence[Arrival], *, at: datetime) -> None:
    """Keep each variant of a received id once, beside the first, for a person to look at."""
    if not variants:
        return
    kept = {(each.instance_id, each.sha256) for each in _stored(session, variants)}
    on = census_day(session, at)
    rows = []
    for arrival in variants:
        if (arrival.instance_id, arrival.sha256) in kept:
            continue
        kept.add((arrival.instance_id, arrival.sha256))
        rows.append(
            submission_row(arrival, at=at, on=on, standing=Standing.CONFLICT, reason=CONFLICT)
        )
        record(
            session,
            arrival.sender,
            CONFLICT,
            arrival.instance_id,
            area=arrival.ea_code,
            at=at,
            details={"sha256": arrival.sha256.hex()},
        )
    insert_rows(session, Submission, rows)


def answer_repeats(session: Session, repeats: Sequence[Arrival]) -> dict[int, Received]:
    """Say of each repeat what became of it; keys are the identities of the arrivals."""
    if not repeats:
        return {}
    stored = {(each.instance_id, each.sha256): each for each in _stored(session, repeats)}
    findings = _findings_of(session, [each.id for each in stored.values()])
    answers = {}
    for arrival in repeats:
        became = stored[arrival.instance_id, arrival.sha256]
        is_variant = became.reason_code == CONFLICT
        answers[id(arrival)] = Received(
            arrival.instance_id,
            Outcome.CONFLICT if is_variant else Outcome.DUPLICATE,
            code=became.reason_code,
            standing=became.standing,
            findings=findings[became.id],
        )
    return answers


def _stored(
    session: Session, arrivals: Sequence[Arrival]
) -> Sequence[Row[UUID, str, bytes, Standing, str | None]]:
    return session.execute(
        select(
            Submission.id,
            Submission.instance_id,
            Submission.sha256,
            Submission.standing,
            Submission.reason_code,
        ).where(Submission.instance_id.in_({each.instance_id for each in arrivals}))
    ).all()


def _findings_of(
    session: Session, submission_ids: Sequence[UUID]
) -> dict[UUID, list[edits.Finding]]:
    rows = session.scalars(
        select(Finding)
        .where(Finding.submission_id.in_(submission_ids))
        .order_by(Finding.submission_id, Finding.id)
    )
    findings: dict[UUID, list[edits.Finding]] = defaultdict(list)
    for row in rows:
        findings[row.submission_id].append(
            edits.Finding(row.edit, row.severity, row.person, row.is_overridden, tuple(row.nodes))
        )
    return findings
