"""Makes people who work for the census; says only what matters to a test."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count

from sqlalchemy.orm import Session

from census.accounts import services
from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.models import User
from census.accounts.queries import actor_of
from census.core.db import new_id

PASSWORD = "a password for tests only"  # pragma: allowlist secret
HIRED_AT = datetime(2020, 11, 1, 8, tzinfo=UTC)

_numbers = count(1)


def user(
    session: Session,
    *,
    role: Role = Role.SUPERVISOR,
    areas: Iterable[str] = (),
    username: str | None = None,
    password: str = PASSWORD,
) -> User:
    """Somebody with an account."""
    return services.create_user(
        session,
        None,
        username or f"{role.value}{next(_numbers)}",
        role=role,
        areas=areas,
        password=password,
        at=HIRED_AT,
    )


def actor(session: Session, *, role: Role = Role.SUPERVISOR, areas: Iterable[str] = ()) -> Actor:
    """The actor of somebody with an account."""
    return actor_of(user(session, role=role, areas=areas))


def passing_actor(role: Role = Role.SUPERVISOR, areas: Iterable[str] = ()) -> Actor:
    """An actor without an account, for what looks at role and areas only."""
    return Actor(id=new_id(), username=role.value, role=role, areas=frozenset(areas))
