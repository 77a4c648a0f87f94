"""Tokens: a password once, a bearer token afterwards."""

from __future__ import annotations

from typing import Any

from census.accounts import services
from census.accounts.codelists import Permission
from census.accounts.services import SessionToken
from census.api.v1.blueprints import ApiBlueprint
from census.api.v1.schemas import TokenRequestSchema, TokenSchema
from census.core import db
from census.core.clock import utcnow
from census.web.access import current_actor, public, requires
from census.web.callers import bearer_token
from census.web.signing_in import proven_user

blueprint = ApiBlueprint("tokens", description="Signing in for machines")


@blueprint.post("/tokens")
@public
@blueprint.arguments(TokenRequestSchema)
@blueprint.response(201, TokenSchema)
def issue_token(asked: dict[str, Any]) -> SessionToken:
    """Exchange a username and a password for a token of 24 hours."""
    user_id = proven_user(asked["username"], asked["password"])
    with db.transaction() as session:
        return services.issue_token(session, user_id, at=utcnow())


@blueprint.delete("/tokens/current")
@requires(Permission.USE_OWN_ACCOUNT)
@blueprint.response(204)
def revoke_token() -> None:
    """End the token of this request."""
    with db.transaction() as session:
        services.revoke_token(session, bearer_token() or "", actor=current_actor(), at=utcnow())
