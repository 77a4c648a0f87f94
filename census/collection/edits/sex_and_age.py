"""Rules on what a person is: sex, title, age and birth."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.births import UNKNOWN_AGE
from census.collection.instances.members import Member

MALE, FEMALE = "1", "2"

OLDEST = 120
CONFIRM_FROM_AGE = 100
AGE_OF_ADULT_TITLE = 15

_TITLES_OF_MEN = frozenset({"01", "04"})
_TITLES_OF_WOMEN = frozenset({"02", "03", "05"})
_TITLES_OF_ADULTS = frozenset({"01", "02", "03"})
_TITLES_OF_CHILDREN = frozenset({"04", "05"})


def sex_is_missing(member: Member, context: Context) -> bool:
    """Everyone is counted as one of two sexes."""
    return member.answers.p04 not in (MALE, FEMALE)


def title_contradicts_sex(member: Member, context: Context) -> bool:
    """Titles tell the sex."""
    title, sex = member.answers.p02_title, member.answers.p04
    return (title in _TITLES_OF_WOMEN and sex == MALE) or (
        title in _TITLES_OF_MEN and sex == FEMALE
    )


def title_contradicts_age(member: Member, context: Context) -> bool:
    """The titles of children end at fifteen."""
    title, age = member.answers.p02_title, member.age
    if age is None:
        return False
    if age >= AGE_OF_ADULT_TITLE:
        return title in _TITLES_OF_CHILDREN
    return title in _TITLES_OF_ADULTS


def is_too_old(member: Member, context: Context) -> bool:
    """Nobody reaches this age."""
    age = member.answers.p06
    return age is not None and age != UNKNOWN_AGE and age > OLDEST


def is_very_old(member: Member, context: Context) -> bool:
    """Few reach a hundred, so it is confirmed."""
    age = member.answers.p06
    return age is not None and age != UNKNOWN_AGE and age >= CONFIRM_FROM_AGE


def age_contradicts_birth(member: Member, context: Context) -> bool:
    """The stated age is more than a year away from every age the birth allows."""
    birth, age = member.birth, member.answers.p06
    if birth is None or age is None or age == UNKNOWN_AGE or birth.oldest < 0:
        return False
    return not birth.youngest - 1 <= age <= birth.oldest + 1


def is_born_too_late(member: Member, context: Context) -> bool:
    """Who was born after the reference moment is not counted."""
    reference = context.reference
    return member.birth is not None and member.birth.earliest > (reference.year, reference.month)


_HARD, _SOFT = Severity.HARD, Severity.SOFT

EDITS: tuple[Edit[Member], ...] = (
    Edit("E-P05", _HARD, Step.RANGE, "ต้องระบุเพศ", "Sex required", sex_is_missing),
    Edit(
        "E-P06",
        _SOFT,
        Step.CONSISTENCY,
        "คำนำหน้าไม่ตรงกับเพศ",
        "Title inconsistent with sex",
        title_contradicts_sex,
    ),
    Edit(
        "E-P07",
        _SOFT,
        Step.CONSISTENCY,
        "คำนำหน้าไม่ตรงกับอายุ",
        "Title inconsistent with age",
        title_contradicts_age,
    ),
    Edit("E-P08", _HARD, Step.RANGE, "อายุเกิน 120 ปี", "Age above 120", is_too_old),
    Edit(
        "E-P09",
        _SOFT,
        Step.RANGE,
        "ยืนยันอายุ 100 ปีขึ้นไป",
        "Confirm age 100+",
        is_very_old,
    ),
    Edit(
        "E-P10",
        _HARD,
        Step.CONSISTENCY,
        "อายุไม่ตรงกับวันเกิด",
        "Age inconsistent with birth",
        age_contradicts_birth,
    ),
    Edit(
        "E-P11",
        _HARD,
        Step.RANGE,
        "เกิดหลังวันอ้างอิง",
        "Born after the reference date",
        is_born_too_late,
    ),
)
