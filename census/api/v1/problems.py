"""How a refusal looks on the JSON face, for the published description of it."""

from __future__ import annotations

from marshmallow import INCLUDE, Schema, fields


class ProblemFaultSchema(Schema):
    """One thing that is wrong with what was sent."""

    pointer = fields.String(metadata={"description": "JSON pointer to the value"})
    detail = fields.String(metadata={"description": "Why, in the reader's language"})


class ProblemSchema(Schema):
    """A refusal: `code` is for machines and never changes, the sentences are for people.

    A route may add what else its caller needs: what has moved, or what became of each file.
    """

    class Meta:
        unknown = INCLUDE

    type = fields.String(metadata={"example": "about:blank"})
    title = fields.String()
    status = fields.Integer()
    code = fields.String(metadata={"example": "not_found"})
    detail = fields.String()
    errors = fields.List(fields.Nested(ProblemFaultSchema))
