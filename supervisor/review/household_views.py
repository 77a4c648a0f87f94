"""The page of one household: reading it is an event, and so is revealing an identity number."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection.queries import case_within
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.errors import Conflict, Invalid
from census.review import services
from census.review.errors import BatchChanged
from census.web.access import current_actor, requires
from supervisor.office import blueprint
from supervisor.review import sentences
from supervisor.review.contexts import household_page
from supervisor.review.forms import Forms, questions_in
from supervisor.review.paradata import interview_context


@blueprint.get("/households/<household_id>")
@requires(Permission.READ_ANSWERS)
def show_household(household_id: str) -> ResponseReturnValue:
    """Show what a household answered. Who read it is written down."""
    return show_household_again(household_id)


@blueprint.post("/households/<household_id>/approve")
@requires(Permission.DECIDE_BATCH)
def approve_household(household_id: str) -> ResponseReturnValue:
    """Approve the household, with a reason where a finding, evidence or confirmation asks one."""
    reason = request.form.get("reason", "")
    confirmation = request.form.get("confirmation", "")

    def decide(session: Session, actor: Actor) -> str:
        services.approve_household(
            session,
            actor,
            household_id,
            seen=request.form["seen"],
            override_reason=reason if reason.strip() else None,
            confirmation_reason=confirmation if confirmation.strip() else None,
            at=utcnow(),
        )
        return _("Household %(household)s is approved.", household=household_id)

    return _decided(household_id, decide)


@blueprint.post("/households/<household_id>/return")
@requires(Permission.DECIDE_BATCH)
def return_household(household_id: str) -> ResponseReturnValue:
    """Send the household back to the field with a reason."""
    questions = questions_in(request.form.get("questions", ""))
    if questions is None:
        errors = {"questions": sentences.strange_questions()}
        return show_household_again(household_id, errors=errors, status=422)

    def decide(session: Session, actor: Actor) -> str:
        services.return_household(
            session,
            actor,
            household_id,
            seen=request.form["seen"],
            reason=request.form.get("reason", ""),
            questions=questions,
            at=utcnow(),
        )
        return _("Household %(household)s is returned.", household=household_id)

    return _decided(household_id, decide)


@blueprint.get("/households/<household_id>/persons/<int:position>/identity")
@requires(Permission.READ_ANSWERS)
def ask_for_identity(household_id: str, position: int) -> ResponseReturnValue:
    """Ask why a person's identity number has to be seen."""
    return _identity_page(household_id, position)


@blueprint.post("/households/<household_id>/persons/<int:position>/identity")
@requires(Permission.READ_ANSWERS)
def reveal_identity(household_id: str, position: int) -> ResponseReturnValue:
    """Show an identity number once, to whoever says why."""
    try:
        with transaction() as session:
            number = services.reveal_identity(
                session,
                current_actor(),
                household_id,
                position,
                reason=request.form.get("reason", ""),
                at=utcnow(),
            )
    except Invalid as refusal:
        problem = sentences.of_refusal(refusal)
        return _identity_page(household_id, position, problem=problem, status=refusal.status)
    return _identity_page(household_id, position, number=number)


def _decided(household_id: str, decide: Callable[[Session, Actor], str]) -> ResponseReturnValue:
    """Decide in one transaction; what is refused shows the household again with what is wrong."""
    try:
        with transaction() as session:
            done = decide(session, current_actor())
            ea_code = case_within(session, current_actor(), household_id).case.ea_code
    except BatchChanged as refusal:
        moved = [{**each, "household_id": household_id} for each in sentences.what_moved(refusal)]
        return show_household_again(household_id, moved=moved, status=refusal.status)
    except (Conflict, Invalid) as refusal:
        errors = {"reason": sentences.of_refusal(refusal)}
        return show_household_again(household_id, errors=errors, status=refusal.status)
    flash(done, "success")
    return redirect(url_for("supervisor.show_batch", ea_code=ea_code), code=303)


def show_household_again(
    household_id: str,
    *,
    errors: dict[str, str] | None = None,
    moved: list[dict[str, str | None]] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    """The page of a household, with what was wrong with what was asked of it."""
    actor = current_actor()
    with transaction() as session:
        opened = services.open_household(session, actor, household_id, at=utcnow())
        context = household_page(actor, opened) | interview_context(session, household_id)
    form: Forms = {
        "reason": request.form.get("reason", ""),
        "questions": request.form.get("questions", ""),
        "confirmation": request.form.get("confirmation", ""),
        "which": request.form.get("which", ""),
        "ruling_reason": request.form.get("ruling_reason", ""),
    }
    content = render_template(
        "supervisor/household.html", **context, errors=errors or {}, form=form, moved=moved
    )
    return content, status


def _identity_page(
    household_id: str,
    position: int,
    *,
    number: str | None = None,
    problem: str | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    with reading() as session:
        ea_code = case_within(session, current_actor(), household_id).case.ea_code
    content = render_template(
        "supervisor/identity.html",
        household_id=household_id,
        ea_code=ea_code,
        position=position,
        number=number,
        problem=problem,
        reason=request.form.get("reason", ""),
    )
    return content, status
