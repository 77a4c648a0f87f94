"""Calling the system as a device does: with a time limit, and ready to hear nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any

TIMEOUT_S = 12.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def is_ok(self) -> bool:
        """Whether it was done."""
        return 200 <= self.status < 300

    @property
    def is_definite(self) -> bool:
        """Whether the caller knows what came of the call."""
        return self.status < 500

    @property
    def is_allowed(self) -> bool:
        """Whether such an answer may ever be given: of the 5xx only a 503 that says when."""
        return self.status < 500 or (self.status == 503 and "retry-after" in self.headers)

    def json(self) -> Any:
        """What it says."""
        return json.loads(self.body)


def call(
    port: int,
    method: str,
    path: str,
    *,
    token: str | None,
    body: bytes | None = None,
    headers: dict[str, str] | None = None,
) -> Answer | None:
    """One request on a connection of its own; None where no whole answer came."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_S)
    sent = {"Connection": "close", "Accept-Language": "en", **(headers or {})}
    if token is not None:
        sent["Authorization"] = f"Bearer {token}"
    if body is not None:
        sent.setdefault("Content-Type", "application/json")
    try:
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        content = response.read()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return Answer(
        response.status, {name.lower(): value for name, value in response.getheaders()}, content
    )
