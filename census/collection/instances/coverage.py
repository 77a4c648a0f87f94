"""How far the items of a response are answered: as asked, missing, skipped or not valid."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar

from census.collection.instances.births import never_was
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS, Item
from census.collection.instances.members import Household, Member

Subject = TypeVar("Subject", Household, Member)


class Coverage:
    """The items of one household or of one of its members, sorted by how they are answered."""

    __slots__ = ("answered", "asked", "invalid", "missing", "person", "skipped")

    def __init__(self, person: int | None) -> None:
        """Begin with nothing answered; `person` is the place in the roster, if it is a member."""
        self.person = person
        self.answered = 0
        """How many items are answered that were not to be skipped."""
        self.asked = 0
        """How many items had to be asked."""
        self.missing: list[str] = []
        self.skipped: list[str] = []
        self.invalid: list[str] = []


_Group = tuple[
    Callable[[Any], "bool | None"], tuple[Item[Any], ...], Callable[[Any], tuple[Any, ...]]
]


def _grouped(items: tuple[Item[Subject], ...]) -> tuple[_Group, ...]:
    """Items by universe, so that each universe is asked once, with a getter of all answers."""
    groups: dict[Callable[[Subject], bool | None], list[Item[Subject]]] = {}
    for item in items:
        groups.setdefault(item.universe, []).append(item)
    return tuple(
        (universe, tuple(members), _getter([item.node for item in members]))
        for universe, members in groups.items()
    )


def _getter(nodes: list[str]) -> Callable[[Any], tuple[Any, ...]]:
    if len(nodes) == 1:
        return lambda answers: (getattr(answers, nodes[0]),)
    return attrgetter(*nodes)


_HOUSEHOLD_GROUPS = _grouped(HOUSEHOLD_ITEMS)
_PERSON_GROUPS = _grouped(PERSON_ITEMS)


def covered(household: Household) -> tuple[Coverage, ...]:
    """How the items of the household, and then of each member, are answered; worked out once."""
    if household.coverages is None:
        household.coverages = (cover(household), *map(cover_member, household.members))
    return household.coverages


def cover(household: Household) -> Coverage:
    """How the items about the household itself are answered."""
    return _cover(household, _HOUSEHOLD_GROUPS, None, household)


def cover_member(member: Member) -> Coverage:
    """How the items about one member are answered."""
    answers = member.answers
    coverage = _cover(member, _PERSON_GROUPS, answers.position, member.household)
    if never_was(answers.p05_month, answers.p05_year):
        coverage.invalid.append("p05_month")
    return coverage


def _cover(
    subject: Household | Member,
    groups: tuple[_Group, ...],
    person: int | None,
    household: Household,
) -> Coverage:
    coverage = Coverage(person)
    coverage.invalid.extend(household.problems_of.get(person, ()))
    for universe, items, answers_of in groups:
        asked = universe(subject)
        for item, answer in zip(items, answers_of(subject.answers), strict=True):
            if asked and item.required:
                coverage.asked += 1
            if answer is not None:
                if asked is False:
                    coverage.skipped.append(item.node)
                else:
                    coverage.answered += 1
                if not item.admits(answer):
                    coverage.invalid.append(item.node)
            elif asked and item.required and item.node not in coverage.invalid:
                coverage.missing.append(item.node)
    return coverage
