"""Invented names: common syllables put together by chance, and belonging to nobody."""

from __future__ import annotations

from random import Random

_BEGINNINGS_OF_MEN = ("สม", "ประ", "วิ", "ธน", "ชัย", "พง", "อนุ", "สุร", "กิต", "ณัฐ", "ภา", "วร")
_ENDINGS_OF_MEN = ("ชาย", "ศักดิ์", "พล", "วัฒน์", "ชัย", "เดช", "พงษ์", "กร", "ภพ", "วุฒิ", "ยุทธ", "นันท์")
_BEGINNINGS_OF_WOMEN = ("สม", "พร", "วิ", "กาญ", "จัน", "สุ", "ณัฐ", "ปิย", "รัต", "อร", "นฤ", "มาลี")
_ENDINGS_OF_WOMEN = ("ศรี", "พร", "ทิพย์", "วรรณ", "ดา", "มล", "รัตน์", "นี", "ภา", "ลักษณ์", "ญา", "จิต")
_BEGINNINGS_OF_SURNAMES = (
    "ทอง",
    "ศรี",
    "แก้ว",
    "บุญ",
    "สุข",
    "วงศ์",
    "พิพัฒ",
    "รุ่ง",
    "เจริญ",
    "มั่น",
    "ชล",
    "ไพร",
)
_MIDDLES_OF_SURNAMES = ("สมมติ", "จำลอง", "ตัวอย่าง", "ทดลอง", "ฝึก", "นามสมมุติ")
_ENDINGS_OF_SURNAMES = (
    "ดี",
    "สกุล",
    "กิจ",
    "ชัย",
    "ผล",
    "วงศ์",
    "เจริญ",
    "พันธ์",
    "มงคล",
    "สุข",
    "งาม",
    "เสมอ",
)

_NEIGHBOURS = {
    "104": (("Aung", "Kyaw", "Min", "Zaw"), ("Daw", "Hla", "Khin", "Mya")),
    "116": (("Sok", "Dara", "Vuthy", "Chan"), ("Srey", "Bopha", "Sophea", "Kunthea")),
    "418": (("Kham", "Boun", "Somchit", "Phone"), ("Noy", "Mali", "Keo", "Dao")),
}

MALE = "1"


def first_name(dice: Random, sex: str, nationality: str = "764") -> str:
    """A first name; neighbours' nationals keep one of theirs."""
    if nationality in _NEIGHBOURS:
        men, women = _NEIGHBOURS[nationality]
        return dice.choice(men if sex == MALE else women)
    if sex == MALE:
        return dice.choice(_BEGINNINGS_OF_MEN) + dice.choice(_ENDINGS_OF_MEN)
    return dice.choice(_BEGINNINGS_OF_WOMEN) + dice.choice(_ENDINGS_OF_WOMEN)


def surname(dice: Random) -> str:
    """A surname that says by its middle that it is invented."""
    return (
        dice.choice(_BEGINNINGS_OF_SURNAMES)
        + dice.choice(_MIDDLES_OF_SURNAMES)
        + dice.choice(_ENDINGS_OF_SURNAMES)
    )
