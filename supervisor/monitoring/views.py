"""How far the whole and each part have come against their thresholds, day by day."""

from __future__ import annotations

from fractions import Fraction
from math import floor
from types import SimpleNamespace
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection.quarantine import waiting_in_parts
from census.core.clock import utcnow
from census.core.db import reading
from census.frame.codelists import Level
from census.progress import queries
from census.progress.errors import FrameNotFrozen
from census.progress.queries import AreaProgress, Day, IndicatorStanding, Progress, Scope
from census.web.access import current_actor, requires
from census.web.formats import area_name
from supervisor.office import blueprint


@blueprint.get("/progress")
@blueprint.get("/progress/<area>")
@requires(Permission.SEE_PROGRESS)
def show_progress(area: str | None = None) -> ResponseReturnValue:
    """Show an area, or all that the reader answers for, and the areas of the next level."""
    actor, at = current_actor(), utcnow()
    with reading() as session:
        progress = queries.progress_of(session, actor, area, at=at)
        if progress.frame_version is None:
            raise FrameNotFrozen
        context = {
            "path": queries.areas_above(session, actor, progress.area),
            "kpi": _indicator(session, progress),
            "series": [_day(day) for day in queries.series_in(session, progress.scope, at=at)],
            "quarantined": waiting_in_parts(session, actor, progress.area.code, progress.by),
            "may_resolve": actor.may(Permission.RESOLVE_QUARANTINE),
        }
    return render_template("supervisor/progress.html", **_figures(progress, actor), **context)


def _figures(progress: Progress, actor: Actor) -> dict[str, Any]:
    # An enumeration area leads to its batch, which is for those who review.
    may_open = progress.by is not Level.ENUMERATION_AREA or actor.may(Permission.SEE_BATCHES)
    return {
        "area": _heading(progress.scope),
        "by": progress.by.value,
        "as_of": progress.as_of,
        "frame_version": progress.frame_version,
        "total": _row(progress.total, may_open=True),
        "rows": [_row(row, may_open=may_open) for row in progress.rows],
        "rates": queries.rates_in(progress.total.counts),
    }


def _heading(scope: Scope) -> SimpleNamespace:
    """What the page is about; somebody's several areas are not the whole area around them."""
    area = scope.area
    name = area_name(area)
    if not scope.is_whole_area:
        name = _("Your areas (%(area)s)", area=name)
    return SimpleNamespace(code=area.code, level=area.level.value, name=name)


def _row(row: AreaProgress, *, may_open: bool) -> SimpleNamespace:
    return SimpleNamespace(
        area=row.area,
        name_th=row.name_th,
        name_en=row.name_en,
        may_open=may_open,
        **row.counts,
        response_rate=row.response_rate,
        eligible_response_rate=row.eligible_response_rate,
        approval_rate=row.approval_rate,
        by_mode=row.by_mode,
        thresholds=_by_text(row.thresholds),
        level=row.level,
        approved_level=row.approved_level,
        gap=_by_text(row.gap),
    )


def _by_text(by_level: Any) -> dict[str, Any]:
    return {str(level): households for level, households in by_level.items()}


def _indicator(session: Session, progress: Progress) -> dict[str, Any] | None:
    """The indicator, which is decided on the whole: below it there is none."""
    if not progress.scope.is_country:
        return None
    found: IndicatorStanding = queries.standing_with(session, progress.total.counts)
    standing = found.standing
    return {
        "level": standing.level,
        "score": _rounded_down(standing.score),
        "score_rule": standing.score_rule.value,
        "planning_base": found.planning_base,
        "conditions": {condition.value: holds for condition, holds in found.conditions.items()},
        "warning": standing.warning,
    }


def _rounded_down(score: Fraction) -> float:
    """A score with two decimals that never shows a level before it is reached."""
    return floor(score * 100) / 100


def _day(day: Day) -> dict[str, Any]:
    return {
        "on": day.on,
        "responded": day.cumulative["responded"],
        "approved": day.cumulative["approved"],
        "planned": day.planned,
    }
