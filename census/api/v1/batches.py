"""Batches over JSON: an enumeration area's households, and the decisions on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, cast

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.bodies import json_body
from census.collection.edits import sentence
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.locale import Locale
from census.review import queries, services
from census.review.errors import BatchChanged
from census.review.queries import Batch, Item, ListedBatch
from census.review.rules import Counts, Seen
from census.review.schemas import (
    ApprovalSchema,
    BatchesQuerySchema,
    BatchPageSchema,
    BatchSchema,
    ClosingSchema,
    ReopeningSchema,
    ReturnSchema,
)
from census.web import languages
from census.web.access import current_actor, requires
from census.web.refusals import answer_to, problem
from census.web.validation import loaded

blueprint = ApiBlueprint("batches", description="Enumeration areas under review")

IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the batch as it was seen; the weak form is taken, too.",
}

Decide = Callable[[Session, Actor, Mapping[str, Any], Seen], Batch]


@blueprint.get("/batches")
@requires(Permission.SEE_BATCHES)
@blueprint.arguments(BatchesQuerySchema, location="query")
@blueprint.response(200, BatchPageSchema)
def list_batches(page: dict[str, Any]) -> dict[str, Any]:
    """The enumeration areas the caller reviews, page by page in the order of their codes."""
    with reading() as session:
        listed = queries.batches_within(
            session,
            current_actor(),
            status=page["status"],
            area=page["area"],
            after=page["after"],
            limit=page["limit"],
        )
    more = len(listed) > page["limit"]
    listed = listed[: page["limit"]]
    return {
        "batches": [_line(each) for each in listed],
        "next": listed[-1].ea_code if more else None,
        "more": more,
    }


@blueprint.get("/batches/<ea_code>")
@requires(Permission.SEE_BATCHES)
@blueprint.response(200, BatchSchema)
def read_batch(ea_code: str) -> Response:
    """One batch; its ETag goes into If-Match of the decision."""
    with reading() as session:
        batch = queries.batch(session, current_actor(), ea_code)
    return _answer(batch)


@blueprint.post("/batches/<ea_code>/approve")
@requires(Permission.DECIDE_BATCH)
@blueprint.doc(requestBody=blueprint.body(ApprovalSchema), parameters=[IF_MATCH])
@blueprint.response(200, BatchSchema)
def approve(ea_code: str) -> ResponseReturnValue:
    """Approve the named households, or all submitted ones that nothing speaks against.

    A hard finding, or a dwelling that nothing proves not to be eligible, is approved by name and
    with `override`; what is drawn for confirmation, by name and with `confirmation`.
    """

    def decide(session: Session, actor: Actor, sent: Mapping[str, Any], seen: Seen) -> Batch:
        override, confirmation = sent["override"], sent["confirmation"]
        return services.approve(
            session,
            actor,
            ea_code,
            seen=seen,
            households=sent["households"],
            override_reason=override["reason"] if override else None,
            confirmation_reason=confirmation["reason"] if confirmation else None,
            at=utcnow(),
        )

    return _decided(ea_code, ApprovalSchema(), decide)


@blueprint.post("/batches/<ea_code>/return")
@requires(Permission.DECIDE_BATCH)
@blueprint.doc(requestBody=blueprint.body(ReturnSchema), parameters=[IF_MATCH])
@blueprint.response(200, BatchSchema)
def return_households(ea_code: str) -> ResponseReturnValue:
    """Send households back to the field with a reason and what to correct."""

    def decide(session: Session, actor: Actor, sent: Mapping[str, Any], seen: Seen) -> Batch:
        return services.return_households(
            session,
            actor,
            ea_code,
            seen=seen,
            households=sent["households"],
            reason=sent["reason"],
            questions=sent["questions"],
            at=utcnow(),
        )

    return _decided(ea_code, ReturnSchema(), decide)


@blueprint.post("/batches/<ea_code>/close")
@requires(Permission.CLOSE_AREA)
@blueprint.doc(requestBody=blueprint.body(ClosingSchema), parameters=[IF_MATCH])
@blueprint.response(200, BatchSchema)
def close(ea_code: str) -> ResponseReturnValue:
    """Close an area in which everything is approved and nothing is in quarantine."""

    def decide(session: Session, actor: Actor, sent: Mapping[str, Any], seen: Seen) -> Batch:
        return services.close(
            session, actor, ea_code, seen=seen, reason=sent["reason"], at=utcnow()
        )

    return _decided(ea_code, ClosingSchema(), decide)


@blueprint.post("/batches/<ea_code>/reopen")
@requires(Permission.CLOSE_AREA)
@blueprint.doc(requestBody=blueprint.body(ReopeningSchema), parameters=[IF_MATCH])
@blueprint.response(200, BatchSchema)
def reopen(ea_code: str) -> ResponseReturnValue:
    """Open a closed area again, with a reason."""

    def decide(session: Session, actor: Actor, sent: Mapping[str, Any], seen: Seen) -> Batch:
        return services.reopen(
            session, actor, ea_code, seen=seen, reason=sent["reason"], at=utcnow()
        )

    return _decided(ea_code, ReopeningSchema(), decide)


def _decided(ea_code: str, schema: Schema, decide: Decide) -> ResponseReturnValue:
    """Decide in one transaction, and answer with the new batch, or with what moved."""
    actor = current_actor()
    sent = loaded(schema, _body())
    seen = Seen(request.headers.get("If-Match", ""), sent["revisions"])
    try:
        with transaction() as session:
            batch = decide(session, actor, sent, seen)
    except BatchChanged as refusal:
        return _moved(actor, ea_code, refusal)
    return _answer(batch)


def _body() -> dict[str, Any]:
    """What was sent; nothing at all means the same as an empty object."""
    is_empty = not request.content_length and not request.headers.get("Transfer-Encoding")
    return {} if is_empty else json_body()


def _answer(batch: Batch) -> Response:
    response = cast(Response, current_app.json.response(_whole(batch)))
    response.set_etag(batch.etag)
    response.vary.add("Accept-Language")
    return response


def _moved(actor: Actor, ea_code: str, refusal: BatchChanged) -> Response:
    """Say what moved as far as the caller told what they had seen, and how the batch is now."""
    with reading() as session:
        batch = queries.batch(session, actor, ea_code)
    moved = [
        {"household_id": each.household_id, "seen": each.seen, "now": each.now}
        for each in refusal.facts.get("movements", ())
    ]
    response = problem(answer_to(refusal, languages.current()), moved=moved, batch=_whole(batch))
    response.set_etag(batch.etag)
    return response


def _line(listed: ListedBatch) -> dict[str, Any]:
    return {
        "ea_code": listed.ea_code,
        "name": listed.name,
        "status": listed.status,
        **_counts(listed.counts),
    }


def _whole(batch: Batch) -> dict[str, Any]:
    locale = languages.current()
    return {
        "ea_code": batch.ea_code,
        "name": batch.name,
        "status": batch.status,
        **_counts(batch.counts),
        "problems": [
            {
                "code": each.code,
                "household_id": each.household_id,
                "message": each.sentence(locale),
            }
            for each in batch.problems
        ],
        "items": [_item(each, locale) for each in batch.items],
    }


def _item(item: Item, locale: Locale) -> dict[str, Any]:
    return {
        "household_id": item.household_id,
        "address": item.address,
        "revision": item.revision,
        "review": item.review,
        "disposition": item.disposition,
        "evidence": item.evidence,
        "needs_confirmation": item.needs_confirmation,
        "own_work": item.is_own_work,
        "findings": [
            {
                "edit": each.edit,
                "severity": each.severity,
                "person": each.person,
                "items": list(each.nodes),
                "other_household_id": each.other_household_id,
                "overridden": each.is_overridden,
                "message": sentence(each.edit, locale),
            }
            for each in item.findings
        ],
    }


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "households": counts.households,
        "final": counts.final,
        "responded": counts.responded,
        "approved": counts.approved,
        "returned": counts.returned,
        "quarantined": counts.quarantined,
    }
