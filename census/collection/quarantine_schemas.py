"""The shape of what waits in quarantine, and of what is asked for and decided about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Range, Regexp

from census.accounts.codelists import Role
from census.collection.codelists import FieldActionType, Outcome, Standing
from census.collection.quarantine import Kind
from census.collection.schemas import SubmissionLineSchema
from census.collection.wire import HouseholdId, PlainText
from census.core.errors import both

DIGEST = Regexp(
    r"[0-9a-f]{64}\Z",
    error=both("ต้องเป็น SHA-256 เลขฐานสิบหก 64 หลัก", "This must be a SHA-256 of 64 hex digits."),
)
CURSOR = Length(max=128)


class DigestQuerySchema(Schema):
    """Which of the variants under an instance id, by the digest of its bytes."""

    sha256 = PlainText(load_default=None, allow_none=True, validate=DIGEST)


class SetAsideSchema(Schema):
    """Why a submission in quarantine will never count."""

    sha256 = PlainText(required=True, validate=DIGEST)
    reason = PlainText(required=True, validate=Length(3, 2_000))


class SetActionAsideSchema(Schema):
    """Why a field action in quarantine will never count."""

    reason = PlainText(required=True, validate=Length(3, 2_000))


class AssignActionSchema(Schema):
    """Which household a field action is about, where it does not say so itself, and why."""

    household_id = HouseholdId(load_default=None, allow_none=True)
    reason = PlainText(required=True, validate=Length(3, 2_000))


class AssignSchema(Schema):
    """Which household a submission in quarantine is about, and how that is known."""

    sha256 = PlainText(required=True, validate=DIGEST)
    household_id = HouseholdId(required=True)
    reason = PlainText(required=True, validate=Length(3, 2_000))


class _PartSchema(Schema):
    kind = fields.Enum(Kind, by_value=True, load_default=Kind.SUBMISSION)
    area = PlainText(load_default=None, allow_none=True, validate=Length(1, 16))
    reason = PlainText(load_default=None, allow_none=True, validate=Length(1, 64))
    after = PlainText(load_default=None, allow_none=True, validate=CURSOR)

    @validates_schema
    def _continues_after_one_of_its_kind(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("after") is None or data.get("kind") is Kind.FIELD_ACTION:
            return
        try:
            UUID(data["after"])
        except ValueError:
            raise ValidationError(
                {"after": [both("ค่าไม่ถูกต้อง", "This is no place in the list.")]}
            ) from None


class QuarantineQuerySchema(_PartSchema):
    """Which part of the quarantine is asked for, what comes after what, and how many."""

    limit = fields.Integer(load_default=100, validate=Range(1, 500))


class ReplayManySchema(_PartSchema):
    """Which part of the quarantine is to be tried again, and after what."""


class ReplaySchema(Schema):
    """What is to be tried again; a submission by its digest as well."""

    kind = fields.Enum(Kind, by_value=True, load_default=Kind.SUBMISSION)
    sha256 = PlainText(load_default=None, allow_none=True, validate=DIGEST)

    @validates_schema
    def _says_which_variant(self, data: dict[str, Any], **_: Any) -> None:
        if data["kind"] is Kind.SUBMISSION and data["sha256"] is None:
            raise ValidationError({"sha256": [both("ต้องระบุ", "This field is needed.")]})


class WaitingSubmissionSchema(SubmissionLineSchema):
    """A submission that waits for a person, and why."""

    id = fields.UUID()
    kind = fields.Constant(Kind.SUBMISSION.value)
    household_id = fields.String(allow_none=True)
    assigned_household_id = fields.String(allow_none=True)
    ea_code = fields.String(allow_none=True)
    reason_code = fields.String(data_key="code")
    detail = fields.String(allow_none=True)
    sender_role = fields.Enum(Role, by_value=True, allow_none=True)


class WaitingActionSchema(Schema):
    """A field action that waits for a person, and why."""

    action_id = fields.String()
    kind = fields.Constant(Kind.FIELD_ACTION.value)
    type = fields.Enum(FieldActionType, by_value=True)
    household_id = fields.String(allow_none=True)
    ea_code = fields.String(allow_none=True)
    received_at = fields.AwareDateTime(format="iso")
    reason_code = fields.String(data_key="code")
    detail = fields.String(allow_none=True)
    sender_role = fields.Enum(Role, by_value=True, allow_none=True)


class QuarantinePageSchema(Schema):
    """A page of one kind of what waits for a person, in the order of arrival."""

    submissions = fields.List(fields.Nested(WaitingSubmissionSchema))
    field_actions = fields.List(fields.Nested(WaitingActionSchema))
    next = fields.String(allow_none=True)
    more = fields.Boolean()


class TakenUpSchema(Schema):
    """What became of something that was tried again."""

    kind = fields.Enum(Kind, by_value=True)
    id = fields.String(metadata={"description": "The instance id or the action id"})
    taken_up = fields.Boolean(metadata={"description": "It counts by the rules from now on"})
    standing = fields.Enum(Standing, by_value=True, allow_none=True)
    outcome = fields.Enum(Outcome, by_value=True, allow_none=True)
    household_id = fields.String(allow_none=True)
    code = fields.String(allow_none=True, metadata={"description": "What still speaks against it"})
    detail = fields.String(allow_none=True)


class ReplayedSchema(Schema):
    """How many were tried again, how many count now, and where to go on."""

    tried = fields.Integer()
    taken_up = fields.Integer()
    next = fields.String(allow_none=True)
    more = fields.Boolean()
