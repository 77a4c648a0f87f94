"""The pages every face shares: signing in and out, the first page, the language."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from census.accounts import services
from census.accounts.codelists import Role
from census.accounts.errors import TooManySignIns, WrongCredentials
from census.core import db
from census.core.clock import utcnow
from census.core.errors import Refusal
from census.core.locale import Locale
from census.web import callers, languages
from census.web.access import public, signed_in_actor
from census.web.refusals import answer_to
from census.web.signing_in import proven_user

blueprint = Blueprint("web", __name__, template_folder="templates")

OWN_FACE = {
    Role.SUPERVISOR: "/supervisor/",
    Role.PROVINCE: "/supervisor/",
    Role.HEADQUARTERS: "/supervisor/progress",
    Role.ENUMERATOR: "/field/",
}


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """Lead to the sign-in, or to the face of whoever is signed in."""
    actor = signed_in_actor()
    if actor is None:
        return redirect(url_for(".sign_in"), code=303)
    face = OWN_FACE.get(actor.role)
    if face is not None:
        return redirect(face, code=303)
    return render_template("web/home.html", links=[])


@blueprint.get("/sign-in")
@public
def sign_in() -> ResponseReturnValue:
    """Ask for username and password."""
    if signed_in_actor() is not None:
        return redirect(url_for(".home"), code=303)
    return _sign_in_page(problem=None)


@blueprint.post("/sign-in")
@public
def start_session() -> ResponseReturnValue:
    """Sign in, and go on to where the reader wanted to be."""
    username, password = request.form["username"], request.form["password"]
    try:
        user_id = proven_user(username, password)
    except (WrongCredentials, TooManySignIns) as refusal:
        return _refused_sign_in(refusal)
    callers.end_session()
    with db.transaction() as session:
        token = services.open_session(session, user_id, at=utcnow())
    callers.start_session(token)
    return redirect(own_address(request.form.get("next", "")) or url_for(".home"), code=303)


@blueprint.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """End the session of this browser; repeating it changes nothing."""
    callers.end_session()
    return redirect(url_for(".sign_in"), code=303)


@blueprint.post("/language")
@public
def set_language() -> ResponseReturnValue:
    """Read on in the other language, on the same page."""
    chosen = request.form["language"]
    response = redirect(own_address(request.form.get("next", "")) or url_for(".home"), code=303)
    if chosen in tuple(Locale):
        response.set_cookie(
            languages.COOKIE,
            chosen,
            max_age=languages.YEAR_S,
            secure=bool(current_app.config["SESSION_COOKIE_SECURE"]),
            httponly=True,
            samesite="Lax",
        )
    return response


def own_address(address: str) -> str | None:
    """The address if it is one of our own pages: nobody is led elsewhere by a crafted form."""
    has_own_path = address.startswith("/") and not address.startswith(("//", "/\\"))
    is_plain = address.isprintable() and "\\" not in address
    return address if has_own_path and is_plain else None


def _refused_sign_in(refusal: Refusal) -> ResponseReturnValue:
    answer = answer_to(refusal, languages.current())
    headers = {"Retry-After": str(answer.retry_after)} if answer.retry_after else {}
    return _sign_in_page(problem=answer.detail), answer.status, headers


def _sign_in_page(problem: str | None) -> str:
    return render_template(
        "web/sign_in.html",
        username=request.form.get("username", ""),
        problem=problem,
        next=own_address(request.values.get("next", "")) or "",
    )
