"""The frame over JSON: freezing its next version."""

from __future__ import annotations

from marshmallow import Schema, fields

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.core.clock import utcnow
from census.core.db import transaction
from census.frame.models import FrameVersion
from census.frame.services import freeze_frame
from census.web.access import current_actor, requires

blueprint = ApiBlueprint("frame", description="The list of households")


class FrameVersionSchema(Schema):
    """A frozen frame version."""

    number = fields.Integer()
    frozen_at = fields.AwareDateTime(format="iso")
    households = fields.Integer()
    enumeration_areas = fields.Integer()


@blueprint.post("/frame/versions")
@requires(Permission.FREEZE_FRAME)
@blueprint.response(201, FrameVersionSchema)
def freeze() -> FrameVersion:
    """Freeze the list as it is now: the denominator of every rate from then on."""
    with transaction() as session:
        return freeze_frame(session, current_actor(), at=utcnow())
