"""The shape of field periods outside the system."""

from __future__ import annotations

from marshmallow import Schema, fields


class FieldPeriodSchema(Schema):
    """The field period in force, as a tablet gets it with its workload."""

    starts_on = fields.Date(dump_only=True)
    ends_on = fields.Date(dump_only=True)
    revision = fields.Integer(dump_only=True)
