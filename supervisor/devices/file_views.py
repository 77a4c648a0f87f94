"""The page on which an office takes in the file that a tablet wrote as the last resort."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from census.accounts.codelists import Permission
from census.collection.codelists import Outcome
from census.collection.errors import REASONS
from census.collection.tablet_files.taking_in import Taken
from census.core.clock import is_plausible
from census.core.errors import Refusal
from census.web import languages
from census.web.access import current_actor, requires
from census.web.tablet_files import TakenIn, take_in_file
from census.web.uploads import takes_file
from supervisor.office import blueprint
from supervisor.review import sentences

MOST_BYTES = 100_000_000
NOT_TAKEN = (Outcome.CONFLICT, Outcome.QUARANTINED, Outcome.REFUSED)


@blueprint.get("/devices/file")
@requires(Permission.ISSUE_FIELD_TOKENS)
def show_tablet_file() -> ResponseReturnValue:
    """Ask for the file."""
    return _page()


@blueprint.post("/devices/file")
@requires(Permission.ISSUE_FIELD_TOKENS)
@takes_file(MOST_BYTES)
def take_in_tablet_file() -> ResponseReturnValue:
    """Take the file in, and show what became of what it holds; a refused file is not kept."""
    sent = request.files.get("file")
    data = sent.stream.read() if sent is not None else b""
    try:
        taken_in = take_in_file(current_actor(), data, most_bytes=MOST_BYTES)
    except Refusal as refusal:
        return _page(problem=sentences.of_refusal(refusal)), refusal.status
    return _page(result=_result(taken_in))


def _page(*, problem: str | None = None, result: dict[str, Any] | None = None) -> str:
    return render_template(
        "supervisor/tablet_file.html",
        problem=problem,
        result=result,
        here=url_for("supervisor.show_tablet_file"),
    )


def _result(taken_in: TakenIn) -> dict[str, Any]:
    return {
        "username": taken_in.username,
        "made_at": _moment(taken_in.made_at),
        "is_revoked": taken_in.is_revoked,
        "counts": Counter(each.outcome.value for each in taken_in.taken),
        "others": [_other(each) for each in taken_in.taken if each.outcome in NOT_TAKEN],
        "drafts": taken_in.drafts,
    }


def _moment(text: str) -> datetime | None:
    """When the tablet says that it wrote the file; none where it says something else."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if is_plausible(moment) else None


def _other(taken: Taken) -> dict[str, Any]:
    """A record that does not count, or not yet, and why."""
    reason = REASONS.get(taken.code or "")
    return {
        "kind": taken.kind,
        "id": taken.id,
        "outcome": taken.outcome.value,
        "reason": reason.sentence(languages.current()) if reason else taken.code,
    }
