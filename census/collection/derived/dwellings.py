"""What a household is: its size, its type, its generations, and how much room it has."""

from __future__ import annotations

from enum import StrEnum

from census.collection.instances.members import HEAD, SPOUSE, Household

UNKNOWN_TOTAL = 9999
UNKNOWN_ROOMS = 99
MOST_PER_BEDROOM = 3

NEVER_MARRIED = "1"
_UNMARRIED_CHILDREN = frozenset({"02", "11"})
_PARENT, _SIBLING = "06", "08"
_NON_RELATIVES = frozenset({"12", "13", "14", "15"})

_GENERATIONS = {
    HEAD: 0,
    SPOUSE: 0,
    "02": -1,
    "03": -1,
    "04": -1,
    "05": -2,
    "06": 1,
    "07": 1,
    "08": 0,
    "09": 2,
    "11": -1,
}
"""How many generations somebody is above the head; other relatives may be of any."""


class HouseholdType(StrEnum):
    """What kind of household people form, by how its members are related to the head."""

    ONE_PERSON = "one_person"
    COUPLE = "couple"
    NUCLEAR = "nuclear"
    EXTENDED = "extended"
    NON_RELATIVES = "non_relatives"
    COLLECTIVE = "collective"


def household_size(household: Household) -> int | None:
    """The number of usual residents: as stated (H22), else as many as are listed."""
    if not household.is_occupied:
        return None
    stated = household.answers.h22
    if stated is not None and stated != UNKNOWN_TOTAL:
        return stated
    return len(household.members) or None


def household_type(household: Household) -> HouseholdType | None:
    """The type of the household, after United Nations, Principles and Recommendations, Rev. 3.

    Families are classed by their relatives alone: a domestic worker or a boarder does not change
    the type. A nucleus is a couple or a parent with unmarried children; the head may be the child.
    Where nobody is related to the head it is a household of non-relatives.
    """
    if household.is_collective:
        return HouseholdType.COLLECTIVE
    relations = [member.answers.p03 for member in household.members]
    if not household.is_private or household.head is None or None in relations:
        return None
    if len(relations) == 1:
        return HouseholdType.ONE_PERSON
    relatives = [code for code in relations if code != HEAD and code not in _NON_RELATIVES]
    if not relatives:
        return HouseholdType.NON_RELATIVES
    if relatives == [SPOUSE]:
        return HouseholdType.COUPLE
    return HouseholdType.NUCLEAR if _is_nucleus(household, relatives) else HouseholdType.EXTENDED


def generations(household: Household) -> int | None:
    """How many generations of the head's family live together.

    Other relatives and those who are not related are not counted, for nobody knows their place.
    """
    if not household.is_private or household.head is None:
        return None
    return len({_GENERATIONS[code] for code in _relations(household) if code in _GENERATIONS})


def persons_per_room(household: Household) -> float | None:
    """Usual residents over rooms (H22 ÷ H08)."""
    size, rooms = household_size(household), household.answers.h08
    if size is None or not rooms or rooms == UNKNOWN_ROOMS:
        return None
    return size / rooms


def is_overcrowded(household: Household) -> bool | None:
    """More than three persons share a bedroom; without one, all sleep in the same room."""
    size, bedrooms = household_size(household), household.answers.h09
    if size is None or bedrooms is None or bedrooms == UNKNOWN_ROOMS:
        return None
    return size > MOST_PER_BEDROOM * max(1, bedrooms)


def _relations(household: Household) -> list[str | None]:
    return [member.answers.p03 for member in household.members]


def _is_nucleus(household: Household, relatives: list[str | None]) -> bool:
    """One couple or one parent with unmarried children, and no other relative."""
    if set(relatives) <= {SPOUSE} | _UNMARRIED_CHILDREN:
        return relatives.count(SPOUSE) <= 1
    if not set(relatives) <= {_PARENT, _SIBLING} or not 1 <= relatives.count(_PARENT) <= 2:
        return False
    children = [each for each in household.members if each.answers.p03 in (HEAD, _SIBLING)]
    return all(each.answers.p10 in (None, NEVER_MARRIED) for each in children)
