"""Calls from the field over JSON: with the token of a tablet, or of somebody who signed in."""

from __future__ import annotations

from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from census.accounts.actors import Actor
from census.accounts.services import issue_token
from census.core import db
from census.core.clock import utcnow
from tests.factories.instances import new_instance_id


class FieldCalls:
    """Whatever calls with this token."""

    def __init__(self, client: FlaskClient, token: str) -> None:
        self._client, self.token = client, token
        self._headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}

    def get(self, address: str) -> TestResponse:
        return self._client.get(f"/api/v1{address}", headers=self._headers)

    def post(self, address: str, body: dict[str, Any]) -> TestResponse:
        return self._client.post(f"/api/v1{address}", json=body, headers=self._headers)

    def workload(self, since: str | None = None) -> Any:
        return self.get("/workload" + (f"?since={since}" if since is not None else "")).json

    def report(self, type_: str, **told: Any) -> dict[str, Any]:
        """Report one thing, and hear what became of it."""
        action = action_of(type_, **told)
        return self.post("/field-actions", {"actions": [action]}).json["results"][0]

    def submit(self, *records: dict[str, Any]) -> list[dict[str, Any]]:
        return self.post("/submissions", {"submissions": list(records)}).json["results"]


def action_of(type_: str, **told: Any) -> dict[str, Any]:
    """An action as a tablet sends it."""
    at = "2021-02-10T10:00:00+07:00"
    return {"action_id": new_instance_id(), "type": type_, "at": at, **told}


def signed_in(client: FlaskClient, actor: Actor) -> FieldCalls:
    """Somebody who asked for a token with a password."""
    with db.transaction() as session:
        return FieldCalls(client, issue_token(session, actor.id, at=utcnow()).secret)
