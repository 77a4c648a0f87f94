"""Every refusal becomes an answer in one place: a problem for machines, a page for people."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from flask import Flask, Response, current_app, g, redirect, render_template, request, url_for
from flask.globals import request_ctx
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import (
    DataError,
    IntegrityError,
    InterfaceError,
    InternalError,
    NotSupportedError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import BadRequestKeyError, HTTPException, InternalServerError

from census.core.errors import (
    Changed,
    Conflict,
    Fault,
    Forbidden,
    Invalid,
    Missing,
    PreconditionMissing,
    Refusal,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
    WrongMediaType,
)
from census.core.locale import Locale
from census.web import callers, languages

log = logging.getLogger(__name__)

RETRY_AFTER_S = 5

ONLY_READS = (("25006", None), ("0A000", "guc.c"))
"""What a standby that has not taken over yet says to a write, and to the mode `READ WRITE`.

The second code means much else, too: where in PostgreSQL it came from tells it, in every language.
"""

TITLES: dict[int, tuple[str, str]] = {
    400: ("คำขอไม่ถูกต้อง", "Bad request"),
    401: ("กรุณาเข้าสู่ระบบ", "Sign in first"),
    403: ("ไม่มีสิทธิ์", "Not allowed"),
    404: ("ไม่พบ", "Not found"),
    405: ("ใช้วิธีการนี้ไม่ได้", "Method not allowed"),
    409: ("ขัดกับข้อมูลที่มีอยู่", "Conflict"),
    412: ("ข้อมูลเปลี่ยนไปแล้ว", "Changed since"),
    413: ("ข้อมูลใหญ่เกินไป", "Too large"),
    415: ("ไม่รองรับรูปแบบนี้", "Wrong media type"),
    422: ("ข้อมูลไม่ถูกต้อง", "Not valid"),
    428: ("ต้องส่ง If-Match", "If-Match missing"),
    429: ("ถี่เกินไป", "Too many requests"),
    500: ("เกิดข้อผิดพลาด", "Something went wrong"),
    503: ("ระบบไม่พร้อมใช้งานชั่วคราว", "Briefly unavailable"),
}


class CrossSite(Forbidden):
    """A form was not sent from one of our own pages."""

    code = "web.cross_site"
    th = "คำขอไม่ได้มาจากหน้าของระบบนี้ หรือหน้าหมดอายุ กรุณาโหลดหน้าใหม่แล้วลองอีกครั้ง"
    en = "This did not come from a page of this system, or the page is too old: reload it."


class BadRequest(Refusal):
    """The request itself is malformed."""

    code = "bad_request"
    th = "คำขอไม่ถูกต้องตามรูปแบบ"
    en = "The request is malformed."


class MethodNotAllowed(Refusal):
    """The address exists, but not for this method."""

    status = 405
    code = "method_not_allowed"
    th = "ที่อยู่นี้ไม่รองรับวิธีการที่ใช้"
    en = "This address does not take that method."


class Broken(Refusal):
    """Something of ours is wrong; the sentence says nothing of what."""

    status = 500
    code = "internal"
    th = "เกิดข้อผิดพลาดในระบบ ผู้ดูแลทราบแล้ว กรุณาลองใหม่ภายหลัง"
    en = "Something went wrong on our side and was logged: try again later."


_OF_STATUS: dict[int, type[Refusal]] = {
    401: Unauthenticated,
    403: Forbidden,
    404: Missing,
    405: MethodNotAllowed,
    409: Conflict,
    412: Changed,
    413: TooLarge,
    415: WrongMediaType,
    422: Invalid,
    428: PreconditionMissing,
    429: TooMany,
    503: Unavailable,
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said of a refusal, in the reader's language."""

    status: int
    code: str
    title: str
    detail: str
    errors: list[dict[str, str]]
    retry_after: int | None
    allowed: str | None = None

    def headers(self) -> dict[str, str]:
        """The headers that go with the status."""
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.status == 401:
            headers["WWW-Authenticate"] = "Bearer"
        if self.allowed:
            headers["Allow"] = self.allowed
        return headers


Renderer = Callable[[Answer], ResponseReturnValue]

_renderers: dict[str, Renderer] = {}


def answer_below(path: str, renderer: Renderer) -> None:
    """Let a face whose clients read neither problems nor pages put its refusals in its own words.

    Everything that is refused at an address that begins with `path` goes through `renderer`.
    """
    _renderers[path] = renderer


def init_app(app: Flask) -> None:
    """Let the application answer everything it refuses, and everything that goes wrong."""
    register: Callable[..., None] = app.register_error_handler
    register(Refusal, _refused)
    register(CSRFError, lambda _error: _refused(CrossSite()))
    register(HTTPException, _http_refused)
    register(InternalServerError, _broken)
    for away in (OperationalError, InterfaceError, PoolTimeout):
        register(away, _database_away)
    for unable in (InternalError, NotSupportedError):
        register(unable, _unable)
    register(DataError, _not_storable)
    register(IntegrityError, _contradicts)


