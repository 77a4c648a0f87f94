"""Rules on marriage, and on how the members of a household are related to its head."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.members import HEAD, SPOUSE, Member

MALE, FEMALE = "1", "2"

YOUNGEST_HEAD = 15
YOUNGEST_MARRIED = 17
AGE_ASKED_ABOUT_MARRIAGE = 13
GENERATION_YEARS = 12
TWO_GENERATIONS_YEARS = 28
OLDEST_AT_BIRTH = 50
MOST_BETWEEN_SPOUSES = 30

_EVER_MARRIED = frozenset({"2", "3", "4", "5", "6", "7"})
_MARRIED = frozenset({"2", "3"})
_NEVER_MARRIED = "1"


def spouse_has_sex_of_head(member: Member, context: Context) -> bool:
    """A same-sex couple is to be confirmed, not refused."""
    head = member.household.head
    return (
        head is not None
        and member.answers.p04 in (MALE, FEMALE)
        and member.answers.p04 == head.answers.p04
    )


def head_is_a_child(member: Member, context: Context) -> bool:
    """A child seldom heads a household."""
    return member.age is not None and member.age < YOUNGEST_HEAD


def parent_is_too_young(member: Member, context: Context) -> bool:
    """A parent is at least twelve years older than the child who is the head."""
    years = _years_younger_than_head(member)
    return years is not None and years > -GENERATION_YEARS


def child_is_too_old(member: Member, context: Context) -> bool:
    """A child is at least twelve years younger than the head."""
    years = _years_younger_than_head(member)
    return years is not None and years < GENERATION_YEARS


def mother_is_too_old(member: Member, context: Context) -> bool:
    """Few women have a child after fifty."""
    years, head = _years_younger_than_head(member), member.household.head
    if years is None or head is None or head.answers.p04 != FEMALE:
        return False
    return years > OLDEST_AT_BIRTH


def grandchild_is_too_old(member: Member, context: Context) -> bool:
    """Two generations take time."""
    years = _years_younger_than_head(member)
    return years is not None and years < TWO_GENERATIONS_YEARS


def spouses_are_far_apart(member: Member, context: Context) -> bool:
    """More than thirty years between spouses is to be confirmed."""
    years = _years_younger_than_head(member)
    return years is not None and abs(years) > MOST_BETWEEN_SPOUSES


def child_has_marital_status(member: Member, context: Context) -> bool:
    """Children under thirteen are not asked about marriage."""
    if member.age is None or member.age >= AGE_ASKED_ABOUT_MARRIAGE:
        return False
    return member.answers.p10 in _EVER_MARRIED


def married_very_young(member: Member, context: Context) -> bool:
    """Marriage before seventeen is to be confirmed."""
    if member.age is None or member.age >= YOUNGEST_MARRIED:
        return False
    return member.answers.p10 in _EVER_MARRIED


def is_never_married(member: Member, context: Context) -> bool:
    """Said of somebody whose relationship to the head says otherwise."""
    return member.answers.p10 == _NEVER_MARRIED


def head_is_not_married(member: Member, context: Context) -> bool:
    """A head whose spouse lives here is married."""
    head = member.household.head
    if head is None or head.answers.p10 in _MARRIED:
        return False
    return head.answers.p10 in _EVER_MARRIED or head.answers.p10 == _NEVER_MARRIED


def _years_younger_than_head(member: Member) -> int | None:
    head = member.household.head
    if head is None or head.age is None or member.age is None:
        return None
    return head.age - member.age


def _is_head(member: Member) -> bool:
    return member.answers.p03 == HEAD


def _is_spouse(member: Member) -> bool:
    return member.answers.p03 == SPOUSE


def _is_child(member: Member) -> bool:
    return member.answers.p03 in ("02", "03")


def _is_married_child(member: Member) -> bool:
    return member.answers.p03 == "03"


def _is_grandchild(member: Member) -> bool:
    return member.answers.p03 == "05"


def _is_parent(member: Member) -> bool:
    return member.answers.p03 == "06"


_HARD, _SOFT = Severity.HARD, Severity.SOFT

EDITS: tuple[Edit[Member], ...] = (
    Edit(
        "E-P04",
        _SOFT,
        Step.CONSISTENCY,
        "คู่สมรสเพศเดียวกับหัวหน้า",
        "Same-sex spouse: confirm",
        spouse_has_sex_of_head,
        _is_spouse,
    ),
    Edit(
        "E-P12",
        _SOFT,
        Step.CONSISTENCY,
        "หัวหน้าอายุต่ำกว่า 15",
        "Head under 15",
        head_is_a_child,
        _is_head,
    ),
    Edit(
        "E-P13",
        _HARD,
        Step.CONSISTENCY,
        "บิดา/มารดาอายุไม่สัมพันธ์กับหัวหน้า",
        "Parent not ≥12 years older than head",
        parent_is_too_young,
        _is_parent,
    ),
    Edit(
        "E-P14",
        _HARD,
        Step.CONSISTENCY,
        "บุตรอายุไม่สัมพันธ์กับหัวหน้า",
        "Child not ≥12 years younger",
        child_is_too_old,
        _is_child,
    ),
    Edit(
        "E-P15",
        _SOFT,
        Step.CONSISTENCY,
        "ช่วงอายุแม่-บุตรมากกว่า 50 ปี",
        "Mother–child gap >50",
        mother_is_too_old,
        _is_child,
    ),
    Edit(
        "E-P16",
        _SOFT,
        Step.CONSISTENCY,
        "หลานอายุไม่สัมพันธ์",
        "Grandchild too old",
        grandchild_is_too_old,
        _is_grandchild,
    ),
    Edit(
        "E-P17",
        _SOFT,
        Step.CONSISTENCY,
        "อายุคู่สมรสห่างกันมาก",
        "Spouses' ages differ >30",
        spouses_are_far_apart,
        _is_spouse,
    ),
    Edit(
        "E-P18",
        _HARD,
        Step.SKIP,
        "อายุต่ำกว่า 13 แต่ระบุสมรส",
        "Marital status under 13",
        child_has_marital_status,
    ),
    Edit(
        "E-P19",
        _SOFT,
        Step.CONSISTENCY,
        "สมรสก่อนอายุ 17",
        "Ever married under 17",
        married_very_young,
    ),
    Edit(
        "E-P20",
        _HARD,
        Step.CONSISTENCY,
        "คู่สมรสแต่ระบุโสด",
        "Spouse recorded as never married",
        is_never_married,
        _is_spouse,
    ),
    Edit(
        "E-P21",
        _SOFT,
        Step.CONSISTENCY,
        "สถานภาพหัวหน้าไม่ตรงกับการมีคู่สมรส",
        "Head has spouse but is not married",
        head_is_not_married,
        _is_spouse,
    ),
    Edit(
        "E-P22",
        _HARD,
        Step.CONSISTENCY,
        "บุตรสมรสแต่ระบุโสด",
        '"Married child" is never married',
        is_never_married,
        _is_married_child,
    ),
)
