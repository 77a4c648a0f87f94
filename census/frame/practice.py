"""The practice area: where enumerators train, on records that count nowhere.

It hangs from no country: a province, a district and a subdistrict of its own lie under codes that
the standard TIS 1099 gives to nobody. Whoever walks the tree from the country never meets it, and
totals leave its province out.
"""

from __future__ import annotations

PRACTICE_PROVINCE = "99"
PRACTICE_DISTRICT = "9999"
PRACTICE_SUBDISTRICT = "999999"
PRACTICE_EA = "09999991999"
PRACTICE_HOUSEHOLDS = 10

PRACTICE_NAME_TH = "พื้นที่ฝึกปฏิบัติ"
PRACTICE_NAME_EN = "Practice area"
