"""Reading a form with files: bounded, whole or not at all, and never by way of the disk.

By itself the library writes larger files to a temporary file first. What was sent is personal data,
and lies on no disk before it is sealed; bodies are bounded, so memory is too.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import IO, Any

from flask import Request, request
from werkzeug.formparser import FormDataParser

from census.core.errors import Fault, Invalid, WrongMediaType

MOST_TEXT_BYTES = 100_000
MEDIA_TYPE = "multipart/form-data"


@dataclass(frozen=True, slots=True)
class SentPart:
    """A file of a form: the name of its field and its own, and what it is said to be."""

    field: str
    name: str
    media_type: str | None
    data: bytes


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form with files, in the order sent; of several texts of one name, the first."""

    texts: Mapping[str, str]
    files: tuple[SentPart, ...]


class RequestInMemory(Request):
    """A request whose files are kept in memory, also where a view reads them in the usual way."""

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        return io.BytesIO()


def sent_form(limit_bytes: int, *, most_parts: int) -> SentForm:
    """The form in the body, of at most so many bytes and parts; refuses one that is cut off."""
    if request.mimetype != MEDIA_TYPE:
        raise WrongMediaType
    # Checked against Content-Length before anything is read, and again while reading.
    request.max_content_length = limit_bytes
    parser = FormDataParser(
        stream_factory=_in_memory,
        max_form_memory_size=MOST_TEXT_BYTES,
        max_form_parts=most_parts,
        silent=False,
    )
    try:
        _stream, texts, files = parser.parse(
            request.stream, request.mimetype, request.content_length, request.mimetype_params
        )
    except ValueError:
        raise Invalid(
            faults=[
                Fault(
                    "",
                    "ฟอร์ม multipart เสียหายหรือขาดหายตอนท้าย",
                    "The multipart form is damaged or cut off.",
                )
            ]
        ) from None
    return SentForm(
        texts=texts.to_dict(),
        files=tuple(
            SentPart(field, file.filename or "", file.mimetype or None, file.stream.read())
            for field, file in files.items(multi=True)
        ),
    )


def _in_memory(*_what: Any, **_of_it: Any) -> IO[bytes]:
    return io.BytesIO()
