"""The headers of every answer: what a browser may load, frame, keep and tell others."""

from __future__ import annotations

from flask import Flask, Response, request

from census.web import callers

_DIRECTIVES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "manifest-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "form-action": "'self'",
}


def policy(**changes: str) -> str:
    """What a page may load: what every page may, but for the directives that are named here."""
    named = {name.replace("_", "-"): sources for name, sources in changes.items()}
    return "; ".join(f"{name} {sources}" for name, sources in (_DIRECTIVES | named).items())


CONTENT_SECURITY_POLICY = policy()

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(self), microphone=(), payment=()",
}

TRANSPORT_SECURITY = "max-age=63072000; includeSubDomains"
FOR_EVER = "public, max-age=31536000, immutable"
KEPT_BY_ONE = "private, no-cache"
KEPT_AND_CHECKED = "no-cache"


def init_app(app: Flask, *, is_https: bool) -> None:
    """Put the headers on every answer, also on refusals and on files."""

    def add_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_https:
            response.headers["Strict-Transport-Security"] = TRANSPORT_SECURITY
        response.headers["Cache-Control"] = _caching(response)
        return response

    app.after_request(add_headers)


def _caching(response: Response) -> str:
    """What may be kept: nothing, but for built files, whose names change with their content.

    Programs of the field may keep forms and lists, and ask each time whether they still hold; so
    may browsers what a view calls fit for that, because it holds nothing personal.
    """
    if callers.is_for_openrosa() and response.get_etag()[0]:
        return KEPT_BY_ONE
    if response.status_code >= 400:
        return "no-store"
    if not _is_file():
        is_checked = response.headers.get("Cache-Control") == KEPT_AND_CHECKED
        return KEPT_AND_CHECKED if is_checked else "no-store"
    return FOR_EVER if "/dist/assets/" in request.path else KEPT_AND_CHECKED


def _is_file() -> bool:
    endpoint = request.endpoint or ""
    return endpoint == "static" or endpoint.endswith(".static")
