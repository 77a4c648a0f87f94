"""Corrections that came before what they correct: kept waiting, and taken up when it is there.

A correction is understood on its own. But it must not count before its original: a second device
may still hold that, and whoever reviews the correction has to see what it corrects. The original is
there when anything was received under its id for the same household, or when what was received is
not understood or was voided: a correction often is the very repair of that. An original that is
understood for another household leaves the correction waiting, as one household must not be counted
twice: an officer voids the one or the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import Row, or_, select, update
from sqlalchemy.orm import Session

from census.collection.arrivals import Arrival
from census.collection.codelists import Standing
from census.collection.models import ORIGINAL_MISSING, Case, Submission
from census.collection.services.settling import UNDERSTOOD

_Original = tuple[str | None, bool]
"""The household of what is there under an id, and whether it is understood or may still be."""


def hold_corrections(session: Session, arrivals: Sequence[Arrival]) -> None:
    """Let the corrections wait whose original has not come; their areas are locked.

    One query, and only where there is a correction.
    """
    corrections = [each for each in arrivals if _corrected_by(each) and not each.is_vouched_for]
    if not corrections:
        return
    there = _stored(session, {_corrected_by(each) or "" for each in corrections})
    for arrival in arrivals:
        there[arrival.instance_id].add((arrival.household_id, arrival.is_understood))
    held = [
        each
        for each in corrections
        if not _is_there(there[_corrected_by(each) or ""], each.household_id)
    ]
    for arrival in held:
        arrival.reason = ORIGINAL_MISSING
    _mark_cases(session, {each.household_id for each in held if each.household_id})


def awaited(
    session: Session, cases: Iterable[Case], instance_ids: Collection[str]
) -> list[Submission]:
    """The corrections that need not wait any longer, now that these have come.

    Of the households in `cases`, and of whatever household where they correct one of
    `instance_ids`. Costs nothing where nothing waits.
    """
    households = [each.household_id for each in cases if each.has_set_aside]
    if not households and not instance_ids:
        return []
    held = session.scalars(
        select(Submission)
        .where(
            Submission.standing == Standing.QUARANTINED,
            Submission.reason_code == ORIGINAL_MISSING,
            or_(
                Submission.household_id.in_(households),
                Submission.deprecated_id.in_(instance_ids),
            ),
        )
        .order_by(Submission.id)
    ).all()
    if not held:
        return []
    there = _stored(session, {each.deprecated_id or "" for each in held})
    return [each for each in held if _is_there(there[each.deprecated_id or ""], each.household_id)]


def _corrected_by(arrival: Arrival) -> str | None:
    """What an understood arrival corrects; one that names itself corrects nothing."""
    answers = arrival.answers
    if answers is None or not arrival.is_understood:
        return None
    original = answers.deprecated_id
    return None if original == arrival.instance_id else original


def _stored(session: Session, instance_ids: Collection[str]) -> dict[str, set[_Original]]:
    rows: Sequence[Row[str, str | None, Standing, str | None]] = session.execute(
        select(
            Submission.instance_id,
            Submission.household_id,
            Submission.standing,
            Submission.reason_code,
        ).where(Submission.instance_id.in_(instance_ids))
    ).all()
    there: dict[str, set[_Original]] = defaultdict(set)
    for row in rows:
        may_count = row.standing in UNDERSTOOD or row.reason_code == ORIGINAL_MISSING
        there[row.instance_id].add((row.household_id, may_count))
    return there


def _is_there(originals: Collection[_Original], household_id: str | None) -> bool:
    return bool(originals) and any(
        about == household_id or not may_count for about, may_count in originals
    )


def _mark_cases(session: Session, household_ids: Collection[str]) -> None:
    if household_ids:
        session.execute(
            update(Case).where(Case.household_id.in_(household_ids)).values(has_set_aside=True)
        )
