"""The members of an invented household: who lives there, and who is registered there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from census.core.locale import buddhist_year
from census.demo import names
from census.demo.enumeration_areas import Kind
from census.demo.numbers import PERSONS_PER_HOUSEHOLD, identity_number
from census.demo.provinces import Province

MALE, FEMALE = "1", "2"
THAI = "764"
REFERENCE_YEAR, REFERENCE_MONTH = 2020, 12

HEAD, SPOUSE, CHILD, GRANDCHILD, PARENT, SIBLING, ROOM_MATE = (
    "00",
    "01",
    "02",
    "05",
    "06",
    "08",
    "14",
)

ONE_PERSON = 0.35
NOT_THAI = 0.08
REGISTERED_ELSEWHERE = 0.30 / 0.92
"""Of the Thais who live here: 62 of 100 persons are registered here, 30 are not, 8 are not Thai."""
ABSENT_SHARE = 0.15
"""Of the persons on the register, who live elsewhere."""
ABSENT_PER_UNREGISTERED = ABSENT_SHARE / (1 - ABSENT_SHARE) * 0.62 / 0.38
"""How many are registered in a house and live elsewhere, for each who lives in it unregistered."""
WRONG_CHECK_DIGIT = 0.003


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who does not exist."""

    number: int
    relationship: str
    sex: str
    age: int
    birth_month: int
    nationality: str
    first_name: str
    surname: str
    is_registered_here: bool
    is_married: bool
    has_wrong_number: bool = False

    @property
    def is_thai(self) -> bool:
        """Whether Thai."""
        return self.nationality == THAI

    @property
    def birth_year_be(self) -> int:
        """The year of birth as a Thai register has it."""
        year = REFERENCE_YEAR - self.age - (self.birth_month >= REFERENCE_MONTH)
        return buddhist_year(date(year, self.birth_month, 1))

    @property
    def title(self) -> str:
        """The title that goes with sex, age and marriage."""
        if self.sex == MALE:
            return "01" if self.age >= 15 else "04"
        if self.age < 15:
            return "05"
        return "02" if self.is_married else "03"

    @property
    def identity_number(self) -> str:
        """The number in the register."""
        return identity_number(
            self.number, birth_year_be=self.birth_year_be, is_wrong=self.has_wrong_number
        )


def residents(dice: Random, province: Province, kind: Kind, household: int) -> list[Person]:
    """Who lives in a household of this running number, its head first."""
    count = _size(dice, province, kind)
    is_foreign = dice.random() < NOT_THAI
    nationality = dice.choice(("104", "104", "116", "418")) if is_foreign else THAI
    family = names.surname(dice) if not is_foreign else "-"
    members: list[Person] = []
    for place in range(count):
        draft = _member(dice, members, kind, count)
        members.append(
            replace(
                draft,
                number=household * PERSONS_PER_HOUSEHOLD + place,
                nationality=nationality,
                first_name=names.first_name(dice, draft.sex, nationality),
                surname=names.surname(dice) if draft.relationship == ROOM_MATE else family,
                is_registered_here=not is_foreign and dice.random() >= REGISTERED_ELSEWHERE,
                has_wrong_number=not is_foreign and dice.random() < WRONG_CHECK_DIGIT,
            )
        )
    if any(member.relationship == SPOUSE for member in members):
        members[0] = replace(members[0], is_married=True)
    return members


def absentees(dice: Random, household: int, lives_here: list[Person]) -> list[Person]:
    """Who is registered in the house and lives elsewhere."""
    # A house whose residents are registered elsewhere often has its owner's family on the register.
    unregistered = sum(not person.is_registered_here for person in lives_here)
    count = int(unregistered * ABSENT_PER_UNREGISTERED + dice.random())
    return [
        Person(
            number=household * PERSONS_PER_HOUSEHOLD + len(lives_here) + place,
            relationship="10",
            sex=(sex := dice.choice((MALE, FEMALE))),
            age=dice.randint(18, 70),
            birth_month=dice.randint(1, 12),
            nationality=THAI,
            first_name=names.first_name(dice, sex),
            surname=names.surname(dice),
            is_registered_here=True,
            is_married=False,
        )
        for place in range(count)
    ]


def _size(dice: Random, province: Province, kind: Kind) -> int:
    # Rooms are small and villages large, so that the mean of the province stays as it is.
    shift = {Kind.ROOMS: -0.35, Kind.TOWN: 0.15, Kind.VILLAGE: 0.10}[kind]
    mean = province.mean_persons + shift
    alone = ONE_PERSON - shift * 0.3
    if dice.random() < alone:
        return 1
    extra = (mean - alone) / (1 - alone) - 2
    return 2 + min(9, _poisson(dice, extra))


def _poisson(dice: Random, mean: float) -> int:
    count, left = 0, dice.expovariate(1)
    while left < mean:
        count += 1
        left += dice.expovariate(1)
    return count


def _member(dice: Random, members: list[Person], kind: Kind, count: int) -> Person:
    """The next member: a head, then a spouse or a room-mate, then the family of the head."""
    if not members:
        return _head(dice, kind, count)
    head = members[0]
    if kind is Kind.ROOMS and dice.random() < 0.5:
        return _draft(dice, ROOM_MATE, age=dice.randint(18, 45))
    if len(members) == 1 and dice.random() < 0.72:
        opposite = FEMALE if head.sex == MALE else MALE
        age = min(99, max(19, head.age + dice.randint(-9, 6)))
        return _draft(dice, SPOUSE, age=age, sex=opposite, is_married=True)
    return _relative(dice, head)


def _head(dice: Random, kind: Kind, count: int) -> Person:
    highest = 48 if kind is Kind.ROOMS else 78 if count > 1 else 88
    return _draft(dice, HEAD, age=dice.randint(21, highest))


def _relative(dice: Random, head: Person) -> Person:
    """Somebody whose age fits the head's: generations are eighteen to forty-four years apart."""
    choice = dice.random()
    if head.age >= 62 and choice < 0.45:
        return _draft(dice, GRANDCHILD, age=dice.randint(0, min(17, head.age - 45)))
    if head.age <= 55 and choice > 0.90:
        return _draft(dice, PARENT, age=head.age + dice.randint(20, 36))
    if head.age < 26:
        return _draft(dice, SIBLING, age=max(3, head.age - dice.randint(-4, 10)))
    youngest = max(0, head.age - 44)
    return _draft(dice, CHILD, age=dice.randint(youngest, max(youngest, head.age - 20)))


def _draft(
    dice: Random, relationship: str, *, age: int, sex: str = "", is_married: bool = False
) -> Person:
    return Person(
        number=0,
        relationship=relationship,
        sex=sex or dice.choice((MALE, FEMALE)),
        age=age,
        birth_month=dice.randint(1, 12),
        nationality=THAI,
        first_name="",
        surname="",
        is_registered_here=False,
        is_married=is_married,
    )
