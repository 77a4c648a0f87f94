"""Taking in the files that come with answers: photos, the logs of interviews, whatever is sent.

Each is kept once for its owner, name and content, also for a submission in quarantine and from a
tablet whose token is revoked. Another file under a name that is taken is kept beside the first, and
its sender is told so. The bytes are on the disk before any lock is taken and any row is written;
what a crash leaves there has no row, and is swept.

Locks are taken in the one order: the submission's receipt, its enumeration area; for an action, the
area and then the action.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.attached import Attachment, InterviewLog, attachment_id
from census.collection.attached_to import Owner, OwnerKind, owner_for_sender
from census.collection.attachments.sent import (
    CONFLICT,
    Attached,
    ExaminedFile,
    SentFile,
    examine,
)
from census.collection.codelists import AttachmentKind, Outcome
from census.collection.models import FieldAction, Receipt, Submission
from census.collection.services.evidence import note_evidence
from census.collection.services.locking import lock_areas
from census.core import files as store
from census.core import sealed
from census.core.bulk import insert_new
from census.core.events import record

__all__ = ["CONTENT_COLUMN", "Attached", "SentFile", "attach"]

CONTENT_COLUMN = "collection_attachment.content"

logger = logging.getLogger(__name__)

_Key = tuple[str, bytes]
"""A name and a digest: what tells the files of one owner apart."""


def attach(
    session: Session, actor: Actor, owner_id: str, files: Sequence[SentFile], *, at: datetime
) -> list[Attached]:
    """Keep the files with the submission or field action of this id; answers in the order sent.

    Refuses with 404 when there is no such owner for the actor, and with 503 when there is no room
    for them; then nothing is kept.
    """
    examined = examine(files)
    owner = owner_for_sender(session, actor, owner_id)
    written = _write(owner, examined, _kept(session, owner))
    try:
        answers = _keep(session, actor, owner, examined, written, at)
    except BaseException:
        _discard(written.values())
        raise
    return answers


def _write(
    owner: Owner, examined: Sequence[ExaminedFile], kept: Mapping[_Key, Attachment]
) -> dict[_Key, str]:
    """Put what is not kept yet on the disk, sealed; gives the names of the stored files."""
    written: dict[_Key, str] = {}
    try:
        for each in examined:
            key, there = _key(each), kept.get(_key(each))
            is_there = there is not None and there.missing_since is None
            if each.refusal is None and not is_there and key not in written:
                row = attachment_id(owner.id, each.name, each.sha256)
                written[key] = store.write(
                    sealed.seal(each.content, column=CONTENT_COLUMN, row=row)
                )
    except BaseException:
        _discard(written.values())
        raise
    return written


def _keep(
    session: Session,
    actor: Actor,
    owner: Owner,
    examined: Sequence[ExaminedFile],
    written: Mapping[_Key, str],
    at: datetime,
) -> list[Attached]:
    """Write the rows of what is on the disk now, and say of each file what became of it."""
    _lock(session, owner)
    kept = _kept(session, owner)
    _put_back(examined, kept, written)
    fresh: dict[_Key, ExaminedFile] = {}
    answers = []
    for each in examined:
        is_new = each.refusal is None and _key(each) not in kept
        if is_new:
            row = _row(actor, owner, each, written[_key(each)], kept, at)
            session.add(row)
            kept[_key(each)], fresh[_key(each)] = row, each
            _record(session, actor, owner, row, at)
        answers.append(_answer(each, kept.get(_key(each)), is_new=is_new))
    session.flush()
    _keep_log(session, owner, [(kept[key], each) for key, each in fresh.items()])
    if any(each.kind is AttachmentKind.PHOTO for each in fresh.values()):
        note_evidence(session, owner.id, at=at)
    # Somebody else has kept the same meanwhile.
    _discard(name for key, name in written.items() if kept[key].file != name)
    return answers


def _lock(session: Session, owner: Owner) -> None:
    """Hold the owner: two files of one name that come at once are first and variant."""
    if owner.kind is OwnerKind.SUBMISSION:
        session.execute(
            select(Receipt.instance_id).where(Receipt.instance_id == owner.id).with_for_update()
        )
    lock_areas(session, _areas_of(session, owner))
    if owner.kind is OwnerKind.FIELD_ACTION:
        session.execute(
            select(FieldAction.action_id).where(FieldAction.action_id == owner.id).with_for_update()
        )


def _areas_of(session: Session, owner: Owner) -> set[str]:
    """The areas that a photo can matter to: those of every variant of the submission."""
    areas = select(Submission.ea_code).where(Submission.instance_id == owner.id).distinct()
    return {ea_code for ea_code in (owner.ea_code, *session.scalars(areas)) if ea_code}


def _put_back(
    examined: Sequence[ExaminedFile],
    kept: Mapping[_Key, Attachment],
    written: Mapping[_Key, str],
) -> None:
    """Where a file had gone missing, what was sent again takes its place."""
    for each in examined:
        row = kept.get(_key(each))
        if row is not None and row.missing_since is not None and _key(each) in written:
            row.file, row.missing_since, row.kind = written[_key(each)], None, each.kind
            row.width, row.height = each.width, each.height


def _row(
    actor: Actor,
    owner: Owner,
    sent: ExaminedFile,
    file: str,
    kept: Mapping[_Key, Attachment],
    at: datetime,
) -> Attachment:
    return Attachment(
        id=attachment_id(owner.id, sent.name, sent.sha256),
        owner_id=owner.id,
        name=sent.name,
        sha256=sent.sha256,
        kind=sent.kind,
        bytes_sent=sent.bytes_sent,
        width=sent.width,
        height=sent.height,
        is_variant=any(name == sent.name for name, _digest in kept),
        file=file,
        received_at=at,
        sender_id=actor.id,
    )


def _keep_log(
    session: Session, owner: Owner, fresh: Sequence[tuple[Attachment, ExaminedFile]]
) -> None:
    """Keep what the log of an interview told; of two logs, the first."""
    if owner.kind is not OwnerKind.SUBMISSION:
        return
    for row, sent in fresh:
        if sent.paradata is not None and not row.is_variant:
            told = asdict(sent.paradata)
            log = {"instance_id": owner.id, "attachment_id": row.id, **told}
            insert_new(session, InterviewLog, [log])


def _record(session: Session, actor: Actor, owner: Owner, row: Attachment, at: datetime) -> None:
    record(
        session,
        actor,
        CONFLICT if row.is_variant else "attachment.received",
        owner.id,
        area=owner.ea_code,
        at=at,
        details={"attachment": row.id.hex, "kind": row.kind, "sha256": row.sha256.hex()},
    )


def _answer(sent: ExaminedFile, row: Attachment | None, *, is_new: bool) -> Attached:
    if row is None:
        return Attached(sent.name, Outcome.REFUSED, sent.refusal)
    if row.is_variant:
        return Attached(sent.name, Outcome.CONFLICT, CONFLICT)
    return Attached(sent.name, Outcome.ACCEPTED if is_new else Outcome.DUPLICATE)


def _kept(session: Session, owner: Owner) -> dict[_Key, Attachment]:
    """The owner's files as they are now."""
    rows = session.scalars(
        select(Attachment)
        .where(Attachment.owner_id == owner.id)
        .execution_options(populate_existing=True)
    )
    return {(row.name, row.sha256): row for row in rows}


def _key(sent: ExaminedFile) -> _Key:
    return sent.name, sent.sha256


def _discard(names: Iterable[str]) -> None:
    """Remove files that no row will speak of; what cannot be removed is left to the sweeper."""
    for name in list(names):
        try:
            store.delete(name)
        except OSError:
            logger.warning("a file without a row is left behind for the sweeper")
