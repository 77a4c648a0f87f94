"""Submissions over JSON: sent in batches, read one by one."""

from __future__ import annotations

from typing import Any

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.bodies import json_body
from census.api.v1.records import records_in
from census.collection import services
from census.collection.arrivals import Incoming, Received
from census.collection.edits import sentence
from census.collection.errors import REASONS
from census.collection.quarantine_schemas import DigestQuerySchema
from census.collection.schemas import (
    MAX_SUBMISSIONS,
    ResultsSchema,
    StoredSubmissionSchema,
    SubmissionsSchema,
)
from census.collection.sent_records import incoming_of
from census.core.clock import utcnow
from census.core.db import transaction
from census.web import languages
from census.web.access import current_actor, requires
from census.web.gathering import take_in

MAX_BODY_BYTES = 10_000_000

blueprint = ApiBlueprint("submissions", description="Answers, in every mode")


@blueprint.post("/submissions")
@requires(Permission.SUBMIT, takes_revoked=True)
@blueprint.doc(requestBody=blueprint.body(SubmissionsSchema))
@blueprint.response(200, ResultsSchema)
def receive() -> dict[str, Any]:
    """Take submissions in. The answer leaves after the commit that keeps every record in it."""
    sent = records_in(
        json_body(MAX_BODY_BYTES, checks_text=False), "submissions", most=MAX_SUBMISSIONS
    )
    incoming = [incoming_of(record_) for record_ in sent]
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
