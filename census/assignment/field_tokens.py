"""Equipping the field: whom an office may give a token for their tablet, for how long, and which.

A token lasts ninety days beyond the field period, so that a tablet that was offline to the end can
still deliver what it holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.accounts.errors import UserMissing
from census.accounts.models import Token, User, UserArea
from census.accounts.secrets import id_of_hash
from census.accounts.services import SessionToken, issue_token, revoke_token_of
from census.assignment.errors import FieldPeriodOver
from census.assignment.models import Lease
from census.assignment.queries import field_period_in_force
from census.core.clock import census_day, census_moment
from census.core.locale import BANGKOK
from census.frame.models import Area, EnumerationArea
from census.frame.queries import lies_within

DAYS_AFTER_FIELD_PERIOD = 90


@dataclass(frozen=True, slots=True)
class FieldToken:
    """A token that opens something now; `id` names it without telling it."""

    id: str
    kind: TokenKind
    issued_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


@dataclass(slots=True)
class EquippedEnumerator:
    """An enumerator and the tokens of their tablets that hold now."""

    id: UUID
    username: str
    display_name: str
    is_active: bool
    tokens: list[FieldToken] = field(default_factory=list)


def equipped_enumerators(
    session: Session,
    actor: Actor,
    *,
    kind: TokenKind,
    name: str = "",
    after: str = "",
    limit: int,
    at: datetime,
) -> list[EquippedEnumerator]:
    """The enumerators of the actor's areas by username, and one more; `name` is part of one."""
    query = (
        select(User)
        .where(_may_be_equipped_by(actor), User.username > after)
        .order_by(User.username)
        .limit(limit + 1)
    )
    if name:
        query = query.where(User.username.contains(name.lower(), autoescape=True))
    people = [
        EquippedEnumerator(user.id, user.username, user.display_name, user.is_active)
        for user in session.scalars(query)
    ]
    _add_tokens(session, people, kind, at)
    return people


def equipped_enumerator(
    session: Session, actor: Actor, user_id: UUID, *, kind: TokenKind, at: datetime
) -> EquippedEnumerator:
    """One enumerator; whoever is not of the actor's areas does not exist."""
    user = _enumerator(session, actor, user_id)
    person = EquippedEnumerator(user.id, user.username, user.display_name, user.is_active)
    _add_tokens(session, [person], kind, at)
    return person


def issue_field_token(
    session: Session, actor: Actor, user_id: UUID, *, kind: TokenKind, at: datetime
) -> SessionToken:
    """Give an enumerator of the actor's areas a token; its secret is shown once."""
    user = _enumerator(session, actor, user_id)
    if not user.is_active:
        raise UserMissing
    expires_at = end_of_field_tokens(session, at)
    return issue_token(session, user.id, kind=kind, expires_at=expires_at, actor=actor, at=at)


def revoke_field_token(
    session: Session, actor: Actor, user_id: UUID, token_id: str, *, at: datetime
) -> None:
    """End a token of an enumerator; what the tablet still sends is kept and quarantined."""
    user = _enumerator(session, actor, user_id)
    revoke_token_of(session, user.id, token_id, actor=actor, at=at)


def end_of_field_tokens(session: Session, at: datetime) -> datetime:
    """The moment in wall time until which tokens of the field last; refuses once it is over."""
    period = field_period_in_force(session, census_day(session, at))
    if period is None:
        raise FieldPeriodOver
    last_day = period.ends_on + timedelta(days=DAYS_AFTER_FIELD_PERIOD)
    end = datetime.combine(last_day + timedelta(days=1), time(), tzinfo=BANGKOK)
    remaining = end - census_moment(session, at)
    if remaining <= timedelta(0):
        raise FieldPeriodOver
    # The period is of the census clock, tokens are of wall time.
    return at + remaining


def _enumerator(session: Session, actor: Actor, user_id: UUID) -> User:
    user = session.scalar(select(User).where(User.id == user_id, _may_be_equipped_by(actor)))
    if user is None:
        raise UserMissing
    return user


def _may_be_equipped_by(actor: Actor) -> ColumnElement[bool]:
    """The condition that a user is an enumerator who works, or worked, in the actor's areas."""
    is_enumerator: ColumnElement[bool] = User.role == Role.ENUMERATOR
    return is_enumerator & (true() if _answers_for_all(actor) else _is_of_areas(actor))


def _is_of_areas(actor: Actor) -> ColumnElement[bool]:
    held = (
        select(Lease.enumerator_id)
        .join(EnumerationArea, EnumerationArea.code == Lease.ea_code)
        .where(lies_within(actor, EnumerationArea))
    )
    granted = (
        select(UserArea.user_id)
        .join(EnumerationArea, EnumerationArea.code == UserArea.area_code)
        .where(lies_within(actor, EnumerationArea))
    )
    levels = (Area.code, Area.province_code, Area.district_code)
    larger = (
        select(UserArea.user_id)
        .join(Area, Area.code == UserArea.area_code)
        .where(or_(*(level.in_(actor.areas) for level in levels)))
    )
    return or_(User.id.in_(held), User.id.in_(granted), User.id.in_(larger))


def _answers_for_all(actor: Actor) -> bool:
    return actor.role is Role.ADMINISTRATOR or actor.answers_for_country


def _add_tokens(
    session: Session, people: Sequence[EquippedEnumerator], kind: TokenKind, at: datetime
) -> None:
    by_id = {person.id: person for person in people}
    rows = session.scalars(
        select(Token)
        .where(
            Token.user_id.in_(by_id),
            Token.kind == kind,
            Token.revoked_at.is_(None),
            Token.expires_at > at,
        )
        .order_by(Token.created_at)
    )
    for row in rows:
        by_id[row.user_id].tokens.append(
            FieldToken(
                id=id_of_hash(row.token_hash),
                kind=row.kind,
                issued_at=row.created_at,
                expires_at=row.expires_at,
                last_used_at=row.last_used_at,
            )
        )
