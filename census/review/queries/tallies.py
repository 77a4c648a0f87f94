"""Counting the households of enumeration areas by how they stand, in the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Subquery, func, select
from sqlalchemy import case as when
from sqlalchemy.orm import Session

from census.collection.codelists import AaporClass, Disposition, Review, Standing
from census.collection.models import Case, FieldAction, Submission
from census.collection.quarantine import waits
from census.collection.rules import is_final, is_response
from census.review.codelists import BatchStatus
from census.review.rules import Counts

FINAL = tuple(each for each in Disposition if is_final(each))
RESPONDED = tuple(each for each in Disposition if is_response(each))
INELIGIBLE = tuple(each for each in Disposition if each.aapor is AaporClass.NOT_ELIGIBLE)
WAITING = (Standing.QUARANTINED, Standing.CONFLICT)
"""A submission in one of these is a question for a person."""


def counts_in(session: Session, ea_codes: Collection[str]) -> dict[str, Counts]:
    """The counts of these enumeration areas; one without a household is left out."""
    rows = session.execute(
        select(
            Case.ea_code,
            func.count().label("households"),
            _how_many(Case.disposition.in_(FINAL)).label("final"),
            _how_many(Case.disposition.in_(RESPONDED)).label("responded"),
            _how_many(Case.disposition.in_(INELIGIBLE)).label("ineligible"),
            _how_many(Case.review == Review.SUBMITTED).label("submitted"),
            _how_many(Case.review == Review.APPROVED).label("approved"),
            _how_many(Case.review == Review.RETURNED).label("returned"),
        )
        .where(Case.ea_code.in_(ea_codes))
        .group_by(Case.ea_code)
    )
    quarantined = _quarantined_in(session, ea_codes)
    return {
        row.ea_code: Counts(
            households=row.households,
            final=int(row.final),
            responded=int(row.responded),
            ineligible=int(row.ineligible),
            submitted=int(row.submitted),
            approved=int(row.approved),
            returned=int(row.returned),
            quarantined=quarantined[row.ea_code],
        )
        for row in rows
    }


def standing_of_areas(within: ColumnElement[bool]) -> Subquery:
    """What the status of each enumeration area follows from, for all areas of a condition."""
    return (
        select(
            Case.ea_code,
            func.count().label("households"),
            _how_many(Case.disposition.in_(FINAL)).label("final"),
            _how_many(Case.review == Review.APPROVED).label("approved"),
            _how_many(Case.review == Review.RETURNED).label("returned"),
        )
        .where(within)
        .group_by(Case.ea_code)
        .subquery()
    )


def status_of(standing: Subquery, closed_at: Any) -> ColumnElement[str]:
    """The status as the database derives it: the first that fits, as in `rules.batch_status`."""
    households = func.coalesce(standing.c.households, 0)
    return when(
        (closed_at.is_not(None), BatchStatus.CLOSED.value),
        (func.coalesce(standing.c.returned, 0) > 0, BatchStatus.RETURNED.value),
        (func.coalesce(standing.c.final, 0) < households, BatchStatus.OPEN.value),
        (func.coalesce(standing.c.approved, 0) < households, BatchStatus.READY.value),
        else_=BatchStatus.APPROVED.value,
    )


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(when((condition, 1), else_=0))


def _quarantined_in(session: Session, ea_codes: Collection[str]) -> Counter[str]:
    """How many submissions and reports from the field wait in each area."""
    counts: Counter[str] = Counter()
    for table in (Submission, FieldAction):
        rows = session.execute(
            select(table.ea_code, func.count())
            .where(table.ea_code.in_(ea_codes), waits(table))
            .group_by(table.ea_code)
        )
        for ea_code, waiting in rows:
            counts[ea_code or ""] += waiting
    return counts
