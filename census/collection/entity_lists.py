"""The households of an enumerator as entity lists: lasting identities, and the version that holds.

A form in ODK Collect chooses its household from such a list. The version of a list is made of
counters that only grow, never of its content: an addition and its removal between two looks of a
tablet are then still seen as a change.
"""

from __future__ import annotations

import hashlib
from uuid import UUID, uuid5

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.models import Lease
from census.collection.models import Case
from census.frame.models import Import

HOUSEHOLDS = "households"
REGISTER = "register"
LISTS = (HOUSEHOLDS, REGISTER)
"""The lists a form may use, by the ids of its instances."""

_NAMESPACE = UUID("6f5f8a0e-4b1f-5c57-9d0c-8f0e2b8f9c11")


def entity_id(key: str) -> UUID:
    """The identity of an entity in every copy of a list, made of what it stands for."""
    return uuid5(_NAMESPACE, key)


def lists_used(xform: bytes) -> list[str]:
    """Which of our lists a form refers to."""
    return [name for name in LISTS if f"jr://file-csv/{name}.csv".encode() in xform]


def list_version(session: Session, actor: Actor) -> str:
    """The version of the enumerator's lists, as 32 hexadecimal digits.

    It changes with every lease, every change of a case, every dwelling found and every import into
    the frame, and never returns to what it was.
    """
    leased = session.execute(
        select(
            Lease.ea_code,
            Lease.number,
            func.count(Case.household_id),
            func.coalesce(func.sum(Case.revision), 0),
        )
        .outerjoin(Case, Case.ea_code == Lease.ea_code)
        .where(Lease.enumerator_id == actor.id, Lease.ended_at.is_(None))
        .group_by(Lease.ea_code, Lease.number)
        .order_by(Lease.ea_code)
    )
    imports = session.scalar(select(func.count()).select_from(Import))
    # An area that came and went leaves nothing in the areas that are held now.
    granted, ended = session.execute(
        select(func.count(), func.count(Lease.ended_at)).where(Lease.enumerator_id == actor.id)
    ).one()
    counters = [str(actor.id), str(imports), str(granted), str(ended)]
    counters += [
        f"{ea_code}/{number}/{cases}/{int(sum_)}" for ea_code, number, cases, sum_ in leased
    ]
    return hashlib.md5(" ".join(counters).encode(), usedforsecurity=False).hexdigest()


def ids_of_households(session: Session, actor: Actor) -> dict[UUID, str]:
    """The households the enumerator has now, by the identity of their entities."""
    rows = session.scalars(
        select(Case.household_id)
        .join(Lease, Lease.ea_code == Case.ea_code)
        .where(Lease.enumerator_id == actor.id, Lease.ended_at.is_(None))
    )
    return {entity_id(household_id): household_id for household_id in rows}
