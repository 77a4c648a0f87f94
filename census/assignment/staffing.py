"""Taking people on: an account, with areas that exist and that whoever grants them answers for."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.accounts.models import User
from census.accounts.services import create_user
from census.assignment.errors import AreasUnfit, RoleNotGrantable
from census.core.errors import Fault
from census.frame.errors import AreaMissing
from census.frame.queries import area_within, unknown_codes

NEEDS_AREA = frozenset({Role.HEADQUARTERS, Role.PROVINCE, Role.SUPERVISOR, Role.CLERK})
"""Roles that answer for something; enumerators are given their areas by leases."""

GRANTABLE = {
    Role.ADMINISTRATOR: frozenset(Role),
    Role.PROVINCE: frozenset({Role.SUPERVISOR, Role.ENUMERATOR}),
}
"""Which roles somebody may take people on in; the operator of the system in any."""


def take_on(
    session: Session,
    actor: Actor | None,
    username: str,
    *,
    role: Role,
    areas: Collection[str],
    password: str,
    display_name: str,
    at: datetime,
) -> User:
    """Create an account, unless its role or one of its areas may not be granted by the actor."""
    if actor is not None and role not in GRANTABLE.get(actor.role, frozenset()):
        raise RoleNotGrantable(role=role.value)
    faults = [*_faults_of_need(role, areas), *_faults_of_areas(session, actor, areas)]
    if faults:
        raise AreasUnfit(faults=faults)
    return create_user(
        session,
        actor,
        username,
        role=role,
        areas=areas,
        password=password,
        display_name=display_name,
        at=at,
    )


def _faults_of_need(role: Role, areas: Collection[str]) -> list[Fault]:
    if areas or role not in NEEDS_AREA:
        return []
    return [Fault("/areas", f"บทบาท {role.value} ต้องมีพื้นที่", f"The role {role.value} needs an area.")]


def _faults_of_areas(session: Session, actor: Actor | None, areas: Collection[str]) -> list[Fault]:
    unfit = set(unknown_codes(session, areas))
    if actor is not None and actor.role is not Role.ADMINISTRATOR:
        unfit |= {code for code in areas if not _answers_for(session, actor, code)}
    return [
        Fault("/areas", f"ไม่มีพื้นที่ {code}", f"There is no area {code}.") for code in sorted(unfit)
    ]


def _answers_for(session: Session, actor: Actor, code: str) -> bool:
    try:
        area_within(session, actor, code)
    except AreaMissing:
        return False
    return True
