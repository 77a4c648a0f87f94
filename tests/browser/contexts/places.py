"""Where and when the made-up figures are."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

Context = dict[str, Any]

EA = "22001011001"
NOON = datetime(2021, 2, 10, 5, 0, tzinfo=UTC)
SUBDISTRICT = {"code": "200101", "name_th": "บางปลาสร้อย", "name_en": "Bang Pla Soi"}
DISTRICT = {"code": "2001", "name_th": "เมืองชลบุรี", "name_en": "Mueang Chon Buri"}
PROVINCE = {"code": "20", "name_th": "ชลบุรี", "name_en": "Chon Buri"}
WHOLE = {"code": "TH", "name_th": "สามจังหวัด", "name_en": "The three provinces"}
PLACE = [SUBDISTRICT, DISTRICT]
