"""Whom an item is asked about: True must be asked, False must be skipped, None may be either.

An answer that a universe depends on may be blank or unknown. Nothing can then be said about the
items behind it, and the answer is None.
"""

from __future__ import annotations

from census.collection.instances.members import Household, Member

_ON_LAND = frozenset({"1", "2", "3", "7"})
_IN_BUILDING = frozenset({"1", "2", "3", "4"})
_TOILETS = frozenset({"1", "2", "3", "4"})
_SHORT_STAYS = frozenset({"0", "1", "2", "3", "4"})
_PLACES_LEFT = frozenset({"1", "2", "3"})
_AT_WORK = frozenset({"1", "2"})
_EMPTY = frozenset({"3", "4", "5", "6", "7", "8", "9"})
_GONE = frozenset({"8", "9"})


def every_household(household: Household) -> bool | None:
    """All on the list."""
    return True


def standing(household: Household) -> bool | None:
    """All dwellings; what is demolished or never was one need not have a structure."""
    return None if household.answers.h02 in _GONE else True


def occupied(household: Household) -> bool | None:
    """Dwellings that people live in; of those who are away, what neighbours can tell."""
    if household.is_occupied:
        return True if household.is_present else None
    return False if household.answers.h02 in _EMPTY else None


def present(household: Household) -> bool | None:
    """Households that were met."""
    if household.is_present:
        return True
    return False if household.is_occupied or household.answers.h02 in _EMPTY else None


def private(household: Household) -> bool | None:
    """Private households; collective ones are not asked about their dwelling."""
    asked = occupied(household)
    if asked is False or household.is_collective:
        return False
    return asked if household.is_private else None


def private_on_land(household: Household) -> bool | None:
    """Private households in a structure that stands on land of its own."""
    return _narrowed(private(household), household.answers.h01, _ON_LAND)


def private_in_building(household: Household) -> bool | None:
    """Private households in a structure whose age can be told."""
    return _narrowed(private(household), household.answers.h01, _IN_BUILDING)


def with_toilet(household: Household) -> bool | None:
    """Private households that have a toilet."""
    return _narrowed(private(household), household.answers.h13, _TOILETS)


def speaking_another_language(household: Household) -> bool | None:
    """Households that do not speak Thai; those that speak another beside it may name it."""
    if household.answers.h21 == "2":
        return None
    return _narrowed(occupied(household), household.answers.h21, frozenset({"3"}))


def every_member(member: Member) -> bool | None:
    """All persons; of a household that was not met, as far as neighbours can tell."""
    return True if member.household.is_present else None


def every_member_in_full(member: Member) -> bool | None:
    """All persons, but the short roster of a large collective household may leave them out."""
    household = member.household
    return True if household.is_present and not household.may_be_short else None


def aged_3_or_more(member: Member) -> bool | None:
    """Those old enough to have begun any education."""
    return _aged(member, 3)


def aged_5_or_more(member: Member) -> bool | None:
    """Those old enough for the questions on functional difficulty."""
    return _aged(member, 5)


def aged_13_or_more(member: Member) -> bool | None:
    """Those old enough to be asked about marriage."""
    return _aged(member, 13)


def aged_15_or_more(member: Member) -> bool | None:
    """Those of working age."""
    return _aged(member, 15)


def registered_in_other_province(member: Member) -> bool | None:
    """Those whose name stands in a house register of another province."""
    return _narrowed(every_member_in_full(member), member.answers.p11, frozenset({"3"}))


def moved_here(member: Member) -> bool | None:
    """Those who have lived here for less than ten years and were not born here."""
    return _narrowed(every_member_in_full(member), member.answers.p12, _SHORT_STAYS)


def moved_from_somewhere(member: Member) -> bool | None:
    """Those who moved here and said from where."""
    asked = moved_here(member)
    if member.answers.p13 is None and asked is not None:
        return False
    return _narrowed(asked, member.answers.p13, _PLACES_LEFT)


def from_other_province(member: Member) -> bool | None:
    """Those who moved here from another province."""
    return _narrowed(moved_here(member), member.answers.p13, frozenset({"2"}))


def from_abroad(member: Member) -> bool | None:
    """Those who moved here from another country."""
    return _narrowed(moved_here(member), member.answers.p13, frozenset({"3"}))


def employed(member: Member) -> bool | None:
    """Those of working age who worked or had a job in the last seven days."""
    return _narrowed(aged_15_or_more(member), member.answers.p16, _AT_WORK)


def _aged(member: Member, lowest: int) -> bool | None:
    if member.age is None:
        return None
    return every_member_in_full(member) if member.age >= lowest else False


def _narrowed(asked: bool | None, answer: str | None, codes: frozenset[str]) -> bool | None:
    """Within a universe, those who gave one of the codes; a blank leaves it open."""
    if asked is False:
        return False
    if answer is None:
        return None
    return asked if answer in codes else False
