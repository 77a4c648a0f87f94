"""Published questionnaires: the XForm that every client fills in, and its workbook."""

from __future__ import annotations

from flask import Response, make_response

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.collection.errors import QuestionnaireNotFound
from census.collection.models import Questionnaire
from census.collection.queries import questionnaire
from census.core.db import reading
from census.web.access import requires

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

blueprint = ApiBlueprint("questionnaires", description="Published questionnaires")


@blueprint.get("/questionnaires/<questionnaire_id>/<version>")
@requires(Permission.USE_OWN_ACCOUNT)
@blueprint.doc(responses={"200": blueprint.file("text/xml", "The XForm")})
def read_xform(questionnaire_id: str, version: str) -> Response:
    """The XForm of a published version, byte for byte."""
    published = _published(questionnaire_id, version)
    return _file(published.xform, "text/xml; charset=utf-8", published)


@blueprint.get("/questionnaires/<questionnaire_id>/<version>.xlsx")
@requires(Permission.USE_OWN_ACCOUNT)
@blueprint.doc(responses={"200": blueprint.file(XLSX, "The workbook")})
def read_workbook(questionnaire_id: str, version: str) -> Response:
    """The XLSForm workbook of a published version."""
    return _file((published := _published(questionnaire_id, version)).workbook, XLSX, published)


def _published(questionnaire_id: str, version: str) -> Questionnaire:
    with reading() as session:
        published = questionnaire(session, questionnaire_id, version)
    if published is None:
        raise QuestionnaireNotFound()
    return published


def _file(content: bytes, media_type: str, published: Questionnaire) -> Response:
    response = make_response(content)
    response.content_type = media_type
    response.set_etag(published.sha256.hex())
    return response
