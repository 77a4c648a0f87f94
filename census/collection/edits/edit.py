"""An edit rule, what it needs to know besides the answers, and what it finds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import IntEnum
from typing import Generic, TypeVar

from census.collection.codelists import Disposition, Mode, Severity
from census.collection.instances.members import REFERENCE_DAY
from census.core.locale import Locale

Subject = TypeVar("Subject")


class Step(IntEnum):
    """The order in which findings are told: what explains the others comes first."""

    STRUCTURE = 1
    RANGE = 2
    SKIP = 3
    CONSISTENCY = 4
    ACROSS_RECORDS = 5


@dataclass(frozen=True, slots=True)
class Context:
    """What the rules need to know besides the answers."""

    province_code: str
    mode: Mode | None = None
    field_period: tuple[date, date] | None = None
    reference: date = REFERENCE_DAY
    clock_offset: timedelta = timedelta()
    """What the census clock adds to the wall clock; a practice device may follow either."""
    outcome: Disposition | None = None
    """What the enumerator reported the visit to have ended with, where that was reported."""
    is_area_listed: bool = True
    """Whether the household it names lies in an enumeration area of the list."""
    is_area_assigned: bool = True
    """Whether that area was the sender's, now or on the day of the interview."""
    building_kinds: frozenset[str] | None = None
    """The kinds of building that the list of buildings has in the area; none without a list."""
    is_house_of_2010: bool = False
    """Whether the house is on the list of houses of the census of 2010."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that a response breaks, and of whom it says so: a person's line, or the household."""

    edit: str
    severity: Severity
    person: int | None = None
    overridden: bool = False
    nodes: tuple[str, ...] = ()
    """The items that are skipped, missing or invalid, for the rules that speak of any item."""


def everyone(subject: object) -> bool:
    """The universe of a rule that looks at every household, or at every person."""
    return True


@dataclass(frozen=True, slots=True)
class Edit(Generic[Subject]):
    """One rule: the universe says whom it looks at, the test is true where something is wrong."""

    id: str
    severity: Severity
    step: Step
    th: str
    en: str
    test: Callable[[Subject, Context], bool]
    universe: Callable[[Subject], bool] = field(default=everyone)
    version: int = 1

    def severity_in(self, mode: Mode | None) -> Severity:
        """How much the rule weighs in a mode: a paper form cannot be sent back by a rule."""
        if self.severity is Severity.HARD and mode is not None and mode.is_paper:
            return Severity.SOFT
        return self.severity

    def sentence(self, locale: Locale) -> str:
        """What the rule says, in the reader's language."""
        return self.th if locale is Locale.TH else self.en
