"""Rules on the shape of a record: occupancy, roster, and the totals that describe it."""

from __future__ import annotations

from census.collection.codelists import Disposition, Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.members import HEAD, SPOUSE, Household

UNKNOWN_TOTAL = 9999

_COMPLETE = frozenset(
    {
        Disposition.COMPLETE_FACE_TO_FACE,
        Disposition.COMPLETE_DROP_OFF,
        Disposition.COMPLETE_MAIL,
        Disposition.COMPLETE_INTERNET,
        Disposition.COMPLETE_TELEPHONE,
    }
)
_EMPTY = frozenset({"3", "4", "5", "6", "7", "8", "9"})


def outcome_contradicts_occupancy(household: Household, context: Context) -> bool:
    """Nobody can have been enumerated completely where nobody lives."""
    return context.outcome in _COMPLETE and household.answers.h02 in _EMPTY


def nobody_is_listed(household: Household, context: Context) -> bool:
    """Somebody was met, so somebody lives here."""
    return household.is_present and not household.has_roster


def somebody_is_listed(household: Household, context: Context) -> bool:
    """Persons belong to where they live, not to an empty dwelling."""
    return household.answers.h02 in _EMPTY and household.has_roster


def total_differs_from_roster(household: Household, context: Context) -> bool:
    """The number of usual residents is the number of persons listed."""
    total = household.answers.h22
    return _is_known(total) and total != len(household.answers.persons)


def total_differs_from_sum(household: Household, context: Context) -> bool:
    """Men and women together are all."""
    answers = household.answers
    total, male, female = answers.h22, answers.h23, answers.h24
    if total is None or male is None or female is None:
        return False
    if UNKNOWN_TOTAL in (total, male, female):
        return False
    return male + female != total


def sexes_differ_from_roster(household: Household, context: Context) -> bool:
    """The totals by sex are those of the roster, where every sex in it is known."""
    sexes = [person.p04 for person in household.answers.persons]
    if any(sex not in ("1", "2") for sex in sexes):
        return False
    male, female = household.answers.h23, household.answers.h24
    return (_is_known(male) and male != sexes.count("1")) or (
        _is_known(female) and female != sexes.count("2")
    )


def has_not_one_head(household: Household, context: Context) -> bool:
    """A private household has one head, neither none nor two."""
    return sum(person.p03 == HEAD for person in household.answers.persons) != 1


def lines_are_not_consecutive(household: Household, context: Context) -> bool:
    """Lines are numbered from one, in the order of the roster, without a gap."""
    return any(
        person.p01 is not None and person.p01 != person.position
        for person in household.answers.persons
    )


def has_several_spouses(household: Household, context: Context) -> bool:
    """A head with two spouses is rare enough to be confirmed."""
    return sum(person.p03 == SPOUSE for person in household.answers.persons) > 1


def _is_known(total: int | None) -> bool:
    return total is not None and total != UNKNOWN_TOTAL


def _has_roster(household: Household) -> bool:
    return household.has_roster


def _is_counted(household: Household) -> bool:
    return household.is_present or household.has_roster


def _is_private_with_roster(household: Household) -> bool:
    return household.is_private and household.has_roster


EDITS: tuple[Edit[Household], ...] = (
    Edit(
        "E-H01",
        Severity.HARD,
        Step.STRUCTURE,
        "ผลการแจงนับขัดกับสถานะการอยู่อาศัย",
        "Outcome contradicts occupancy",
        outcome_contradicts_occupancy,
    ),
    Edit(
        "E-H02",
        Severity.HARD,
        Step.STRUCTURE,
        "มีผู้อยู่อาศัยแต่ไม่มีรายชื่อ",
        "Occupied but no person listed",
        nobody_is_listed,
    ),
    Edit(
        "E-H03",
        Severity.HARD,
        Step.STRUCTURE,
        "ว่าง/ร้างแต่มีรายชื่อ",
        "Vacant or not a dwelling but persons listed",
        somebody_is_listed,
    ),
    Edit(
        "E-H04",
        Severity.HARD,
        Step.STRUCTURE,
        "จำนวนสมาชิกไม่ตรงกับรายชื่อ",
        "Total differs from roster",
        total_differs_from_roster,
        _is_counted,
    ),
    Edit(
        "E-H05",
        Severity.HARD,
        Step.STRUCTURE,
        "ชาย+หญิงไม่เท่ากับรวม",
        "Male + female ≠ total",
        total_differs_from_sum,
    ),
    Edit(
        "E-H06",
        Severity.HARD,
        Step.STRUCTURE,
        "จำนวนเพศไม่ตรงกับรายชื่อ",
        "Sex totals differ from roster",
        sexes_differ_from_roster,
        _is_counted,
    ),
    Edit(
        "E-P01",
        Severity.HARD,
        Step.STRUCTURE,
        "ต้องมีหัวหน้าครัวเรือน 1 คน",
        "Exactly one head required",
        has_not_one_head,
        _is_private_with_roster,
    ),
    Edit(
        "E-P02",
        Severity.HARD,
        Step.STRUCTURE,
        "ลำดับสมาชิกไม่ต่อเนื่อง",
        "Line numbers not consecutive",
        lines_are_not_consecutive,
        _has_roster,
    ),
    Edit(
        "E-P03",
        Severity.SOFT,
        Step.STRUCTURE,
        "มีคู่สมรสมากกว่า 1 คน",
        "More than one spouse",
        has_several_spouses,
        _has_roster,
    ),
)
