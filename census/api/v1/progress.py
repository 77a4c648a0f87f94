"""Progress over JSON: counts against thresholds, the indicator, the days, the outcome rates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.frame.codelists import Level
from census.progress import queries, services
from census.progress.models import ConditionStatement
from census.progress.queries import AreaProgress, Day, IndicatorStanding
from census.progress.schemas import (
    AreaQuerySchema,
    ConditionStatementSchema,
    DaySchema,
    IndicatorSchema,
    ProgressQuerySchema,
    ProgressSchema,
    RatesSchema,
)
from census.web.access import current_actor, requires
from census.web.formats import area_name

blueprint = ApiBlueprint("progress", description="Counts, thresholds, the indicator, rates")


@blueprint.get("/progress")
@requires(Permission.SEE_PROGRESS)
@blueprint.arguments(ProgressQuerySchema, location="query")
@blueprint.response(200, ProgressSchema)
def read_progress(asked: dict[str, Any]) -> dict[str, Any]:
    """How far an area and each of its parts have come."""
    by = Level(asked["by"]) if asked["by"] else None
    with reading() as session:
        found = queries.progress_of(session, current_actor(), asked["area"], by=by, at=utcnow())
    return {
        "area": found.area.code,
        "areas": found.scope.codes,
        "by": found.by.value,
        "as_of": found.as_of,
        "frame_version": found.frame_version,
        "rows": [_row(row) for row in found.rows],
        "total": _row(found.total),
        **_practice(found.scale),
    }


@blueprint.get("/progress/kpi")
@requires(Permission.SEE_PROGRESS)
@blueprint.response(200, IndicatorSchema)
def read_indicator() -> dict[str, Any]:
    """Where the indicator stands; it is decided on the whole, whatever the caller's areas."""
    with reading() as session:
        return _indicator(queries.indicator_standing(session))


@blueprint.post("/progress/kpi/conditions")
@requires(Permission.SET_CONDITIONS)
@blueprint.arguments(ConditionStatementSchema)
@blueprint.response(201, ConditionStatementSchema)
def state_condition(stated: dict[str, Any]) -> ConditionStatement:
    """State with evidence whether a condition of the indicator holds."""
    with transaction() as session:
        return services.state_condition(session, current_actor(), **stated, at=utcnow())


@blueprint.get("/progress/series")
@requires(Permission.SEE_PROGRESS)
@blueprint.arguments(AreaQuerySchema, location="query")
@blueprint.response(200, DaySchema(many=True))
def read_series(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """A row a day, from the first of the field period to today or to its last."""
    with reading() as session:
        days = queries.series_of(session, current_actor(), asked["area"], at=utcnow())
    return [_day(day) for day in days]


@blueprint.get("/progress/rates")
@requires(Permission.SEE_PROGRESS)
@blueprint.arguments(AreaQuerySchema, location="query")
@blueprint.response(200, RatesSchema)
def read_rates(asked: dict[str, Any]) -> Mapping[str, Any]:
    """How the cases ended, and the outcome rates of AAPOR's Standard Definitions."""
    with reading() as session:
        return queries.rates_of(session, current_actor(), asked["area"])


def _row(row: AreaProgress) -> dict[str, Any]:
    return {
        "area": row.area,
        "name": area_name(row),
        **row.counts,
        "response_rate": row.response_rate,
        "eligible_response_rate": row.eligible_response_rate,
        "approval_rate": row.approval_rate,
        "by_mode": row.by_mode,
        "thresholds": row.thresholds,
        "level": row.level,
        "approved_level": row.approved_level,
        "gap": row.gap,
    }


def _indicator(found: IndicatorStanding) -> dict[str, Any]:
    standing = found.standing
    return {
        "responded": found.responded,
        "approved": found.approved,
        "frame": found.frame,
        "planning_base": found.planning_base,
        "response_rate": found.response_rate,
        "level": standing.level,
        "score": standing.score,
        "interpolated": standing.interpolated,
        "score_rule": standing.score_rule,
        "conditions": {condition.value: holds for condition, holds in found.conditions.items()},
        "thresholds": found.thresholds,
        "warning": standing.warning,
        **_practice(found.scale),
    }


def _day(day: Day) -> dict[str, Any]:
    return {
        "on": day.on,
        "responded": day.counts["responded"],
        "approved": day.counts["approved"],
        "planned": day.planned,
        "by_mode": day.by_mode,
        "cumulative": day.cumulative,
    }


def _practice(scale: str | None) -> dict[str, Any]:
    return {"practice": scale is not None, "scale": scale}
