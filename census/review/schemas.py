"""The shape of batches and of decisions on them, outside the system."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Range, Regexp

from census.collection.codelists import Disposition, Evidence, Review, Severity, Standing
from census.collection.wire import InstanceId
from census.review.codelists import BatchStatus
from census.review.services.reasons import LONGEST_REASON

MOST_HOUSEHOLDS = 10_000
MOST_QUESTIONS = 100
LONGEST_ID = 32
USUAL_PAGE = 100
LONGEST_PAGE = 500
QUESTION = r"[a-z][a-z0-9_]{0,63}"


class FindingSchema(Schema):
    """An edit rule that the counting response breaks."""

    edit = fields.String()
    severity = fields.Enum(Severity, by_value=True)
    person = fields.Integer(allow_none=True)
    items = fields.List(fields.String())
    other_household_id = fields.String(allow_none=True)
    overridden = fields.Boolean()
    message = fields.String()


class ItemSchema(Schema):
    """A household of the batch."""

    household_id = fields.String()
    address = fields.String()
    revision = fields.Integer()
    review = fields.Enum(Review, by_value=True)
    disposition = fields.Enum(Disposition, by_value=True, allow_none=True)
    evidence = fields.Enum(Evidence, by_value=True, allow_none=True)
    needs_confirmation = fields.Boolean()
    findings = fields.List(fields.Nested(FindingSchema))
    own_work = fields.Boolean()


class BatchProblemSchema(Schema):
    """What stands in the way of approving or closing."""

    code = fields.String()
    household_id = fields.String(allow_none=True)
    message = fields.String()


class ListedBatchSchema(Schema):
    """One enumeration area with its counts."""

    ea_code = fields.String()
    name = fields.String()
    status = fields.Enum(BatchStatus, by_value=True)
    households = fields.Integer()
    final = fields.Integer()
    responded = fields.Integer()
    approved = fields.Integer()
    returned = fields.Integer()
    quarantined = fields.Integer()


class BatchSchema(ListedBatchSchema):
    """One batch with everything in it."""

    problems = fields.List(fields.Nested(BatchProblemSchema))
    items = fields.List(fields.Nested(ItemSchema))


class BatchPageSchema(Schema):
    """A page of batches, and where the next one begins."""

    batches = fields.List(fields.Nested(ListedBatchSchema))
    next = fields.String(allow_none=True)
    more = fields.Boolean()


class BatchesQuerySchema(Schema):
    """Which batches are asked for, in the address."""

    status = fields.Enum(BatchStatus, by_value=True, load_default=None)
    area = fields.String(load_default=None, validate=Length(1, LONGEST_ID))
    after = fields.String(load_default="", validate=Length(max=LONGEST_ID))
    limit = fields.Integer(load_default=USUAL_PAGE, validate=Range(1, LONGEST_PAGE))


class SeenSchema(Schema):
    """The revisions the actor saw: optional beside If-Match, to learn what moved."""

    revisions = fields.Dict(
        keys=fields.String(validate=Length(1, LONGEST_ID)),
        values=fields.Integer(strict=True, validate=Range(0, 2**63 - 1)),
        load_default=dict,
        validate=Length(max=MOST_HOUSEHOLDS),
    )


class OverrideSchema(Schema):
    """Why hard findings, or a lack of evidence, are accepted."""

    reason = fields.String(required=True, validate=Length(1, LONGEST_REASON))


class ConfirmationSchema(Schema):
    """How it was confirmed that the households are not to be counted."""

    reason = fields.String(required=True, validate=Length(1, LONGEST_REASON))


class ApprovalSchema(SeenSchema):
    """Which households to approve: those named, or all that nothing speaks against."""

    households = fields.List(
        fields.String(validate=Length(1, LONGEST_ID)),
        load_default=None,
        validate=Length(1, MOST_HOUSEHOLDS),
    )
    override = fields.Nested(OverrideSchema, load_default=None, allow_none=True)
    confirmation = fields.Nested(ConfirmationSchema, load_default=None, allow_none=True)

    @validates_schema
    def _reasons_name_households(self, content: dict[str, Any], **_options: Any) -> None:
        has_reason = content.get("override") or content.get("confirmation")
        if has_reason and not content.get("households"):
            raise ValidationError("Missing data for required field.", "households")


class ReturnSchema(SeenSchema):
    """Which households to send back, why, and what to correct."""

    households = fields.List(
        fields.String(validate=Length(1, LONGEST_ID)),
        required=True,
        validate=Length(1, MOST_HOUSEHOLDS),
    )
    reason = fields.String(required=True, validate=Length(1, LONGEST_REASON))
    questions = fields.List(
        fields.String(validate=Regexp(rf"^{QUESTION}$(?!\n)")),
        load_default=list,
        validate=Length(max=MOST_QUESTIONS),
    )


class ClosingSchema(SeenSchema):
    """Closing needs no reason; every household in the area has been approved."""

    reason = fields.String(load_default="", validate=Length(max=LONGEST_REASON))


class ReopeningSchema(SeenSchema):
    """Why a closed area is opened again."""

    reason = fields.String(required=True, validate=Length(1, LONGEST_REASON))


def _sha256() -> fields.String:
    return fields.String(
        load_default=None,
        allow_none=True,
        validate=Regexp(r"[0-9a-f]{64}\Z"),
        metadata={"description": "Which of several variants of the id; else the first"},
    )


class RulingReasonSchema(Schema):
    """Why something is ruled."""

    reason = fields.String(required=True, validate=Length(1, LONGEST_REASON))


class ChoiceSchema(RulingReasonSchema):
    """Which response shall count, and why."""

    instance_id = InstanceId(required=True)
    sha256 = _sha256()


class VoidingSchema(ChoiceSchema):
    """Which submission was started in error, and how that is known."""


class DifferencesQuerySchema(Schema):
    """Which two submissions are compared, in the address."""

    first = InstanceId(required=True)
    second = InstanceId(load_default=None)
    first_sha256 = _sha256()
    second_sha256 = _sha256()


class ComparedSchema(Schema):
    """One of the two submissions."""

    instance_id = fields.String()
    sha256 = fields.String()
    standing = fields.Enum(Standing, by_value=True)
    persons = fields.Integer()


class ItemDifferenceSchema(Schema):
    """An item with different answers, as codes or numbers; null where it was left blank."""

    item = fields.String()
    first = fields.Raw(allow_none=True)
    second = fields.Raw(allow_none=True)


class PersonDifferenceSchema(Schema):
    """A person who differs, or who is in one of the two only."""

    first_position = fields.Integer(allow_none=True)
    second_position = fields.Integer(allow_none=True)
    first_name = fields.String()
    second_name = fields.String()
    items = fields.List(fields.Nested(ItemDifferenceSchema))


class DifferencesSchema(Schema):
    """All that two submissions of a household answer differently; identity numbers are masked."""

    household_id = fields.String()
    first = fields.Nested(ComparedSchema)
    second = fields.Nested(ComparedSchema)
    items = fields.List(fields.Nested(ItemDifferenceSchema))
    persons = fields.List(fields.Nested(PersonDifferenceSchema))


class CorrectionSchema(Schema):
    """The answers that an enumerator is asked to correct, as they sent them, and why."""

    household_id = fields.String()
    instance_id = fields.String()
    instance = fields.String(metadata={"description": "The instance XML"})
    reason = fields.String()
    questions = fields.List(fields.String(), metadata={"example": ["p05_year"]})
