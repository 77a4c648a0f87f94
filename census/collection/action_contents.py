"""What a field action told besides its place and result: sealed as sent, opened for one use.

Whatever was sent is kept, so it may be anything: only texts that say something count.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from census.collection.services.field_actions import CONTENT_COLUMN
from census.core import sealed

Content = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Appointment:
    """A day on which the household expects the enumerator, and from when to when, as noted."""

    on: str | None
    begins: str | None
    ends: str | None


def content_of(action_id: str, content_sealed: bytes) -> Content:
    """Everything that was sent of an action; nothing where it was no object."""
    content = json.loads(sealed.unseal_text(content_sealed, column=CONTENT_COLUMN, row=action_id))
    return content if isinstance(content, dict) else {}


def appointment_in(content: Content) -> Appointment:
    """The appointment that an action tells of."""
    return Appointment(*(text_in(content, name) for name in ("on", "from", "to")))


def text_in(content: Content, name: str) -> str | None:
    """A text that says something, under this name."""
    text = content.get(name)
    return text if isinstance(text, str) and text.strip() else None
