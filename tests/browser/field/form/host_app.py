"""The frame of the form as the server serves it, and a page that plays the app around it."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, Response, send_file

from census.collection.questionnaires.building import build_xform
from census.web import assets, headers, languages
from field_app import views

HERE = Path(__file__).parent
VERSION = "2564.1"


def create_host_app() -> Flask:
    """An application with the real frame at /field/form and the page around it at /host."""
    app = Flask("census")
    headers.init_app(app, is_https=False)
    languages.init_app(app)
    assets.init_app(app)
    app.register_blueprint(views.blueprint)
    app.add_url_rule("/host", view_func=_page)
    app.add_url_rule("/host.js", view_func=_script)
    app.add_url_rule("/household.xml", view_func=_xform)
    return app


def _page() -> Response:
    # The page is the test's own, and judged by nobody: only what the frame itself does counts.
    response = send_file(HERE / "host.html")
    response.headers["Content-Security-Policy"] = ""
    return response


def _script() -> Response:
    return send_file(HERE / "host.js")


def _xform() -> Response:
    return Response(build_xform("household", VERSION), mimetype="text/xml")
