"""What tests of the review share: callers of the small census, and answers that arrive."""

from __future__ import annotations

from typing import Any

from flask import Flask

from census.accounts import services
from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.accounts.queries import actor_of
from census.collection.services import receive_submission
from census.core import db
from census.core.clock import utcnow
from tests.factories import accounts
from tests.factories.census import SmallCensus
from tests.factories.submissions import incoming
from tests.functional.conftest import Caller


def caller_of(app: Flask, actor: Actor) -> Caller:
    """Somebody of the small census with a token and a browser."""
    with db.transaction() as session:
        opened = services.open_session(session, actor.id, at=utcnow())
        issued = services.issue_token(session, actor.id, kind=TokenKind.API, at=utcnow())
    return Caller(app, issued.actor, issued.secret, opened.secret)


def province_of(app: Flask, *areas: str) -> Caller:
    """Somebody of a provincial office who answers for other areas than the small census's."""
    with db.transaction() as session:
        somebody = accounts.user(session, role=Role.PROVINCE, areas=areas, username="elsewhere")
        actor = actor_of(somebody)
    return caller_of(app, actor)


def send(actor: Actor, *household_ids: str, **answers: Any) -> None:
    """Let submissions arrive for these households."""
    with db.transaction() as session:
        for household_id in household_ids:
            receive_submission(session, actor, incoming(household_id, **answers), at=utcnow())


def send_all(census: SmallCensus) -> None:
    """Let every household of the first area answer."""
    send(census.enumerator, *(census.household(serial) for serial in range(1, 6)))
