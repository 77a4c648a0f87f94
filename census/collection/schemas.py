"""The shape of what arrives and of what is shown: submissions, field actions, households."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from census.assignment.schemas import FieldPeriodSchema
from census.collection.codelists import (
    VISIT_RESULTS,
    Disposition,
    FieldActionType,
    Mode,
    Outcome,
    Review,
    Severity,
    Standing,
)
from census.collection.workload import Task
from census.frame.codelists import Origin

MAX_INSTANCE_BYTES = 2_000_000
MAX_SUBMISSIONS = 200
MAX_FIELD_ACTIONS = 500

HOUSEHOLD_ID = re.compile(r"\d{11}-\d{4}", re.ASCII)
EA_CODE = re.compile(r"\d{11}", re.ASCII)
INSTANCE_ID = re.compile(
    r"uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII
)


def canonical_instance_id(text: object) -> str | None:
    """`uuid:` and a UUID in lower case, or none when the text is not an instance id."""
    if not isinstance(text, str):
        return None
    candidate = text.strip().lower()
    return candidate if INSTANCE_ID.fullmatch(candidate) else None


class PlainText(fields.String):
    """A text that a database can hold: no NUL and no half of a surrogate pair."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValidationError("มีอักขระที่ไม่รองรับ · Contains characters that cannot be kept.")
        return text


class InstanceId(PlainText):
    """The id a client gave to an instance; the key of idempotency."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        canonical = canonical_instance_id(super()._deserialize(value, attr, data, **kwargs))
        if canonical is None:
            raise ValidationError("ต้องเป็น uuid: ตามด้วย UUID · Must be uuid: and a UUID.")
        return canonical


class HouseholdId(PlainText):
    """An enumeration area's code, a hyphen and four digits."""

    def __init__(self, **kwargs: Any) -> None:
        """Take household ids only."""
        super().__init__(
            validate=Regexp(
                HOUSEHOLD_ID.pattern + r"\Z",
                error="รหัสครัวเรือนไม่ถูกต้อง · Not a household id.",
            ),
            metadata={"example": "22001011001-0042"},
            **kwargs,
        )


class SubmissionSchema(Schema):
    """A submission on the wire, from any of the faces."""

    class Meta:
        unknown = EXCLUDE

    instance_id = InstanceId(required=True, metadata={"example": "uuid:0f8c…"})
    household_id = HouseholdId(required=True)
    mode = fields.Enum(Mode, by_value=True, required=True)
    questionnaire = PlainText(required=True, validate=Length(1, 64))
    version = PlainText(required=True, validate=Length(1, 32))
    device_id = PlainText(load_default=None, allow_none=True, validate=Length(max=128))
    started_at = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")
    ended_at = fields.AwareDateTime(load_default=None, allow_none=True, format="iso")
    instance = fields.String(required=True)


class SubmissionsSchema(Schema):
    """One to two hundred submissions sent together."""

    submissions = fields.List(
        fields.Nested(SubmissionSchema), required=True, validate=Length(1, MAX_SUBMISSIONS)
    )


def identification(sent: object) -> tuple[str | None, str | None]:
    """The instance id and the instance of a record, where it has usable ones.

    The envelope's id is the one that counts; without a usable one nothing can be kept.
    """
    if not isinstance(sent, dict):
        return None, None
    instance = sent.get("instance")
    instance_id = canonical_instance_id(sent.get("instance_id"))
    return instance_id, instance if isinstance(instance, str) else None


class SetAsideSchema(Schema):
    """Why a submission in quarantine will never count."""

    sha256 = PlainText(required=True, validate=Regexp(r"[0-9a-f]{64}\Z"))
    reason = PlainText(required=True, validate=Length(3, 2_000))


class FindingSchema(Schema):
    """An edit rule that a response breaks."""

    edit = fields.String(required=True, metadata={"example": "E-P10"})
    severity = fields.Enum(Severity, by_value=True, required=True)
    person = fields.Integer(allow_none=True, metadata={"description": "Line, from 1"})
    message = fields.String(required=True)


class ReceivedSchema(Schema):
    """What became of one submission."""

    instance_id = fields.String(required=True, allow_none=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    code = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)
    standing = fields.Enum(Standing, by_value=True, allow_none=True)
    findings = fields.List(fields.Nested(FindingSchema))


class ResultsSchema(Schema):
    """What became of each submission, in the order sent."""

    results = fields.List(fields.Nested(ReceivedSchema), required=True)


