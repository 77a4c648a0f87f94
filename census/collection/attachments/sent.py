"""A file on arrival: what its sender calls it, and what was found in its bytes.

Nothing here touches the database or the disk. Drawing a photo anew takes a moment, so it is done
before a transaction holds anything.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from census.collection.attachments import audit_log, photos
from census.collection.attachments.audit_log import Paradata
from census.collection.attachments.names import canonical_name
from census.collection.codelists import AttachmentKind, Outcome

MAX_FILE_BYTES = 5_000_000
MAX_FILES = 100
MAX_REQUEST_BYTES = 10_000_000
MAX_REQUEST_PIXELS = 400_000_000
"""Of all photos sent at once. A photo of one colour takes few bytes and as long to read as any."""

INVALID_NAME = "attachment.invalid_name"
TOO_LARGE = "attachment.too_large"
TOO_MANY = "attachment.too_many"
CONFLICT = "attachment.conflict"


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file as a face hands it over."""

    name: str
    data: bytes
    media_type: str | None = None
    """What the sender says it is; the bytes decide."""


@dataclass(frozen=True, slots=True)
class Attached:
    """What became of a file, as its sender is told."""

    name: str
    outcome: Outcome
    code: str | None = None


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """A file whose name and bytes have been looked at; `content` is what will be kept of it."""

    name: str
    sha256: bytes
    """Of the bytes as sent: the same photo drawn anew by another version is not the same bytes."""
    bytes_sent: int
    kind: AttachmentKind
    content: bytes
    width: int | None = None
    height: int | None = None
    paradata: Paradata | None = None
    refusal: str | None = None
    """Why nothing of it can be kept, if so."""


def examine(files: Sequence[SentFile]) -> list[ExaminedFile]:
    """Look at each file in turn: its name, its size, and what it holds."""
    taken = pixels = 0
    examined = []
    for position, sent in enumerate(files):
        taken += len(sent.data)
        pixels += photos.pixels_in(sent.data)
        is_over = position >= MAX_FILES or taken > MAX_REQUEST_BYTES or pixels > MAX_REQUEST_PIXELS
        examined.append(_refused(sent, TOO_MANY) if is_over else _examined(sent))
    return examined


def _examined(sent: SentFile) -> ExaminedFile:
    name = canonical_name(sent.name)
    if name is None:
        return _refused(sent, INVALID_NAME)
    if len(sent.data) > MAX_FILE_BYTES:
        return _refused(sent, TOO_LARGE)
    if name == audit_log.FILE_NAME:
        return _log(name, sent.data)
    return _photo(name, sent.data)


def _log(name: str, data: bytes) -> ExaminedFile:
    paradata = audit_log.parse(data)
    kind = AttachmentKind.UNREADABLE if paradata is None else AttachmentKind.AUDIT_LOG
    return ExaminedFile(name, _digest(data), len(data), kind, data, paradata=paradata)


def _photo(name: str, data: bytes) -> ExaminedFile:
    photo = photos.redraw(data)
    if photo is None:
        return ExaminedFile(name, _digest(data), len(data), AttachmentKind.UNREADABLE, data)
    return ExaminedFile(
        name,
        _digest(data),
        len(data),
        AttachmentKind.PHOTO,
        photo.jpeg,
        width=photo.width,
        height=photo.height,
    )


def _refused(sent: SentFile, code: str) -> ExaminedFile:
    return ExaminedFile(
        sent.name, b"", len(sent.data), AttachmentKind.UNREADABLE, b"", refusal=code
    )


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
