"""Invented households, each made anew whenever it is asked for, and always the same."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from census.demo.addresses import address
from census.demo.chance import chance
from census.demo.enumeration_areas import SyntheticArea
from census.demo.numbers import house_code
from census.demo.outlines import Corner, position_in
from census.demo.persons import Person, absentees, residents
from census.demo.provinces import HOUSEHOLDS
from census.frame.rules import FIELD_SERIALS

SHARES_HOUSE_WITH_PREVIOUS = 0.03


@dataclass(frozen=True, slots=True)
class SyntheticHousehold:
    """A household as the register lists it, and the people it is made of."""

    id: str
    house_code: str
    address: str
    position: Corner
    residents: list[Person]
    absentees: list[Person]
    in_house: int = 1
    """How many households live in the house."""

    @property
    def registered(self) -> list[Person]:
        """Who stands in the register at this address."""
        return [p for p in (*self.residents, *self.absentees) if p.is_registered_here]


def household_at(
    area: SyntheticArea, corners: list[Corner], seed: int, index: int
) -> SyntheticHousehold:
    """The household at this place in its area, counted from zero."""
    number = area.first + index
    dice = chance(seed, "household", number)
    shares_house = _shares_house(dice, index)
    lives_here = residents(dice, area.province, area.kind, number)
    return SyntheticHousehold(
        id=area.household_id(index),
        house_code=house_code(area.province.code, number - shares_house),
        address=address(dice, area, index),
        position=position_in(corners, dice),
        residents=lives_here,
        absentees=absentees(dice, number, lives_here),
        in_house=1 + _has_house_mate(area, seed, index, shares_house=shares_house),
    )


def _shares_house(dice: Random, index: int) -> bool:
    """Whether a household has the house code of the one before it; its first throw decides."""
    return index > 0 and dice.random() < SHARES_HOUSE_WITH_PREVIOUS


def _has_house_mate(area: SyntheticArea, seed: int, index: int, *, shares_house: bool) -> bool:
    """Whether the house code is another household's as well.

    It is the one before, unless that has the code of the one before it; or else the one after.
    """
    other = index - 1 if shares_house else index + 1
    if other == area.households:
        return False
    dice = chance(seed, "household", area.first + other)
    return _shares_house(dice, other) is not shares_house


def found_household(
    area: SyntheticArea, corners: list[Corner], seed: int, household_id: str
) -> SyntheticHousehold:
    """A household that no list had; its people have numbers that no listed household has."""
    number = HOUSEHOLDS + area.first + int(household_id[-4:]) - FIELD_SERIALS.start
    dice = chance(seed, "found", household_id)
    return SyntheticHousehold(
        id=household_id,
        house_code="",
        address="",
        position=position_in(corners, dice),
        residents=residents(dice, area.province, area.kind, number),
        absentees=[],
    )
