"""Practice areas: where enumerators train, on records that count nowhere.

They hang from no country: a province, a district and subdistricts of their own lie under codes that
the standard TIS 1099 gives to nobody. Whoever walks the tree from the country never meets them, and
totals leave their province out. There is one from the first import on; every enumerator who gets a
tablet is given another, so that nobody trains on what somebody else has answered already.
"""

from __future__ import annotations

PRACTICE_PROVINCE = "99"
PRACTICE_DISTRICT = "9999"
PRACTICE_EA = "09999991999"
PRACTICE_HOUSEHOLDS = 10

PRACTICE_NAME_TH = "พื้นที่ฝึกปฏิบัติ"
PRACTICE_NAME_EN = "Practice area"

AREAS_OF_A_SUBDISTRICT = 999
SUBDISTRICTS = 99


def practice_codes(number: int) -> tuple[str, str]:
    """The codes of a practice area and of its subdistrict, counted down from the first one's."""
    behind, place = divmod(number, AREAS_OF_A_SUBDISTRICT)
    if not 0 <= behind < SUBDISTRICTS:
        raise ValueError("there are no more codes for practice areas")
    subdistrict = f"{PRACTICE_DISTRICT}{SUBDISTRICTS - behind:02d}"
    return f"0{subdistrict}1{AREAS_OF_A_SUBDISTRICT - place:03d}", subdistrict
