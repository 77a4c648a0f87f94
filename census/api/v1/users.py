"""Taking people on over JSON."""

from __future__ import annotations

from typing import Any

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.assignment.schemas import PersonTakenOnSchema
from census.assignment.staffing import take_on
from census.core.clock import utcnow
from census.core.db import transaction
from census.web.access import current_actor, requires

blueprint = ApiBlueprint("users", description="People who work for the census")


@blueprint.post("/users")
@requires(Permission.MANAGE_ACCOUNTS)
@blueprint.arguments(PersonTakenOnSchema)
@blueprint.response(201, PersonTakenOnSchema)
def create(wanted: dict[str, Any]) -> dict[str, Any]:
    """Create an account. A province takes on supervisors and enumerators within its areas."""
    with transaction() as session:
        user = take_on(session, current_actor(), at=utcnow(), **wanted)
        return {
            "id": user.id,
            "username": user.username,
            "display_name": user.display_name,
            "role": user.role,
            "areas": [area.area_code for area in user.areas],
        }
