"""A household's answers without any fault, from which a test changes what it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from census.collection.codelists import Mode
from census.collection.instances.answers import HouseholdAnswers, PersonAnswers

NO_DIFFICULTY = dict.fromkeys(
    (
        "p20_seeing",
        "p20_hearing",
        "p20_walking",
        "p20_cognition",
        "p20_self_care",
        "p20_communication",
    ),
    "1",
)

LIVING_HERE: dict[str, Any] = {
    "p02_last": "ตัวอย่าง",
    "p05_month": "05",
    "p08": "764",
    "p09": "1",
    "p11": "1",
    "p12": "5",
}

HEAD: dict[str, Any] = LIVING_HERE | NO_DIFFICULTY | {
    "p02_title": "01",
    "p02_first": "สมมติ",
    "p03": "00",
    "p04": "1",
    "p05_year": 2520,
    "p06": 43,
    "p07": "3999900000010",
    "p10": "2",
    "p15": "09",
    "p15_studying": "2",
    "p16": "1",
    "p17": "8",
    "p18": "H",
    "p19": "6",
}  # fmt: skip

SPOUSE: dict[str, Any] = LIVING_HERE | NO_DIFFICULTY | {
    "p02_title": "02",
    "p02_first": "สมใจ",
    "p03": "01",
    "p04": "2",
    "p05_year": 2525,
    "p06": 38,
    "p10": "2",
    "p12": "3",
    "p13": "2",
    "p13_province": "24",
    "p14": "4",
    "p15": "05",
    "p15_studying": "2",
    "p16": "5",
}  # fmt: skip

CHILD: dict[str, Any] = LIVING_HERE | NO_DIFFICULTY | {
    "p02_title": "05",
    "p02_first": "สมหญิง",
    "p03": "02",
    "p04": "2",
    "p05_year": 2553,
    "p06": 10,
    "p07": "1999900000013",
    "p12": "6",
    "p15": "02",
    "p15_studying": "1",
}  # fmt: skip

DWELLING: dict[str, Any] = {
    "h01": "1",
    "h02": "1",
    "h03": "1",
    "h04": 1,
    "h05": "1",
    "h06": "1",
    "h07": "1",
    "h08": 3,
    "h09": 2,
    "h10": "4",
    "h11": "3",
    "h12": "1",
    "h13": "2",
    "h14": "1",
    "h15": "1",
    "h16": "1",
    "h17": "1",
    "h18": "1",
    "h19": "1 4",
    "h20_motorcycles": 1,
    "h20_cars": 0,
    "h21": "1",
    "h22": 3,
    "h23": 1,
    "h24": 2,
    "h25": 0,
}

_ENVELOPE: dict[str, Any] = {
    "form_id": "household",
    "version": "2564.1",
    "instance_id": "uuid:0f8c2f6e-6d0b-4c55-9a83-2f1c3a5d7b10",
    "household_id": "22001011001-0042",
    "mode": Mode.FACE_TO_FACE,
    "started_at": datetime.fromisoformat("2020-12-05T10:00:00+07:00"),
    "ended_at": datetime.fromisoformat("2020-12-05T10:20:00+07:00"),
}


def person(position: int, **answers: Any) -> PersonAnswers:
    """A person with these answers and no others."""
    return PersonAnswers(**{"position": position, "p01": position} | answers)


def household(**answers: Any) -> HouseholdAnswers:
    """A household with these answers and no others."""
    return HouseholdAnswers(**_ENVELOPE | answers)


def family(**changes: Any) -> HouseholdAnswers:
    """A head, a spouse and a daughter of ten, all answered; only the changes are different."""
    roster = (person(1, **HEAD), person(2, **SPOUSE), person(3, **CHILD))
    return household(**DWELLING | {"persons": roster} | changes)


def family_with(position: int, **changes: Any) -> HouseholdAnswers:
    """The family, with other answers about one of its members."""
    whole = family()
    roster = tuple(
        replace(each, **changes) if each.position == position else each for each in whole.persons
    )
    return replace(whole, persons=roster)
