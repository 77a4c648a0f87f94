"""The shapes of progress on the JSON face."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields
from marshmallow.validate import Length, OneOf

from census.collection.codelists import Mode
from census.frame.codelists import Level
from census.progress.codelists import Condition
from census.progress.rules.kpi import ScoreRule
from census.progress.rules.rates import Outcomes, aapor_rates

LONGEST_CODE = 64
LONGEST_EVIDENCE = 2_000
DIVISIONS = tuple(level.value for level in Level if level is not Level.COUNTRY)


def _described(text: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": text, **more}}


def _rate(text: str) -> fields.Float:
    return fields.Float(allow_none=True, **_described(text))


def _by_level(text: str) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(),
        values=fields.Integer(allow_none=True),
        **_described(text, example={"50": 542_780, "75": 626_280, "100": 709_790}),
    )


def _by_mode(text: str) -> fields.Dict:
    return fields.Dict(
        keys=fields.String(validate=OneOf([mode.value for mode in Mode])),
        values=fields.Integer(),
        **_described(text),
    )


class AreaQuerySchema(Schema):
    """Which area is asked about; without one, all that the caller answers for."""

    area = fields.String(load_default=None, validate=Length(1, LONGEST_CODE))


class ProgressQuerySchema(AreaQuerySchema):
    """The same, and the level by which it is divided: the next one below unless told."""

    by = fields.String(load_default=None, validate=OneOf(DIVISIONS))


class AreaProgressSchema(Schema):
    """How far one area has come; docs/decisions/0003-what-counts.md says what each count means."""

    area = fields.String(**_described("Code of the area"))
    name = fields.String(**_described("Its name in the reader's language"))
    frame = fields.Integer(**_described("Households of the frozen frame"))
    added = fields.Integer(**_described("Households found since, waiting for the next version"))
    final = fields.Integer(**_described("Of the frame, with a final disposition"))
    responded = fields.Integer(**_described("Of the frame, with a counting response (11-16)"))
    approved = fields.Integer(**_described("Of these, approved"))
    ineligible = fields.Integer(**_described("Of the frame, known not to be eligible (40-49)"))
    response_rate = _rate("Responded over the frozen frame")
    eligible_response_rate = _rate("AAPOR RR2, with the added households")
    approval_rate = _rate("Approved over the frozen frame")
    by_mode = _by_mode("The responses, by mode")
    thresholds = _by_level("Its part of each threshold; null before the first frozen version")
    level = fields.Integer(validate=OneOf([0, 50, 75, 100]))
    approved_level = fields.Integer(validate=OneOf([0, 50, 75, 100]))
    gap = _by_level("Households still lacking to each level")


class PracticeSchema(Schema):
    """Says whether the figures are of practice data, and at which scale."""

    practice = fields.Boolean()
    scale = fields.String(allow_none=True)


class ProgressSchema(PracticeSchema):
    """How far an area and its parts have come."""

    area = fields.String()
    areas = fields.List(
        fields.String(), **_described("The areas that are added up: those of the caller in it")
    )
    by = fields.String(validate=OneOf(DIVISIONS))
    as_of = fields.AwareDateTime(format="iso")
    frame_version = fields.Integer(allow_none=True)
    rows = fields.List(fields.Nested(AreaProgressSchema))
    total = fields.Nested(AreaProgressSchema)


class ConditionsSchema(Schema):
    """Which conditions of the indicator hold, by headquarters' latest statements."""

    prototype = fields.Boolean()
    transfer = fields.Boolean()
    plan = fields.Boolean()


class IndicatorSchema(PracticeSchema):
    """Where the indicator stands: always on the whole."""

    responded = fields.Integer()
    approved = fields.Integer()
    frame = fields.Integer()
    planning_base = fields.Float(**_described("The base of the thresholds, which is not the frame"))
    response_rate = _rate("Responded over the frozen frame")
    level = fields.Integer(**_described("By the number of households, if the conditions hold"))
    score = fields.Float(**_described("Interpolated, and capped while a condition does not hold"))
    interpolated = fields.Float(**_described("What the number alone would score"))
    score_rule = fields.Enum(ScoreRule, by_value=True)
    conditions = fields.Nested(ConditionsSchema)
    thresholds = _by_level("The households that each level needs")
    warning = fields.String(allow_none=True, validate=OneOf(["kpi.percent_passes_count_fails"]))


class Evidence(fields.String):
    """A text that says something: not only blanks."""

    def _deserialize(self, value: Any, attr: Any, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs).strip()
        if not text:
            raise ValidationError("Field may not be blank.")
        return text


class ConditionStatementSchema(Schema):
    """Headquarters' word on one condition."""

    condition = fields.Enum(Condition, by_value=True, required=True)
    holds = fields.Boolean(required=True, truthy={True}, falsy={False})
    evidence = Evidence(required=True, validate=Length(1, LONGEST_EVIDENCE))
    id = fields.UUID(dump_only=True)
    stated_at = fields.AwareDateTime(dump_only=True, format="iso")


class CumulativeSchema(Schema):
    """What there is in all at the end of a day."""

    responded = fields.Integer()
    approved = fields.Integer()


class DaySchema(Schema):
    """One day of the census clock."""

    on = fields.Date()
    responded = fields.Integer(**_described("On this day alone, by the day of acceptance"))
    approved = fields.Integer(**_described("On this day alone, by the day of the decision"))
    planned = fields.Integer(
        allow_none=True,
        **_described("In all by the end of the day, by the plan in force on it; null without one"),
    )
    by_mode = _by_mode("This day's responses, by mode")
    cumulative = fields.Nested(CumulativeSchema)


RatesSchema = Schema.from_dict(
    {
        **{name: fields.Integer() for name in Outcomes.__dataclass_fields__},
        **{name: _rate("null where the denominator is zero") for name in aapor_rates(Outcomes())},
    },
    name="RatesSchema",
)
"""The outcomes by the letters of AAPOR's Standard Definitions (2016), and its rates."""
