"""What accounts does in the background: it forgets the ways in that are long over."""

from __future__ import annotations

from datetime import timedelta

from census.accounts.forgetting import forget_what_is_over
from census.core.clock import utcnow
from census.core.db import transaction
from census.core.jobs import every


@every(timedelta(hours=1))
def forget_old_ways_in() -> None:
    """Delete sessions, API tokens and failed sign-ins that nobody needs any more."""
    with transaction() as session:
        forget_what_is_over(session, at=utcnow())
