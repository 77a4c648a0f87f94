"""What takes a household out of the count has to be proven, and a share of it confirmed.

A household whose dwelling is vacant, demolished or no dwelling at all leaves every rate. So a
photo or a neighbour's statement has to stand behind each, and of at least one in twenty of an
area, and of at least one, a supervisor confirms it household by household.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from math import ceil
from typing import Protocol

from census.collection.codelists import Disposition, Evidence, Review
from census.collection.rules import needs_evidence
from census.core import sealed

CONFIRMED_SHARE = Fraction(1, 20)
"""The least share of an area's households found not eligible that is confirmed one by one."""


class Reviewed(Protocol):
    """What has to be known of a household to say whether it is to be confirmed."""

    @property
    def household_id(self) -> str: ...
    @property
    def disposition(self) -> Disposition | None: ...
    @property
    def review(self) -> Review: ...
    @property
    def is_confirmed(self) -> bool: ...


class Judged(Protocol):
    """What has to be known of a household to say whether it can be approved as it is."""

    @property
    def hard_findings(self) -> int: ...
    @property
    def evidence(self) -> Evidence | None: ...


def is_blocked(household: Judged) -> bool:
    """Whether it is approved only with a reason: for a hard finding, or for want of evidence."""
    return household.hard_findings > 0 or household.evidence is Evidence.MISSING


def confirmation_sample(households: Iterable[Reviewed]) -> set[str]:
    """The households of one area that are approved only one by one, with a confirmation.

    As many as are missing to the share, of those not approved, in the order of a keyed hash: the
    same for everybody who asks, and nothing the field could foresee. Where more households turn
    out not to be eligible later, more of those are drawn, so the share holds whenever an area is
    closed.
    """
    ineligible = [each for each in households if needs_evidence(each.disposition)]
    waiting = [each for each in ineligible if each.review is not Review.APPROVED]
    confirmed = sum(each.review is Review.APPROVED and each.is_confirmed for each in ineligible)
    missing = max(0, ceil(CONFIRMED_SHARE * len(ineligible)) - confirmed)
    drawn = sorted(waiting, key=lambda each: sealed.keyed_hash("confirmation", each.household_id))
    return {each.household_id for each in drawn[:missing]}
