"""The office templates alone: no database, made-up figures, and the headers of every page."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Flask, g, render_template, request

from census.core.locale import Locale
from census.web import assets, formats, headers, languages
from tests.browser import contexts

ROOT = Path(__file__).resolve().parents[2]

ENDPOINTS = {
    "web": {
        "home": "/",
        "sign_in": "/sign-in",
        "sign_out": "/sign-out",
        "set_language": "/language",
    },
    "supervisor": {
        "list_batches": "/batches",
        "show_batch": "/batches/<ea_code>",
        "approve_batch": "/batches/<ea_code>/approve",
        "return_batch": "/batches/<ea_code>/return",
        "close_batch": "/batches/<ea_code>/close",
        "reopen_batch": "/batches/<ea_code>/reopen",
        "show_household": "/households/<household_id>",
        "approve_household": "/households/<household_id>/approve",
        "return_household": "/households/<household_id>/return",
        "compare_submissions": "/households/<household_id>/compare",
        "choose_response": "/households/<household_id>/choice",
        "withdraw_choice": "/households/<household_id>/choice/withdraw",
        "void_submission": "/households/<household_id>/void",
        "ask_for_identity": "/households/<household_id>/persons/<position>/identity",
        "list_problems": "/problems",
        "list_devices": "/devices",
        "show_tablet_file": "/devices/file",
        "take_in_tablet_file": "/devices/file/take-in",
        "give_out_tablet": "/devices/<user_id>/tablet",
        "issue_device_token": "/devices/<user_id>/issue",
        "revoke_device_token": "/devices/<user_id>/revoke",
        "show_progress": "/progress",
        "list_quarantine": "/quarantine",
        "replay_quarantine": "/quarantine/replay",
        "show_quarantined": "/quarantine/submissions/<instance_id>/<sha256>",
        "download_quarantined": "/quarantine/submissions/<instance_id>/<sha256>/raw",
        "replay_quarantined": "/quarantine/submissions/<instance_id>/<sha256>/replay",
        "assign_quarantined": "/quarantine/submissions/<instance_id>/<sha256>/assign",
        "discard_quarantined": "/quarantine/submissions/<instance_id>/<sha256>/set-aside",
        "show_quarantined_action": "/quarantine/actions/<action_id>",
        "download_quarantined_action": "/quarantine/actions/<action_id>/content",
        "replay_quarantined_action": "/quarantine/actions/<action_id>/replay",
        "assign_quarantined_action": "/quarantine/actions/<action_id>/assign",
        "discard_quarantined_action": "/quarantine/actions/<action_id>/set-aside",
    },
}


def create_office_app() -> Flask:
    """An application that shows each page of `contexts` at /pages/<name>?language=th|en."""
    app = Flask("census")
    app.before_request(_read_in_the_language_asked_for)
    headers.init_app(app, is_https=False)
    languages.init_app(app)
    formats.init_app(app)
    assets.init_app(app)
    app.jinja_env.globals["csrf_token"] = lambda: "token"
    for name, folder in (("web", ROOT / "census/web"), ("supervisor", ROOT / "supervisor")):
        app.register_blueprint(_face(name, folder))
    app.add_url_rule("/pages/<name>", view_func=_show)
    return app


def _read_in_the_language_asked_for() -> None:
    g.locale = Locale(request.args.get("language", "th"))


def _face(name: str, folder: Path) -> Blueprint:
    """A blueprint with the face's templates and built files; its routes repeat what they got."""
    blueprint = Blueprint(
        name,
        __name__,
        url_prefix=f"/{name}",
        template_folder=str(folder / "templates"),
        static_folder=str(folder / "static"),
    )
    for endpoint, rule in ENDPOINTS[name].items():
        view = _list_of_batches if endpoint == "list_batches" else _received
        blueprint.add_url_rule(rule, endpoint, view_func=view, methods=["GET", "POST"])
    return blueprint


def _show(name: str) -> str:
    template, context = contexts.PAGES[name]
    return render_template(template, **{**contexts.frame(languages.current().value), **context})


def _list_of_batches() -> str:
    """The one page that is filtered in place, so the one that has to answer for itself."""
    status = request.args.get("status", "")
    template, context = contexts.PAGES["batches"]
    chosen = [row for row in context["batches"] if status in ("", row["status"])]
    shown = {**context, "batches": chosen, "filters": {"status": status, "area": ""}}
    return render_template(template, **contexts.frame(languages.current().value), **shown)


def _received(**_values: str) -> str:
    """Says what was sent, so that a test can read what a form sends."""
    return "\n".join(f"{key}={value}" for key, value in request.form.items(multi=True))
