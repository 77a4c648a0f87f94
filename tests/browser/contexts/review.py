"""Made-up enumeration areas and households; the identity numbers are of no real office."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.browser.contexts.places import EA, NOON, PLACE, Context


def batch_row(number: int, status: str, **counts: int) -> Context:
    """One line of the list of enumeration areas."""
    return {
        "ea_code": f"220010110{number:02d}",
        "name": f"ชุมชนบางปลาสร้อย เขต {number}",
        "place": PLACE,
        "status": status,
        "households": 120,
        "final": 97,
        "responded": 82,
        "approved": 0,
        "returned": 0,
        "quarantined": 0,
        "field_problems": 0,
        **counts,
    }


BATCHES: Context = {
    "batches": [
        batch_row(1, "ready", final=120, responded=104),
        batch_row(2, "returned", returned=3, approved=88),
        batch_row(3, "open", field_problems=4),
        batch_row(4, "open", quarantined=2),
        batch_row(5, "approved", final=120, responded=101, approved=120),
        batch_row(6, "closed", households=1048, final=1048, responded=911, approved=1048),
    ],
    "counts": {"open": 1204, "ready": 86, "returned": 12, "approved": 640, "closed": 138},
    "filters": {"status": "", "area": ""},
    "problem": None,
    "next": "22001011006",
    "after": None,
}


def item(number: int, disposition: str | None, review: str, **more: Any) -> Context:
    """One household of the batch."""
    return {
        "household_id": f"{EA}-{number:04d}",
        "address": f"{number + 11}/{number % 5 + 1} หมู่ {number % 7 + 1} ซอยวัดใหม่ ถนนสุขุมวิท",
        "disposition": disposition,
        "review": review,
        "mode": "face_to_face" if disposition == "11" else None,
        "revision": number,
        "findings": {"hard": 0, "soft": 0, "query": 0},
        "evidence": "missing" if disposition == "40" else None,
        "needs_confirmation": disposition == "40",
        "own_work": False,
        **more,
    }


ITEMS = [
    item(1, "11", "submitted"),
    item(2, "12", "submitted", mode="drop_off", findings={"hard": 0, "soft": 2, "query": 1}),
    item(3, "11", "submitted", findings={"hard": 1, "soft": 0, "query": 0}),
    item(4, "14", "approved", mode="internet"),
    item(5, "20", "submitted"),
    item(6, "40", "submitted"),
    item(7, "11", "returned", findings={"hard": 2, "soft": 1, "query": 0}),
    item(8, "71", "open"),
    item(9, None, "open"),
    item(10, "11", "submitted", own_work=True),
]

BATCH: Context = {
    "field_problems": 2,
    "batch": {
        "ea_code": EA,
        "name": "ชุมชนบางปลาสร้อย",
        "place": PLACE,
        "status": "returned",
        "etag": "5f0c",
        "households": 120,
        "final": 97,
        "not_final": 23,
        "responded": 82,
        "nonresponse": 9,
        "ineligible": 6,
        "submitted": 61,
        "approved": 33,
        "returned": 3,
        "quarantined": 1,
        "approvable": 58,
    },
    "problems": [
        {
            "code": "submission.conflict",
            "household_id": f"{EA}-0003",
            "message": "มีข้อมูลสองชุดที่ขัดแย้งกัน",
        },
        {
            "code": "household.not_final",
            "household_id": f"{EA}-0009",
            "message": "งานยังไม่สิ้นสุด: ยังไม่มีการเยี่ยม",
        },
        {"code": "area.quarantine", "household_id": None, "message": "มีข้อมูลที่กักไว้ 1 รายการ"},
    ],
    "items": ITEMS,
    "may": {"decide": True, "close": True, "reopen": False},
    "errors": {},
    "form": {},
    "moved": None,
}

HOUSEHOLD: Context = {
    "household": {
        "household_id": f"{EA}-0003",
        "ea_code": EA,
        "address": "14/4 หมู่ 4 ซอยวัดใหม่ ถนนสุขุมวิท",
        "disposition": "11",
        "responded": True,
        "review": "submitted",
        "mode": "face_to_face",
        "revision": 3,
        "etag": "a1b2",
        "evidence": None,
        "is_confirmed": False,
        "has_choice": True,
    },
    "answers": [
        {
            "item": "h01",
            "label_th": "ประเภทที่อยู่อาศัย",
            "label_en": "Structure",
            "value_th": "บ้านเดี่ยว",
            "value_en": "Detached house",
        },
        {
            "item": "h06",
            "label_th": "การครอบครองที่อยู่อาศัย",
            "label_en": "Tenure of dwelling",
            "value_th": "เจ้าของ",
            "value_en": "Owned",
        },
        {
            "item": "h13",
            "label_th": "ประเภทส้วม",
            "label_en": "Toilet",
            "value_th": None,
            "value_en": None,
        },
        {
            "item": "h22",
            "label_th": "จำนวนผู้อยู่อาศัยปกติ",
            "label_en": "Usual residents",
            "value_th": "3",
            "value_en": "3",
        },
    ],
    "persons": [
        {
            "number": number,
            "name": name,
            "relationship_th": relationship[0],
            "relationship_en": relationship[1],
            "sex_th": sex[0],
            "sex_en": sex[1],
            "age": age,
            "identity": identity,
            "answers": [
                {
                    "item": "p10",
                    "label_th": "สถานภาพสมรส",
                    "label_en": "Marital status",
                    "value_th": "สมรส อยู่ด้วยกัน",
                    "value_en": "Married, living together",
                }
            ],
        }
        for number, name, relationship, sex, age, identity in [
            (1, "ตัวอย่าง ใจดี", ("หัวหน้า", "Head"), ("ชาย", "Male"), 43, "1-9900-*****-**-3"),
            (2, "สมมุติ ใจดี", ("คู่สมรส", "Spouse"), ("หญิง", "Female"), 41, "1-9900-*****-**-1"),
            (3, "ทดลอง ใจดี", ("บุตร", "Child"), ("หญิง", "Female"), None, None),
        ]
    ],
    "findings": [
        {
            "edit": "E-H06",
            "severity": "hard",
            "person": None,
            "message": "จำนวนเพศไม่ตรงกับรายชื่อ",
            "nodes": [{"item": "h23", "label_th": "ชาย", "label_en": "Men"}],
            "override_reason": None,
        },
        {
            "edit": "E-P10",
            "severity": "soft",
            "person": 3,
            "message": "อายุไม่สอดคล้องกับปีเกิด",
            "nodes": [],
            "override_reason": "เอกสารหาย ถามจากมารดา",
        },
    ],
    "submissions": [
        {
            "instance_id": f"uuid:0f8c2d1e-77aa-4c11-9d20-5b1f6e2a9c0{number}",
            "mode": mode,
            "received_at": NOON - timedelta(days=number),
            "sha256": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
            "standing": standing,
            "answered_items": 61 - number if standing != "conflict" else None,
            "disposition": "11" if mode == "face_to_face" else None,
            "corrects": "uuid:0f8c2d1e-77aa-4c11-9d20-5b1f6e2a9c02" if number == 1 else None,
            "is_chosen": number == 1,
            "is_rulable": True,
            "is_comparable": number != 1,
            "why": "ผู้ควบคุมงานเลือก: ครัวเรือนยืนยันทางโทรศัพท์" if number == 1 else "มีฉบับอื่นสมบูรณ์กว่า",
        }
        for number, mode, standing in [
            (1, "face_to_face", "counting"),
            (2, "internet", "superseded"),
            (3, "internet", "conflict"),
        ]
    ],
    "rulings": [
        {
            "at": NOON - timedelta(hours=2),
            "by": "supervisor1",
            "ruling": "chosen",
            "instance_id": "uuid:0f8c2d1e-77aa-4c11-9d20-5b1f6e2a9c01",
            "reason": "ครัวเรือนยืนยันทางโทรศัพท์",
        }
    ],
    "visits": [
        {
            "at": NOON - timedelta(days=1),
            "day_part": "evening",
            "result": "23",
            "by": "enumerator1",
            "appointment": None,
            "note": None,
            "statement": None,
            "has_evidence": False,
            "position": {
                "accuracy_m": 0.0,
                "is_made_up": True,
                "metres_from_dwelling": 1240.4,
                "metres_outside_area": 310.0,
            },
        },
        {
            "at": NOON - timedelta(days=4),
            "day_part": "morning",
            "result": "40",
            "by": "enumerator1",
            "appointment": {"on": "2021-02-11", "begins": "17:00", "ends": "19:00"},
            "note": "เพื่อนบ้านว่ากลับเย็น",
            "statement": "ไม่มีใครอยู่มาสองเดือนแล้ว",
            "has_evidence": True,
            "position": None,
        },
    ],
    "decisions": [
        {
            "at": NOON - timedelta(days=2),
            "by": "supervisor2",
            "verdict": "returned",
            "reason": "ปีเกิดของคนที่ 3 ไม่ตรงกับอายุ",
            "questions": ["p05_year"],
        }
    ],
    "may": {"decide": True, "approve": True, "override": True, "confirm": False, "rule": True},
    "errors": {},
    "form": {},
    "moved": None,
}

HOUSEHOLD_NOT_ELIGIBLE: Context = {
    **HOUSEHOLD,
    "household": {
        **HOUSEHOLD["household"],
        "disposition": "40",
        "responded": False,
        "mode": None,
        "evidence": "missing",
        "has_choice": False,
    },
    "answers": [],
    "persons": [],
    "findings": [],
    "submissions": [],
    "rulings": [],
    "may": {"decide": True, "approve": True, "override": True, "confirm": True, "rule": True},
}

_SIDE: Context = {
    "instance_id": "uuid:0f8c2d1e-77aa-4c11-9d20-5b1f6e2a9c01",
    "sha256": "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
    "mode": "face_to_face",
    "received_at": NOON,
    "standing": "counting",
    "answered_items": 60,
    "persons": 3,
}

COMPARISON: Context = {
    "household": HOUSEHOLD["household"],
    "first": _SIDE,
    "second": {
        **_SIDE,
        "instance_id": "uuid:0f8c2d1e-77aa-4c11-9d20-5b1f6e2a9c02",
        "mode": "internet",
        "standing": "superseded",
        "answered_items": 59,
        "persons": 2,
    },
    "items": [
        {
            "item": "h06",
            "label_th": "H06 การครอบครองที่อยู่อาศัย",
            "label_en": "H06 Tenure of dwelling",
            "first_th": "เจ้าของ",
            "first_en": "Owned",
            "second_th": "",
            "second_en": "",
        }
    ],
    "persons": [
        {
            "first_position": 1,
            "second_position": 2,
            "first_name": "ตัวอย่าง ใจดี",
            "second_name": "ตัวอย่าง ใจดียิ่ง",
            "differences": [
                {
                    "item": "p06",
                    "label_th": "P06 อายุ",
                    "label_en": "P06 Age",
                    "first_th": "43",
                    "first_en": "43",
                    "second_th": "34",
                    "second_en": "34",
                }
            ],
        },
        {
            "first_position": 3,
            "second_position": None,
            "first_name": "ทดลอง ใจดี",
            "second_name": "",
            "differences": [],
        },
    ],
    "may": {"rule": True},
    "errors": {},
    "form": {},
}
