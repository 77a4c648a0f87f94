"""Made-up records in quarantine."""

from __future__ import annotations

from datetime import timedelta

from tests.browser.contexts.places import EA, NOON, Context

INSTANCE = "uuid:0f8c6a52-1111-4222-8333-444455556666"
SHA256 = "9f" * 32
MISMATCH = "ข้อมูลหัวซองไม่ตรงกับแบบสอบถาม"
UNKNOWN = "ไม่พบครัวเรือนนี้ในบัญชี"


def waiting_row(number: int, **more: str | None) -> Context:
    """One submission that waits."""
    return {
        "id": INSTANCE,
        "sha256": SHA256,
        "household_id": f"{EA}-{number:04d}",
        "ea_code": EA,
        "received_at": NOON - timedelta(hours=number),
        "role": "enumerator",
        "mode": "face_to_face",
        "reason": MISMATCH,
        **more,
    }


QUARANTINE: Context = {
    "reasons": [
        {"code": "submission.mismatch", "words": MISMATCH, "waiting": 1204},
        {"code": "household.unknown", "words": UNKNOWN, "waiting": 12},
    ],
    "kinds": {"submission": 1216, "field_action": 7},
    "rows": [
        waiting_row(1),
        waiting_row(2, household_id=None, ea_code=None, role=None, mode=None, reason=UNKNOWN),
    ],
    "filters": {"kind": "submission", "area": "", "reason": ""},
    "problem": None,
    "next": "01890000-0000-7000-8000-000000000000",
    "after": None,
    "go_on": "",
}

QUARANTINED_ACTIONS: Context = {
    **QUARANTINE,
    "reasons": [{"code": "household.unknown", "words": UNKNOWN, "waiting": 1}],
    "rows": [{**waiting_row(3, reason=UNKNOWN), "type": "visit"}],
    "filters": {"kind": "field_action", "area": "", "reason": ""},
    "next": None,
}

QUARANTINED: Context = {
    "record": {
        "id": INSTANCE,
        "sha256": SHA256,
        "standing": "quarantined",
        "code": "submission.mismatch",
        "reason": MISMATCH,
        "ea_code": EA,
        "household_id": f"{EA}-0001",
        "assigned_household_id": None,
        "received_at": NOON,
        "role": "enumerator",
        "size": 14210,
    },
    "readable": {
        "id": "uuid:0f8c6a52-9999-4222-8333-444455556666",
        "household_id": f"{EA}-0002",
        "mode": "face_to_face",
        "form_id": "household",
        "version": "2564.1",
        "started_at": NOON - timedelta(hours=2),
        "ended_at": None,
        "persons": 4,
    },
    "is_waiting": True,
    "is_own": False,
    "find": EA,
    "found": [
        {"household_id": f"{EA}-{number:04d}", "address": f"{number} หมู่ 1"} for number in (1, 2, 3)
    ],
    "errors": {},
    "form": {"household_id": "", "assign_reason": "", "discard_reason": ""},
}

QUARANTINED_ACTION: Context = {
    "record": {
        "id": INSTANCE,
        "type": "visit",
        "code": "household.unknown",
        "reason": UNKNOWN,
        "ea_code": None,
        "household_id": f"{EA}-0777",
        "assigned_household_id": None,
        "is_vouched_for": False,
        "result": "20",
        "happened_at": NOON - timedelta(hours=3),
        "received_at": NOON,
        "role": "enumerator",
    },
    "is_waiting": True,
    "is_own": False,
    "find": EA,
    "found": QUARANTINED["found"],
    "errors": {},
    "form": {"household_id": "", "assign_reason": "", "discard_reason": ""},
}
