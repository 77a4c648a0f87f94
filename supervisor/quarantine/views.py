"""The list of what waits in quarantine: by reason and area, tried again one by one or all."""

from __future__ import annotations

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from census.accounts.codelists import Permission
from census.collection import jobs, quarantine
from census.collection.quarantine import Kind, Wanted
from census.core.db import reading
from census.frame.errors import AreaMissing
from census.web.access import current_actor, requires
from census.web.formats import number
from supervisor.office import blueprint
from supervisor.quarantine import record_views
from supervisor.quarantine.contexts import action_rows, reason_rows, submission_rows
from supervisor.review import sentences

__all__ = ["record_views"]

ROWS_ON_A_PAGE = 50


@blueprint.get("/quarantine")
@requires(Permission.RESOLVE_QUARANTINE)
def list_quarantine() -> ResponseReturnValue:
    """Show what waits for a person in the office's areas, and why."""
    kind = _kind(request.args.get("kind", ""))
    wanted = _wanted(request.args.get("area", ""), request.args.get("reason", ""))
    after = _cursor(kind, request.args.get("after", ""))
    actor, problem = current_actor(), None
    with reading() as session:
        try:
            piles = quarantine.piles_within(session, actor, wanted.area)
            rows, following = (
                submission_rows(session, actor, wanted, after=after, limit=ROWS_ON_A_PAGE)
                if kind is Kind.SUBMISSION
                else action_rows(session, actor, wanted, after=after, limit=ROWS_ON_A_PAGE)
            )
        except AreaMissing as refusal:
            piles, rows, following = [], [], None
            problem = sentences.of_refusal(refusal)
    content = render_template(
        "supervisor/quarantine.html",
        reasons=reason_rows(piles, kind),
        kinds={each.value: _waiting(piles, each) for each in Kind},
        rows=rows,
        filters={"kind": kind.value, "area": wanted.area or "", "reason": wanted.reason or ""},
        problem=problem,
        next=following,
        after=after,
        go_on=request.args.get("go_on", ""),
    )
    return content, 404 if problem else 200


@blueprint.post("/quarantine/replay")
@requires(Permission.RESOLVE_QUARANTINE)
def replay_quarantine() -> ResponseReturnValue:
    """Try everything again that waits for a reason, or everything that waits at all."""
    kind = _kind(request.form.get("kind", ""))
    area, reason = request.form.get("area", ""), request.form.get("reason", "")
    replayed = jobs.replay_many(
        current_actor(),
        _wanted(area, reason),
        kind=kind,
        after=_cursor(kind, request.form.get("after", "")),
    )
    said = _(
        "Tried again: %(tried)s. Taken up: %(taken_up)s.",
        tried=number(replayed.tried),
        taken_up=number(replayed.taken_up),
    )
    if replayed.next:
        more = _("More is waiting: try again to go on with it.")
        said = f"{said} {more}"
    flash(said, "success")
    address = url_for(
        "supervisor.list_quarantine",
        kind=kind.value,
        area=area.strip() or None,
        go_on=replayed.next,
    )
    return redirect(address, code=303)


def _kind(name: str) -> Kind:
    return Kind(name) if name in tuple(Kind) else Kind.SUBMISSION


def _wanted(area: str, reason: str) -> Wanted:
    return Wanted(area=area.strip() or None, reason=reason.strip() or None)


def _cursor(kind: Kind, text: str) -> str | None:
    """The place in the list that an address names; one that is none leads to the beginning."""
    if kind is Kind.FIELD_ACTION or not text:
        return text or None
    try:
        return str(UUID(text))
    except ValueError:
        return None


def _waiting(piles: list[quarantine.Pile], kind: Kind) -> int:
    return sum(pile.waiting for pile in piles if pile.kind is kind)
