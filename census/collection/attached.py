"""Tables of what came with an answer: files kept outside the database, and how the interview went.

A file belongs to a submission or to a field action, by the id its sender gave that. Its bytes are
in the file store, sealed; the row is committed after they are on the disk.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from census.collection.codelists import AttachmentKind
from census.core.codes import CodeColumn
from census.core.db import Base


class Attachment(Base):
    """A file as it was attached, once for each owner, name and content."""

    __tablename__ = "collection_attachment"
    __table_args__ = (Index("ix_collection_attachment_owner_id", "owner_id", "name"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    """Made from what tells it apart, so that a repeat meets the first: see `attachment_id`."""
    owner_id: Mapped[str]
    """The instance id of a submission, or the id of a field action."""
    name: Mapped[str]
    sha256: Mapped[bytes]
    """Of the bytes as they were sent."""
    kind: Mapped[AttachmentKind] = mapped_column(CodeColumn(AttachmentKind))
    bytes_sent: Mapped[int]
    width: Mapped[int | None]
    """Pixels of the photo as it is kept."""
    height: Mapped[int | None]
    is_variant: Mapped[bool]
    """Another file of this name came first; both are kept."""
    file: Mapped[str] = mapped_column(unique=True)
    """Its random name in the file store."""
    received_at: Mapped[datetime]
    sender_id: Mapped[UUID]
    missing_since: Mapped[datetime | None]
    """When it was first noticed that the file is gone; sent again, it is put back."""


class InterviewLog(Base):
    """What the log of an interview told: times and counts for each screen, never an answer."""

    __tablename__ = "collection_paradata"

    instance_id: Mapped[str] = mapped_column(primary_key=True)
    attachment_id: Mapped[UUID]
    interview_ms: Mapped[int]
    """The time during which any screen was shown; a pause is not part of it."""
    screens: Mapped[int]
    backward_jumps: Mapped[int]
    value_changes: Mapped[int]
    resumes: Mapped[int]
    constraint_errors: Mapped[int]
    positions: Mapped[int]
    mock_positions: Mapped[int]
    """Positions with accuracy 0: the mark of one that was made up by another program."""
    skipped_rows: Mapped[int]
    first_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    nodes: Mapped[dict[str, Any]]
    """For each node: `milliseconds`, `visits`, `changes`."""


def attachment_id(owner_id: str, name: str, sha256: bytes) -> UUID:
    """The id of a file, the same for the same owner, name and content: half of their SHA-256."""
    told_apart = b"\0".join((owner_id.encode(), name.encode(), sha256))
    return UUID(bytes=hashlib.sha256(told_apart).digest()[:16])
