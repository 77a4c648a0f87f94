"""The shape of leases, field periods and people outside the system."""

from __future__ import annotations

import base64
from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from census.accounts.codelists import Role


class FieldPeriodSchema(Schema):
    """The field period in force, as a tablet gets it with its workload."""

    starts_on = fields.Date(dump_only=True)
    ends_on = fields.Date(dump_only=True)
    revision = fields.Integer(dump_only=True)


class FieldPeriodRevisionSchema(Schema):
    """A revision of the field period, with the decision behind it."""

    revision = fields.Integer(dump_only=True)
    starts_on = fields.Date(required=True)
    ends_on = fields.Date(required=True)
    decided_on = fields.Date(required=True)
    reason_th = fields.String(required=True, validate=Length(1, 2_000))
    reason_en = fields.String(required=True, validate=Length(1, 2_000))
    decision_document = fields.String(required=True, validate=Length(1, 200))


class FieldPeriodsSchema(Schema):
    """Every revision, the first one first."""

    field_periods = fields.List(fields.Nested(FieldPeriodRevisionSchema))


class LeaseSchema(Schema):
    """An enumeration area in the hands of an enumerator."""

    ea_code = fields.String(required=True, validate=Length(11, 11))
    enumerator = fields.String(
        required=True, validate=Length(1, 256), metadata={"description": "Username"}
    )
    lease = fields.Integer(dump_only=True)
    granted_at = fields.AwareDateTime(dump_only=True, format="iso")


class PersonTakenOnSchema(Schema):
    """Somebody who is to work for the census."""

    id = fields.UUID(dump_only=True)
    username = fields.String(required=True, validate=Length(1, 256))
    display_name = fields.String(load_default="", validate=Length(max=200))
    role = fields.Enum(Role, by_value=True, required=True)
    areas = fields.List(fields.String(validate=Length(1, 16)), load_default=list)
    password = fields.String(required=True, load_only=True, validate=Length(1, 1_000))


class FieldTokenSchema(Schema):
    """A token of a tablet, named without telling it."""

    id = fields.String(dump_only=True)
    issued_at = fields.AwareDateTime(dump_only=True, format="iso")
    expires_at = fields.AwareDateTime(dump_only=True, format="iso")
    last_used_at = fields.AwareDateTime(
        dump_only=True, format="iso", allow_none=True, metadata={"description": "To the hour"}
    )


class FieldTokensSchema(Schema):
    """The tokens of an enumerator that hold now."""

    tokens = fields.List(fields.Nested(FieldTokenSchema))


class IssuedFieldTokenSchema(Schema):
    """A token that was just given out: this is the only time it is told."""

    token = fields.String(dump_only=True)
    expires_at = fields.AwareDateTime(dump_only=True, format="iso")
    server_url = fields.String(
        dump_only=True, metadata={"description": "What ODK Collect takes for its server"}
    )
    settings = fields.String(
        dump_only=True, metadata={"description": "The text of the code that sets ODK Collect up"}
    )


class EnrolmentSchema(Schema):
    """A tablet that is to be set up."""

    name = fields.String(
        load_default="",
        validate=Length(max=100),
        metadata={"description": "What an office knows it by, such as the number on it"},
    )


class DeviceHolderSchema(Schema):
    """Whose tablet it is."""

    id = fields.UUID()
    username = fields.String()
    display_name = fields.String()


class PointInBase64(fields.Field[str]):
    """A point on a curve: 65 bytes, uncompressed, in base64."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **options: Any) -> str:
        return base64.b64encode(value).decode()


class OfficeKeySchema(Schema):
    """What a tablet seals with for the office: a public key on P-256, and its number."""

    id = fields.Integer()
    public_key = PointInBase64(
        attribute="point",
        metadata={"type": "string", "description": "65 bytes, uncompressed, in base64"},
    )


class DeviceSchema(Schema):
    """A tablet: whose it is, until when its token holds, and what it seals with."""

    device_id = fields.UUID()
    name = fields.String()
    expires_at = fields.AwareDateTime(format="iso")
    enumerator = fields.Nested(DeviceHolderSchema)
    office_key = fields.Nested(OfficeKeySchema)


class EnrolledDeviceSchema(DeviceSchema):
    """A tablet that was just set up: this is the only time its token is told."""

    token = fields.String()
