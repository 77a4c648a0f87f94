"""What waits in quarantine for a person, within the actor's areas: listed, found, and counted.

Submissions wait there, and actions from the field. What could be placed nowhere is shown to the
province its sender works in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, false, func, literal, or_, select, tuple_
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.models import User
from census.collection.codelists import Outcome, Standing
from census.collection.errors import ActionNotFound
from census.collection.models import FieldAction, Submission
from census.frame.codelists import Level
from census.frame.models import EnumerationArea
from census.frame.queries import area_within, condition_at_level, level_of, lies_within

WAITING = (Standing.QUARANTINED, Standing.CONFLICT)
"""A submission in one of these is a question for a person."""


class Kind(StrEnum):
    """What can wait in quarantine."""

    SUBMISSION = "submission"
    FIELD_ACTION = "field_action"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which part of the quarantine: an area of any level, a reason, or all of it."""

    area: str | None = None
    reason: str | None = None


EVERYTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Pile:
    """How many of one kind wait in one area for one reason."""

    kind: Kind
    province_code: str
    ea_code: str | None
    reason_code: str
    waiting: int


def waiting_within(
    session: Session,
    actor: Actor,
    wanted: Wanted = EVERYTHING,
    *,
    after: UUID | None,
    limit: int,
) -> list[Submission]:
    """The submissions that wait, in the order of arrival, and one more."""
    conditions = _conditions(session, actor, wanted, Submission)
    if after is not None:
        conditions.append(Submission.id > after)
    return list(
        session.scalars(
            select(Submission).where(*conditions).order_by(Submission.id).limit(limit + 1)
        )
    )


def actions_waiting_within(
    session: Session,
    actor: Actor,
    wanted: Wanted = EVERYTHING,
    *,
    after: str | None,
    limit: int,
) -> list[FieldAction]:
    """The field actions that wait, in the order of arrival, and one more."""
    conditions = _conditions(session, actor, wanted, FieldAction)
    place = tuple_(FieldAction.received_at, FieldAction.action_id)
    if after is not None:
        last = session.scalar(select(FieldAction.received_at).where(FieldAction.action_id == after))
        if last is None:
            return []
        conditions.append(place > tuple_(literal(last, FieldAction.received_at.type), after))
    return list(
        session.scalars(
            select(FieldAction)
            .where(*conditions)
            .order_by(FieldAction.received_at, FieldAction.action_id)
            .limit(limit + 1)
        )
    )


def waiting_for(
    session: Session, reason: str, area: str, *, after: UUID | None, limit: int
) -> list[Submission]:
    """The submissions of an area that wait for one reason, in the order of arrival, and one more.

    A variant of another record that an officer assigned waits under the name of the conflict.
    """
    conditions = [_in_area(area, Submission), _waits_for(reason)]
    if after is not None:
        conditions.append(Submission.id > after)
    return list(
        session.scalars(
            select(Submission).where(*conditions).order_by(Submission.id).limit(limit + 1)
        )
    )


def actions_waiting_for(
    session: Session, reason: str, area: str, *, after: str | None, limit: int
) -> list[FieldAction]:
    """The field actions of an area that wait for one reason, in the order of their ids."""
    return list(
        session.scalars(
            select(FieldAction)
            .where(
                waits(FieldAction),
                _in_area(area, FieldAction),
                FieldAction.reason_code == reason,
                FieldAction.action_id > (after or ""),
            )
            .order_by(FieldAction.action_id)
            .limit(limit + 1)
        )
    )


def places_waiting_for(session: Session, reason: str, area: str | None) -> list[str]:
    """Where anything waits for a reason: the area itself, or the provinces where none is named."""
    of_submissions = select(Submission.province_code).where(_waits_for(reason))
    of_actions = select(FieldAction.province_code).where(
        waits(FieldAction), FieldAction.reason_code == reason
    )
    if area is not None:
        of_submissions = of_submissions.where(_in_area(area, Submission))
        of_actions = of_actions.where(_in_area(area, FieldAction))
    provinces = {
        *session.scalars(of_submissions.distinct()),
        *session.scalars(of_actions.distinct()),
    }
    if area is not None:
        return [area] if provinces else []
    return sorted(provinces)


def action_within(session: Session, actor: Actor, action_id: str) -> FieldAction:
    """One stored field action; outside the actor's areas it does not exist."""
    action = session.scalars(
        select(FieldAction).where(
            FieldAction.action_id == action_id, lies_within(actor, FieldAction)
        )
    ).first()
    if action is None:
        raise ActionNotFound
    return action


