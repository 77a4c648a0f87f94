"""The face for ODK Collect: forms and lists to fetch, records to send.

Every address exists twice: below a token that an office gave out as a settings code, and without
one for programs that send a username and a password over https.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar
from uuid import UUID

from flask import Blueprint, Response, request, url_for
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection import entity_lists
from census.collection.entity_lists import HOUSEHOLDS
from census.collection.errors import QuestionnaireNotFound
from census.collection.queries import (
    PublishedForm,
    newest_forms,
    published_form,
    questionnaire,
)
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.errors import Missing
from census.core.events import record
from census.web.access import current_actor, requires
from census.web.callers import OPENROSA_PATH, token_in_address
from census.web.refusals import answer_below
from field_app.openrosa import answering, documents, lists, receiving
from field_app.openrosa.forms import FormFacts, facts_of, md5

View = TypeVar("View", bound=Callable[..., Any])

CSV = "text/csv; charset=utf-8"
MOST_ASKED = 1_000

blueprint = Blueprint("openrosa", __name__, url_prefix=OPENROSA_PATH.rstrip("/"))
blueprint.after_app_request(answering.add_headers)
answer_below(OPENROSA_PATH, answering.refused)


class ListNotFound(Missing):
    """The form has no such list."""

    code = "openrosa.list_not_found"
    th = "ไม่พบรายการข้อมูลนี้"
    en = "There is no such list."


def _both_ways(rule: str, *, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """Declare a view below a token and without one."""

    def declare(view: View) -> View:
        blueprint.add_url_rule(f"/<token>{rule}", view_func=view, methods=methods)
        return blueprint.route(rule, methods=methods)(view)

    return declare


@_both_ways("/formList")
@requires(Permission.SEE_WORKLOAD)
def list_forms(token: str | None = None) -> Response:
    """The newest version in use of every questionnaire."""
    with reading() as session:
        forms = [_listed(each, facts_of(session, each)) for each in newest_forms(session)]
    return _document(documents.form_list(forms))


@_both_ways("/forms/<form_id>/<version>")
@requires(Permission.SEE_WORKLOAD)
def read_form(form_id: str, version: str, token: str | None = None) -> Response:
    """The XForm of a published version, byte for byte."""
    with reading() as session:
        published = questionnaire(session, form_id, version)
    if published is None:
        raise QuestionnaireNotFound
    return answering.xml(published.xform, etag=published.sha256.hex())


@_both_ways("/manifest/<form_id>/<version>")
@requires(Permission.SEE_WORKLOAD)
def read_manifest(form_id: str, version: str, token: str | None = None) -> Response:
    """The lists that belong to a form; their hashes stand for versions that only go forward."""
    with reading() as session:
        names = _lists_of(session, form_id, version)
        list_version = entity_lists.list_version(session, current_actor())
    files = [
        documents.MediaFile(
            filename=f"{name}.csv",
            md5=md5(f"{name} {list_version}".encode()),
            download_url=_address("read_list", form_id=form_id, version=version, name=name),
            integrity_url=_address("read_integrity", name=name) if name == HOUSEHOLDS else None,
        )
        for name in names
    ]
    return _document(documents.manifest(files))


@_both_ways("/media/<form_id>/<version>/<name>.csv")
@requires(Permission.SEE_WORKLOAD)
def read_list(form_id: str, version: str, name: str, token: str | None = None) -> Response:
    """One list of a form: the enumerator's own households only. Reading it is an event."""
    with reading() as session:
        if name not in _lists_of(session, form_id, version):
            raise ListNotFound
    actor, at = current_actor(), utcnow()
    with transaction() as session:
        # Names of the register leave with the list.
        record(session, actor, "workload.read", actor.id, at=at, details={"list": name})
    return Response(_encoded(name, actor), content_type=CSV)


@_both_ways("/integrity/<name>")
@requires(Permission.SEE_WORKLOAD)
def read_integrity(name: str, token: str | None = None) -> Response:
    """Which of the entities that a client has are no longer on its list."""
    if name != HOUSEHOLDS:
        raise ListNotFound
    with reading() as session:
        known = entity_lists.ids_of_households(session, current_actor())
    asked = _uuids(request.args.get("id", ""))
    return answering.xml(documents.integrity((each, each not in known) for each in asked))


@_both_ways("/submission")
@requires(Permission.SUBMIT, takes_revoked=True)
def announce(token: str | None = None) -> Response:
    """How much one request may hold; asked with HEAD before a record is sent."""
    response = Response(status=204)
    response.headers[answering.ACCEPT_LENGTH] = str(answering.ACCEPTED_BYTES)
    return response


@_both_ways("/submission", methods=("POST",))
@requires(Permission.SUBMIT, takes_revoked=True)
def receive(token: str | None = None) -> Response:
    """Take a record in, and the files that came with it this time."""
    return receiving.receive(current_actor())


def _listed(form: PublishedForm, facts: FormFacts) -> documents.ListedForm:
    names = {"form_id": form.id, "version": form.version}
    return documents.ListedForm(
        form_id=form.id,
        version=form.version,
        name=facts.title,
        md5=facts.md5,
        download_url=_address("read_form", **names),
        manifest_url=_address("read_manifest", **names) if facts.lists else None,
    )


def _lists_of(session: Session, form_id: str, version: str) -> Sequence[str]:
    form = published_form(session, form_id, version)
    if form is None:
        raise QuestionnaireNotFound
    return facts_of(session, form).lists


def _address(view: str, **names: str) -> str:
    """The whole address of another view, the way this request came."""
    return url_for(f".{view}", token=token_in_address(), _external=True, **names)


def _document(content: bytes) -> Response:
    return answering.xml(content, etag=md5(content))


def _encoded(name: str, actor: Actor) -> Iterator[bytes]:
    return (piece.encode() for piece in lists.written(name, actor))


def _uuids(text: str) -> Iterator[UUID]:
    for part in text.split(",")[:MOST_ASKED]:
        try:
            yield UUID(part.strip())
        except ValueError:
            continue
