"""Rules on the dwelling, its equipment, and how many people live in it."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.members import Household

MOST_MEMBERS = 20
MOST_PER_ROOM = 6
MOST_IN_PRIVATE_DORMITORY = 10
MOST_ABSENTEES_OVER_MEMBERS = 10

BUILT_SINCE_2011 = "5"
TELEVISION = "4"
NO_DEVICE = "0"

INSTITUTION = "institution"
"""The kind of building, on the list of buildings, that an institutional household lives in."""

UNKNOWN_ROOMS = 99
UNKNOWN_ABSENTEES = 999
UNKNOWN_TOTAL = 9999


def has_very_many_members(household: Household, context: Context) -> bool:
    """More than twenty people seldom keep house together."""
    return _members(household) > MOST_MEMBERS


def has_no_household(household: Household, context: Context) -> bool:
    """The household itself is one of those in the dwelling."""
    households = household.answers.h04
    return household.answers.h03 == "1" and households is not None and households < 1


def has_more_bedrooms_than_rooms(household: Household, context: Context) -> bool:
    """Bedrooms are rooms."""
    rooms, bedrooms = household.answers.h08, household.answers.h09
    if rooms is None or bedrooms is None or UNKNOWN_ROOMS in (rooms, bedrooms):
        return False
    return bedrooms > rooms


def is_very_crowded(household: Household, context: Context) -> bool:
    """More than six persons share a room."""
    rooms = household.answers.h08
    if not rooms or rooms == UNKNOWN_ROOMS:
        return False
    return _members(household) > MOST_PER_ROOM * rooms


def high_rise_without_toilet(household: Household, context: Context) -> bool:
    """Flats have toilets."""
    return household.answers.h13 == "5" and household.answers.h01 == "4"


def shares_no_toilet(household: Household, context: Context) -> bool:
    """Only a toilet that exists can be shared."""
    return household.answers.h14 is not None and household.answers.h13 == "5"


def owned_flat_on_rented_land(household: Household, context: Context) -> bool:
    """Who owns a flat owns a share of its land."""
    answers = household.answers
    return answers.h06 == "1" and answers.h07 == "3" and answers.h01 == "4"


def equipment_without_electricity(household: Household, context: Context) -> bool:
    """A fixed line and a television need electricity."""
    answers = household.answers
    return answers.h16 == "4" and (answers.h18 == "1" or TELEVISION in _devices(household))


def internet_without_device(household: Household, context: Context) -> bool:
    """Something must be connected."""
    return household.answers.h18 in ("1", "2") and NO_DEVICE in _devices(household)


def dormitory_as_private(household: Household, context: Context) -> bool:
    """So many people in a dormitory are rather a collective household."""
    answers = household.answers
    return (
        answers.h01 == "6"
        and answers.h03 == "1"
        and _members(household) > MOST_IN_PRIVATE_DORMITORY
    )


def institution_is_not_on_the_list(household: Household, context: Context) -> bool:
    """The list of buildings has no institution in the area; without a list nothing is compared."""
    kinds = context.building_kinds
    return household.answers.h03 == "3" and kinds is not None and INSTITUTION not in kinds


def is_newer_than_the_old_list(household: Household, context: Context) -> bool:
    """What was built since 2011 cannot have been listed in 2010."""
    return household.answers.h10 == BUILT_SINCE_2011 and context.is_house_of_2010


def has_many_registered_absentees(household: Household, context: Context) -> bool:
    """Far more people are registered here and live elsewhere than live here."""
    absentees, members = household.answers.h25, household.answers.h22
    if absentees is None or absentees == UNKNOWN_ABSENTEES or members is None:
        return False
    return absentees > members + MOST_ABSENTEES_OVER_MEMBERS


def _members(household: Household) -> int:
    members = household.answers.h22
    return 0 if members is None or members == UNKNOWN_TOTAL else members


def _devices(household: Household) -> list[str]:
    return (household.answers.h19 or "").split()


def _is_private(household: Household) -> bool:
    return household.is_private


EDITS: tuple[Edit[Household], ...] = (
    Edit(
        "E-H07",
        Severity.SOFT,
        Step.CONSISTENCY,
        "สมาชิกมากผิดปกติ",
        "Unusually many members",
        has_very_many_members,
        _is_private,
    ),
    Edit(
        "E-H08",
        Severity.HARD,
        Step.RANGE,
        "ต้องมีอย่างน้อย 1 ครัวเรือน",
        "At least one household",
        has_no_household,
    ),
    Edit(
        "E-H09",
        Severity.SOFT,
        Step.CONSISTENCY,
        "ห้องนอนมากกว่าห้องทั้งหมด",
        "More bedrooms than rooms",
        has_more_bedrooms_than_rooms,
    ),
    Edit(
        "E-H10",
        Severity.SOFT,
        Step.CONSISTENCY,
        "ความแออัดสูงผิดปกติ",
        "Very high persons per room",
        is_very_crowded,
    ),
    Edit(
        "E-H11",
        Severity.SOFT,
        Step.CONSISTENCY,
        "อาคารสูงแต่ไม่มีส้วม",
        "High-rise dwelling without toilet",
        high_rise_without_toilet,
    ),
    Edit(
        "E-H12",
        Severity.HARD,
        Step.SKIP,
        "ไม่มีส้วมแต่ระบุการใช้ร่วม",
        "Toilet shared although none",
        shares_no_toilet,
    ),
    Edit(
        "E-H13",
        Severity.SOFT,
        Step.CONSISTENCY,
        "กรรมสิทธิ์ห้องชุดขัดกับที่ดิน",
        "Owned flat on rented land",
        owned_flat_on_rented_land,
    ),
    Edit(
        "E-H14",
        Severity.SOFT,
        Step.CONSISTENCY,
        "ไม่มีไฟฟ้าแต่มีอุปกรณ์",
        "No electricity but fixed internet/TV",
        equipment_without_electricity,
    ),
    Edit(
        "E-H15",
        Severity.SOFT,
        Step.CONSISTENCY,
        "มีอินเทอร์เน็ตแต่ไม่มีอุปกรณ์",
        "Internet but no device",
        internet_without_device,
    ),
    Edit(
        "E-H16",
        Severity.SOFT,
        Step.CONSISTENCY,
        "หอพัก/ที่พักคนงาน ควรเป็นครัวเรือนกลุ่ม",
        "Dormitory with >10 persons: collective?",
        dormitory_as_private,
    ),
    Edit(
        "E-H17",
        Severity.SOFT,
        Step.CONSISTENCY,
        "ไม่พบสถาบันในบัญชีอาคาร",
        "No institution in building list",
        institution_is_not_on_the_list,
    ),
    Edit(
        "E-H21",
        Severity.SOFT,
        Step.CONSISTENCY,
        "ปีสร้างขัดกับทะเบียนเดิม",
        "Built after 2010 but on the old list",
        is_newer_than_the_old_list,
    ),
    Edit(
        "E-H22",
        Severity.SOFT,
        Step.CONSISTENCY,
        "จำนวนผู้มีชื่อแต่ไม่อยู่สูงผิดปกติ",
        "Many registered absentees",
        has_many_registered_absentees,
    ),
)