class StoredSubmissionSchema(Schema):
    """A submission as it was received."""

    instance_id = fields.String(required=True)
    household_id = fields.String(allow_none=True)
    mode = fields.Enum(Mode, by_value=True, allow_none=True)
    sha256 = fields.String(required=True)
    received_at = fields.AwareDateTime(format="iso")
    standing = fields.Enum(Standing, by_value=True)
    instance = fields.String(required=True)


class SubmissionLineSchema(Schema):
    """A submission in the list of a household."""

    instance_id = fields.String()
    mode = fields.Enum(Mode, by_value=True, allow_none=True)
    received_at = fields.AwareDateTime(format="iso")
    sha256 = fields.Function(lambda submission: submission.sha256.hex())
    standing = fields.Enum(Standing, by_value=True)


class HouseholdLineSchema(Schema):
    """A household and how its case stands."""

    id = fields.String()
    ea_code = fields.String()
    province_code = fields.String()
    address = fields.String()
    origin = fields.Enum(Origin, by_value=True)
    revision = fields.Integer()
    disposition = fields.Enum(Disposition, by_value=True, allow_none=True)
    responded = fields.Boolean()
    review = fields.Enum(Review, by_value=True)
    mode = fields.Enum(Mode, by_value=True, allow_none=True)
    counting_submission = fields.String(allow_none=True)


class HouseholdSchema(HouseholdLineSchema):
    """A household with everything that arrived for it."""

    submissions = fields.List(fields.Nested(SubmissionLineSchema))


class HouseholdsQuerySchema(Schema):
    """Which households are asked for: an area, what comes after a household, how many."""

    area = PlainText(required=True, validate=Length(1, 16))
    after = PlainText(load_default="", validate=Length(max=16))
    limit = fields.Integer(load_default=100, validate=Range(1, 500))


class HouseholdPageSchema(Schema):
    """A page of households, in the order of their ids."""

    households = fields.List(fields.Nested(HouseholdLineSchema))
    next = fields.String(allow_none=True)
    more = fields.Boolean()


