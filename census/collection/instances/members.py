"""A household and its members with what follows from the answers: ages, the head, occupancy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from census.collection.instances.answers import HouseholdAnswers, PersonAnswers
from census.collection.instances.births import UNKNOWN_AGE, Birth, birth_of

if TYPE_CHECKING:
    from census.collection.instances.coverage import Coverage

REFERENCE_DAY = date(2020, 12, 1)
"""The day whose first moment the census describes."""

# From this size on, a collective household may give a short roster.
LARGEST_FULL_ROSTER = 50

HEAD = "00"
SPOUSE = "01"


class Household:
    """A household as its answers describe it, ready to be judged."""

    __slots__ = (
        "answers",
        "coverages",
        "first_with_number",
        "has_roster",
        "head",
        "is_collective",
        "is_occupied",
        "is_present",
        "is_private",
        "may_be_short",
        "members",
        "problems_of",
        "reference",
    )

    def __init__(self, answers: HouseholdAnswers, reference: date = REFERENCE_DAY) -> None:
        """Work out once what many rules ask for."""
        self.answers = answers
        self.reference = reference
        self.coverages: tuple[Coverage, ...] | None = None
        """How its items are answered, once somebody has looked: `coverage.covered` does."""
        self.is_present = answers.h02 == "1"
        self.is_occupied = answers.h02 in ("1", "2")
        self.is_private = self.is_occupied and answers.h03 == "1"
        self.is_collective = self.is_occupied and answers.h03 in ("2", "3")
        self.has_roster = bool(answers.persons)
        self.may_be_short = self.is_collective and len(answers.persons) > LARGEST_FULL_ROSTER
        self.members = tuple(Member(person, self) for person in answers.persons)
        self.first_with_number: dict[str, Member] = {}
        for member in self.members:
            if member.answers.p07 is not None:
                self.first_with_number.setdefault(member.answers.p07, member)
        self.problems_of: dict[int | None, list[str]] = {}
        for problem in answers.problems:
            self.problems_of.setdefault(problem.person, []).append(problem.node)
        heads = [member for member in self.members if member.answers.p03 == HEAD]
        self.head: Member | None = heads[0] if len(heads) == 1 else None


class Member:
    """A person of the roster, with the age and the birth that the answers give."""

    __slots__ = ("age", "answers", "birth", "household")

    def __init__(self, answers: PersonAnswers, household: Household) -> None:
        """Work out the age: as stated, else from the birth where that leaves no doubt."""
        self.answers = answers
        self.household = household
        self.birth: Birth | None = birth_of(
            answers.p05_month, answers.p05_year, household.reference
        )
        self.age: int | None = answers.p06
        if self.age is None or self.age == UNKNOWN_AGE:
            self.age = _certain_age(self.birth)


def described(household: Household | HouseholdAnswers) -> Household:
    """The household as its answers describe it; one that was described already stays as it is."""
    return household if isinstance(household, Household) else Household(household)


def _certain_age(birth: Birth | None) -> int | None:
    if birth is None or birth.oldest != birth.youngest or birth.youngest < 0:
        return None
    return birth.youngest