def answer_to(refusal: Refusal, locale: Locale) -> Answer:
    """The refusal in words."""
    th, en = TITLES.get(refusal.status, TITLES[400])
    passes = refusal.status in (429, 503)
    retry_after = refusal.facts.setdefault("retry_after", RETRY_AFTER_S) if passes else None
    return Answer(
        status=refusal.status,
        code=refusal.code,
        title=th if locale is Locale.TH else en,
        detail=refusal.sentence(locale),
        errors=[_error(fault, locale) for fault in refusal.faults],
        retry_after=retry_after,
    )


def problem(answer: Answer, **more: Any) -> Response:
    """The answer for a machine: application/problem+json."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": answer.title,
        "status": answer.status,
        "code": answer.code,
        "detail": answer.detail,
    }
    if answer.errors:
        content["errors"] = answer.errors
    response = cast(Response, current_app.json.response(content | more))
    response.status_code = answer.status
    response.mimetype = "application/problem+json"
    response.headers.update(answer.headers())
    response.content_language = languages.current().value
    response.vary.add("Accept-Language")
    return response


def _refused(refusal: Refusal) -> ResponseReturnValue:
    return _response(answer_to(refusal, languages.current()))


def _response(answer: Answer) -> ResponseReturnValue:
    for path, renderer in _renderers.items():
        if request.path.startswith(path):
            return renderer(answer)
    if callers.is_for_machines() or not _has_address():
        return problem(answer)
    if answer.status == 401:
        return _to_sign_in()
    return _page(answer), answer.status, answer.headers()


def _has_address() -> bool:
    """Whether pages can link to each other: not under a host name that is not ours."""
    return request_ctx.url_adapter is not None


def _page(answer: Answer) -> str:
    return render_template(
        "web/refusal.html",
        title=answer.title,
        detail=answer.detail,
        code=answer.code,
        status=answer.status,
        errors=answer.errors,
        retry_after=answer.retry_after,
    )


def _to_sign_in() -> ResponseReturnValue:
    came_for = request.full_path.rstrip("?") if request.method == "GET" else None
    is_fragment = "HX-Request" in request.headers
    address = url_for("web.sign_in", next=None if is_fragment else came_for)
    if is_fragment:
        # A part of a page cannot show the sign-in page: the whole page must go there.
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address, code=303)


def _http_refused(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    if isinstance(error, BadRequestKeyError):
        return _refused(_missing_field(error))
    refusal = _OF_STATUS.get(error.code, BadRequest if error.code < 500 else Unavailable)
    answer = answer_to(refusal(retry_after=RETRY_AFTER_S), languages.current())
    methods = getattr(error, "valid_methods", None)
    allowed = ", ".join(sorted(methods)) if methods else None
    return _response(
        Answer(
            status=error.code if refusal is BadRequest else answer.status,
            code=answer.code,
            title=answer.title,
            detail=answer.detail,
            errors=[],
            retry_after=answer.retry_after,
            allowed=allowed,
        )
    )


def _missing_field(error: BadRequestKeyError) -> Invalid:
    name = str(error.args[0]) if error.args else ""
    return Invalid(faults=[Fault(f"/{name}", "ต้องระบุค่านี้", "Missing data for required field.")])


def _broken(error: InternalServerError) -> ResponseReturnValue:
    original = error.original_exception
    log.error("unexpected error", exc_info=original, extra={"error_id": g.get("request_id", "")})
    return _plainly(answer_to(Broken(), languages.current()))


def _database_away(error: Exception) -> ResponseReturnValue:
    log.error("the database is away: %s", _kind(error))
    return _plainly(answer_to(Unavailable(), languages.current()))


def _unable(error: Exception) -> ResponseReturnValue:
    if _comes_from_standby(getattr(error, "orig", None)):
        return _database_away(error)
    raise error


def _comes_from_standby(original: Any) -> bool:
    code = getattr(original, "sqlstate", None)
    return any(
        code == known and (place is None or original.diag.source_file == place)
        for known, place in ONLY_READS
    )


def _plainly(answer: Answer) -> ResponseReturnValue:
    """An answer that needs no database: the page's frame must not ask it for anything."""
    g.is_plain = True
    return _response(answer)


def _not_storable(error: Exception) -> ResponseReturnValue:
    log.warning("the database cannot keep what was sent: %s", _kind(error))
    return _refused(Invalid())


def _contradicts(error: Exception) -> ResponseReturnValue:
    log.error("a constraint refused what the code let through: %s", _kind(error))
    return _refused(Conflict())


def _kind(error: Exception) -> str:
    # Only the kind: the message of a driver quotes the values it was given.
    return type(cast(Any, getattr(error, "orig", None)) or error).__name__


def _error(fault: Fault, locale: Locale) -> dict[str, str]:
    return {"pointer": fault.pointer, "detail": fault.sentence(locale)}
