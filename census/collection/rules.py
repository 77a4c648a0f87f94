"""Decisions on a response: its disposition, how complete it is, and which of several counts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from census.collection.codelists import Disposition, Mode
from census.collection.corrections import newest_versions
from census.collection.instances.answers import HouseholdAnswers
from census.collection.instances.coverage import covered
from census.collection.instances.members import Household, described

COMPLETE_FROM = Fraction(4, 5)
"""The share of the applicable items from which a response is complete.

AAPOR, Standard Definitions, 2016, gives this as the usual line between partial and complete.
"""

_WITHOUT_RESPONDENT = {
    "2": Disposition.TEMPORARILY_ABSENT,
    "3": Disposition.VACANT,
    "4": Disposition.SECOND_HOME,
    "5": Disposition.VACANT,
    "6": Disposition.ABANDONED,
    "7": Disposition.UNDER_CONSTRUCTION,
    "8": Disposition.DEMOLISHED,
    "9": Disposition.NOT_A_DWELLING,
}
"""What the occupancy of the dwelling (H02) says where nobody was met."""

Response = HouseholdAnswers | Household
"""The answers as they were read, or the household that was made of them already."""

_SEXES = frozenset({"1", "2"})


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many of the items that apply are answered; what was skipped rightly does not apply."""

    answered: int
    asked: int
    missing: int

    @property
    def share(self) -> Fraction:
        """The share of the items that had to be asked and have an answer."""
        return Fraction(self.asked - self.missing, self.asked) if self.asked else Fraction(0)


def completeness(response: Response) -> Completeness:
    """How complete the response is, over the household and all its members."""
    coverages = covered(described(response))
    return Completeness(
        answered=sum(each.answered for each in coverages),
        asked=sum(each.asked for each in coverages),
        missing=sum(len(each.missing) for each in coverages),
    )


def answered_items(response: Response) -> int:
    """How many items are answered, of those that were not to be skipped."""
    return completeness(response).answered


def disposition_of(response: Response, mode: Mode | None) -> Disposition:
    """How a household stands that gave these answers: the occupancy decides, then how much."""
    household = described(response)
    without = _WITHOUT_RESPONDENT.get(household.answers.h02 or "")
    if without is not None:
        return without
    if not is_sufficient(household.answers):
        return Disposition.BROKEN_OFF
    if mode is None or completeness(household).share < COMPLETE_FROM:
        return Disposition.PARTIAL
    return mode.disposition


def is_sufficient(answers: HouseholdAnswers) -> bool:
    """Whether the least is there: structure, occupancy, size, and sex and age of everyone."""
    if answers.h01 is None or answers.h02 != "1" or answers.h22 is None:
        return False
    return bool(answers.persons) and all(
        person.p04 in _SEXES and (person.p06 is not None or person.p05_year is not None)
        for person in answers.persons
    )


def is_final(disposition: Disposition | None) -> bool:
    """Whether the work on the household has come to an end."""
    return disposition is not None and not disposition.interim


def is_response(disposition: Disposition | None) -> bool:
    """Whether the household answered, completely or sufficiently."""
    return disposition in _RESPONSES


def needs_evidence(disposition: Disposition | None) -> bool:
    """Whether it takes a household out of the count, so that somebody has to prove it."""
    return disposition is not None and "40" <= disposition.value <= "49"


_RESPONSES = frozenset(each for each in Disposition if "11" <= each.value <= "16")
_EVIDENT = frozenset({Disposition.DUPLICATE, Disposition.DEMOLISHED, Disposition.NOT_A_DWELLING})


def finality(disposition: Disposition | None, *, evident: bool = True) -> int:
    """How much a disposition weighs against another one of the same household; more is more final.

    That a household is a duplicate, demolished or no dwelling weighs more than a non-response only
    where there is evidence for it.
    """
    if disposition is None:
        return 0
    if disposition in _RESPONSES:
        return 7
    if disposition is Disposition.PROXY_COUNT:
        return 6
    if disposition in _EVIDENT and evident:
        return 5
    if "20" <= disposition.value <= "28":
        return 4
    if "40" <= disposition.value <= "49":
        return 3
    if "30" <= disposition.value <= "34":
        return 2
    return 1


@dataclass(frozen=True, slots=True)
class Candidate:
    """A response that may be the one that counts for its household."""

    id: UUID
    answered_items: int
    started_at: datetime | None = None
    ended_at: datetime | None = None
    instance_id: str | None = None
    deprecated_id: str | None = None


def best_response(candidates: Iterable[Candidate]) -> Candidate:
    """The one response that counts: with an end, fullest, latest ended, latest begun, lowest id.

    Of a response that was corrected only the newest version is compared. The id that decides last
    is the one its sender gave: our own tells nothing but the order of arrival.
    """
    every = list(candidates)
    if not every:
        raise ValueError("there is no response to choose from")
    return min(newest_versions(every), key=_rank)


def _rank(candidate: Candidate) -> tuple[bool, int, float, bool, float, str, UUID]:
    ended, started = candidate.ended_at, candidate.started_at
    return (
        ended is None,
        -candidate.answered_items,
        -ended.timestamp() if ended else 0.0,
        started is None,
        -started.timestamp() if started else 0.0,
        candidate.instance_id or "",
        candidate.id,
    )
