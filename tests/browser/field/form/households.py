"""Households of every kind, and what they tell when they are asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from census.collection.codelists import Mode
from tests.factories.answers import CHILD, DWELLING, HEAD, SPOUSE

Answers = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What a household tells: of its dwelling, its persons, and why something unusual is right."""

    dwelling: Answers
    persons: tuple[Answers, ...] = ()
    reasons: dict[str, str] = field(default_factory=dict)
    mode: Mode = Mode.FACE_TO_FACE
    language: str = "th"

    def overrides(self) -> list[tuple[str, str, str]]:
        """The reasons as (edit, line, reason); a key is `E-P40:1`, or `E-H07` for the household."""
        split = [(key.partition(":"), reason) for key, reason in self.reasons.items()]
        return [(edit, line, reason) for (edit, _, line), reason in split]


def _dwelling(**changes: Any) -> Answers:
    return {node: value for node, value in (DWELLING | changes).items() if value is not None}


def _person(answers: Answers, **changes: Any) -> Answers:
    return {node: value for node, value in (answers | changes).items() if value is not None}


def _residents(*sexes: str) -> Answers:
    men = sexes.count("1")
    return {"h22": len(sexes), "h23": men, "h24": len(sexes) - men}


_NO_NUMBER = {"p07": None, "p07_reason": "3"}
_PRIVATE_ONLY = dict.fromkeys(
    (
        *("h05", "h06", "h07", "h08", "h09", "h10", "h11", "h12", "h13", "h14", "h15", "h16"),
        *("h17", "h18", "h19", "h20_motorcycles", "h20_cars", "h25"),
    )
)
_MEMBER = {"p03": "16", "p10": "1", "p11": "2", "p12": "5", "p16": "9", "p17": None, "p18": None}
_FOREIGNER = {
    "p02_title": "01",
    "p02_first": "Aung",
    "p02_last": "-",
    "p03": "14",
    "p05_month": "99",
    "p05_year": 2530,
    "p06": 33,
    "p07": None,
    "p08": "104",
    "p09": "1",
    "p10": "1",
    "p11": "5",
    "p12": "2",
    "p13": "3",
    "p13_country": "104",
    "p14": "1",
    "p15": "03",
    "p17": "9",
    "p18": "F",
    "p19": "5",
}

FAMILY = Told(
    _dwelling(),
    (_person(HEAD), _person(SPOUSE, **_NO_NUMBER), _person(CHILD)),
)

IN_ENGLISH = Told(
    _dwelling(h01="4", h07=None, h21="3", h21_language="mya", **_residents("1", "1")),
    (_person(HEAD), _person(HEAD, **_FOREIGNER)),
    language="en",
)

VACANT = Told({"h01": "1", "h02": "6", "evidence_statement": "ผู้ใหญ่บ้านบอกว่าร้างมาห้าปี"})

ABSENT = Told({"h01": "1", "h02": "2"}, mode=Mode.TELEPHONE)

INSTITUTION = Told(
    _dwelling(**_PRIVATE_ONLY, h01="98", h03="3", **_residents("1", "1")),
    tuple(
        _person(HEAD, **_MEMBER, p02_first=name, p19=None, **_NO_NUMBER) for name in ("หนึ่ง", "สอง")
    ),
)

UNUSUAL = Told(
    _dwelling(h08=1, h09=2, **_residents("1")),
    (_person(HEAD, p19="4", p07="3999900000011"),),
    reasons={
        "E-H09": "ห้องเดียวกั้นเป็นสองห้องนอน",
        "E-P23:1": "อ่านจากบัตรสองครั้ง",
        "E-P40:1": "พนักงานขับรถของเทศบาล",
    },
)

PAPER = Told(_dwelling(h09=None), (_person(HEAD, p09=None),), mode=Mode.DROP_OFF)

EVERY_KIND = {
    "family": FAMILY,
    "in English, with a foreigner": IN_ENGLISH,
    "vacant": VACANT,
    "absent": ABSENT,
    "institution": INSTITUTION,
    "unusual, with reasons": UNUSUAL,
    "on paper": PAPER,
}
