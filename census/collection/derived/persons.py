"""What follows from the answers about one person, and about who is registered where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from census.collection.instances.items import DIFFICULTY_NODES
from census.collection.instances.members import Household, Member
from census.collection.instances.places import THAILAND, UNKNOWN_NATIONALITY

UNKNOWN_ABSENTEES = 999
WORKING_AGE = 15
AGE_ASKED_ABOUT_DIFFICULTY = 5

_SINCE_BIRTH = "6"
_UNDER_FIVE_YEARS = frozenset({"0", "1", "2", "3"})
_DURATIONS = _UNDER_FIVE_YEARS | {"4", "5", _SINCE_BIRTH}
_HERE, _IN_PROVINCE, _ELSEWHERE, _CENTRAL, _NO_REGISTER = "1", "2", "3", "4", "5"

YEARS_OF_SCHOOLING = {
    "01": 0,
    "02": 0,
    "03": 6,
    "04": 9,
    "05": 12,
    "06": 12,
    "07": 13,
    "08": 14,
    "09": 16,
    "10": 18,
    "11": 21,
}
"""How many years the Thai system takes to the level attained (P15).

Six years of primary school, three of lower and three of upper secondary; a year of post-secondary
training, two of a higher vocational diploma, four of a bachelor's degree, two more of a master's
and three more of a doctorate. Other education, refused and not known stand for no number.
"""


class Registration(StrEnum):
    """Where somebody lives and where the house register has them."""

    HERE_AND_LIVING_HERE = "registered_here_living_here"
    LIVING_HERE_ONLY = "living_here_registered_elsewhere"
    REGISTERED_HERE_ONLY = "registered_here_living_elsewhere"


class Activity(StrEnum):
    """What somebody of 15 or more did in the last seven days, as labour statistics class it."""

    EMPLOYED = "employed"
    UNEMPLOYED = "unemployed"
    SEASONALLY_INACTIVE = "seasonally_inactive"
    OUTSIDE = "outside_labour_force"


_ACTIVITIES = {
    "1": Activity.EMPLOYED,
    "2": Activity.EMPLOYED,
    "3": Activity.UNEMPLOYED,
    "4": Activity.SEASONALLY_INACTIVE,
    "5": Activity.OUTSIDE,
    "6": Activity.OUTSIDE,
    "7": Activity.OUTSIDE,
    "8": Activity.OUTSIDE,
}


@dataclass(frozen=True, slots=True)
class RegistrationCounts:
    """The people of one house by where they live and where they are registered."""

    here: int
    """Registered here and living here."""
    elsewhere: int
    """Living here, registered elsewhere."""
    absent: int | None
    """Registered here, living elsewhere; none where that is not known."""
    unknown: int
    """Living here, and nothing is known of a register, or there is none for them."""


def registration(member: Member) -> Registration | None:
    """Where a usual resident is registered (P11); foreigners without a register are in no class."""
    answer = member.answers.p11
    if answer == _HERE:
        return Registration.HERE_AND_LIVING_HERE
    if answer in (_IN_PROVINCE, _ELSEWHERE, _CENTRAL):
        return Registration.LIVING_HERE_ONLY
    return None


def registrations(household: Household) -> RegistrationCounts:
    """The three classes over a household: its residents by P11, its absentees by H25."""
    classes = [registration(member) for member in household.members]
    absentees = household.answers.h25
    return RegistrationCounts(
        here=classes.count(Registration.HERE_AND_LIVING_HERE),
        elsewhere=classes.count(Registration.LIVING_HERE_ONLY),
        absent=None if absentees == UNKNOWN_ABSENTEES else absentees,
        unknown=classes.count(None),
    )


def is_latent(member: Member) -> bool | None:
    """Of the latent population (ประชากรแฝง): a usual resident not registered in the province."""
    answer = member.answers.p11
    if answer in (_HERE, _IN_PROVINCE):
        return False
    return True if answer in (_ELSEWHERE, _CENTRAL, _NO_REGISTER) else None


def is_thai(member: Member) -> bool | None:
    """Of Thai nationality; the stateless are not."""
    nationality = member.answers.p08
    if nationality in (None, "R", UNKNOWN_NATIONALITY):
        return None
    return nationality == THAILAND


def is_lifetime_migrant(member: Member) -> bool | None:
    """Has not lived here since birth (P12)."""
    duration = member.answers.p12
    return duration != _SINCE_BIRTH if duration in _DURATIONS else None


def is_recent_migrant(member: Member) -> bool | None:
    """Has lived here for less than five years (P12 is 0 to 3)."""
    duration = member.answers.p12
    return duration in _UNDER_FIVE_YEARS if duration in _DURATIONS else None


def years_of_schooling(member: Member) -> int | None:
    """The years that the education attained stands for."""
    return YEARS_OF_SCHOOLING.get(member.answers.p15 or "")


def activity(member: Member) -> Activity | None:
    """The class of the main activity (P16), of persons of 15 or more."""
    if member.age is None or member.age < WORKING_AGE:
        return None
    return _ACTIVITIES.get(member.answers.p16 or "")


def has_disability(member: Member) -> bool | None:
    """Has a lot of difficulty, or cannot, in at least one of the six domains (P20).

    Washington Group on Disability Statistics, Short Set, indicator "disability 3". Domains that
    are not known count as no difficulty where another one is known.
    """
    if member.age is None or member.age < AGE_ASKED_ABOUT_DIFFICULTY:
        return None
    known = [
        answer
        for node in DIFFICULTY_NODES
        if (answer := getattr(member.answers, node)) in ("1", "2", "3", "4")
    ]
    return any(answer in ("3", "4") for answer in known) if known else None
