"""Made-up progress of the three provinces and of one subdistrict."""

from __future__ import annotations

from datetime import date, timedelta

from tests.browser.contexts.places import (
    DISTRICT,
    EA,
    NOON,
    PROVINCE,
    SUBDISTRICT,
    WHOLE,
    Context,
)


def gaps(responded: int, thresholds: dict[str, int]) -> dict[str, int]:
    """What is missing to each threshold."""
    return {level: max(0, count - responded) for level, count in thresholds.items()}


def progress_row(
    area: dict[str, str], frozen: int, responded: int, thresholds: tuple[int, int, int]
) -> Context:
    """A row of the progress page, in the shape of the JSON face."""
    named = dict(zip(("50", "75", "100"), thresholds, strict=True))
    gap = gaps(responded, named)
    return {
        "may_open": True,
        "area": area["code"],
        "name_th": area["name_th"],
        "name_en": area["name_en"],
        "frame": frozen,
        "added": frozen // 700,
        "final": int(responded * 1.07),
        "responded": responded,
        "approved": int(responded * 0.91),
        "ineligible": frozen // 40,
        "response_rate": responded / frozen,
        "eligible_response_rate": responded / frozen * 1.02,
        "approval_rate": responded * 0.91 / frozen,
        "by_mode": {
            "face_to_face": int(responded * 0.7),
            "drop_off": int(responded * 0.12),
            "mail": int(responded * 0.04),
            "internet": int(responded * 0.1),
        },
        "thresholds": named,
        "level": max((int(level) for level in named if not gap[level]), default=0),
        "approved_level": 50,
        "gap": gap,
    }


DAYS = [date(2020, 12, 1) + timedelta(days=day) for day in range(72)]

PROGRESS: Context = {
    "area": {"code": "TH", "name": "สามจังหวัด", "level": "country"},
    "path": [],
    "by": "province",
    "as_of": NOON,
    "frame_version": 1,
    "total": progress_row(WHOLE, 832_173, 675_088, (542_780, 626_280, 709_790)),
    "rows": [
        progress_row(PROVINCE, 428_641, 372_000, (279_579, 322_588, 365_603)),
        progress_row(
            {"code": "21", "name_th": "ระยอง", "name_en": "Rayong"},
            218_369,
            166_877,
            (142_430, 164_341, 186_255),
        ),
        progress_row(
            {"code": "24", "name_th": "ฉะเชิงเทรา", "name_en": "Chachoengsao"},
            185_163,
            136_211,
            (120_771, 139_351, 157_932),
        ),
    ],
    "kpi": {
        "level": 75,
        "score": 89.6114,
        "score_rule": "count",
        "planning_base": 835_040,
        "conditions": {"prototype": True, "transfer": True, "plan": False},
        "warning": None,
    },
    "quarantined": {"20": 41, "24": 3},
    "may_resolve": True,
    "rates": {
        **{"I": 668_000, "P": 7_088, "R": 9_100, "NC": 20_400, "O": 3_000},
        **{"UH": 100_085, "UO": 3_700, "NE": 20_800, "e": 0.971},
        **{"RR1": 0.8231, "RR2": 0.8318, "RR3": 0.8262, "RR4": 0.8349, "RR5": 0.944, "RR6": 0.954},
        **{"COOP1": 0.9721, "COOP2": 0.9824, "COOP3": 0.9764, "COOP4": 0.9867},
        **{"REF1": 0.0112, "REF2": 0.0113, "REF3": 0.0129, "CON1": 0.8467, "CON2": 0.8498},
        "CON3": None,
    },
    "series": [
        {
            "on": day,
            "responded": int(675_088 * (number / 71) ** 1.3),
            "approved": int(614_330 * (number / 71) ** 1.6),
            "planned": int(709_790 * min(1, number / 80)),
        }
        for number, day in enumerate(DAYS)
    ],
}

EA_ROW = {"code": EA, "name_th": "ชุมชนบางปลาสร้อย", "name_en": "ชุมชนบางปลาสร้อย"}
NONE_YET = {**progress_row(EA_ROW, 120, 0, (78, 90, 102)), "response_rate": None, "by_mode": {}}

PROGRESS_BELOW: Context = {
    **PROGRESS,
    "area": {"code": "200101", "name": "บางปลาสร้อย", "level": "subdistrict"},
    "path": [WHOLE, PROVINCE, DISTRICT],
    "by": "ea",
    "kpi": None,
    "total": progress_row(SUBDISTRICT, 240, 96, (156, 180, 204)),
    "rows": [progress_row(EA_ROW, 120, 96, (78, 90, 102)), {**NONE_YET, "may_open": False}],
    "series": PROGRESS["series"][:1],
}
