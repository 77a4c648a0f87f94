"""What can be seen of the files that came with answers, within an actor's areas."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.attached import Attachment, InterviewLog
from census.collection.errors import ActionNotFound, AttachmentNotFound, SubmissionNotFound
from census.collection.instances.parsing import canonical_id
from census.collection.models import FieldAction, Receipt, Submission
from census.frame.queries import lies_within


class OwnerKind(StrEnum):
    """What a file can belong to."""

    SUBMISSION = "submission"
    FIELD_ACTION = "field_action"


@dataclass(frozen=True, slots=True)
class Owner:
    """A submission or a field action that files belong to, and where it lies."""

    id: str
    kind: OwnerKind
    ea_code: str | None
    household_id: str | None


def owner_for_sender(session: Session, actor: Actor, owner_id: str) -> Owner:
    """Whom files are sent for: something the actor sent, or that lies in the actor's areas."""
    known_id = canonical_id(owner_id) or ""
    is_own = or_(Submission.sender_id == actor.id, lies_within(actor, Submission))
    if session.scalar(select(Submission.id).where(Submission.instance_id == known_id, is_own)):
        return _first_received(session, known_id)
    may_answer = or_(FieldAction.by == actor.id, lies_within(actor, FieldAction))
    action = session.scalars(
        select(FieldAction).where(FieldAction.action_id == known_id, may_answer)
    ).first()
    # Where a submission has the id, nobody may put anything beside it by way of an action.
    if action is None or session.get(Receipt, known_id) is not None:
        raise SubmissionNotFound()
    return Owner(known_id, OwnerKind.FIELD_ACTION, action.ea_code, action.household_id)


def submission_owner(session: Session, actor: Actor, instance_id: str) -> Owner:
    """A submission whose files are read; what came first under the id must lie within the areas."""
    known_id = canonical_id(instance_id) or ""
    first = select(Submission.id).join(Receipt, Receipt.submission_id == Submission.id)
    is_within = (Receipt.instance_id == known_id, lies_within(actor, Submission))
    if session.scalar(first.where(*is_within)) is None:
        raise SubmissionNotFound()
    return _first_received(session, known_id)


def action_owner(session: Session, actor: Actor, action_id: str) -> Owner:
    """A field action whose files are sent, by its own id."""
    owner_id = canonical_id(action_id) or ""
    if session.get(FieldAction, owner_id) is None:
        raise ActionNotFound()
    return owner_for_sender(session, actor, owner_id)


def attachments_of(session: Session, owner_ids: Collection[str]) -> list[Attachment]:
    """The files of these owners, by owner and name; the first of a name before its variants."""
    return list(
        session.scalars(
            select(Attachment)
            .where(Attachment.owner_id.in_(owner_ids))
            .order_by(
                Attachment.owner_id, Attachment.name, Attachment.is_variant, Attachment.received_at
            )
        )
    )


def attachment_named(
    session: Session, owner: Owner, name: str, *, sha256: bytes | None = None
) -> Attachment:
    """One file of an owner: the first of its name, or the one with this digest."""
    conditions = [
        Attachment.owner_id == owner.id,
        Attachment.name == unicodedata.normalize("NFC", name),
    ]
    if sha256 is not None:
        conditions.append(Attachment.sha256 == sha256)
    found = session.scalars(
        select(Attachment)
        .where(*conditions)
        .order_by(Attachment.is_variant, Attachment.received_at, Attachment.id)
    ).first()
    if found is None:
        raise AttachmentNotFound()
    return found


def attachment_of_household(session: Session, household_id: str, attachment_id: UUID) -> Attachment:
    """One file that belongs to something of this household."""
    found = session.get(Attachment, attachment_id)
    if found is None or found.owner_id not in owners_of_household(session, household_id):
        raise AttachmentNotFound()
    return found


def owners_of_household(session: Session, household_id: str) -> list[str]:
    """The ids of what files of a household can belong to: its submissions and field actions."""
    submissions = (
        select(Receipt.instance_id)
        .join(Submission, Receipt.submission_id == Submission.id)
        .where(Submission.household_id == household_id)
    )
    actions = select(FieldAction.action_id).where(FieldAction.household_id == household_id)
    return [*session.scalars(submissions), *session.scalars(actions)]


def logs_of(session: Session, instance_ids: Collection[str]) -> list[InterviewLog]:
    """What the logs of these submissions told, the newest interview first."""
    return list(
        session.scalars(
            select(InterviewLog)
            .where(InterviewLog.instance_id.in_(instance_ids))
            .order_by(InterviewLog.first_at.desc(), InterviewLog.instance_id)
        )
    )


def _first_received(session: Session, instance_id: str) -> Owner:
    row = session.execute(
        select(Submission.ea_code, Submission.household_id)
        .join(Receipt, Receipt.submission_id == Submission.id)
        .where(Receipt.instance_id == instance_id)
    ).one()
    return Owner(instance_id, OwnerKind.SUBMISSION, row.ea_code, row.household_id)
