"""Taking in what a client sends, and telling it what became of it.

The record is taken in as from every other face. It may come again with further files, and with the
same files after an answer was lost: neither is a new record. The record is safe before its files
are looked at, so that no file can cost it; where the files cannot be kept now, the client is told
to come again with both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Response, request

from census.accounts.actors import Actor
from census.collection.arrivals import Incoming, Received
from census.collection.attachments.sent import MAX_FILES, SentFile
from census.collection.codelists import Outcome
from census.collection.instances.parsing import identified
from census.collection.services.attaching import attach
from census.core.clock import utcnow
from census.core.db import transaction
from census.core.errors import Missing, Refusal
from census.web import languages
from census.web.gathering import take_in
from field_app.openrosa import answering, documents, messages
from field_app.openrosa.sent import Sent, read_request

LONGEST_DEVICE_ID = 200

CREATED, ACCEPTED, CONFLICT = 201, 202, 409


class Unidentified(Refusal):
    """The record has no usable instance id, so nothing could be stored under it."""

    code = "submission.unidentified"
    th = "ไม่มีรหัสแบบสอบถาม (instance id) ที่ใช้ได้ จึงไม่ได้จัดเก็บ"
    en = "There is no usable instance id, so nothing was stored."


def receive(actor: Actor) -> Response:
    """Take the record of this request in, with its files."""
    sent = read_request()
    received, files_refused = _take_in(actor, sent)
    content = documents.response(
        messages.about(received, files_refused, languages.current()),
        nature=_nature(received),
    )
    return answering.xml(content, status=_status(received))


def _take_in(actor: Actor, sent: Sent) -> tuple[Received, int]:
    """What became of the record, and how many of its files were refused."""
    identity, root = identified(sent.data)
    if identity is None:
        raise Unidentified
    incoming = Incoming(identity.instance_id, sent.data, device_id=_device_id(), root=root)
    (received,) = take_in(actor, [incoming])
    # Files of another record that has the same id would be put with the wrong one.
    if received.outcome is Outcome.CONFLICT or not sent.files:
        return received, 0
    return received, _attach(actor, received.instance_id, sent)


def _attach(actor: Actor, instance_id: str, sent: Sent) -> int:
    """Keep the files with their record; how many of them will never be kept."""
    try:
        with transaction() as session:
            attached = [
                each
                for files in _in_turns(sent.files)
                for each in attach(session, actor, instance_id, files, at=utcnow())
            ]
    except Missing:
        # The record is another sender's, who sends its files.
        return len(sent.files)
    return sum(each.outcome is Outcome.REFUSED for each in attached)


def _in_turns(files: Sequence[SentFile]) -> Iterator[Sequence[SentFile]]:
    """The files as many at once as are attached at once; clients send one more than that."""
    for start in range(0, len(files), MAX_FILES):
        yield files[start : start + MAX_FILES]


def _device_id() -> str | None:
    return request.args.get("deviceID", "")[:LONGEST_DEVICE_ID] or None


def _status(received: Received) -> int:
    """201 and 202 alone are success to a client, and 409 keeps a record on the device."""
    if received.outcome is Outcome.CONFLICT:
        return CONFLICT
    return ACCEPTED if received.outcome is Outcome.QUARANTINED else CREATED


def _nature(received: Received) -> str:
    if received.outcome is Outcome.CONFLICT:
        return received.code or "submission.conflict"
    return "submit_success"
