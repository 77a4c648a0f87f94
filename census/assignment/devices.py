"""The tablets of the field: set up by the enumerator or the office, heard of, and revoked.

A tablet speaks with a token of its own. With its loss the token is revoked; what the tablet still
sends is kept and quarantined, and the office goes on hearing of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import TokenKind
from census.accounts.models import Token, User
from census.accounts.secrets import id_of_hash, secret_hash
from census.accounts.services import SessionToken, issue_token
from census.assignment.errors import DeviceMissing, DeviceNotEnrolling
from census.assignment.field_tokens import end_of_field_tokens, issue_field_token
from census.assignment.heartbeats import Heartbeat
from census.assignment.models import Device
from census.assignment.practice import give_practice_area
from census.core.db import new_id
from census.core.events import record


@dataclass(frozen=True, slots=True)
class EnrolledDevice:
    """A tablet, whose it is, and until when its token holds."""

    device: Device
    enumerator: User
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class GivenOut:
    """A tablet that was just enrolled: the secret of its token is told this once."""

    device: Device
    token: SessionToken


@dataclass(frozen=True, slots=True)
class ListedDevice:
    """A tablet on an office's list; `token_id` names its token without telling it."""

    id: UUID
    name: str
    token_id: str
    enrolled_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    heard_at: datetime | None
    unsent: int | None
    app_version: str | None
    battery: float | None
    storage_persisted: bool | None


def enrol(session: Session, actor: Actor, *, secret: str, name: str, at: datetime) -> GivenOut:
    """Set up the tablet of an enumerator who signed in with a password.

    A tablet may not enrol another: whoever found one could go on after it was revoked.
    """
    asking = session.get(Token, secret_hash(secret))
    if asking is None or asking.kind is not TokenKind.API:
        raise DeviceNotEnrolling
    expires_at = end_of_field_tokens(session, at)
    token = issue_token(
        session, actor.id, kind=TokenKind.DEVICE, expires_at=expires_at, actor=actor, at=at
    )
    return _enrolled(session, actor, token, name, at)


def give_out_device(session: Session, actor: Actor, user_id: UUID, *, at: datetime) -> GivenOut:
    """Let an office set up a tablet for an enumerator of its areas, by a link shown once."""
    token = issue_field_token(session, actor, user_id, kind=TokenKind.DEVICE, at=at)
    return _enrolled(session, actor, token, "", at)


def device_of_token(session: Session, secret: str) -> EnrolledDevice:
    """The tablet that a token speaks for; refuses a token that speaks for none."""
    row = session.execute(
        select(Device, User, Token.expires_at)
        .join(User, User.id == Device.enumerator_id)
        .join(Token, Token.token_hash == Device.token_hash)
        .where(Device.token_hash == secret_hash(secret))
    ).first()
    if row is None:
        raise DeviceMissing
    return EnrolledDevice(*row)


def device_asking(session: Session, secret: str) -> UUID | None:
    """The id of the tablet that a token speaks for, if it speaks for one."""
    return session.scalar(select(Device.id).where(Device.token_hash == secret_hash(secret)))


def note_heartbeat(
    session: Session, secret: str, heartbeat: Heartbeat, *, heard_at: datetime
) -> None:
    """Write down what a tablet tells of itself, unless a later word of it is known."""
    is_news = or_(Device.last_heard_at.is_(None), Device.last_heard_at <= heard_at)
    session.execute(
        update(Device)
        .where(Device.token_hash == secret_hash(secret), is_news)
        .values(
            last_heard_at=heard_at,
            unsent=heartbeat.unsent,
            app_version=heartbeat.app_version,
            battery=heartbeat.battery,
            storage_persisted=heartbeat.storage_persisted,
        )
    )


def devices_of(session: Session, user_ids: Collection[UUID]) -> dict[UUID, list[ListedDevice]]:
    """The tablets of each of these enumerators, the one enrolled first before the others.

    The caller was found to answer for them. A revoked tablet stays listed: it may hold something.
    """
    rows = session.execute(
        select(Device, Token)
        .join(Token, Token.token_hash == Device.token_hash)
        .where(Device.enumerator_id.in_(user_ids))
        .order_by(Device.enrolled_at, Device.id)
    )
    found: dict[UUID, list[ListedDevice]] = defaultdict(list)
    for device, token in rows:
        found[device.enumerator_id].append(_listed(device, token))
    return found


def _enrolled(
    session: Session, actor: Actor, token: SessionToken, name: str, at: datetime
) -> GivenOut:
    holder = token.actor
    device = Device(
        id=new_id(),
        token_hash=secret_hash(token.secret),
        enumerator_id=holder.id,
        name=name.strip() or _usual_name(session, holder),
        enrolled_at=at,
    )
    session.add(device)
    session.flush()
    record(session, actor, "device.enrolled", device.id, at=at, details={"user": str(holder.id)})
    give_practice_area(session, holder.id, at=at)
    return GivenOut(device, token)


def _usual_name(session: Session, holder: Actor) -> str:
    """The enumerator's name and a number: so that two tablets of one person are told apart."""
    known = select(func.count()).where(Device.enumerator_id == holder.id)
    return f"{holder.username} {(session.scalar(known) or 0) + 1}"


def _listed(device: Device, token: Token) -> ListedDevice:
    moments = [each for each in (device.last_heard_at, token.last_used_at) if each is not None]
    return ListedDevice(
        id=device.id,
        name=device.name,
        token_id=id_of_hash(device.token_hash),
        enrolled_at=device.enrolled_at,
        expires_at=token.expires_at,
        revoked_at=token.revoked_at,
        heard_at=max(moments, default=None),
        unsent=device.unsent,
        app_version=device.app_version,
        battery=device.battery,
        storage_persisted=device.storage_persisted,
    )
