"""Rules on education, work and functional difficulty."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.items import DIFFICULTY_NODES
from census.collection.instances.members import Member

YOUNGEST_GRADUATE = 20
YOUNGEST_PUPIL = 5
SCHOOL_AGES = range(6, 15)
CONFIRM_WORK_FROM_AGE = 80
AGE_ASKED_ABOUT_DIFFICULTY = 5
MANY_DOMAINS = 4

_NO_SCHOOLING = "01"
_DEGREES = frozenset({"09", "10", "11", "12"})
_PRIMARY_OR_MORE = frozenset({"03", "04", "05", "06", "07", "08"}) | _DEGREES
_AT_WORK = frozenset({"1", "2"})
_MANAGERS_AND_PROFESSIONALS = frozenset({"1", "2"})
_STATE_SECTIONS = frozenset("OPQ")
_UNCLASSIFIED = frozenset({None, "X", "R", "9"})
_CANNOT = "4"


def graduated_very_young(member: Member, context: Context) -> bool:
    """A degree before twenty is to be confirmed."""
    if member.age is None or member.age >= YOUNGEST_GRADUATE:
        return False
    return member.answers.p15 in _DEGREES


def schooled_too_young(member: Member, context: Context) -> bool:
    """Nobody completes primary school before five."""
    if member.age is None or member.age >= YOUNGEST_PUPIL:
        return False
    return member.answers.p15 in _PRIMARY_OR_MORE


def unschooled_professional(member: Member, context: Context) -> bool:
    """Managers and professionals have usually been to school."""
    answers = member.answers
    return answers.p15 == _NO_SCHOOLING and answers.p17 in _MANAGERS_AND_PROFESSIONALS


def is_not_at_school(member: Member, context: Context) -> bool:
    """Children of school age go to school."""
    return member.age in SCHOOL_AGES and member.answers.p15_studying == "2"


def work_is_not_described(member: Member, context: Context) -> bool:
    """Who works has an occupation, an industry and a status."""
    answers = member.answers
    return answers.p17 is None or answers.p18 is None or answers.p19 is None


def state_employee_elsewhere(member: Member, context: Context) -> bool:
    """Government employees work in administration, education or health."""
    return member.answers.p19 == "4" and _is_outside(member, _STATE_SECTIONS)


def farmer_elsewhere(member: Member, context: Context) -> bool:
    """Skilled farmers work in agriculture."""
    return member.answers.p17 == "6" and _is_outside(member, frozenset("A"))


def soldier_elsewhere(member: Member, context: Context) -> bool:
    """The armed forces belong to public administration."""
    return member.answers.p17 == "0" and _is_outside(member, frozenset("O"))


def works_very_old(member: Member, context: Context) -> bool:
    """Work at eighty or more is to be confirmed."""
    if member.answers.p16 != "1" or member.age is None:
        return False
    return member.age >= CONFIRM_WORK_FROM_AGE


def works_with_severe_difficulty(member: Member, context: Context) -> bool:
    """Who cannot do most things seldom works."""
    if member.answers.p16 != "1":
        return False
    domains = [node for node in DIFFICULTY_NODES if getattr(member.answers, node) == _CANNOT]
    return len(domains) >= MANY_DOMAINS


def difficulty_of_small_child(member: Member, context: Context) -> bool:
    """The questions on difficulty are not made for children under five."""
    if member.age is None or member.age >= AGE_ASKED_ABOUT_DIFFICULTY:
        return False
    return any(getattr(member.answers, node) is not None for node in DIFFICULTY_NODES)


def _is_outside(member: Member, sections: frozenset[str]) -> bool:
    section = member.answers.p18
    return section not in _UNCLASSIFIED and section not in sections


def _is_employed(member: Member) -> bool:
    return member.answers.p16 in _AT_WORK


_HARD, _SOFT = Severity.HARD, Severity.SOFT

EDITS: tuple[Edit[Member], ...] = (
    Edit(
        "E-P35",
        _SOFT,
        Step.CONSISTENCY,
        "การศึกษาสูงเกินอายุ",
        "Degree under age 20",
        graduated_very_young,
    ),
    Edit(
        "E-P36",
        _HARD,
        Step.CONSISTENCY,
        "การศึกษาไม่สัมพันธ์กับอายุ",
        "Primary or more under 5",
        schooled_too_young,
    ),
    Edit(
        "E-P37",
        _SOFT,
        Step.CONSISTENCY,
        "ไม่มีการศึกษาแต่เป็นผู้บริหาร/วิชาชีพ",
        "No schooling but manager/professional",
        unschooled_professional,
    ),
    Edit(
        "E-P38",
        _SOFT,
        Step.CONSISTENCY,
        "วัยเรียนแต่ไม่ได้เรียน",
        "School age not attending",
        is_not_at_school,
    ),
    Edit(
        "E-P39",
        _HARD,
        Step.SKIP,
        "มีงานทำแต่ข้อมูลอาชีพว่าง",
        "Employed without occupation data",
        work_is_not_described,
        _is_employed,
    ),
    Edit(
        "E-P40",
        _SOFT,
        Step.CONSISTENCY,
        "ลูกจ้างรัฐแต่อุตสาหกรรมไม่สัมพันธ์",
        "Government employee, unusual industry",
        state_employee_elsewhere,
    ),
    Edit(
        "E-P41",
        _SOFT,
        Step.CONSISTENCY,
        "เกษตรกรแต่ไม่ใช่ภาคเกษตร",
        "Skilled farmer outside agriculture",
        farmer_elsewhere,
    ),
    Edit(
        "E-P42",
        _SOFT,
        Step.CONSISTENCY,
        "ทหารแต่อุตสาหกรรมไม่ใช่ O",
        "Armed forces outside section O",
        soldier_elsewhere,
    ),
    Edit(
        "E-P43",
        _SOFT,
        Step.CONSISTENCY,
        "ทำงานอายุ 80 ปีขึ้นไป",
        "Working at 80+",
        works_very_old,
    ),
    Edit(
        "E-P44",
        _SOFT,
        Step.CONSISTENCY,
        "ข้อจำกัดมากแต่ทำงาน",
        "Severe difficulty but working",
        works_with_severe_difficulty,
    ),
    Edit(
        "E-P45",
        _HARD,
        Step.SKIP,
        "ต่ำกว่า 5 ปีไม่ต้องถาม",
        "Not asked under 5",
        difficulty_of_small_child,
    ),
)
