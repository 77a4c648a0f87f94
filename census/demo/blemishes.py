"""Faults put into answers on purpose: an office that never sees any cannot practise on them."""

from __future__ import annotations

from enum import Enum
from random import Random

from census.demo.dwellings import Answers

Override = tuple[str, int | None, str]
"""The edit that was confirmed, the line of the person it is about, and the reason given."""


class Blemish(Enum):
    """What is wrong with an instance."""

    NONE = "none"
    CONFIRMED = "confirmed"
    """Unusual, and confirmed by the enumerator with a reason."""
    UNUSUAL = "unusual"
    WRONG = "wrong"
    """A hard finding, which blocks approval."""
    CUT_SHORT = "cut_short"
    """Sufficient and no more: a partial response."""


_SHARES = ((0.030, Blemish.CONFIRMED), (0.012, Blemish.UNUSUAL), (0.008, Blemish.WRONG))
CUT_SHORT = 0.006

_ASKED_AFTER_THE_ROSTER = tuple(f"h{item:02d}" for item in range(8, 20))
_ASKED_LAST = ("p09", "p10", "p12", "p13", "p13_province", "p13_country", "p14")
_ASKED_LAST_TOO = ("p15", "p15_studying", "p16", "p17", "p18", "p19")


def blemish_by_chance(dice: Random) -> Blemish:
    """What is wrong with a first instance: mostly nothing."""
    fate = dice.random()
    for share, blemish in (*_SHARES, (CUT_SHORT, Blemish.CUT_SHORT)):
        if fate < share:
            return blemish
        fate -= share
    return Blemish.NONE


def blemish_answers(
    dice: Random, blemish: Blemish, household: Answers, persons: list[Answers]
) -> list[Override]:
    """Put the fault into the answers; what the enumerator confirmed about it comes back."""
    if blemish is Blemish.WRONG:
        _make_wrong(dice, household)
    elif blemish is Blemish.CUT_SHORT:
        _cut_short(household, persons)
    elif blemish is not Blemish.NONE:
        edit, line = _make_unusual(dice, household, persons)
        if blemish is Blemish.CONFIRMED:
            return [(edit, line, dice.choice(_REASONS))]
    return []


_REASONS = (
    "สอบถามซ้ำกับหัวหน้าครัวเรือนแล้ว ยืนยันตามที่ตอบ",
    "ตรวจสอบจากเอกสารที่ครัวเรือนนำมาแสดงแล้ว",
    "พนักงานแจงนับเห็นด้วยตนเองแล้วว่าถูกต้อง",
)


def _make_wrong(dice: Random, household: Answers) -> None:
    if dice.random() < 0.5:
        # One woman too many: the totals agree neither with each other nor with the roster.
        household["h24"] = int(str(household["h24"])) + 1
    else:
        household.pop(dice.choice(("h11", "h13", "h15")))


def _make_unusual(
    dice: Random, household: Answers, persons: list[Answers]
) -> tuple[str, int | None]:
    if "p07" in persons[0] and dice.random() < 0.4:
        number = str(persons[0]["p07"])
        persons[0]["p07"] = number[:-1] + str((int(number[-1]) + 3) % 10)
        return "E-P23", 1
    if dice.random() < 0.5:
        household["h09"] = int(str(household["h08"])) + 1
        return "E-H09", None
    household["h18"], household["h19"] = "2", "0"
    return "E-H15", None


def _cut_short(household: Answers, persons: list[Answers]) -> None:
    for item in (*_ASKED_AFTER_THE_ROSTER, "h20_motorcycles", "h20_cars", "h25"):
        household.pop(item, None)
    for person in persons:
        for item in [*_ASKED_LAST, *_ASKED_LAST_TOO, *(key for key in person if key[:3] == "p20")]:
            person.pop(item, None)
