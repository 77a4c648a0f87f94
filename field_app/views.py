"""An enumerator's areas and households, to be looked up from any browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from census.accounts.codelists import Permission
from census.assignment.queries import field_period_in_force
from census.collection.workload import LeasedArea, WorkItem, leased_areas, work_items
from census.core.clock import census_day, utcnow
from census.core.db import reading
from census.core.errors import Missing
from census.review.queries import return_reasons
from census.web import languages
from census.web.access import current_actor, requires

blueprint = Blueprint("field", __name__, url_prefix="/field", template_folder="templates")


class AreaNotLeased(Missing):
    """The enumeration area is not in the enumerator's hands."""

    code = "workload.area_not_leased"
    th = "เขตแจงนับนี้ไม่ได้มอบหมายให้ท่าน"
    en = "This enumeration area is not assigned to you."


@blueprint.get("/")
@requires(Permission.SEE_WORKLOAD)
def list_areas() -> ResponseReturnValue:
    """The areas the enumerator holds, and how much is left to do in each."""
    with reading() as session:
        leased = leased_areas(session, current_actor())
        return render_template(
            "field/areas.html",
            areas=[_summary(each, work_items(session, each)) for each in leased],
            period=field_period_in_force(session, census_day(session, utcnow())),
        )


@blueprint.get("/areas/<ea_code>")
@requires(Permission.SEE_WORKLOAD)
def show_area(ea_code: str) -> ResponseReturnValue:
    """The households of one area, what is to be done at each, and why."""
    with reading() as session:
        held = {each.area.code: each for each in leased_areas(session, current_actor())}
        if ea_code not in held:
            raise AreaNotLeased()
        items = work_items(session, held[ea_code])
        reasons = return_reasons(session, [item.household.id for item in items])
        return render_template(
            "field/area.html",
            area=_summary(held[ea_code], items),
            households=[_line(item, reasons.get(item.household.id)) for item in items],
        )


def _summary(leased: LeasedArea, items: Sequence[WorkItem]) -> dict[str, Any]:
    left = Counter(item.task.value for item in items)
    return {
        "code": leased.area.code,
        "name": leased.area.name,
        "lease": leased.lease.number,
        "households": len(items),
        "left": left,
        "is_practice": leased.area.is_practice,
    }


def _line(item: WorkItem, reason: str | None) -> dict[str, Any]:
    disposition = item.case.disposition
    return {
        "id": item.household.id,
        "address": item.household.address,
        "task": item.task.value,
        "disposition": disposition.label(languages.current()) if disposition else None,
        "mode": item.case.mode,
        "reason": reason if item.task == "correct" else None,
    }
