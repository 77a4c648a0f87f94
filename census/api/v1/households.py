"""Households over JSON: how each case stands."""

from __future__ import annotations

from typing import Any, cast

from flask import Response, current_app
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.collection import queries
from census.collection.models import Submission
from census.collection.queries import ListedCase
from census.collection.rules import is_response
from census.collection.schemas import HouseholdPageSchema, HouseholdSchema, HouseholdsQuerySchema
from census.core.db import reading
from census.review.queries.household import etag_of_case
from census.web.access import current_actor, requires

blueprint = ApiBlueprint("households", description="Households and how their cases stand")


IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "schema": {"type": "string"},
    "description": "The ETag of the household as it was seen; the weak form is taken, too.",
}


@blueprint.get("/households/<household_id>")
@requires(Permission.SEE_HOUSEHOLDS)
@blueprint.response(200, HouseholdSchema)
def read_household(household_id: str) -> Response:
    """One household, how its case stands, and everything that arrived for it.

    Its ETag goes into If-Match of a ruling about it.
    """
    with reading() as session:
        content, etag = full_household(session, current_actor(), household_id)
        response = cast(Response, current_app.json.response(HouseholdSchema().dump(content)))
    response.set_etag(etag)
    return response


def full_household(session: Session, actor: Actor, household_id: str) -> tuple[dict[str, Any], str]:
    """One household with all that arrived for it, and its ETag."""
    listed = queries.case_within(session, actor, household_id)
    submissions = queries.submissions_of(session, household_id)
    instance_ids = _instance_ids(submissions)
    content = {
        **_line(listed, instance_ids),
        "chosen_submission": instance_ids.get(listed.case.chosen_submission_id),
        "evidence": listed.case.evidence,
        "submissions": submissions,
        "attempts": queries.visits_to(session, household_id),
    }
    return content, etag_of_case(listed.case, submissions)


@blueprint.get("/households")
@requires(Permission.SEE_HOUSEHOLDS)
@blueprint.arguments(HouseholdsQuerySchema, location="query")
@blueprint.response(200, HouseholdPageSchema)
def list_households(page: dict[str, Any]) -> dict[str, Any]:
    """The households of an area, page by page in the order of their ids."""
    with reading() as session:
        listed = queries.cases_within(
            session, current_actor(), page["area"], after=page["after"], limit=page["limit"]
        )
        more = len(listed) > page["limit"]
        listed = listed[: page["limit"]]
        counting = _counting_instances(session, listed)
        return {
            "households": [_line(each, counting) for each in listed],
            "next": listed[-1].household.id if more else None,
            "more": more,
        }


def _line(listed: ListedCase, instance_ids: dict[Any, str]) -> dict[str, Any]:
    household, case = listed.household, listed.case
    return {
        "id": household.id,
        "ea_code": household.ea_code,
        "province_code": household.province_code,
        "address": household.address,
        "origin": household.origin,
        "revision": case.revision,
        "disposition": case.disposition,
        "responded": case.disposition is not None and is_response(case.disposition),
        "review": case.review,
        "mode": case.mode,
        "counting_submission": instance_ids.get(case.counting_submission_id),
    }


def _instance_ids(submissions: list[Submission]) -> dict[Any, str]:
    return {submission.id: submission.instance_id for submission in submissions}


def _counting_instances(session: Session, listed: list[ListedCase]) -> dict[Any, str]:
    ids = [each.case.counting_submission_id for each in listed]
    return queries.instance_ids(session, [each for each in ids if each is not None])
