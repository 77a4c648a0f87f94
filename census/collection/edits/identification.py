"""Rules on the place, the day and the length of an interview."""

from __future__ import annotations

from datetime import timedelta

from census.collection.codelists import Mode, Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.members import Household
from census.core.locale import BANGKOK

HOUSE_CODE_DIGITS = 11
SHORTEST_INTERVIEW = timedelta(seconds=60)
SHORTEST_PER_PERSON = timedelta(seconds=20)


def area_is_not_listed(household: Household, context: Context) -> bool:
    """What is on no list is in nobody's work; the record waits for an officer to place it."""
    return not context.is_area_listed


def area_is_not_assigned(household: Household, context: Context) -> bool:
    """The area was another's on the day of the interview; an officer answers for the record."""
    return not context.is_area_assigned


def house_code_is_malformed(household: Household, context: Context) -> bool:
    """A house code has eleven digits; how its last one checks the others is not published."""
    code = _house_code(household)
    return bool(code) and not _is_well_formed(code)


def house_code_is_of_another_province(household: Household, context: Context) -> bool:
    """The house code begins with the registration office, and that with the province."""
    code = _house_code(household)
    return _is_well_formed(code) and not code.startswith(context.province_code)


def day_is_outside_field_period(household: Household, context: Context) -> bool:
    """The interview was on no day of the field period in force."""
    moment = household.answers.started_at or household.answers.ended_at
    if moment is None or context.field_period is None:
        return False
    first, last = context.field_period
    days = {each.astimezone(BANGKOK).date() for each in (moment, moment + context.clock_offset)}
    return not any(first <= day <= last for day in days)


def starts_after_its_end(household: Household, context: Context) -> bool:
    """The interview did not take any time, or less."""
    started, ended = household.answers.started_at, household.answers.ended_at
    return started is not None and ended is not None and started >= ended


def interview_is_short(household: Household, context: Context) -> bool:
    """Nobody can ask that much in so little time."""
    answers = household.answers
    if (context.mode or answers.mode) is not Mode.FACE_TO_FACE:
        return False
    if answers.started_at is None or answers.ended_at is None:
        return False
    shortest = SHORTEST_INTERVIEW + SHORTEST_PER_PERSON * len(answers.persons)
    return timedelta() < answers.ended_at - answers.started_at < shortest


def _is_present(household: Household) -> bool:
    return household.is_present


def _house_code(household: Household) -> str:
    return (household.answers.house_reg_code or "").replace("-", "")


def _is_well_formed(code: str) -> bool:
    return len(code) == HOUSE_CODE_DIGITS and code.isascii() and code.isdigit()


EDITS: tuple[Edit[Household], ...] = (
    Edit(
        "E-I01",
        Severity.HARD,
        Step.STRUCTURE,
        "ไม่พบรหัสเขตแจงนับ",
        "EA code not in the EA list",
        area_is_not_listed,
    ),
    Edit(
        "E-I02",
        Severity.HARD,
        Step.STRUCTURE,
        "เขตแจงนับนี้ไม่ได้มอบหมายให้ท่าน",
        "EA is not assigned to you",
        area_is_not_assigned,
    ),
    Edit(
        "E-I04",
        Severity.SOFT,
        Step.STRUCTURE,
        "รหัสประจำบ้านต้องมี 11 หลัก",
        "House code must have 11 digits",
        house_code_is_malformed,
    ),
    Edit(
        "E-I05",
        Severity.SOFT,
        Step.STRUCTURE,
        "รหัสสำนักทะเบียนไม่ตรงกับจังหวัด",
        "Registration office does not match the province",
        house_code_is_of_another_province,
    ),
    Edit(
        "E-I08",
        Severity.HARD,
        Step.STRUCTURE,
        "วันที่อยู่นอกคาบการปฏิบัติงาน",
        "Date outside the field period",
        day_is_outside_field_period,
    ),
    Edit(
        "E-I09",
        Severity.HARD,
        Step.STRUCTURE,
        "เวลาเริ่มต้องก่อนเวลาสิ้นสุด",
        "Start time must precede end time",
        starts_after_its_end,
    ),
    Edit(
        "E-I10",
        Severity.SOFT,
        Step.STRUCTURE,
        "ใช้เวลาสัมภาษณ์สั้นผิดปกติ",
        "Interview unusually short",
        interview_is_short,
        _is_present,
    ),
)
