"""The language of the reader: chosen by them, else asked for by their browser, else Thai."""

from __future__ import annotations

from flask import Flask, g, has_request_context, request
from flask_babel import Babel

from census.core.locale import Locale

COOKIE = "language"
YEAR_S = 365 * 24 * 3600

babel = Babel()


def init_app(app: Flask) -> None:
    """Translate every face with the catalogues of census/web."""
    app.config["BABEL_DEFAULT_LOCALE"] = Locale.TH.value
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Bangkok"
    babel.init_app(
        app,
        default_translation_directories=f"{app.root_path}/web/translations",
        locale_selector=lambda: current().value,
    )


def current() -> Locale:
    """The reader's language; Thai where nobody reads."""
    if not has_request_context():
        return Locale.TH
    if "locale" not in g:
        g.locale = _chosen() or _asked_for()
    locale: Locale = g.locale
    return locale


def _chosen() -> Locale | None:
    value = request.cookies.get(COOKIE)
    return Locale(value) if value in tuple(Locale) else None


def _asked_for() -> Locale:
    best = request.accept_languages.best_match(tuple(Locale), default=Locale.TH)
    return Locale(best or Locale.TH)
