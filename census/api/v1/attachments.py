"""Files that come with submissions and field actions: sent in a form, read one by one."""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.collection.attached import Attachment, InterviewLog
from census.collection.attached_to import action_owner, attachments_of, logs_of, submission_owner
from census.collection.attachment_schemas import (
    AttachedFilesSchema,
    AttachingSchema,
    AttachmentQuerySchema,
    AttachmentsSchema,
    ParadataSchema,
)
from census.collection.attachments.sent import MAX_FILES, MAX_REQUEST_BYTES
from census.collection.codelists import Outcome
from census.collection.errors import REASONS, AttachmentConflict, NotAttached, ParadataNotFound
from census.collection.services.attaching import Attached, SentFile, attach
from census.collection.services.opening_attachments import open_attachment
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.errors import Fault, Invalid, Refusal
from census.web import languages
from census.web.access import current_actor, requires
from census.web.file_answers import download
from census.web.multipart import MEDIA_TYPE, SentForm, sent_form
from census.web.refusals import answer_to, problem

blueprint = ApiBlueprint("attachments", description="Photos and logs that come with answers")

_FORM = {"required": True, "content": {MEDIA_TYPE: {"schema": AttachingSchema}}}

_FILE = blueprint.file("image/jpeg", "The photo; other files as bytes")
_FILE["content"] |= blueprint.file("application/octet-stream", "")["content"]


@blueprint.post("/submissions/<instance_id>/attachments")
@requires(Permission.SUBMIT, takes_revoked=True)
@blueprint.doc(requestBody=_FORM)
@blueprint.response(200, AttachedFilesSchema)
def attach_to_submission(instance_id: str) -> ResponseReturnValue | dict[str, Any]:
    """Keep files with a submission: the same again is fine, other bytes of the name are told."""
    files = _files(_form())
    actor = current_actor()
    with transaction() as session:
        attached = attach(session, actor, instance_id, files, at=utcnow())
    return _answer(attached)


@blueprint.post("/field-actions/<action_id>/attachments")
@requires(Permission.REPORT_FROM_FIELD, takes_revoked=True)
@blueprint.doc(requestBody=_FORM)
@blueprint.response(200, AttachedFilesSchema)
def attach_to_action(action_id: str) -> ResponseReturnValue | dict[str, Any]:
    """Keep files with a field action, for example the photo that proves a house is vacant."""
    files = _files(_form())
    actor = current_actor()
    with reading() as session:
        owner = action_owner(session, actor, action_id)
    with transaction() as session:
        attached = attach(session, actor, owner.id, files, at=utcnow())
    return _answer(attached)


@blueprint.get("/submissions/<instance_id>/attachments")
@requires(Permission.READ_ANSWERS)
@blueprint.response(200, AttachmentsSchema)
def list_attachments(instance_id: str) -> dict[str, list[Attachment]]:
    """The files that came with a submission, without what is in them."""
    with reading() as session:
        owner = submission_owner(session, current_actor(), instance_id)
        return {"attachments": attachments_of(session, [owner.id])}


@blueprint.get("/submissions/<instance_id>/attachments/<name>")
@requires(Permission.READ_ANSWERS)
@blueprint.arguments(AttachmentQuerySchema, location="query")
@blueprint.doc(responses={"200": _FILE})
def read_attachment(which: dict[str, Any], instance_id: str, name: str) -> Response:
    """Read a file: a photo as it was drawn anew, anything else as received. It is an event."""
    digest = bytes.fromhex(which["sha256"]) if which["sha256"] else None
    actor = current_actor()
    with transaction() as session:
        opened = open_attachment(session, actor, instance_id, name, sha256=digest, at=utcnow())
    return download(opened.content, name=opened.name, media_type=opened.media_type)


@blueprint.get("/submissions/<instance_id>/paradata")
@requires(Permission.READ_ANSWERS)
@blueprint.response(200, ParadataSchema)
def read_paradata(instance_id: str) -> InterviewLog:
    """How the interview went: times and counts for each screen, from the log that came with it."""
    with reading() as session:
        owner = submission_owner(session, current_actor(), instance_id)
        for log in logs_of(session, [owner.id]):
            return log
    raise ParadataNotFound


def _form() -> SentForm:
    return sent_form(MAX_REQUEST_BYTES, most_parts=MAX_FILES)


def _files(form: SentForm) -> list[SentFile]:
    if not form.files:
        fault = Fault("/files", "ต้องแนบไฟล์อย่างน้อยหนึ่งไฟล์", "Send at least one file.")
        raise Invalid(faults=[fault])
    return [SentFile(part.name, part.data, part.media_type) for part in form.files]


def _answer(attached: list[Attached]) -> ResponseReturnValue | dict[str, Any]:
    """All is well, or what is not; either way, what became of each file."""
    results = [_result(each) for each in attached]
    refusal = _refusal(attached)
    if refusal is None:
        return {"results": results}
    return problem(answer_to(refusal, languages.current()), results=results)


def _refusal(attached: list[Attached]) -> Refusal | None:
    faults = [
        Fault(f"/files/{position}", reason.th, reason.en)
        for position, each in enumerate(attached)
        if each.code is not None and (reason := REASONS.get(each.code))
    ]
    outcomes = {each.outcome for each in attached}
    if Outcome.CONFLICT in outcomes:
        return AttachmentConflict(faults=faults)
    return NotAttached(faults=faults) if Outcome.REFUSED in outcomes else None


def _result(attached: Attached) -> dict[str, Any]:
    reason = REASONS.get(attached.code or "")
    return {
        "name": attached.name,
        "outcome": attached.outcome,
        "code": attached.code,
        "detail": reason.sentence(languages.current()) if reason else None,
    }
