"""Tokens with which ODK Collect is set up: given out, listed and revoked by an office."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from census.accounts.codelists import Permission, TokenKind
from census.accounts.errors import UserMissing
from census.api.v1.blueprints import ApiBlueprint
from census.assignment import field_tokens
from census.assignment.schemas import FieldTokensSchema, IssuedFieldTokenSchema
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.web import openrosa_settings
from census.web.access import current_actor, requires

blueprint = ApiBlueprint("field_tokens", description="Tokens for tablets")


@blueprint.get("/users/<user_id>/openrosa-tokens")
@requires(Permission.ISSUE_FIELD_TOKENS)
@blueprint.response(200, FieldTokensSchema)
def list_tokens(user_id: str) -> dict[str, Any]:
    """The tokens of an enumerator that hold now, without their secrets."""
    with reading() as session:
        person = field_tokens.equipped_enumerator(
            session, current_actor(), _uuid(user_id), kind=TokenKind.OPENROSA, at=utcnow()
        )
    return {"tokens": person.tokens}


@blueprint.post("/users/<user_id>/openrosa-tokens")
@requires(Permission.ISSUE_FIELD_TOKENS)
@blueprint.response(201, IssuedFieldTokenSchema)
def issue_token(user_id: str) -> dict[str, Any]:
    """Give an enumerator a token. It is told once: as an address, and as the text of a code."""
    with transaction() as session:
        issued = field_tokens.issue_field_token(
            session, current_actor(), _uuid(user_id), kind=TokenKind.OPENROSA, at=utcnow()
        )
    address = openrosa_settings.server_url(issued.secret)
    settings = openrosa_settings.settings_for(address, issued.actor.username)
    return {
        "token": issued.secret,
        "expires_at": issued.expires_at,
        "server_url": address,
        "settings": openrosa_settings.as_code(settings),
    }


@blueprint.delete("/users/<user_id>/openrosa-tokens/<token_id>")
@requires(Permission.ISSUE_FIELD_TOKENS)
@blueprint.response(204)
def revoke_token(user_id: str, token_id: str) -> None:
    """End a token at once. What the tablet still sends under it is kept and quarantined."""
    with transaction() as session:
        field_tokens.revoke_field_token(
            session, current_actor(), _uuid(user_id), token_id, at=utcnow()
        )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise UserMissing from None
