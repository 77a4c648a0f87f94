"""How this face answers: the headers of OpenRosa, XML in `text/xml`, refusals in its own words."""

from __future__ import annotations

from flask import Response, make_response, request

from census.web import callers, languages
from census.web.refusals import Answer
from field_app.openrosa import documents

XML = "text/xml; charset=utf-8"
VERSION = "X-OpenRosa-Version"
ACCEPT_LENGTH = "X-OpenRosa-Accept-Content-Length"
ACCEPTED_BYTES = 10_000_000
"""Of one request; clients split what is larger."""

CHALLENGE = 'Basic realm="census", charset="UTF-8"'


def xml(content: bytes, *, status: int = 200, etag: str | None = None) -> Response:
    """An XML answer; with an ETag a client that has the same already is told so."""
    response = make_response(content, status)
    response.content_type = XML
    if etag is not None:
        response.set_etag(etag)
        response.make_conditional(request)
    return response


def refused(answer: Answer) -> Response:
    """A refusal as a message that the client shows; its nature is the refusal's code.

    401 makes a client ask for a password, so it is said only where one would help: to requests
    without a token, over https. A token that is unknown or revoked is forbidden.
    """
    status = _status_of(answer)
    response = xml(documents.response(answer.detail, nature=answer.code), status=status)
    response.headers.update(answer.headers())
    del response.headers["WWW-Authenticate"]
    if status == 401:
        response.headers["WWW-Authenticate"] = CHALLENGE
    return response


def add_headers(response: Response) -> Response:
    """Say that this is an OpenRosa server, on every answer below its address."""
    if callers.is_for_openrosa():
        response.headers[VERSION] = "1.0"
        response.content_language = languages.current().value
    return response


def _status_of(answer: Answer) -> int:
    if answer.status == 401:
        may_ask = request.is_secure and callers.token_in_address() is None
        return 401 if may_ask else 403
    # Clients of this protocol know no 422.
    return 400 if answer.status == 422 else answer.status
