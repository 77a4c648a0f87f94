"""The page of one record in quarantine: what it is, why it waits, and what can be decided."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection import quarantine, services
from census.collection.arrivals import Incoming, understand
from census.collection.errors import ActionNotFound, SubmissionNotFound
from census.collection.services.reading_actions import ACTION_MEDIA_TYPE
from census.collection.services.reading_raw import MEDIA_TYPE
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.errors import Conflict, Invalid, Missing
from census.review.services.reasons import said
from census.web.access import current_actor, requires
from census.web.file_answers import download
from supervisor.office import blueprint
from supervisor.quarantine.contexts import (
    action_page,
    households_found,
    in_words,
    submission_page,
)
from supervisor.review import sentences

_DIGEST = re.compile(r"[0-9a-f]{64}")
Errors = dict[str, str]


@blueprint.get("/quarantine/submissions/<instance_id>/<sha256>")
@requires(Permission.RESOLVE_QUARANTINE)
def show_quarantined(instance_id: str, sha256: str) -> ResponseReturnValue:
    """Show one submission and what could be read in it. Who looked at it is written down."""
    return _submission_page(instance_id, sha256)


@blueprint.get("/quarantine/submissions/<instance_id>/<sha256>/raw")
@requires(Permission.RESOLVE_QUARANTINE)
def download_quarantined(instance_id: str, sha256: str) -> Response:
    """Hand out the bytes as they were received. Who took them is written down."""
    with transaction() as session:
        raw = services.read_raw(
            session, current_actor(), instance_id, sha256=_digest(sha256), at=utcnow()
        )
    return download(raw.data, name=raw.file_name, media_type=MEDIA_TYPE)


@blueprint.post("/quarantine/submissions/<instance_id>/<sha256>/replay")
@requires(Permission.RESOLVE_QUARANTINE)
def replay_quarantined(instance_id: str, sha256: str) -> ResponseReturnValue:
    """Try one submission again."""

    def decide(session: Session, actor: Actor) -> str:
        taken_up = services.replay(session, actor, instance_id, sha256=_digest(sha256), at=utcnow())
        return _what_became(taken_up.is_taken_up, taken_up.reason)

    return _submission_decided(instance_id, sha256, decide)


@blueprint.post("/quarantine/submissions/<instance_id>/<sha256>/assign")
@requires(Permission.RESOLVE_QUARANTINE)
def assign_quarantined(instance_id: str, sha256: str) -> ResponseReturnValue:
    """Say which household a submission is about, with a reason, and try it again."""
    household_id = request.form.get("household_id", "").strip()

    def decide(session: Session, actor: Actor) -> str:
        taken_up = services.assign_to_household(
            session,
            actor,
            instance_id,
            sha256=_digest(sha256),
            household_id=household_id,
            reason=said(request.form.get("assign_reason", ""), "/assign_reason"),
            at=utcnow(),
        )
        return _what_became(taken_up.is_taken_up, taken_up.reason)

    if not household_id:
        errors = {"household_id": _("Choose the household.")}
        return _submission_page(instance_id, sha256, errors=errors, status=422)
    return _submission_decided(instance_id, sha256, decide)


@blueprint.post("/quarantine/submissions/<instance_id>/<sha256>/set-aside")
@requires(Permission.RESOLVE_QUARANTINE)
def discard_quarantined(instance_id: str, sha256: str) -> ResponseReturnValue:
    """Discard one submission with a reason; its bytes are kept."""

    def decide(session: Session, actor: Actor) -> str:
        services.set_submission_aside(
            session,
            actor,
            instance_id,
            sha256=_digest(sha256),
            reason=said(request.form.get("discard_reason", ""), "/discard_reason"),
            at=utcnow(),
        )
        return _("It is discarded. What was received is kept.")

    return _submission_decided(instance_id, sha256, decide)


@blueprint.get("/quarantine/actions/<action_id>")
@requires(Permission.RESOLVE_QUARANTINE)
def show_quarantined_action(action_id: str) -> ResponseReturnValue:
    """Show one field action that waits."""
    return _action_page(action_id)


@blueprint.get("/quarantine/actions/<action_id>/content")
@requires(Permission.RESOLVE_QUARANTINE)
def download_quarantined_action(action_id: str) -> Response:
    """Hand out a field action as it was received. Who took it is written down."""
    with transaction() as session:
        content = services.read_action(session, current_actor(), action_id, at=utcnow())
    return download(content.data, name=content.file_name, media_type=ACTION_MEDIA_TYPE)


@blueprint.post("/quarantine/actions/<action_id>/assign")
@requires(Permission.RESOLVE_QUARANTINE)
def assign_quarantined_action(action_id: str) -> ResponseReturnValue:
    """Vouch for a field action, with a reason and the household it is about, and try it again."""

    def decide(session: Session, actor: Actor) -> str:
        taken_up = services.vouch_for_action(
            session,
            actor,
            action_id,
            household_id=request.form.get("household_id", "").strip() or None,
            reason=said(request.form.get("assign_reason", ""), "/assign_reason"),
            at=utcnow(),
        )
        return _what_became(taken_up.is_taken_up, taken_up.reason)

    return _action_decided(action_id, decide)


@blueprint.post("/quarantine/actions/<action_id>/replay")
@requires(Permission.RESOLVE_QUARANTINE)
def replay_quarantined_action(action_id: str) -> ResponseReturnValue:
    """Try one field action again."""

    def decide(session: Session, actor: Actor) -> str:
        taken_up = services.replay_action(session, actor, action_id, at=utcnow())
        return _what_became(taken_up.is_taken_up, taken_up.reason)

    return _action_decided(action_id, decide)


@blueprint.post("/quarantine/actions/<action_id>/set-aside")
@requires(Permission.RESOLVE_QUARANTINE)
def discard_quarantined_action(action_id: str) -> ResponseReturnValue:
    """Discard one field action with a reason; what was sent is kept."""

    def decide(session: Session, actor: Actor) -> str:
        reason = said(request.form.get("discard_reason", ""), "/discard_reason")
        services.set_action_aside(session, actor, action_id, reason=reason, at=utcnow())
        return _("It is discarded. What was received is kept.")

    return _action_decided(action_id, decide)


def _submission_decided(
    instance_id: str, sha256: str, decide: Callable[[Session, Actor], str]
) -> ResponseReturnValue:
    return _decided(
        decide,
        kind="submission",
        page=lambda errors, status: _submission_page(
            instance_id, sha256, errors=errors, status=status
        ),
    )


def _action_decided(action_id: str, decide: Callable[[Session, Actor], str]) -> ResponseReturnValue:
    return _decided(
        decide,
        kind="field_action",
        page=lambda errors, status: _action_page(action_id, errors=errors, status=status),
    )


def _decided(
    decide: Callable[[Session, Actor], str],
    *,
    kind: str,
    page: Callable[[Errors, int], ResponseReturnValue],
) -> ResponseReturnValue:
    """Decide in one transaction; what is refused shows the page again with what is wrong."""
    try:
        with transaction() as session:
            done = decide(session, current_actor())
    except (SubmissionNotFound, ActionNotFound):
        raise
    except (Conflict, Invalid, Missing) as refusal:
        field = refusal.faults[0].pointer.removeprefix("/") if refusal.faults else "decide"
        if isinstance(refusal, Missing):
            field = "household_id"
        return page({field: sentences.of_refusal(refusal)}, refusal.status)
    flash(done, "success")
    return redirect(url_for("supervisor.list_quarantine", kind=kind), code=303)


def _submission_page(
    instance_id: str, sha256: str, *, errors: Errors | None = None, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    with transaction() as session:
        raw = services.read_raw(session, actor, instance_id, sha256=_digest(sha256), at=utcnow())
        arrival = understand(Incoming(instance_id, raw.data))
        context = submission_page(session, raw.submission, arrival, actor)
        find = _sought(raw.submission.household_id or raw.submission.ea_code or "")
        found = households_found(session, actor, find)
    return _rendered(
        "supervisor/quarantined_submission.html",
        {**context, "find": find, "found": found},
        errors,
        status,
    )


def _action_page(
    action_id: str, *, errors: Errors | None = None, status: int = 200
) -> ResponseReturnValue:
    actor = current_actor()
    with reading() as session:
        action = quarantine.action_within(session, actor, action_id)
        context = action_page(session, action, actor)
        find = _sought(action.household_id or action.ea_code or "")
        found = households_found(session, actor, find)
    return _rendered(
        "supervisor/quarantined_action.html",
        {**context, "find": find, "found": found},
        errors,
        status,
    )


def _rendered(
    template: str, context: dict[str, Any], errors: Errors | None, status: int
) -> ResponseReturnValue:
    form = {
        name: request.form.get(name, "")
        for name in ("household_id", "assign_reason", "discard_reason")
    }
    return render_template(template, **context, errors=errors or {}, form=form), status


def _sought(usual: str) -> str:
    """The household id or area that is looked for, to offer the households to choose from."""
    typed = request.form.get("household_id", "") or request.args.get("find", "")
    return typed.strip() or usual


def _what_became(is_taken_up: bool, reason: str | None) -> str:
    if is_taken_up:
        return _("It is taken up and counts by the rules.")
    return _("It goes on waiting: %(reason)s", reason=in_words(reason))


def _digest(text: str) -> bytes:
    if not _DIGEST.fullmatch(text):
        raise SubmissionNotFound
    return bytes.fromhex(text)
