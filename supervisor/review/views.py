"""The pages of the review: the list of batches, one batch, and the decisions on it."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.errors import Conflict, Invalid, Refusal
from census.frame.errors import AreaMissing
from census.review import queries, services
from census.review.codelists import BatchStatus
from census.review.errors import BatchChanged
from census.web.access import current_actor, requires
from census.web.formats import number
from census.web.paging import page_arguments
from supervisor.office import blueprint
from supervisor.review import household_views, seen, sentences
from supervisor.review.contexts import batch_page, listed_batches
from supervisor.review.forms import Forms, questions_in

__all__ = ["household_views"]

AREAS_ON_A_PAGE = 50


@blueprint.get("/")
@requires(Permission.SEE_BATCHES, Permission.SEE_PROGRESS)
def list_batches() -> ResponseReturnValue:
    """Show the enumeration areas an office reviews; headquarters follows progress instead."""
    actor = current_actor()
    if not actor.may(Permission.SEE_BATCHES):
        return redirect(url_for("supervisor.show_progress"), code=303)
    status = request.args.get("status", "")
    area = request.args.get("area", "").strip()
    wanted = BatchStatus(status) if status in tuple(BatchStatus) else None
    page = page_arguments(usual=AREAS_ON_A_PAGE)
    problem = None
    with reading() as session:
        try:
            counts = queries.status_counts(session, actor, area=area or None)
            listed = queries.batches_within(
                session,
                actor,
                status=wanted,
                area=area or None,
                after=page.after or "",
                limit=page.limit,
            )
        except AreaMissing as refusal:
            counts, listed = dict.fromkeys(BatchStatus, 0), []
            problem = sentences.of_refusal(refusal)
        more = len(listed) > page.limit
        rows = listed_batches(session, listed[: page.limit])
    content = render_template(
        "supervisor/batches.html",
        batches=rows,
        counts={each.value: count for each, count in counts.items()},
        filters={"status": wanted.value if wanted else "", "area": area},
        problem=problem,
        next=rows[-1].ea_code if more else None,
        after=page.after,
    )
    return content, 404 if problem else 200


@blueprint.get("/batches/<ea_code>")
@requires(Permission.SEE_BATCHES)
def show_batch(ea_code: str) -> ResponseReturnValue:
    """Show one enumeration area: whether it adds up, what is wrong, and its households."""
    return _batch_page(ea_code)


@blueprint.post("/batches/<ea_code>/approve")
@requires(Permission.DECIDE_BATCH)
def approve_batch(ea_code: str) -> ResponseReturnValue:
    """Approve the chosen households, or all that can be."""
    chosen = request.form.getlist("households")

    def decide(session: Session, actor: Actor) -> str:
        households = chosen or _approvable(session, actor, ea_code)
        if not households:
            return _("No household can be approved now.")
        services.approve(
            session,
            actor,
            ea_code,
            seen=seen.read(request.form["seen"], ea_code),
            households=households,
            at=utcnow(),
        )
        return _("Households approved: %(count)s.", count=number(len(set(households))))

    return _decided(ea_code, decide)


@blueprint.post("/batches/<ea_code>/return")
@requires(Permission.DECIDE_BATCH)
def return_batch(ea_code: str) -> ResponseReturnValue:
    """Send the chosen households back to the field with a reason."""
    households = request.form.getlist("households")
    questions = questions_in(request.form.get("questions", ""))
    if not households:
        errors = {"households": _("Select at least one household.")}
        return _batch_page(ea_code, errors=errors, status=422)
    if questions is None:
        errors = {"questions": sentences.strange_questions()}
        return _batch_page(ea_code, errors=errors, status=422)

    def decide(session: Session, actor: Actor) -> str:
        services.return_households(
            session,
            actor,
            ea_code,
            seen=seen.read(request.form["seen"], ea_code),
            households=households,
            reason=request.form.get("reason", ""),
            questions=questions,
            at=utcnow(),
        )
        return _("Households returned: %(count)s.", count=number(len(set(households))))

    return _decided(ea_code, decide)


@blueprint.post("/batches/<ea_code>/close")
@requires(Permission.CLOSE_AREA)
def close_batch(ea_code: str) -> ResponseReturnValue:
    """Close an area in which everything is approved."""

    def decide(session: Session, actor: Actor) -> str:
        services.close(
            session,
            actor,
            ea_code,
            seen=seen.read(request.form["seen"], ea_code),
            reason=request.form.get("reason", ""),
            at=utcnow(),
        )
        return _("The enumeration area is closed.")

    return _decided(ea_code, decide, reason_field="close_reason")


@blueprint.post("/batches/<ea_code>/reopen")
@requires(Permission.CLOSE_AREA)
def reopen_batch(ea_code: str) -> ResponseReturnValue:
    """Open a closed area again."""

    def decide(session: Session, actor: Actor) -> str:
        services.reopen(
            session,
            actor,
            ea_code,
            seen=seen.read(request.form["seen"], ea_code),
            reason=request.form.get("reason", ""),
            at=utcnow(),
        )
        return _("The enumeration area is open again.")

    return _decided(ea_code, decide, reason_field="reopen_reason")


def _decided(
    ea_code: str, decide: Callable[[Session, Actor], str], *, reason_field: str = "reason"
) -> ResponseReturnValue:
    """Decide in one transaction; what is refused shows the page again with what is wrong."""
    try:
        with transaction() as session:
            done = decide(session, current_actor())
    except BatchChanged as refusal:
        moved = sentences.what_moved(refusal)
        return _batch_page(ea_code, moved=moved, status=refusal.status)
    except (Conflict, Invalid) as refusal:
        field = _field_of(refusal, reason_field)
        errors = {field: sentences.of_refusal(refusal)}
        return _batch_page(ea_code, errors=errors, reason_field=reason_field, status=refusal.status)
    flash(done, "success")
    return redirect(url_for("supervisor.show_batch", ea_code=ea_code), code=303)


def _batch_page(
    ea_code: str,
    *,
    errors: dict[str, str] | None = None,
    moved: list[dict[str, str | None]] | None = None,
    reason_field: str = "reason",
    status: int = 200,
) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        context = batch_page(session, actor, queries.batch(session, actor, ea_code))
    form: Forms = {
        "households": request.form.getlist("households"),
        "questions": request.form.get("questions", ""),
        reason_field: request.form.get("reason", ""),
    }
    content = render_template(
        "supervisor/batch.html", **context, errors=errors or {}, form=form, moved=moved
    )
    return content, status


def _approvable(session: Session, actor: Actor, ea_code: str) -> list[str]:
    """All that can be approved: the page counts only these on its button."""
    batch = queries.batch(session, actor, ea_code)
    return [item.household_id for item in batch.items if item.is_approvable]


def _field_of(refusal: Refusal, reason_field: str) -> str:
    """The field of the page that a refusal is about."""
    is_about_reason = any(fault.pointer.endswith("/reason") for fault in refusal.faults)
    return reason_field if is_about_reason or reason_field != "reason" else "households"
