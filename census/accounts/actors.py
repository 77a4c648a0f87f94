"""The actor: whoever does or sees something, with their role and areas."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from census.accounts.codelists import HOLDERS, Permission, Role

COUNTRY = "TH"
"""The area that contains every other."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who is signed in; the areas are plain codes of any level."""

    id: UUID
    username: str
    role: Role
    areas: frozenset[str] = field(default_factory=frozenset)
    is_revoked: bool = False
    """Known, but the token is revoked or over: what they send is kept and quarantined."""

    def may(self, permission: Permission) -> bool:
        """Whether the role holds the permission."""
        return self.role in HOLDERS[permission]

    @property
    def answers_for_country(self) -> bool:
        """Whether no area lies outside what the actor answers for."""
        return COUNTRY in self.areas or self.role is Role.AUDITOR
