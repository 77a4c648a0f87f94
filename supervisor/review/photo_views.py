"""The photos of a household, one by one; each reading is an event."""

from __future__ import annotations

from uuid import UUID

from flask.typing import ResponseReturnValue

from census.accounts.codelists import Permission
from census.collection.services.opening_attachments import open_photo
from census.core.clock import utcnow
from census.core.db import transaction
from census.web.access import current_actor, requires
from census.web.file_answers import download
from supervisor.office import blueprint


@blueprint.get("/households/<household_id>/photos/<uuid:attachment_id>")
@requires(Permission.READ_ANSWERS)
def show_photo(household_id: str, attachment_id: UUID) -> ResponseReturnValue:
    """Give out one photo of the household. Who saw it is written down."""
    actor = current_actor()
    with transaction() as session:
        opened = open_photo(session, actor, household_id, attachment_id, at=utcnow())
    return download(opened.content, name=opened.name, media_type=opened.media_type)
