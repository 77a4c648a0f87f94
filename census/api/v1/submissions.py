"""Submissions over JSON: sent in batches, read one by one."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.bodies import json_body
from census.api.v1.records import records_in
from census.collection import services
from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Outcome
from census.collection.edits import sentence
from census.collection.errors import REASONS
from census.collection.quarantine_schemas import DigestQuerySchema
from census.collection.schemas import (
    MAX_INSTANCE_BYTES,
    MAX_SUBMISSIONS,
    ResultsSchema,
    StoredSubmissionSchema,
    SubmissionSchema,
    SubmissionsSchema,
    identification,
)
from census.core.clock import utcnow
from census.core.db import transaction
from census.web import languages
from census.web.access import current_actor, requires
from census.web.gathering import take_in

MAX_BODY_BYTES = 10_000_000

blueprint = ApiBlueprint("submissions", description="Answers, in every mode")

_schema = SubmissionSchema()


@blueprint.post("/submissions")
@requires(Permission.SUBMIT, takes_revoked=True)
@blueprint.doc(requestBody=blueprint.body(SubmissionsSchema))
@blueprint.response(200, ResultsSchema)
def receive() -> dict[str, Any]:
    """Take submissions in. The answer leaves after the commit that keeps every record in it."""
    sent = records_in(
        json_body(MAX_BODY_BYTES, checks_text=False), "submissions", most=MAX_SUBMISSIONS
    )
    incoming = [_incoming(record_) for record_ in sent]
    actor = current_actor()
    identified = [one for one in incoming if isinstance(one, Incoming)]
    received = iter(take_in(actor, identified) if identified else ())
    results = [next(received) if isinstance(one, Incoming) else one for one in incoming]
    return {"results": [_result(each) for each in results]}


@blueprint.get("/submissions/<instance_id>")
@requires(Permission.READ_ANSWERS)
@blueprint.arguments(DigestQuerySchema, location="query")
@blueprint.response(200, StoredSubmissionSchema)
def read(query: dict[str, Any], instance_id: str) -> dict[str, Any]:
    """Read one submission, or a variant of it by its digest. Reading it is an event."""
    with transaction() as session:
        raw = services.read_raw(
            session,
            current_actor(),
            instance_id.lower(),
            sha256=bytes.fromhex(query["sha256"]) if query["sha256"] else None,
            at=utcnow(),
        )
    submission = raw.submission
    return {
        "instance_id": submission.instance_id,
        "household_id": submission.household_id,
        "mode": submission.mode,
        "sha256": submission.sha256.hex(),
        "received_at": submission.received_at,
        "standing": submission.standing,
        "instance": raw.data.decode("utf-8", "replace"),
    }


def _incoming(sent: Any) -> Incoming | Received:
    """The record as it is taken in; refused only when it cannot be identified or is too large."""
    instance_id, instance = identification(sent)
    if instance_id is None or instance is None:
        return Received(instance_id or "", Outcome.REFUSED, "submission.unidentified")
    # What is not valid Unicode cannot be read, but its bytes are kept all the same.
    data = instance.encode("utf-8", "surrogatepass")
    if len(data) > MAX_INSTANCE_BYTES:
        return Received(instance_id, Outcome.REFUSED, "submission.too_large")
    try:
        envelope = _schema.load(sent)
    except ValidationError:
        return Incoming(instance_id, data, reason="submission.invalid_envelope")
    return Incoming(
        instance_id=instance_id,
        data=data,
        household_id=envelope["household_id"],
        mode=envelope["mode"],
        questionnaire=envelope["questionnaire"],
        version=envelope["version"],
        device_id=envelope["device_id"],
        started_at=envelope["started_at"],
        ended_at=envelope["ended_at"],
    )


def _result(received: Received) -> dict[str, Any]:
    locale = languages.current()
    reason = REASONS.get(received.code or "")
    return {
        "instance_id": received.instance_id or None,
        "outcome": received.outcome,
        "code": received.code,
        "detail": reason.sentence(locale) if reason else None,
        "standing": received.standing,
        "findings": [
            {
                "edit": finding.edit,
                "severity": finding.severity,
                "person": finding.person,
                "items": list(finding.nodes),
                "message": sentence(finding.edit, locale),
            }
            for finding in received.findings
        ],
    }
