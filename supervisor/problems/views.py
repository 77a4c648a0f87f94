"""The page of the problems that the field reported, what came last first."""

from __future__ import annotations

from flask import render_template, request
from flask.typing import ResponseReturnValue

from census.accounts.codelists import Permission
from census.core.clock import utcnow
from census.core.db import transaction
from census.core.errors import Refusal
from census.frame.errors import AreaMissing
from census.review.queries.field_problems import FieldProblem
from census.review.services import read_field_problems
from census.web.access import current_actor, requires
from census.web.paging import page_arguments
from supervisor.office import blueprint
from supervisor.review import sentences

PROBLEMS_ON_A_PAGE = 25
LONGEST_CODE = 16


@blueprint.get("/problems")
@requires(Permission.SEE_BATCHES)
def list_problems() -> ResponseReturnValue:
    """Show what the field reported of the office's areas. Reading each is an event."""
    page = page_arguments(usual=PROBLEMS_ON_A_PAGE, most=PROBLEMS_ON_A_PAGE)
    area = request.args.get("area", "").strip()[:LONGEST_CODE]
    shown: list[FieldProblem] = []
    refusal: Refusal | None = None
    is_more = False
    try:
        with transaction() as session:
            shown, is_more = read_field_problems(
                session,
                current_actor(),
                area=area or None,
                after=page.after,
                limit=page.limit,
                at=utcnow(),
            )
    except AreaMissing as missing:
        refusal = missing
    content = render_template(
        "supervisor/problems.html",
        problems=shown,
        area=area,
        problem=sentences.of_refusal(refusal) if refusal else None,
        next=shown[-1].action_id if is_more else None,
        after=page.after,
    )
    return content, 404 if refusal else 200
