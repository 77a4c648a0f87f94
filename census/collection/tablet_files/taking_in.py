"""Taking in what a tablet could not send: through the same services, as if it had sent it itself.

Everything is opened and read before anything is kept. What is kept is kept part by part, each in a
transaction of its own, as the tablet would have sent it; whatever came before, by whichever way,
changes nothing. A file may come twice, and go on after an interruption.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import TokenKind
from census.accounts.errors import UserMissing
from census.accounts.queries import holder_of_token
from census.assignment.devices import device_of_token
from census.assignment.errors import DeviceMissing
from census.assignment.field_tokens import equipped_enumerator
from census.assignment.models import Device
from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Outcome
from census.collection.services import (
    note_heartbeats,
    receive_field_actions,
    receive_submissions,
)
from census.collection.services.attaching import attach
from census.collection.services.field_actions import Action
from census.collection.tablet_files.contents import OwnedFile, TabletContents
from census.collection.tablet_files.errors import TabletFileForeign
from census.collection.tablet_files.opening import OpenedTabletFile
from census.core.errors import Refusal
from census.core.events import record

SUBMISSIONS_AT_ONCE, ACTIONS_AT_ONCE = 100, 500


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one record of the file."""

    kind: str
    id: str
    outcome: Outcome
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Bringing:
    """A tablet's file on its way in: whose it is, and who brings it."""

    device_id: str
    made_at: str
    contents: TabletContents
    tablet: Actor
    """The enumerator, by the tablet's own token: revoked where the token is."""
    brought_by: Actor | None


Part = Callable[[Session, datetime], list[Taken]]


def bringing(
    session: Session,
    actor: Actor | None,
    opened: OpenedTabletFile,
    contents: TabletContents,
    *,
    at: datetime,
) -> Bringing:
    """Find out whose file it is; refuses one of a tablet that is not the actor's to set up."""
    holder = holder_of_token(session, contents.token, at, kinds=(TokenKind.DEVICE,))
    device = _device(session, contents.token)
    if holder is None or device is None or str(device.id) != opened.device_id:
        raise TabletFileForeign
    if actor is not None:
        _refuse_strangers(session, actor, device, at)
    return Bringing(opened.device_id, opened.made_at, contents, holder.actor, actor)


def parts_of(brought: Bringing) -> Iterator[Part]:
    """What is to be done, each part in a transaction of its own, in this order."""
    contents = brought.contents
    for first in range(0, len(contents.submissions), SUBMISSIONS_AT_ONCE):
        yield _submissions(brought, contents.submissions[first : first + SUBMISSIONS_AT_ONCE])
    for first in range(0, len(contents.actions), ACTIONS_AT_ONCE):
        actions = contents.actions[first : first + ACTIONS_AT_ONCE]
        yield _actions(brought, [each for each in actions if isinstance(each, Action)])
    for file in contents.files:
        yield _file(brought, file)
    yield _noted(brought)


def unfit_in(contents: TabletContents) -> list[Taken]:
    """What cannot be kept whoever sends it: it names nothing, or is too large."""
    unfit = [
        Taken("submission", each.instance_id, each.outcome, each.code)
        for each in contents.submissions
        if isinstance(each, Received)
    ]
    return unfit + [
        Taken("action", each.action_id or "", Outcome.REFUSED, "field_action.invalid")
        for each in contents.actions
        if not isinstance(each, Action)
    ]


def _device(session: Session, token: str) -> Device | None:
    try:
        return device_of_token(session, token).device
    except DeviceMissing:
        return None


def _refuse_strangers(session: Session, actor: Actor, device: Device, at: datetime) -> None:
    try:
        equipped_enumerator(session, actor, device.enumerator_id, kind=TokenKind.DEVICE, at=at)
    except UserMissing:
        raise TabletFileForeign from None


def _submissions(brought: Bringing, sent: Sequence[Incoming | Received]) -> Part:
    def take_in(session: Session, at: datetime) -> list[Taken]:
        incoming = [each for each in sent if isinstance(each, Incoming)]
        received = receive_submissions(session, brought.tablet, incoming, at=at)
        return [Taken("submission", each.instance_id, each.outcome, each.code) for each in received]

    return take_in


def _actions(brought: Bringing, actions: Sequence[Action]) -> Part:
    def take_in(session: Session, at: datetime) -> list[Taken]:
        received = receive_field_actions(session, brought.tablet, actions, at=at)
        note_heartbeats(session, brought.contents.token, actions, received)
        return [Taken("action", each.action_id, each.outcome, each.code) for each in received]

    return take_in


def _file(brought: Bringing, owned: OwnedFile) -> Part:
    def take_in(session: Session, at: datetime) -> list[Taken]:
        name = f"{owned.owner_id}/{owned.file.name}"
        try:
            attached = attach(session, brought.tablet, owned.owner_id, [owned.file], at=at)
        except Refusal as refusal:
            if refusal.status >= 500:
                raise
            return [Taken("file", name, Outcome.REFUSED, refusal.code)]
        return [Taken("file", name, each.outcome, each.code) for each in attached]

    return take_in


def _noted(brought: Bringing) -> Part:
    """Write down who brought what of which tablet."""

    def take_in(session: Session, at: datetime) -> list[Taken]:
        contents = brought.contents
        details = {
            "submissions": len(contents.submissions),
            "actions": len(contents.actions),
            "files": len(contents.files),
            "drafts": len(contents.drafts),
        }
        record(
            session,
            brought.brought_by,
            "tablet_file.taken_in",
            brought.device_id,
            at=at,
            details=details,
        )
        return []

    return take_in
