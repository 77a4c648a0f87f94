"""The shapes of tokens and events on the JSON face."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields
from marshmallow.validate import Length

from census.accounts.codelists import Role


class SortedCodes(fields.List[str]):
    """A set of codes, in the same order every time."""

    def __init__(self, **options: Any) -> None:
        """Hold texts."""
        super().__init__(fields.String(), **options)

    def _serialize(self, value: Any, attr: Any, obj: Any, **options: Any) -> Any:
        return sorted(value)


class Digest(fields.String):
    """A hash, in hexadecimal."""

    def _serialize(self, value: Any, attr: Any, obj: Any, **options: Any) -> Any:
        return value.hex()


class TokenRequestSchema(Schema):
    """Who asks for a token."""

    username = fields.String(required=True, validate=Length(1, 256))
    password = fields.String(required=True, validate=Length(1, 1_000))
    otp = fields.String(allow_none=True, load_default=None, validate=Length(max=16))


class ActorSchema(Schema):
    """Whoever a token speaks for."""

    id = fields.UUID()
    username = fields.String()
    role = fields.Enum(Role, by_value=True)
    areas = SortedCodes()


class TokenSchema(Schema):
    """A token, shown this once."""

    token = fields.String(attribute="secret")
    expires_at = fields.AwareDateTime(format="iso")
    actor = fields.Nested(ActorSchema)


class EventSchema(Schema):
    """Something that happened, in the order of the numbers."""

    number = fields.Integer()
    at = fields.AwareDateTime(format="iso")
    actor = fields.UUID(attribute="actor_id", allow_none=True)
    name = fields.String()
    subject = fields.String()
    area = fields.String(allow_none=True)
    hash = Digest()


class EventPageSchema(Schema):
    """A page of events, and where the next one begins."""

    events = fields.List(fields.Nested(EventSchema))
    next = fields.Integer()
    more = fields.Boolean()
