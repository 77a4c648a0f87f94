"""Problems that the field reported: what each is about, for whoever answers for the area.

They are sealed as they were sent; whoever lists them opens them, and records that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.models import User
from census.assignment.models import Lease
from census.collection.action_contents import Content, content_of, text_in
from census.collection.codelists import FieldActionType, Outcome
from census.collection.models import FieldAction
from census.frame.models import EnumerationArea, Household
from census.frame.queries import area_within, condition_at_level, lies_within

SEVERITIES = range(1, 5)
"""From a danger to somebody to a mere question."""

_IS_PROBLEM = and_(
    FieldAction.type == FieldActionType.PROBLEM, FieldAction.outcome == Outcome.ACCEPTED
)


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """Something that stands in the way in the field, as it was reported."""

    action_id: str
    happened_at: datetime
    received_at: datetime
    by: str
    ea_code: str | None
    household_id: str | None
    address: str | None
    severity: int | None
    """1 is the worst; none where it was not said."""
    kind: str | None
    text: str | None


def field_problems(
    session: Session,
    actor: Actor,
    *,
    area: str | None = None,
    after: str | None = None,
    limit: int,
) -> list[FieldProblem]:
    """The problems of the actor's areas, what came last first, and one more.

    One without a place is shown to whoever answers for an area of its sender.
    """
    conditions = [_IS_PROBLEM, _in_area(session, actor, area) if area else _is_of(actor)]
    place = tuple_(FieldAction.received_at, FieldAction.action_id)
    if after is not None:
        last = session.scalar(select(FieldAction.received_at).where(FieldAction.action_id == after))
        if last is None:
            return []
        conditions.append(place < tuple_(literal(last, FieldAction.received_at.type), after))
    rows = session.execute(
        select(FieldAction, User.display_name, Household.address)
        .join(User, User.id == FieldAction.by)
        .outerjoin(
            Household,
            and_(
                Household.province_code == FieldAction.province_code,
                Household.id == FieldAction.household_id,
            ),
        )
        .where(*conditions)
        .order_by(FieldAction.received_at.desc(), FieldAction.action_id.desc())
        .limit(limit + 1)
    )
    return [_opened(action, by, address) for action, by, address in rows]


def field_problem_counts(session: Session, ea_codes: Collection[str]) -> Mapping[str, int]:
    """How many problems were reported from each of these areas; none are left out."""
    rows = session.execute(
        select(FieldAction.ea_code, func.count())
        .where(_IS_PROBLEM, FieldAction.ea_code.in_(ea_codes))
        .group_by(FieldAction.ea_code)
    )
    return {ea_code: count for ea_code, count in rows if ea_code is not None}


def _in_area(session: Session, actor: Actor, code: str) -> ColumnElement[bool]:
    area = area_within(session, actor, code)
    return condition_at_level(area.code, area.level, FieldAction)


def _is_of(actor: Actor) -> ColumnElement[bool]:
    of_sender = FieldAction.ea_code.is_(None) & FieldAction.by.in_(_enumerators_of(actor))
    return or_(lies_within(actor, FieldAction), of_sender)


def _enumerators_of(actor: Actor) -> ColumnElement[UUID]:
    held = (
        select(Lease.enumerator_id)
        .join(EnumerationArea, EnumerationArea.code == Lease.ea_code)
        .where(lies_within(actor, EnumerationArea))
    )
    return held.scalar_subquery()


def _opened(action: FieldAction, by: str, address: str | None) -> FieldProblem:
    content = content_of(action.action_id, action.content_sealed)
    return FieldProblem(
        action_id=action.action_id,
        happened_at=action.happened_at,
        received_at=action.received_at,
        by=by,
        ea_code=action.ea_code,
        household_id=action.household_id,
        address=address,
        severity=_severity_in(content),
        kind=text_in(content, "kind"),
        text=text_in(content, "text"),
    )


def _severity_in(content: Content) -> int | None:
    severity = content.get("severity")
    is_number = isinstance(severity, int) and not isinstance(severity, bool)
    return severity if is_number and severity in SEVERITIES else None
