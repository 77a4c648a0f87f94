"""The pages on which an office sets tablets up: a link or a code, shown once, and revoked."""

from __future__ import annotations

from uuid import UUID

import segno
from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from census.accounts.codelists import Permission, TokenKind
from census.accounts.errors import UserMissing
from census.assignment import devices, field_tokens
from census.assignment.errors import FieldPeriodOver
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.web import openrosa_settings
from census.web.access import current_actor, requires
from census.web.paging import page_arguments
from supervisor.office import blueprint
from supervisor.review import sentences

ENUMERATORS_ON_A_PAGE = 50
LONGEST_NAME = 64
MODULE_PIXELS = 4


@blueprint.get("/devices")
@requires(Permission.ISSUE_FIELD_TOKENS)
def list_devices() -> ResponseReturnValue:
    """Show the enumerators of the office's areas, their tablets, and the codes in use."""
    return _list_page()


@blueprint.post("/devices/<user_id>/tablet")
@requires(Permission.ISSUE_FIELD_TOKENS)
def give_out_tablet(user_id: str) -> ResponseReturnValue:
    """Set up a tablet for an enumerator. Its link is on this page only, once."""
    try:
        with transaction() as session:
            given = devices.give_out_device(session, current_actor(), _uuid(user_id), at=utcnow())
    except FieldPeriodOver as refusal:
        return _list_page(problem=sentences.of_refusal(refusal), status=refusal.status)
    link = f"{url_for('field.show_app', _external=True)}#/set-up/{given.token.secret}"
    return render_template(
        "supervisor/tablet_link.html",
        username=given.token.actor.username,
        device_name=given.device.name,
        expires_at=given.token.expires_at,
        picture=_picture(link),
        link=link,
        here=url_for("supervisor.list_devices"),
    )


@blueprint.post("/devices/<user_id>/issue")
@requires(Permission.ISSUE_FIELD_TOKENS)
def issue_device_token(user_id: str) -> ResponseReturnValue:
    """Give an enumerator a code for ODK Collect. It is on this page only, once."""
    try:
        with transaction() as session:
            issued = field_tokens.issue_field_token(
                session,
                current_actor(),
                _uuid(user_id),
                kind=TokenKind.OPENROSA,
                at=utcnow(),
            )
    except FieldPeriodOver as refusal:
        return _list_page(problem=sentences.of_refusal(refusal), status=refusal.status)
    address = openrosa_settings.server_url(issued.secret)
    settings = openrosa_settings.settings_for(address, issued.actor.username)
    return render_template(
        "supervisor/device_code.html",
        username=issued.actor.username,
        expires_at=issued.expires_at,
        picture=_picture(openrosa_settings.as_code(settings)),
        server_url=address,
        here=url_for("supervisor.list_devices"),
    )


@blueprint.post("/devices/<user_id>/revoke")
@requires(Permission.ISSUE_FIELD_TOKENS)
def revoke_device_token(user_id: str) -> ResponseReturnValue:
    """End a tablet's token, or a code, at once."""
    with transaction() as session:
        field_tokens.revoke_field_token(
            session, current_actor(), _uuid(user_id), request.form["token"], at=utcnow()
        )
    flash(_("Revoked. What the tablet still sends is kept and looked at."), "success")
    return redirect(url_for("supervisor.list_devices"), code=303)


def _list_page(*, problem: str | None = None, status: int = 200) -> ResponseReturnValue:
    page = page_arguments(usual=ENUMERATORS_ON_A_PAGE)
    name = request.args.get("name", "").strip()[:LONGEST_NAME]
    with reading() as session:
        people = field_tokens.equipped_enumerators(
            session,
            current_actor(),
            kind=TokenKind.OPENROSA,
            name=name,
            after=page.after or "",
            limit=page.limit,
            at=utcnow(),
        )
        shown = people[: page.limit]
        tablets = devices.devices_of(session, [person.id for person in shown])
    content = render_template(
        "supervisor/devices.html",
        people=shown,
        tablets=tablets,
        name=name,
        problem=problem,
        next=shown[-1].username if len(people) > len(shown) else None,
        after=page.after,
        here=url_for("supervisor.list_devices"),
    )
    return content, status


def _picture(text: str) -> str:
    """The code as a picture within the page."""
    code = segno.make(text, error="m", boost_error=False)
    return str(code.svg_data_uri(scale=MODULE_PIXELS, light="#fff"))


def _uuid(text: str) -> UUID:

    try:
        return UUID(text)
    except ValueError:
        raise UserMissing from None
