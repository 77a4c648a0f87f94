"""What stands in an opened file of a tablet: its token, what was to be sent, and what was begun."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import Any

from census.collection.arrivals import Incoming, Received
from census.collection.attachments.sent import SentFile
from census.collection.sent_records import UnfitAction, action_of, incoming_of
from census.collection.services.field_actions import Action
from census.collection.tablet_files.errors import TabletFileDamaged
from census.collection.tablet_files.opening import OpenedRecord, OpenedTabletFile

OUTBOX, DRAFTS, SETTINGS = "outbox", "drafts", "settings"
STORES = frozenset({OUTBOX, DRAFTS, SETTINGS})
TOKEN_KEY = "token"  # noqa: S105 - the name of a record


@dataclass(frozen=True, slots=True)
class OwnedFile:
    """A file, and the submission or field action it came with."""

    owner_id: str
    file: SentFile


@dataclass(frozen=True, slots=True)
class HeldDraft:
    """An interview that was begun and not finished: told of, never counted."""

    household_id: str
    saved_at: str


@dataclass(slots=True)
class TabletContents:
    """All that a file holds, in the order in which it stands there."""

    token: str = ""
    submissions: list[Incoming | Received] = field(default_factory=list)
    actions: list[Action | UnfitAction] = field(default_factory=list)
    files: list[OwnedFile] = field(default_factory=list)
    drafts: list[HeldDraft] = field(default_factory=list)


def contents_of(opened: OpenedTabletFile) -> TabletContents:
    """Read every record; refuses a file with something in it that no tablet writes."""
    contents = TabletContents()
    for record in opened.records:
        try:
            _add(contents, record)
        except (ValueError, LookupError, TypeError, AttributeError):
            raise TabletFileDamaged from None
    return contents


def _add(contents: TabletContents, record: OpenedRecord) -> None:
    if record.store == OUTBOX:
        _add_waiting(contents, record.content["kind"], record.content["body"])
    elif record.store == DRAFTS:
        draft = record.content
        contents.drafts.append(HeldDraft(str(draft["household_id"]), str(draft["saved_at"])))
    elif record.key == TOKEN_KEY:
        contents.token = str(record.content)


def _add_waiting(contents: TabletContents, kind: str, body: Any) -> None:
    if kind == "submission":
        contents.submissions.append(incoming_of(body))
    elif kind == "action":
        contents.actions.append(action_of(body))
    elif kind == "file":
        contents.files.append(_file_in(body))
    else:
        raise ValueError("no tablet sends this")


def _file_in(body: dict[str, Any]) -> OwnedFile:
    owner_id = body.get("instance_id") or body["action_id"]
    data = base64.b64decode(body["base64"], validate=True)
    return OwnedFile(str(owner_id), SentFile(str(body["name"]), data, str(body["type"])))
