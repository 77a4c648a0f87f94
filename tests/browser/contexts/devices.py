"""Made-up enumerators and codes that open nothing."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import segno

from tests.browser.contexts.places import NOON, Context

ADDRESS = "https://census.example/openrosa/this-code-opens-nothing"


def person(number: int, **more: object) -> Context:
    """One enumerator of the list."""
    return {
        "id": UUID(int=number),
        "username": f"enumerator{number}",
        "display_name": "สมชาย ใจดี" if number == 1 else f"enumerator{number}",
        "is_active": True,
        "tokens": [],
        **more,
    }


def token(number: int, *, is_used: bool) -> Context:
    """One code in use."""
    return {
        "id": f"{number:064x}",
        "issued_at": NOON - timedelta(days=number),
        "expires_at": NOON + timedelta(days=108),
        "last_used_at": NOON if is_used else None,
    }


def tablet(number: int, **told: object) -> Context:
    """One tablet of an enumerator."""
    return {
        "id": UUID(int=100 + number),
        "name": f"แท็บเล็ต {number}",
        "token_id": f"{number:064x}",
        "enrolled_at": NOON - timedelta(days=30),
        "expires_at": NOON + timedelta(days=108),
        "revoked_at": None,
        "heard_at": None,
        "unsent": None,
        "app_version": None,
        "battery": None,
        "storage_persisted": None,
        **told,
    }


TOLD: Context = {"heard_at": NOON, "unsent": 12, "app_version": "3f2a9c", "battery": 0.76}

DEVICES: Context = {
    "tablets": {
        UUID(int=1): [
            tablet(1, **TOLD, storage_persisted=True),
            tablet(2, **TOLD, storage_persisted=False, revoked_at=NOON),
        ],
        UUID(int=3): [tablet(3)],
    },
    "people": [
        person(1, tokens=[token(1, is_used=True), token(2, is_used=False)]),
        person(2),
        person(3, is_active=False, tokens=[token(3, is_used=True)]),
    ],
    "name": "",
    "problem": None,
    "next": "enumerator3",
    "after": None,
}
DEVICES_REFUSED: Context = {
    **DEVICES,
    "people": [],
    "name": "nobody",
    "problem": "ยังไม่มีคาบการปฏิบัติงานสนาม หรือสิ้นสุดเกิน 90 วันแล้ว จึงออกโทเคนไม่ได้",
    "next": None,
    "after": "enumerator3",
}
DEVICE_CODE: Context = {
    "username": "enumerator1",
    "expires_at": NOON + timedelta(days=108),
    "picture": segno.make(ADDRESS * 4, error="m", boost_error=False).svg_data_uri(
        scale=4, light="#fff"
    ),
    "server_url": ADDRESS,
}

LINK = "https://census.example/field/#/set-up/this-link-opens-nothing"
TABLET_LINK: Context = {
    "username": "enumerator1",
    "device_name": "enumerator1 2",
    "expires_at": NOON + timedelta(days=108),
    "picture": segno.make(LINK * 2, error="m", boost_error=False).svg_data_uri(
        scale=4, light="#fff"
    ),
    "link": LINK,
}
TABLET_FILE: Context = {"problem": None, "result": None}
TABLET_FILE_REFUSED: Context = {
    "problem": "ไฟล์นี้ไม่ใช่ไฟล์จากแท็บเล็ต หรือเสียหาย จึงไม่ได้นำเข้า",
    "result": None,
}
TABLET_FILE_TAKEN_IN: Context = {
    "problem": None,
    "result": {
        "username": "enumerator1",
        "made_at": NOON,
        "is_revoked": True,
        "counts": {"quarantined": 12, "duplicate": 3},
        "others": [
            {
                "kind": "submission",
                "id": f"uuid:{UUID(int=7)}",
                "outcome": "quarantined",
                "reason": "รหัสเครื่องถูกยกเลิกหรือหมดอายุ",
            }
        ],
        "drafts": [{"household_id": "22001011001-0003", "saved_at": "2021-02-10T06:00:00Z"}],
    },
}
