"""The shape of what arrives and of what is shown: submissions, field actions, households."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, validates_schema
from marshmallow.validate import Length, OneOf, Range, Regexp

from census.assignment.schemas import FieldPeriodSchema
from census.collection.codelists import (
    VISIT_RESULTS,
    Disposition,
    Evidence,
    FieldActionType,
    Mode,
    Outcome,
    Review,
    Severity,
    Standing,
)
from census.collection.instances.parsing import canonical_id, identify
from census.collection.wire import (
    EA_CODE,
    DeviceMoment,
    EvidenceGiven,
    HouseholdId,
    InstanceId,
    Moment,
    PlainText,
    Position,
)
from census.collection.workload import Task
from census.core.errors import both
from census.frame.codelists import Origin

MAX_INSTANCE_BYTES = 2_000_000
MAX_SUBMISSIONS = 200
MAX_FIELD_ACTIONS = 500


class SubmissionSchema(Schema):
    """A submission on the wire, from any of the faces.

    What the envelope does not say is taken from the instance; what it says must agree with it.
    """

    class Meta:
        unknown = EXCLUDE

    instance_id = InstanceId(load_default=None, metadata={"example": "uuid:0f8c…"})
    household_id = HouseholdId(load_default=None, allow_none=True)
    mode = fields.Enum(Mode, by_value=True, load_default=None, allow_none=True)
    questionnaire = PlainText(load_default="", validate=Length(max=64))
    version = PlainText(load_default="", validate=Length(max=32))
    device_id = PlainText(load_default=None, allow_none=True, validate=Length(max=128))
    started_at = DeviceMoment(load_default=None, allow_none=True)
    ended_at = DeviceMoment(load_default=None, allow_none=True)
    instance = fields.String(required=True)


class SubmissionsSchema(Schema):
    """One to two hundred submissions sent together."""

    submissions = fields.List(
        fields.Nested(SubmissionSchema), required=True, validate=Length(1, MAX_SUBMISSIONS)
    )


def identification(sent: object) -> tuple[str | None, str | None]:
    """The instance id and the instance of a record, where it has usable ones.

    The envelope's id comes first; where it has none the instance's own is taken.
    """
    if not isinstance(sent, dict) or not isinstance(instance := sent.get("instance"), str):
        return None, None
    instance_id = canonical_id(_text_of(sent.get("instance_id")))
    if instance_id is None and (inside := identify(instance.encode("utf-8", "surrogatepass"))):
        instance_id = inside.instance_id
    return instance_id, instance


def _text_of(value: object) -> str | None:
    return value if isinstance(value, str) else None


class FindingSchema(Schema):
    """An edit rule that a response breaks."""

    edit = fields.String(required=True, metadata={"example": "E-P10"})
    severity = fields.Enum(Severity, by_value=True, required=True)
    person = fields.Integer(allow_none=True, metadata={"description": "Line, from 1"})
    items = fields.List(
        fields.String(),
        metadata={"description": "The items meant, for the rules that speak of any item"},
    )
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


class ArrivedSchema(SubmissionLineSchema):
    """A submission of a household, and how much it holds."""

    code = fields.String(attribute="reason_code", allow_none=True)
    corrects = fields.String(attribute="deprecated_id", allow_none=True)
    disposition = fields.Enum(Disposition, by_value=True, allow_none=True)
    answered_items = fields.Integer(allow_none=True)


class AttemptSchema(Schema):
    """A visit, or another report of the field that has a result."""

    action_id = fields.String()
    type = fields.Enum(FieldActionType, by_value=True)
    result = fields.Enum(Disposition, by_value=True)
    happened_at = fields.AwareDateTime(format="iso")
    received_at = fields.AwareDateTime(format="iso")
    latitude = fields.Float(allow_none=True)
    longitude = fields.Float(allow_none=True)
    accuracy_m = fields.Float(
        allow_none=True, metadata={"description": "Metres; 0 where another program made it up"}
    )
    metres_from_dwelling = fields.Float(allow_none=True)
    metres_outside_area = fields.Float(allow_none=True)
    has_evidence = fields.Boolean()


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

    chosen_submission = fields.String(
        allow_none=True,
        metadata={"description": "What a supervisor chose over the rules, if anything"},
    )
    evidence = fields.Enum(Evidence, by_value=True, allow_none=True)
    submissions = fields.List(fields.Nested(ArrivedSchema))
    attempts = fields.List(fields.Nested(AttemptSchema))


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


NEEDED: dict[FieldActionType, tuple[str, ...]] = {
    FieldActionType.VISIT: ("household_id", "result"),
    FieldActionType.APPOINTMENT: ("household_id",),
    FieldActionType.FORM_LEFT: ("household_id",),
    FieldActionType.FORM_COLLECTED: ("household_id",),
    FieldActionType.MODE_SWITCH: ("household_id", "mode"),
    FieldActionType.DWELLING_FOUND: ("address",),
}
"""The fields an action cannot do without. Everything else that is sent is kept, not judged."""


class FieldActionSchema(Schema):
    """Something done or seen in the field; which fields it needs depends on its type."""

    class Meta:
        unknown = EXCLUDE

    action_id = InstanceId(required=True)
    type = fields.Enum(FieldActionType, by_value=True, required=True)
    at = Moment(required=True)
    household_id = HouseholdId(load_default=None, allow_none=True)
    ea_code = PlainText(
        load_default=None, allow_none=True, validate=Regexp(EA_CODE.pattern + r"\Z")
    )
    location = Position(load_default=None, allow_none=True)
    result = fields.Enum(
        Disposition,
        by_value=True,
        load_default=None,
        allow_none=True,
        validate=OneOf(
            sorted(VISIT_RESULTS),
            error=both("ผลการเยี่ยมไม่ถูกต้อง", "This is not a result that a visit can have."),
        ),
    )
    mode = fields.Enum(Mode, by_value=True, load_default=None, allow_none=True)
    address = PlainText(load_default=None, allow_none=True, validate=Length(1, 500))
    evidence = EvidenceGiven(
        load_default=None,
        allow_none=True,
        metadata={
            "type": "object",
            "description": "For a result from 40 to 49: what a neighbour said.",
            "example": {"kind": "neighbour_statement", "statement": "…"},
        },
    )

    @validates_schema
    def _has_what_its_type_needs(self, data: dict[str, Any], **_: Any) -> None:
        missing = [name for name in NEEDED.get(data["type"], ()) if data.get(name) is None]
        if missing:
            raise ValidationError(
                {name: [both("ต้องระบุ", "This field is needed.")] for name in missing}
            )


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


class FormLeftSchema(Schema):
    """A form that lies with a household."""

    at = fields.AwareDateTime(format="iso")
    form_id = fields.String(allow_none=True, metadata={"description": "The number on it"})


class AppointmentSchema(Schema):
    """A day on which the household expects the enumerator; the times are as they were noted."""

    on = fields.String(allow_none=True, metadata={"example": "2021-02-11"})
    begins = fields.String(data_key="from", allow_none=True, metadata={"example": "17:00"})
    ends = fields.String(data_key="to", allow_none=True, metadata={"example": "19:00"})


class LastVisitSchema(Schema):
    """The attempt that came last."""

    at = fields.AwareDateTime(format="iso")
    result = fields.Enum(Disposition, by_value=True)


class WorkItemSchema(Schema):
    """A household of the workload, what is left to do there, and what went before."""

    id = fields.String()
    address = fields.String()
    disposition = fields.Enum(Disposition, by_value=True, allow_none=True)
    revision = fields.Integer()
    register = fields.Nested(RegisterSchema)
    task = fields.Enum(Task, by_value=True)
    reason = fields.String(allow_none=True, metadata={"description": "Why it was returned"})
    questions = fields.List(
        fields.String(), metadata={"description": "The questions a return points at"}
    )
    responded = fields.Boolean()
    review = fields.Enum(Review, by_value=True)
    mode = fields.Enum(Mode, by_value=True, allow_none=True)
    answered_at = fields.AwareDateTime(format="iso", allow_none=True)
    answered_mode = fields.Enum(Mode, by_value=True, allow_none=True)
    form_left = fields.Nested(FormLeftSchema, allow_none=True)
    appointment = fields.Nested(AppointmentSchema, allow_none=True)
    visits = fields.Integer(metadata={"description": "Attempts, in whichever way they ended"})
    last_visit = fields.Nested(LastVisitSchema, allow_none=True)
    code_issued_at = fields.AwareDateTime(format="iso", allow_none=True)


class AreaPlanSchema(Schema):
    """What the plan expects of an area by the end of a day, and how many have responded."""

    on = fields.Date()
    expected = fields.Integer()
    done = fields.Integer()


class LeasedAreaSchema(Schema):
    """A leased enumeration area; the boundary is GeoJSON and comes with the whole area only."""

    ea_code = fields.String()
    lease = fields.Integer()
    name = fields.String()
    is_practice = fields.Boolean(metadata={"description": "Its records count nowhere"})
    boundary = fields.Dict(allow_none=True)
    plan = fields.Nested(AreaPlanSchema, allow_none=True)
    households = fields.List(fields.Nested(WorkItemSchema))


class PublishedQuestionnaireSchema(Schema):
    """A questionnaire in use."""

    id = fields.String()
    version = fields.String()
    url = fields.String()
    sha256 = fields.String()


class AskingDeviceSchema(Schema):
    """The tablet that asks, where one does."""

    id = fields.UUID()


class WorkloadSchema(Schema):
    """An enumerator's workload, and the cursor that the next one is asked for with."""

    cursor = fields.String()
    census_day = fields.Date(metadata={"description": "Today on the census clock"})
    device = fields.Nested(AskingDeviceSchema, allow_none=True)
    areas = fields.List(fields.Nested(LeasedAreaSchema))
    questionnaires = fields.List(fields.Nested(PublishedQuestionnaireSchema))
    field_period = fields.Nested(FieldPeriodSchema, allow_none=True)
    messages = fields.List(fields.Dict())
