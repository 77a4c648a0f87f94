"""Made-up problems from the field."""

from __future__ import annotations

from datetime import timedelta

from tests.browser.contexts.places import EA, NOON, Context


def field_problem(number: int, severity: int | None, **more: object) -> Context:
    """One problem of the list."""
    return {
        "action_id": f"uuid:{number}",
        "happened_at": NOON - timedelta(hours=number),
        "received_at": NOON,
        "by": "สมชาย ใจดี",
        "ea_code": EA,
        "household_id": None,
        "address": None,
        "severity": severity,
        "kind": "safety",
        "text": "สุนัขสามตัวหน้าบ้าน ไม่มีเจ้าของ เข้าไปไม่ได้",
        **more,
    }


PROBLEMS: Context = {
    "problems": [
        field_problem(1, 1, household_id=f"{EA}-0042", address="42/1 หมู่ 3 ซอยวัดใหม่"),
        field_problem(2, 2, kind="access"),
        field_problem(3, 4, kind="other", ea_code=None),
        field_problem(4, None, kind=None, text=None),
    ],
    "area": EA,
    "problem": None,
    "next": "uuid:4",
    "after": None,
}
PROBLEMS_ELSEWHERE: Context = {
    "problems": [],
    "area": "99",
    "problem": "ไม่พบพื้นที่นี้",
    "next": None,
    "after": None,
}
