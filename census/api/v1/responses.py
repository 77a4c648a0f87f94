"""The responses of one household over JSON: how two differ, which counts, and which is void."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from flask import Response, current_app, request
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.households import IF_MATCH, full_household
from census.collection.comparing import Differences
from census.collection.schemas import HouseholdSchema
from census.core.clock import utcnow
from census.core.db import transaction
from census.review import services
from census.review.schemas import (
    ChoiceSchema,
    DifferencesQuerySchema,
    DifferencesSchema,
    RulingReasonSchema,
    VoidingSchema,
)
from census.web.access import current_actor, requires

blueprint = ApiBlueprint("responses", description="Several responses of one household")

Rule = Callable[[Session, Actor, str], None]


@blueprint.get("/households/<household_id>/differences")
@requires(Permission.READ_ANSWERS)
@blueprint.arguments(DifferencesQuerySchema, location="query")
@blueprint.response(200, DifferencesSchema)
def read_differences(wanted: dict[str, Any], household_id: str) -> dict[str, Any]:
    """What two submissions of a household answer differently. Reading it is an event.

    With the same id twice, or with `first` alone, the first that came under it is compared with the
    variant that came last.
    """
    with transaction() as session:
        found = services.compare_submissions(
            session,
            current_actor(),
            household_id,
            first=services.Named(wanted["first"], _digest(wanted["first_sha256"])),
            second=services.Named(
                wanted["second"] or wanted["first"], _digest(wanted["second_sha256"])
            ),
            at=utcnow(),
        )
    return _described(household_id, found)


@blueprint.post("/households/<household_id>/choice")
@requires(Permission.CHOOSE_RESPONSE)
@blueprint.arguments(ChoiceSchema)
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, HouseholdSchema)
def choose(wanted: dict[str, Any], household_id: str) -> Response:
    """Let one response count, whatever the rules prefer; If-Match says what was seen."""

    def rule(session: Session, actor: Actor, seen: str) -> None:
        services.choose_response(
            session,
            actor,
            household_id,
            wanted["instance_id"],
            sha256=_digest(wanted["sha256"]),
            seen=seen,
            reason=wanted["reason"],
            at=utcnow(),
        )

    return _ruled(household_id, rule)


@blueprint.post("/households/<household_id>/choice/withdraw")
@requires(Permission.CHOOSE_RESPONSE)
@blueprint.arguments(RulingReasonSchema)
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, HouseholdSchema)
def withdraw_choice(wanted: dict[str, Any], household_id: str) -> Response:
    """Let the rules decide again which response counts."""

    def rule(session: Session, actor: Actor, seen: str) -> None:
        services.withdraw_response_choice(
            session, actor, household_id, seen=seen, reason=wanted["reason"], at=utcnow()
        )

    return _ruled(household_id, rule)


@blueprint.post("/households/<household_id>/void")
@requires(Permission.CHOOSE_RESPONSE)
@blueprint.arguments(VoidingSchema)
@blueprint.doc(parameters=[IF_MATCH])
@blueprint.response(200, HouseholdSchema)
def void(wanted: dict[str, Any], household_id: str) -> Response:
    """Take a submission that was started in error out of the census; its bytes are kept."""

    def rule(session: Session, actor: Actor, seen: str) -> None:
        services.void_submission(
            session,
            actor,
            household_id,
            wanted["instance_id"],
            sha256=_digest(wanted["sha256"]),
            seen=seen,
            reason=wanted["reason"],
            at=utcnow(),
        )

    return _ruled(household_id, rule)


def _ruled(household_id: str, rule: Rule) -> Response:
    """Rule in one transaction, and answer with the household as it is then."""
    actor = current_actor()
    with transaction() as session:
        rule(session, actor, request.headers.get("If-Match", ""))
        session.flush()
        content, etag = full_household(session, actor, household_id)
    response = cast(Response, current_app.json.response(HouseholdSchema().dump(content)))
    response.set_etag(etag)
    return response


def _digest(text: str | None) -> bytes | None:
    return bytes.fromhex(text) if text else None


def _described(household_id: str, found: Differences) -> dict[str, Any]:
    return {
        "household_id": household_id,
        "first": found.first,
        "second": found.second,
        "items": found.items,
        "persons": found.persons,
    }
