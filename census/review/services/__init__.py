"""What people can do in review: one function per verb."""

from census.review.services.closing import close, reopen
from census.review.services.deciding import (
    approve,
    approve_household,
    return_household,
    return_households,
)
from census.review.services.opening import open_household, reveal_identity

__all__ = [
    "approve",
    "approve_household",
    "close",
    "open_household",
    "reopen",
    "return_household",
    "return_households",
    "reveal_identity",
]
