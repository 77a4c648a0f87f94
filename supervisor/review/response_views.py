"""Several responses of one household: two side by side, which counts, and which is void."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection.errors import SubmissionNotFound
from census.collection.instances.parsing import canonical_id
from census.collection.queries import case_within, submissions_of
from census.core.clock import utcnow
from census.core.db import transaction
from census.core.errors import Conflict, Invalid
from census.review import services
from census.review.errors import BatchChanged
from census.review.queries.household import etag_of_case
from census.web.access import current_actor, requires
from supervisor.office import blueprint
from supervisor.review import sentences
from supervisor.review.household_views import show_household_again
from supervisor.review.responses import differences_page

SEPARATOR = "/"
"""Between an instance id and a digest, in an address and in a form."""


@blueprint.get("/households/<household_id>/compare")
@requires(Permission.READ_ANSWERS)
def compare_submissions(household_id: str) -> ResponseReturnValue:
    """Show two submissions side by side. Who read them is written down."""
    return _compare_page(
        household_id, request.args.get("first", ""), request.args.get("second", "")
    )


@blueprint.post("/households/<household_id>/choice")
@requires(Permission.CHOOSE_RESPONSE)
def choose_response(household_id: str) -> ResponseReturnValue:
    """Let one response of the household count."""

    def rule(session: Session, actor: Actor) -> str:
        which = _named(request.form.get("which", ""))
        services.choose_response(
            session,
            actor,
            household_id,
            which.instance_id,
            sha256=which.sha256,
            seen=request.form["seen"],
            reason=request.form.get("ruling_reason", ""),
            at=utcnow(),
        )
        return _("The response you chose counts now.")

    return _ruled(household_id, rule)


@blueprint.post("/households/<household_id>/choice/withdraw")
@requires(Permission.CHOOSE_RESPONSE)
def withdraw_choice(household_id: str) -> ResponseReturnValue:
    """Let the rules decide again."""

    def rule(session: Session, actor: Actor) -> str:
        services.withdraw_response_choice(
            session,
            actor,
            household_id,
            seen=request.form["seen"],
            reason=request.form.get("ruling_reason", ""),
            at=utcnow(),
        )
        return _("The choice is withdrawn; the rules decide.")

    return _ruled(household_id, rule)


@blueprint.post("/households/<household_id>/void")
@requires(Permission.CHOOSE_RESPONSE)
def void_submission(household_id: str) -> ResponseReturnValue:
    """Take a submission that was started in error out of the census."""

    def rule(session: Session, actor: Actor) -> str:
        which = _named(request.form.get("which", ""))
        services.void_submission(
            session,
            actor,
            household_id,
            which.instance_id,
            sha256=which.sha256,
            seen=request.form["seen"],
            reason=request.form.get("ruling_reason", ""),
            at=utcnow(),
        )
        return _("The submission is void; it is kept and does not count.")

    return _ruled(household_id, rule)


def _ruled(household_id: str, rule: Callable[[Session, Actor], str]) -> ResponseReturnValue:
    """Rule in one transaction; what is refused shows the page again with what is wrong."""
    try:
        with transaction() as session:
            done = rule(session, current_actor())
    except BatchChanged as refusal:
        moved = [{**each, "household_id": household_id} for each in sentences.what_moved(refusal)]
        return show_household_again(household_id, moved=moved, status=refusal.status)
    except (Conflict, Invalid) as refusal:
        return _again(household_id, sentences.of_refusal(refusal), refusal.status)
    flash(done, "success")
    return redirect(url_for("supervisor.show_household", household_id=household_id), code=303)


def _again(household_id: str, problem: str, status: int) -> ResponseReturnValue:
    errors = {"ruling_reason": problem}
    first, second = request.form.get("first", ""), request.form.get("second", "")
    if first and second:
        return _compare_page(household_id, first, second, errors=errors, status=status)
    return show_household_again(household_id, errors=errors, status=status)


def _compare_page(
    household_id: str,
    first: str,
    second: str,
    *,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    actor = current_actor()
    one, other = _named(first), _named(second or first)
    with transaction() as session:
        found = services.compare_submissions(
            session, actor, household_id, first=one, second=other, at=utcnow()
        )
        listed = case_within(session, actor, household_id)
        submissions = submissions_of(session, household_id)
        stored = {(each.instance_id, each.sha256.hex()): each for each in submissions}
        page = differences_page(
            found,
            stored[found.first.instance_id, found.first.sha256],
            stored[found.second.instance_id, found.second.sha256],
        )
        etag = etag_of_case(listed.case, submissions)
    content = render_template(
        "supervisor/compare.html",
        **page,
        household={
            "household_id": household_id,
            "ea_code": listed.case.ea_code,
            "address": listed.household.address,
            "etag": etag,
            "has_choice": listed.case.chosen_submission_id is not None,
        },
        may={"rule": actor.may(Permission.CHOOSE_RESPONSE)},
        errors=errors or {},
        form={
            "which": request.form.get("which", ""),
            "ruling_reason": request.form.get("ruling_reason", ""),
        },
    )
    return content, status


def _named(text: str) -> services.Named:
    """The submission that an address or a form names: its id, and its digest where it is said."""
    given, _separator, digest = text.partition(SEPARATOR)
    instance_id = canonical_id(given)
    try:
        sha256 = bytes.fromhex(digest) or None
    except ValueError:
        raise SubmissionNotFound from None
    if instance_id is None:
        raise SubmissionNotFound
    return services.Named(instance_id, sha256)
