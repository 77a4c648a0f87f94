"""What people can do in review: one function per verb."""

from census.review.services.closing import close, reopen
from census.review.services.comparing import Named, compare_submissions
from census.review.services.correcting import Correction, open_correction
from census.review.services.deciding import (
    approve,
    approve_household,
    return_household,
    return_households,
)
from census.review.services.field_problems import read_field_problems
from census.review.services.opening import open_household, reveal_identity
from census.review.services.ruling import (
    choose_response,
    void_submission,
    withdraw_response_choice,
)

__all__ = [
    "Correction",
    "Named",
    "approve",
    "approve_household",
    "choose_response",
    "close",
    "compare_submissions",
    "open_correction",
    "open_household",
    "read_field_problems",
    "reopen",
    "return_household",
    "return_households",
    "reveal_identity",
    "void_submission",
    "withdraw_response_choice",
]
