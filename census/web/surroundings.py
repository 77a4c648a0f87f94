"""What stands around every page: the reader, their menu, the day, and whether it is practice."""

from __future__ import annotations

from typing import Any

from flask import Flask, current_app, g, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection.quarantine import count_waiting
from census.core import clock, db
from census.progress.indicator import practice_scale
from census.web import callers, languages
from census.web.access import signed_in_actor
from census.web.formats import number


def init_app(app: Flask) -> None:
    """Give every template its surroundings."""
    app.context_processor(surroundings)


def surroundings() -> dict[str, Any]:
    """The context of the layout; without the database where the database is what is wrong."""
    if g.get("is_plain"):
        return {"language": languages.current().value, "navigation": [], "user": None}
    actor = signed_in_actor()
    with db.reading() as session:
        is_practice = practice_scale(session) is not None
        census_day = clock.census_day(session, clock.utcnow()) if actor else None
        navigation = navigation_of(session, actor) if actor else []
    return {
        "language": languages.current().value,
        "navigation": navigation,
        "user": _user(actor) if actor else None,
        "practice": is_practice,
        "census_day": census_day,
    }


def navigation_of(session: Session, actor: Actor) -> list[dict[str, Any]]:
    """The menu of a role: the pages it may see, of the faces this application has."""
    entries = [
        (Permission.SEE_BATCHES, "supervisor.list_batches", _("Batches")),
        (
            Permission.RESOLVE_QUARANTINE,
            "supervisor.list_quarantine",
            _quarantine(session, actor),
        ),
        (Permission.SEE_BATCHES, "supervisor.list_problems", _("Problems from the field")),
        (Permission.SEE_PROGRESS, "supervisor.show_progress", _("Progress")),
        (Permission.ISSUE_FIELD_TOKENS, "supervisor.list_devices", _("Tablets")),
        (Permission.SEE_WORKLOAD, "field.show_app", _("My enumeration areas")),
    ]
    return [
        _entry(endpoint, label)
        for permission, endpoint, label in entries
        if actor.may(permission) and endpoint in current_app.view_functions
    ]


def _quarantine(session: Session, actor: Actor) -> str:
    """The entry of the quarantine, with how much waits there."""
    may_resolve = actor.may(Permission.RESOLVE_QUARANTINE)
    waiting = count_waiting(session, actor) if may_resolve else 0
    label: str = _("Quarantine")
    if waiting:
        label = _("Quarantine (%(count)s)", count=number(waiting))
    return label


def _entry(endpoint: str, label: str) -> dict[str, Any]:
    return {
        "href": url_for(endpoint),
        "label": label,
        "is_current": request.endpoint == endpoint,
    }


def _user(actor: Actor) -> dict[str, str]:
    return {"name": callers.display_name() or actor.username, "role": actor.role.value}
