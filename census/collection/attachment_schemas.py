"""The shape of files that come with answers, and of what the log of an interview told."""

from __future__ import annotations

from marshmallow import Schema, fields, pre_dump, validate

from census.collection.attached import InterviewLog
from census.collection.codelists import AttachmentKind, Outcome


class AttachingSchema(Schema):
    """A form with files: each part that has a file name is one."""

    files = fields.List(
        fields.String(metadata={"format": "binary"}),
        metadata={"description": "At most 100 files of at most 5,000,000 bytes each"},
    )


class AttachedSchema(Schema):
    """What became of one file."""

    name = fields.String()
    outcome = fields.Enum(Outcome, by_value=True)
    code = fields.String(allow_none=True)
    detail = fields.String(allow_none=True)


class AttachedFilesSchema(Schema):
    """What became of each file, in the order sent."""

    results = fields.List(fields.Nested(AttachedSchema))


class AttachmentSchema(Schema):
    """A file that is kept; the digest and the size are of the bytes as they were sent."""

    name = fields.String()
    kind = fields.Enum(AttachmentKind, by_value=True)
    sha256 = fields.Function(lambda row: row.sha256.hex(), metadata={"type": "string"})
    bytes = fields.Integer(attribute="bytes_sent")
    width = fields.Integer(allow_none=True, metadata={"description": "Pixels, as kept"})
    height = fields.Integer(allow_none=True)
    is_variant = fields.Boolean(
        metadata={"description": "Another file of this name came first; both are kept"}
    )
    received_at = fields.AwareDateTime(format="iso")


class AttachmentsSchema(Schema):
    """The files of one submission, by name; the first of a name before its variants."""

    attachments = fields.List(fields.Nested(AttachmentSchema))


class AttachmentQuerySchema(Schema):
    """Which of several files of one name: the first unless a digest says which."""

    sha256 = fields.String(
        load_default=None,
        validate=validate.Regexp(r"[0-9a-f]{64}\Z"),
    )


class NodeTimesSchema(Schema):
    """How long one screen was looked at in all, how often, and how often its answer changed."""

    node = fields.String(metadata={"example": "/data/person[1]/p05_year"})
    milliseconds = fields.Integer()
    visits = fields.Integer()
    changes = fields.Integer()


class ParadataSchema(Schema):
    """What the log of an interview told: times in milliseconds and counts, never an answer."""

    instance_id = fields.String()
    interview_ms = fields.Integer(
        metadata={"description": "While any screen was shown; a pause is not part of it"}
    )
    screens = fields.Integer()
    backward_jumps = fields.Integer()
    value_changes = fields.Integer()
    resumes = fields.Integer()
    constraint_errors = fields.Integer()
    positions = fields.Integer()
    mock_positions = fields.Integer(metadata={"description": "Positions with accuracy 0"})
    skipped_rows = fields.Integer()
    first_at = fields.AwareDateTime(format="iso", allow_none=True)
    last_at = fields.AwareDateTime(format="iso", allow_none=True)
    nodes = fields.List(fields.Nested(NodeTimesSchema))

    @pre_dump
    def _list_nodes(self, log: InterviewLog, **_options: object) -> dict[str, object]:
        """The screens, the one looked at longest first."""
        told = {name: getattr(log, name) for name in self.fields if name != "nodes"}
        nodes = [{"node": node, **times} for node, times in log.nodes.items()]
        nodes.sort(key=lambda each: (-each["milliseconds"], each["node"]))
        return told | {"nodes": nodes}