def piles_within(session: Session, actor: Actor, area: str | None = None) -> list[Pile]:
    """How much waits where and why, in one grouped query for each kind."""
    return list(_piles(session, Kind.SUBMISSION, Submission, actor, area)) + list(
        _piles(session, Kind.FIELD_ACTION, FieldAction, actor, area)
    )


def waiting_in_parts(session: Session, actor: Actor, area: str, by: Level) -> dict[str, int]:
    """How much waits in each part of an area, by the codes of one level below it.

    One grouped query for each kind. What could be placed in no area below is not in any part.
    """
    counts: Counter[str] = Counter()
    for table in (Submission, FieldAction):
        conditions = (waits(table), lies_within(actor, table), _in_area(area, table))
        part = _part_column(table, by)
        rows = select(part, func.count()).select_from(table).where(*conditions).group_by(part)
        if by in (Level.DISTRICT, Level.SUBDISTRICT):
            rows = rows.join(EnumerationArea, EnumerationArea.code == table.ea_code)
        for code, waiting in session.execute(rows):
            counts[code] += waiting
    return {code: waiting for code, waiting in counts.items() if code}


def count_waiting(session: Session, actor: Actor) -> int:
    """How much waits for the actor in all."""
    return sum(
        session.scalar(select(func.count()).where(*_conditions(session, actor, EVERYTHING, table)))
        or 0
        for table in (Submission, FieldAction)
    )


def sender_roles(session: Session, sender_ids: Collection[UUID | None]) -> dict[UUID | None, Role]:
    """The roles of those who sent something; never who they are."""
    rows = session.execute(select(User.id, User.role).where(User.id.in_({*sender_ids} - {None})))
    return {row.id: row.role for row in rows}


def id_of(cursor: str | None) -> UUID | None:
    """The submission after which a list of submissions goes on."""
    return UUID(cursor) if cursor else None


def by_reason(piles: Sequence[Pile]) -> dict[tuple[Kind, str], int]:
    """How many of each kind wait for each reason."""
    counts: Counter[tuple[Kind, str]] = Counter()
    for pile in piles:
        counts[pile.kind, pile.reason_code] += pile.waiting
    return dict(sorted(counts.items()))


def by_area(piles: Sequence[Pile]) -> dict[str, int]:
    """How many wait in each enumeration area."""
    counts: Counter[str] = Counter()
    for pile in piles:
        if pile.ea_code:
            counts[pile.ea_code] += pile.waiting
    return dict(counts)


def _piles(
    session: Session, kind: Kind, table: Any, actor: Actor, area: str | None
) -> Iterator[Pile]:
    place = (table.province_code, table.ea_code, table.reason_code)
    conditions = _conditions(session, actor, Wanted(area=area), table)
    rows = session.execute(select(*place, func.count()).where(*conditions).group_by(*place))
    for province_code, ea_code, reason_code, waiting in rows:
        yield Pile(kind, province_code, ea_code, reason_code or "", waiting)


def _conditions(
    session: Session, actor: Actor, wanted: Wanted, table: Any
) -> list[ColumnElement[bool]]:
    conditions = [waits(table), lies_within(actor, table)]
    if wanted.area is not None:
        within = area_within(session, actor, wanted.area)
        conditions.append(condition_at_level(within.code, within.level, table))
    if wanted.reason is not None:
        conditions.append(table.reason_code == wanted.reason)
    return conditions


def waits(table: Any) -> ColumnElement[bool]:
    """The condition that a row waits, written so that the index of what waits is used."""
    condition: ColumnElement[bool]
    if table is FieldAction:
        condition = FieldAction.outcome == bindparam(
            "waiting", Outcome.QUARANTINED, FieldAction.outcome.type, literal_execute=True
        )
        return condition
    condition = Submission.standing.in_(
        bindparam(
            "waiting", WAITING, Submission.standing.type, expanding=True, literal_execute=True
        )
    )
    return condition


def _waits_for(reason: str) -> ColumnElement[bool]:
    was_assigned = (Submission.standing == Standing.CONFLICT) & (
        Submission.assigned_household_id.is_not(None)
    )
    return waits(Submission) & or_(Submission.reason_code == reason, was_assigned)


def _part_column(table: Any, by: Level) -> Any:
    if by is Level.PROVINCE:
        return table.province_code
    if by is Level.ENUMERATION_AREA:
        return table.ea_code
    is_district = by is Level.DISTRICT
    return EnumerationArea.district_code if is_district else EnumerationArea.subdistrict_code


def _in_area(area: str, table: Any) -> ColumnElement[bool]:
    level = level_of(area)
    return condition_at_level(area, level, table) if level else false()


def action_waits(action: FieldAction) -> bool:
    """Whether a field action waits for a person."""
    return action.outcome is Outcome.QUARANTINED
