"""Invented numbers of persons and houses, of registration offices that do not exist."""

from __future__ import annotations

from census.core.identity_numbers import check_digit

PERSONS_PER_HOUSEHOLD = 16
"""How many numbers are set aside for each household."""
FIRST_OFFICE, OFFICES = 9900, 100
LAST_YEAR_WITHOUT_NUMBER_AT_BIRTH = 2526
"""Births were numbered from 1984 (2527) on; who is older got a number of another category."""


def identity_number(person: int, *, birth_year_be: int, is_wrong: bool = False) -> str:
    """The number of a Thai of this running number; its check digit is wrong where asked for."""
    category = 3 if birth_year_be <= LAST_YEAR_WITHOUT_NUMBER_AT_BIRTH else 1
    order, office = divmod(person, OFFICES)
    first_twelve = f"{category}{FIRST_OFFICE + office}{order:07d}"
    right = check_digit(first_twelve)
    return f"{first_twelve}{(right + 5) % 10 if is_wrong else right}"


def house_code(province_code: str, house: int) -> str:
    """A house code of the office 00 of its province, which is nobody's."""
    return f"{province_code}00{house:06d}{house % 10}"
