"""Reading what a client sends: one record, and some of its files, in one request."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request

from census.collection.attachments.sent import SentFile
from census.collection.instances.parsing import MAX_BYTES
from census.core.errors import Refusal, TooLarge
from census.web.multipart import MEDIA_TYPE, sent_form
from field_app.openrosa.answering import ACCEPTED_BYTES

RECORD_PART = "xml_submission_file"
MOST_PARTS = 250
"""Clients begin a new request after a hundred files or so; a record and a mark come with them."""

LARGEST_BODY = ACCEPTED_BYTES + MAX_BYTES + 500_000
"""Clients count the bytes of files against what is accepted, and neither a first large file nor
what multipart adds: that they come a little above it must not keep a record on the device."""


class RecordMissing(Refusal):
    """The request holds no record."""

    code = "openrosa.record_missing"
    th = "ไม่พบแบบสอบถามในคำขอ (ส่วน xml_submission_file) กรุณาส่งใหม่อีกครั้ง"
    en = "The request holds no record (part xml_submission_file): send it again."


class RecordTooLarge(TooLarge):
    """The record itself is over the size limit, whatever its files."""

    code = "submission.too_large"
    th = "แบบสอบถามใหญ่เกินกำหนด จึงไม่ได้จัดเก็บ"
    en = "The instance is over the size limit, so nothing was stored."


@dataclass(frozen=True, slots=True)
class Sent:
    """The bytes of a record and the files that came with it this time."""

    data: bytes
    files: tuple[SentFile, ...] = ()


def read_request() -> Sent:
    """The record and its files, within the limits; refuses a request without a record."""
    sent = _parts() if request.mimetype == MEDIA_TYPE else Sent(_plain_body())
    if not sent.data.strip():
        raise RecordMissing
    if len(sent.data) > MAX_BYTES:
        raise RecordTooLarge
    return sent


def _plain_body() -> bytes:
    request.max_content_length = LARGEST_BODY
    return request.get_data(cache=False)


def _parts() -> Sent:
    form = sent_form(LARGEST_BODY, most_parts=MOST_PARTS)
    records = [each.data for each in form.files if each.field == RECORD_PART]
    if not records:
        # A client that gives the part no file name sends it as a field.
        records = [form.texts.get(RECORD_PART, "").encode("utf-8", "surrogatepass")]
    # Field and file name are the same in ODK Collect.
    files = (
        SentFile(each.name or each.field, each.data, each.media_type)
        for each in form.files
        if each.field != RECORD_PART
    )
    return Sent(records[0], tuple(files))
