"""Plausible addresses that nobody has: house number, village or street, and invented names."""

from __future__ import annotations

from random import Random

from census.demo.enumeration_areas import Kind, SyntheticArea

_STREETS = (
    "สุขสมมติ",
    "ร่มไทร",
    "ริมคลองจำลอง",
    "ตลาดเก่า",
    "ศาลเจ้าพ่อ",
    "โรงสีเก่า",
    "หลังสถานี",
    "ทุ่งทานตะวัน",
)
_LANES = ("ดอกแก้ว", "มะลิวัลย์", "ร่มเย็น", "สามัคคี", "ประชาร่วมใจ", "ต้นมะขาม", "บ่อปลา", "สวนมะพร้าว")
_VILLAGES = ("บ้านหนองสมมติ", "บ้านโคกตัวอย่าง", "บ้านคลองจำลอง", "บ้านดอนทดลอง", "บ้านไร่ฝัน", "บ้านเนินสมมุติ")
_BUILDINGS = (
    "หอพักร่มเย็น",
    "หอพักใบเตย",
    "แมนชั่นตัวอย่าง",
    "อพาร์ตเมนต์สมมติ",
    "บ้านพักคนงานจำลอง",
    "คอนโดทดลอง",
)


def address(dice: Random, area: SyntheticArea, index: int) -> str:
    """The address of a household, counted from zero in its area."""
    if area.kind is Kind.ROOMS:
        building, room = divmod(index, 60)
        floor, door = divmod(room, 12)
        name = _BUILDINGS[building % len(_BUILDINGS)]
        return f"ห้อง {floor + 1}{door + 1:02d} {name} {building + 1} ถนน{_STREETS[area.first % 8]}"
    number = f"{index // 2 + 1}/{dice.randint(1, 60)}" if dice.random() < 0.5 else f"{index + 1}"
    if area.kind is Kind.VILLAGE:
        village = _VILLAGES[area.first % len(_VILLAGES)]
        return f"{number} หมู่ที่ {int(area.village)} {village}"
    lane = f"ซอย{_LANES[index // 25 % 8]} {index // 25 + 1} "
    return f"{number} {lane}ถนน{_STREETS[area.first % 8]}"
