"""Puts everything the faces share into an application, in the order in which it must run."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import NotFound

from census.core.errors import Fault, Invalid
from census.web import (
    access,
    assets,
    callers,
    formats,
    headers,
    health,
    languages,
    pages,
    refusals,
    request_log,
    same_site,
    surroundings,
    uploads,
)
from census.web.multipart import RequestInMemory


def install(app: Flask, *, is_https: bool) -> None:
    """Log, then judge the request: its text, its caller, its origin; then answer it safely."""
    app.request_class = RequestInMemory
    request_log.init_app(app)
    languages.init_app(app)
    callers.login_manager.init_app(app, add_context_processor=False)
    refusals.init_app(app)
    headers.init_app(app, is_https=is_https)
    formats.init_app(app)
    assets.init_app(app)
    surroundings.init_app(app)
    same_site.init_app(app)
    app.before_request(refuse_unstorable_text)
    app.before_request(access.enforce)
    app.before_request(uploads.widen)
    app.before_request(same_site.enforce)
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(health.blueprint)


def refuse_unstorable_text() -> None:
    """No database keeps a NUL: an address with one names nothing."""
    if "\x00" in request.path:
        raise NotFound
    for name, value in request.args.items(multi=True):
        if "\x00" in name or "\x00" in value:
            raise Invalid(
                faults=[Fault("", "มีอักขระ NUL ในที่อยู่", "The address holds a NUL character.")]
            )
