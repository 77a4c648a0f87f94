"""Publishing a questionnaire: from then on the version never changes. Retiring it takes it off."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from census.collection.errors import QuestionnaireNotFound, QuestionnairePublished
from census.collection.models import Questionnaire
from census.core.events import Recorder, record


def publish_questionnaire(
    session: Session,
    actor: Recorder | None,
    questionnaire_id: str,
    version: str,
    *,
    xform: bytes,
    workbook: bytes,
    at: datetime,
) -> Questionnaire:
    """Publish a version. Publishing the same form again changes nothing."""
    sha256 = hashlib.sha256(xform).digest()
    published = session.get(Questionnaire, (questionnaire_id, version))
    if published is not None:
        if published.sha256 != sha256:
            raise QuestionnairePublished(id=questionnaire_id, version=version)
        return published
    published = Questionnaire(
        id=questionnaire_id,
        version=version,
        xform=xform,
        sha256=sha256,
        workbook=workbook,
        published_at=at,
        published_by=actor.id if actor else None,
    )
    session.add(published)
    record(
        session,
        actor,
        "questionnaire.published",
        f"{questionnaire_id} {version}",
        at=at,
        details={"sha256": sha256.hex()},
    )
    return published


def retire_questionnaire(
    session: Session,
    actor: Recorder | None,
    questionnaire_id: str,
    version: str,
    *,
    at: datetime,
) -> Questionnaire:
    """Offer a version to nobody any more; what was filled with it is taken in as before.

    Retiring it again changes nothing.
    """
    published = session.get(Questionnaire, (questionnaire_id, version), with_for_update=True)
    if published is None:
        raise QuestionnaireNotFound
    if published.retired_at is None:
        published.retired_at = at
        subject = f"{questionnaire_id} {version}"
        record(session, actor, "questionnaire.retired", subject, at=at)
    return published
