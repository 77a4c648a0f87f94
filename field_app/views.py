"""The tablet's app as it is fetched: its page, the frame of the form, its worker, its manifest.

All of it is public, for it holds nothing personal: whose app it is, the tablet knows by its token.
"""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, g, make_response, render_template, url_for
from werkzeug.exceptions import NotFound

from census.web.access import public
from census.web.built_files import built_file
from census.web.headers import KEPT_AND_CHECKED, policy
from field_app.manifest import manifest

STATIC = Path(__file__).with_name("static")
BUILT = STATIC / "dist"
WORKER = "sw.js"

PAGE_POLICY = policy(
    img_src="'self' data: blob:",
    frame_src="'self'",
    worker_src="'self'",
)
"""The app shows photos from its own store, the form in a frame, and has a worker."""

FORM_POLICY = policy(
    script_src="'self' 'wasm-unsafe-eval'",
    img_src="'self' data: blob:",
    frame_ancestors="'self'",
)
"""The engine of the form reads XML by WebAssembly; only the app itself may frame it."""

blueprint = Blueprint(
    "field",
    __name__,
    url_prefix="/field",
    template_folder="templates",
    static_folder=STATIC,
)


@blueprint.get("/")
@public
def show_app() -> Response:
    """The page of the app; everything else it needs comes with it, and stays on the tablet."""
    return _page("field/app.html", PAGE_POLICY)


@blueprint.get("/form")
@public
def show_form() -> Response:
    """The page of the frame in which one form is filled in; thrown away with it afterwards."""
    return _page("field/form.html", FORM_POLICY)


@blueprint.get("/sw.js")
@public
def read_worker() -> Response:
    """The worker that keeps the app on the tablet; it stands for everything below this face."""
    if not (BUILT / WORKER).is_file():
        raise NotFound
    response = built_file(BUILT, WORKER)
    response.headers["Service-Worker-Allowed"] = url_for(".show_app")
    return _checked(response)


@blueprint.get("/manifest.webmanifest")
@public
def read_manifest() -> Response:
    """What the tablet needs to know to install the app."""
    response = make_response(current_app.json.dumps(manifest(), ensure_ascii=False))
    response.content_type = "application/manifest+json"
    return _checked(response)


def _page(template: str, content_security_policy: str) -> Response:
    # The same for everybody: nothing around it has to be looked up.
    g.is_plain = True
    response = make_response(render_template(template))
    response.headers["Content-Security-Policy"] = content_security_policy
    return _checked(response)


def _checked(response: Response) -> Response:
    """A browser may keep it, but asks each time whether it still holds."""
    response.headers["Cache-Control"] = KEPT_AND_CHECKED
    return response
