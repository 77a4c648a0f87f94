"""Forms are taken from our own pages only: by the browser's word, and by a token in each form."""

from __future__ import annotations

from flask import Flask, request
from flask_wtf.csrf import CSRFProtect

from census.web.callers import is_for_machines
from census.web.refusals import CrossSite

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})

csrf = CSRFProtect()


def init_app(app: Flask) -> None:
    """Give forms their token; `enforce` compares it."""
    # `enforce` is called after the caller was judged: nobody learns of a token before that.
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False
    # A form may stay open as long as the session that made it.
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    # Our own pages send no Referer.
    app.config["WTF_CSRF_SSL_STRICT"] = False
    csrf.init_app(app)


def enforce() -> None:
    """Before every unsafe request of a page: refuse it unless it came from a page of ours.

    The JSON face takes no cookies, so nobody can make a browser speak for somebody there.
    """
    if request.method in SAFE_METHODS or is_for_machines() or request.endpoint is None:
        return
    if not _is_own_site():
        raise CrossSite
    csrf.protect()


def _is_own_site() -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN_SITES
    # Without a Referer browsers say "null" here, which tells nothing; the token still must fit.
    origin = request.headers.get("Origin", "null")
    return origin == "null" or origin.rstrip("/") == request.host_url.rstrip("/")
