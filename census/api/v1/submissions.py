"""Submissions over JSON: sent in batches, read one by one."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.bodies import json_body
from census.api.v1.records import records_in
from census.collection import queries, services
from census.collection.arrivals import Incoming, Received
from census.collection.codelists import Outcome
from census.collection.edits import sentence
from census.collection.errors import REASONS
from census.collection.schemas import (
    MAX_INSTANCE_BYTES,
    MAX_SUBMISSIONS,
    QuarantinePageSchema,
    QuarantineQuerySchema,
    ResultsSchema,
    SetAsideSchema,
    StoredSubmissionSchema,
    SubmissionSchema,
    SubmissionsSchema,
    identification,
)
from census.collection.services.keeping import unseal_raw
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.events import record
from census.web import languages
from census.web.access import current_actor, requires

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
    with transaction() as session:
        received = iter(
            services.receive_submissions(
                session,
                actor,
                [one for one in incoming if isinstance(one, Incoming)],
                at=utcnow(),
            )
        )
    results = [next(received) if isinstance(one, Incoming) else one for one in incoming]
    return {"results": [_result(each) for each in results]}


@blueprint.get("/submissions/<instance_id>")
@requires(Permission.READ_ANSWERS)
@blueprint.response(200, StoredSubmissionSchema)
def read(instance_id: str) -> dict[str, Any]:
    """Read one submission as it was received. Reading it is an event."""
    actor = current_actor()
    with transaction() as session:
        submission = queries.submission_within(session, actor, instance_id.lower())
        record(
            session,
            actor,
            "submission.read",
            submission.instance_id,
            area=submission.ea_code,
            at=utcnow(),
        )
        data = unseal_raw(submission.raw_sealed, submission.id)
    return {
        "instance_id": submission.instance_id,
        "household_id": submission.household_id,
        "mode": submission.mode,
        "sha256": submission.sha256.hex(),
        "received_at": submission.received_at,
        "standing": submission.standing,
        "instance": data.decode("utf-8", "replace"),
    }


@blueprint.get("/quarantine")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(QuarantineQuerySchema, location="query")
@blueprint.response(200, QuarantinePageSchema)
def list_quarantine(page: dict[str, Any]) -> dict[str, Any]:
    """The submissions of the caller's areas that wait for a person, in the order of arrival."""
    with reading() as session:
        waiting = queries.waiting_within(
            session, current_actor(), after=page["after"], limit=page["limit"]
        )
    shown = waiting[: page["limit"]]
    more = len(waiting) > len(shown)
    return {"submissions": shown, "next": shown[-1].id if more else None, "more": more}


@blueprint.post("/submissions/<instance_id>/set-aside")
@requires(Permission.RESOLVE_QUARANTINE)
@blueprint.arguments(SetAsideSchema)
@blueprint.doc(responses={"204": {"description": "It is set aside"}})
def set_aside(wanted: dict[str, Any], instance_id: str) -> ResponseReturnValue:
    """Take a submission out of quarantine for good, with a reason; its bytes are kept."""
    with transaction() as session:
        services.set_submission_aside(
            session,
            current_actor(),
            instance_id.lower(),
            sha256=bytes.fromhex(wanted["sha256"]),
            reason=wanted["reason"],
            at=utcnow(),
        )
    return "", 204


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
                "message": sentence(finding.edit, locale),
            }
            for finding in received.findings
        ],
    }
