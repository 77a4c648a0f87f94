"""Rules on identity numbers, nationality, registration, and how long somebody has lived here."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.members import Member
from census.collection.instances.places import THAILAND, UNKNOWN_NATIONALITY
from census.core.identity_numbers import is_valid_pid, is_well_formed_pid

# From this day on a birth was numbered when it was notified; the categories 1 and 2 begin here.
FIRST_NUMBERED_BIRTH = (1984, 1)

_CATEGORIES_OF_FOREIGNERS = frozenset("067")
_CATEGORIES_OF_BIRTHS = frozenset("12")
_SINCE_BIRTH = "6"
_UNDER_THREE_MONTHS = "0"

# The fewest completed years that each answer on the duration of residence stands for.
_LEAST_YEARS = {"2": 1, "3": 2, "4": 5, "5": 10}


def identity_number_is_wrong(member: Member, context: Context) -> bool:
    """The number is malformed or contradicts its check digit, which is no ground to refuse."""
    number = member.answers.p07
    return number is not None and not is_valid_pid(number)


def identity_number_is_repeated(member: Member, context: Context) -> bool:
    """Somebody above in the roster has the same number."""
    number = member.answers.p07
    if number is None or not is_well_formed_pid(number):
        return False
    return member.household.first_with_number[number] is not member


def thai_has_number_of_foreigner(member: Member, context: Context) -> bool:
    """The first digit is a category that Thais are not in."""
    return member.answers.p08 == THAILAND and _category(member) in _CATEGORIES_OF_FOREIGNERS


def foreigner_has_number_of_thai_birth(member: Member, context: Context) -> bool:
    """The first digit is a category that only a birth in Thailand to Thais gives."""
    if member.answers.p08 in (None, "R", THAILAND, UNKNOWN_NATIONALITY):
        return False
    return _category(member) in _CATEGORIES_OF_BIRTHS


def category_contradicts_birth(member: Member, context: Context) -> bool:
    """These categories were not given to anybody born before 1984."""
    if member.birth is None or _category(member) not in _CATEGORIES_OF_BIRTHS:
        return False
    return member.birth.latest < FIRST_NUMBERED_BIRTH


def other_province_is_missing(member: Member, context: Context) -> bool:
    """Registered in another province: which one is asked, and it is not this one."""
    answers = member.answers
    return answers.p11 == "3" and answers.p11_province in (None, context.province_code)


def thai_is_nowhere_registered(member: Member, context: Context) -> bool:
    """Every Thai stands in some register."""
    return member.answers.p11 == "5" and member.answers.p08 == THAILAND


def never_moved_but_moved(member: Member, context: Context) -> bool:
    """Who has been here since birth came from nowhere else."""
    return member.answers.p12 == _SINCE_BIRTH and member.answers.p13 is not None


def lives_here_longer_than_lives(member: Member, context: Context) -> bool:
    """Nobody has lived anywhere for longer than they have lived."""
    least = _LEAST_YEARS.get(member.answers.p12 or "")
    return least is not None and member.age is not None and member.age < least


def has_only_just_come(member: Member, context: Context) -> bool:
    """Less than three months makes a usual resident only if the person moved in for good."""
    return member.answers.p12 == _UNDER_THREE_MONTHS


def previous_province_is_this_one(member: Member, context: Context) -> bool:
    """Another province is another one."""
    answers = member.answers
    return answers.p13 == "2" and answers.p13_province == context.province_code


def _category(member: Member) -> str:
    number = member.answers.p07
    return number[0] if number is not None and is_well_formed_pid(number) else ""


def _has_number(member: Member) -> bool:
    return member.answers.p07 is not None


_HARD, _SOFT = Severity.HARD, Severity.SOFT

EDITS: tuple[Edit[Member], ...] = (
    Edit(
        "E-P23",
        _SOFT,
        Step.CONSISTENCY,
        "เลขประจำตัวประชาชนไม่ถูกต้อง",
        "PID check digit wrong",
        identity_number_is_wrong,
        _has_number,
    ),
    Edit(
        "E-P24",
        _HARD,
        Step.CONSISTENCY,
        "เลขประจำตัวซ้ำในครัวเรือน",
        "PID twice in household",
        identity_number_is_repeated,
        _has_number,
    ),
    Edit(
        "E-P26",
        _SOFT,
        Step.CONSISTENCY,
        "สัญชาติไทยแต่เลขประเภทคนต่างด้าว",
        "Thai with non-Thai PID category",
        thai_has_number_of_foreigner,
        _has_number,
    ),
    Edit(
        "E-P27",
        _SOFT,
        Step.CONSISTENCY,
        "ต่างชาติแต่เลขประเภทคนไทย",
        "Foreigner with Thai-birth PID",
        foreigner_has_number_of_thai_birth,
        _has_number,
    ),
    Edit(
        "E-P28",
        _SOFT,
        Step.CONSISTENCY,
        "ประเภทเลขขัดกับปีเกิด",
        "PID category inconsistent with birth year",
        category_contradicts_birth,
        _has_number,
    ),
    Edit(
        "E-P29",
        _HARD,
        Step.SKIP,
        "ต้องระบุจังหวัดอื่น",
        "Other province required",
        other_province_is_missing,
    ),
    Edit(
        "E-P30",
        _SOFT,
        Step.CONSISTENCY,
        "คนไทยต้องมีสถานะในทะเบียน",
        "Thai without register status",
        thai_is_nowhere_registered,
    ),
    Edit(
        "E-P31",
        _HARD,
        Step.SKIP,
        "อยู่ตั้งแต่เกิดแต่ระบุที่อยู่เดิม",
        "Here since birth but previous residence given",
        never_moved_but_moved,
    ),
    Edit(
        "E-P32",
        _SOFT,
        Step.CONSISTENCY,
        "อยู่นานกว่าอายุ",
        "Duration exceeds age",
        lives_here_longer_than_lives,
    ),
    Edit(
        "E-P33",
        _SOFT,
        Step.CONSISTENCY,
        "อยู่ไม่ถึง 3 เดือน",
        "Less than 3 months: resident?",
        has_only_just_come,
    ),
    Edit(
        "E-P34",
        _HARD,
        Step.CONSISTENCY,
        "จังหวัดเดิมต้องต่างจากจังหวัดนี้",
        "Previous province equals this one",
        previous_province_is_this_one,
    ),
)
