"""What the app gives the frame to open a form with."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

from field_app.openrosa.lists import HOUSEHOLD_COLUMNS, REGISTER_COLUMNS

HOUSEHOLD_ID = "22001011001-0042"
ADDRESS = "12/3 หมู่ 4 ถนนสุขุมวิท"

REGISTERED: list[dict[str, Any]] = [
    {
        "id": f"00000000-0000-5000-8000-00000000000{line}",
        "line": line,
        "title": title,
        "first_name": first,
        "surname": "ตัวอย่าง",
        "sex": sex,
        "birth_month": month,
        "birth_year_be": year,
        "nationality": "764",
    }
    for line, title, first, sex, month, year in (
        (1, "01", "สมมติ", "1", 5, 2520),
        (2, "02", "สมใจ", "2", 5, 2525),
        (3, "03", "สมศรี", "2", 1, 2540),
    )
]


def opening(xform: str, **changes: Any) -> dict[str, Any]:
    """A new form for a household of which the register knows nothing, but for the changes."""
    registered = changes.pop("registered", [])
    reason = changes.pop("reason", "")
    return {
        "xform": xform,
        "lists": lists(registered, reason),
        "registered": registered,
        "household_id": HOUSEHOLD_ID,
        "address": ADDRESS,
        "is_practice": False,
        "device_id": "tablet:test-1",
        "language": "th",
        "question": None,
        "questions": [],
        "how": "new",
        **changes,
    }


def reopened(saved: dict[str, Any]) -> dict[str, Any]:
    """How a draft is opened again."""
    kept = saved["kept"] | {"paradata": saved["paradata"]}
    return {"how": "draft", "xml": saved["xml"], "page": kept["place"], "kept": kept}


def lists(registered: list[dict[str, Any]], reason: str) -> dict[str, str]:
    """The lists the form refers to, as the app writes them."""
    household = {
        "name": "household",
        "label": f"{HOUSEHOLD_ID} {ADDRESS}",
        "household_id": HOUSEHOLD_ID,
        "address": ADDRESS,
        "comment": reason,
        "register_persons": len(registered),
        "members": " · ".join(f"{each['first_name']} {each['surname']}" for each in registered),
    }
    persons = [
        each
        | {
            "name": each["id"],
            "label": each["first_name"],
            "household_id": HOUSEHOLD_ID,
            "birth_month": f"{each['birth_month']:02d}",
            "birth_year": each["birth_year_be"],
        }
        for each in registered
    ]
    return {
        "households.csv": _csv(HOUSEHOLD_COLUMNS, [household]),
        "register.csv": _csv(REGISTER_COLUMNS, persons),
    }


def _csv(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> str:
    text = StringIO(newline="")
    writer = csv.DictWriter(text, columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