class Location(fields.Field[dict[str, float | None]]):
    """A position: an object with latitude, longitude and accuracy, or the four numbers in a text.

    Degrees and metres; the text is `latitude longitude altitude accuracy`, as in an instance.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, float | None]:
        try:
            latitude, longitude, accuracy_m = _position(value)
        except (TypeError, ValueError, KeyError) as error:
            raise ValidationError("พิกัดไม่ถูกต้อง · Not a position.") from error
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            raise ValidationError("พิกัดไม่ถูกต้อง · Not a position.")
        return {"latitude": latitude, "longitude": longitude, "accuracy_m": accuracy_m}


def _position(value: Any) -> tuple[float, float, float | None]:
    if isinstance(value, str):
        latitude, longitude, _altitude, accuracy = (float(part) for part in value.split())
        return latitude, longitude, _finite(accuracy)
    accuracy = value.get("accuracy", value.get("accuracy_m"))
    return (
        float(value["latitude"]),
        float(value["longitude"]),
        None if accuracy is None else _finite(float(accuracy)),
    )


def _finite(number: float) -> float:
    if not 0 <= number < float("inf"):
        raise ValueError("not a distance")
    return number


NEEDED: dict[FieldActionType, tuple[str, ...]] = {
    FieldActionType.VISIT: ("household_id", "result"),
    FieldActionType.APPOINTMENT: ("household_id", "on"),
    FieldActionType.FORM_LEFT: ("household_id", "form_id"),
    FieldActionType.FORM_COLLECTED: ("household_id", "form_id"),
    FieldActionType.MODE_SWITCH: ("household_id", "mode", "reason"),
    FieldActionType.DWELLING_FOUND: ("ea_code", "address"),
    FieldActionType.PROBLEM: ("severity", "text"),
    FieldActionType.MESSAGE_READ: (),
    FieldActionType.HEARTBEAT: ("unsent",),
}
"""The fields each type of action cannot do without."""


class FieldActionSchema(Schema):
    """Something done or seen in the field; which fields it needs depends on its type."""

    class Meta:
        unknown = EXCLUDE

    action_id = InstanceId(required=True)
    type = fields.Enum(FieldActionType, by_value=True, required=True)
    at = fields.AwareDateTime(required=True, format="iso")
    household_id = HouseholdId(load_default=None, allow_none=True)
    ea_code = PlainText(
        load_default=None, allow_none=True, validate=Regexp(EA_CODE.pattern + r"\Z")
    )
    location = Location(load_default=None, allow_none=True)
    result = fields.Enum(
        Disposition,
        by_value=True,
        load_default=None,
        allow_none=True,
        validate=OneOf(
            sorted(VISIT_RESULTS),
            error="ผลการเยี่ยมไม่ถูกต้อง · Not a result that a visit can have.",
        ),
    )
    note = PlainText(load_default=None, allow_none=True, validate=Length(max=2_000))
    on = fields.Date(load_default=None, allow_none=True)
    from_ = fields.Time(data_key="from", load_default=None, allow_none=True)
    to = fields.Time(load_default=None, allow_none=True)
    form_id = PlainText(load_default=None, allow_none=True, validate=Length(1, 64))
    receiver = PlainText(load_default=None, allow_none=True, validate=Length(max=200))
    mode = fields.Enum(Mode, by_value=True, load_default=None, allow_none=True)
    reason = PlainText(load_default=None, allow_none=True, validate=Length(1, 2_000))
    address = PlainText(load_default=None, allow_none=True, validate=Length(1, 500))
    severity = fields.Integer(load_default=None, allow_none=True, validate=Range(1, 4))
    text = PlainText(load_default=None, allow_none=True, validate=Length(1, 2_000))
    unsent = fields.Integer(load_default=None, allow_none=True, validate=Range(min=0))
    app_version = PlainText(load_default=None, allow_none=True, validate=Length(max=64))
    battery = fields.Float(load_default=None, allow_none=True, validate=Range(0, 1))

    @validates_schema
    def _has_what_its_type_needs(self, data: dict[str, Any], **_: Any) -> None:
        missing = [name for name in NEEDED[data["type"]] if data.get(name) is None]
        if missing:
            raise ValidationError({name: ["ต้องระบุ · This field is needed."] for name in missing})


class FieldActionsSchema(Schema):
    """One to five hundred actions sent together."""

    actions = fields.List(
        fields.Nested(FieldActionSchema), required=True, validate=Length(1, MAX_FIELD_ACTIONS)
    )


class FieldActionResultSchema(Schema):
    """What became of one action."""

    action_id = fields.String(required=True, allow_none=True)
    outcome = fields.Enum(Outcome, by_value=True, required=True)
    code = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)
    household_id = fields.String(allow_none=True)
    errors = fields.List(fields.Dict())


class FieldActionResultsSchema(Schema):
    """What became of each action, in the order sent."""

    results = fields.List(fields.Nested(FieldActionResultSchema), required=True)


class WorkloadQuerySchema(Schema):
    """What the tablet has already."""

    since = fields.Integer(load_default=None, allow_none=True, validate=Range(0, 2**63 - 1))


class RegisterPersonSchema(Schema):
    """A person as the register has them; never the identity number."""

    title = fields.String(allow_none=True)
    first_name = fields.String()
    surname = fields.String()
    sex = fields.String()
    birth_year_be = fields.Integer()
    birth_month = fields.Integer()
    nationality = fields.String()


class RegisterSchema(Schema):
    """What the frame and the register say of a household."""

    house_code = fields.String(allow_none=True)
    persons = fields.Integer(allow_none=True)
    position = fields.List(
        fields.Float(), allow_none=True, metadata={"description": "Longitude and latitude"}
    )
    members = fields.List(fields.Nested(RegisterPersonSchema))


class WorkItemSchema(Schema):
    """A household of the workload and what is left to do there."""

    id = fields.String()
    address = fields.String()
    disposition = fields.Enum(Disposition, by_value=True, allow_none=True)
    revision = fields.Integer()
    register = fields.Nested(RegisterSchema)
    task = fields.Enum(Task, by_value=True)
    reason = fields.String(allow_none=True)


class LeasedAreaSchema(Schema):
    """A leased enumeration area; the boundary is GeoJSON and comes with the whole area only."""

    ea_code = fields.String()
    lease = fields.Integer()
    name = fields.String()
    boundary = fields.Dict(allow_none=True)
    households = fields.List(fields.Nested(WorkItemSchema))


class PublishedQuestionnaireSchema(Schema):
    """A questionnaire in use."""

    id = fields.String()
    version = fields.String()
    url = fields.String()
    sha256 = fields.String()


class WorkloadSchema(Schema):
    """An enumerator's workload, and the cursor that the next one is asked for with."""

    cursor = fields.String()
    areas = fields.List(fields.Nested(LeasedAreaSchema))
    questionnaires = fields.List(fields.Nested(PublishedQuestionnaireSchema))
    field_period = fields.Nested(FieldPeriodSchema, allow_none=True)
    messages = fields.List(fields.Dict())
