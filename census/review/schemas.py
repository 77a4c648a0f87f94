"""The shape of batches and of decisions on them, outside the system."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, Range, Regexp

from census.collection.codelists import Disposition, Review, Severity
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
    overridden = fields.Boolean()
    message = fields.String()


class ItemSchema(Schema):
    """A household of the batch."""

    household_id = fields.String()
    address = fields.String()
    revision = fields.Integer()
    review = fields.Enum(Review, by_value=True)
    disposition = fields.Enum(Disposition, by_value=True, allow_none=True)
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
    """Why hard findings are accepted."""

    reason = fields.String(required=True, validate=Length(1, LONGEST_REASON))


class ApprovalSchema(SeenSchema):
    """Which households to approve: those named, or all that are submitted without hard findings."""

    households = fields.List(
        fields.String(validate=Length(1, LONGEST_ID)),
        load_default=None,
        validate=Length(1, MOST_HOUSEHOLDS),
    )
    override = fields.Nested(OverrideSchema, load_default=None, allow_none=True)

    @validates_schema
    def _override_names_households(self, content: dict[str, Any], **_options: Any) -> None:
        if content.get("override") and not content.get("households"):
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
