"""Assignment over JSON: who holds which area, and which days are worked."""

from __future__ import annotations

from typing import Any

from census.accounts.codelists import Permission
from census.accounts.queries import user_named
from census.api.v1.blueprints import ApiBlueprint
from census.assignment import queries, services
from census.assignment.models import FieldPeriod
from census.assignment.schemas import FieldPeriodRevisionSchema, FieldPeriodsSchema, LeaseSchema
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.web.access import current_actor, requires

blueprint = ApiBlueprint("assignment", description="Leases and field periods")


@blueprint.post("/leases")
@requires(Permission.ASSIGN_AREAS)
@blueprint.arguments(LeaseSchema)
@blueprint.response(201, LeaseSchema)
def lease(wanted: dict[str, Any]) -> dict[str, Any]:
    """Put an area into an enumerator's hands; whoever held it answers for it no longer."""
    with transaction() as session:
        enumerator = user_named(session, wanted["enumerator"])
        given = services.lease_area(
            session,
            current_actor(),
            wanted["ea_code"],
            enumerator_id=enumerator.id,
            at=utcnow(),
        )
        return {**wanted, "lease": given.number, "granted_at": given.granted_at}


@blueprint.get("/field-periods")
@requires(Permission.USE_OWN_ACCOUNT)
@blueprint.response(200, FieldPeriodsSchema)
def list_field_periods() -> dict[str, Any]:
    """Every revision of the field period, the first one first."""
    with reading() as session:
        return {"field_periods": queries.field_periods(session)}


@blueprint.post("/field-periods")
@requires(Permission.REVISE_FIELD_PERIOD)
@blueprint.arguments(FieldPeriodRevisionSchema)
@blueprint.response(201, FieldPeriodRevisionSchema)
def revise_field_period(wanted: dict[str, Any]) -> FieldPeriod:
    """Add a revision of the field period; the earlier ones stay as they were."""
    with transaction() as session:
        return services.revise_field_period(session, current_actor(), at=utcnow(), **wanted)
