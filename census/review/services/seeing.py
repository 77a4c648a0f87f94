"""A decision is about what the actor had before them: if that moved, nothing is decided."""

from __future__ import annotations

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.core.errors import PreconditionMissing
from census.review.errors import BatchChanged
from census.review.queries import LockedBatch, lock_batch
from census.review.rules import Seen, is_seen, movements, names_a_state


def lock_as_seen(session: Session, actor: Actor, ea_code: str, seen: Seen) -> LockedBatch:
    """Lock a batch, and refuse if it is not what was seen any more."""
    batch = lock_batch(session, actor, ea_code)
    if not names_a_state(seen.etag):
        raise PreconditionMissing
    if not is_seen(seen.etag, batch.etag):
        moved = movements(seen.revisions, batch.revisions)
        raise BatchChanged(faults=[each.fault for each in moved], movements=moved)
    return batch


def lock_household_as_seen(
    session: Session, actor: Actor, ea_code: str, household_id: str, seen: str
) -> LockedBatch:
    """Lock the batch of a household, and refuse if the household is not what was seen any more."""
    batch = lock_batch(session, actor, ea_code)
    if not names_a_state(seen):
        raise PreconditionMissing
    if not is_seen(seen, batch.etag_of_household(household_id)):
        raise BatchChanged
    return batch
