"""What a tablet tells of itself with a heartbeat; anything may be sent, so only sense is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_VERSION = 64
MOST_UNSENT = 10**9


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """How a tablet is: what it holds, what runs on it, and how long it will go on."""

    unsent: int | None = None
    app_version: str | None = None
    battery: float | None = None
    """A share: 1 is a full battery."""
    storage_persisted: bool | None = None


def heartbeat_in(content: Mapping[str, Any]) -> Heartbeat:
    """The heartbeat in what was sent; what makes no sense is left out."""
    unsent, version = content.get("unsent"), content.get("app_version")
    persisted = content.get("storage_persisted")
    return Heartbeat(
        unsent=unsent if _is_number(unsent) and _is_count(unsent) else None,
        app_version=version[:LONGEST_VERSION] if isinstance(version, str) else None,
        battery=_share(content.get("battery")),
        storage_persisted=persisted if isinstance(persisted, bool) else None,
    )


def _share(level: Any) -> float | None:
    """Browsers tell a share, other programs per cent."""
    if not _is_number(level) or not 0 <= level <= 100:
        return None
    return float(level) if level <= 1 else level / 100


def _is_count(number: Any) -> bool:
    return isinstance(number, int) and 0 <= number <= MOST_UNSENT


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
