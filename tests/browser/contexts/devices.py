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


DEVICES: Context = {
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
