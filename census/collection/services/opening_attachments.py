"""Opening a file that came with an answer: whoever sees it is written down."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.attached import Attachment
from census.collection.attached_to import (
    attachment_named,
    attachment_of_household,
    submission_owner,
)
from census.collection.attachments import photos
from census.collection.codelists import AttachmentKind
from census.collection.errors import AttachmentNotFound
from census.collection.queries import case_within
from census.collection.services.attaching import CONTENT_COLUMN
from census.core import files as store
from census.core import sealed
from census.core.events import record

logger = logging.getLogger(__name__)

UNKNOWN_MEDIA_TYPE = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file as it is handed out: its name, what it is, and its bytes."""

    name: str
    media_type: str
    content: bytes


def open_attachment(
    session: Session,
    actor: Actor,
    instance_id: str,
    name: str,
    *,
    sha256: bytes | None = None,
    at: datetime,
) -> OpenedFile:
    """Open a file of a submission: the first of its name, or the one with this digest."""
    owner = submission_owner(session, actor, instance_id)
    found = attachment_named(session, owner, name, sha256=sha256)
    return _opened(session, actor, found, owner.ea_code, at)


def open_photo(
    session: Session, actor: Actor, household_id: str, attachment_id: UUID, *, at: datetime
) -> OpenedFile:
    """Open a photo that came with anything of a household; other files are not shown on a page."""
    case = case_within(session, actor, household_id).case
    found = attachment_of_household(session, household_id, attachment_id)
    if found.kind is not AttachmentKind.PHOTO:
        raise AttachmentNotFound()
    return _opened(session, actor, found, case.ea_code, at)


def _opened(
    session: Session, actor: Actor, found: Attachment, area: str | None, at: datetime
) -> OpenedFile:
    try:
        content = sealed.unseal(store.read(found.file), column=CONTENT_COLUMN, row=found.id)
    except (store.FileMissing, sealed.SealBroken) as fault:
        logger.error("attachment %s does not open: %s", found.id.hex, type(fault).__name__)
        raise AttachmentNotFound() from None
    details = {"attachment": found.id.hex}
    record(session, actor, "attachment.read", found.owner_id, area=area, at=at, details=details)
    is_photo = found.kind is AttachmentKind.PHOTO
    return OpenedFile(found.name, photos.MEDIA_TYPE if is_photo else UNKNOWN_MEDIA_TYPE, content)
