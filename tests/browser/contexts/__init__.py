"""What every office page shows while it is looked at."""

from __future__ import annotations

from datetime import date

from tests.browser.contexts.devices import (
    DEVICE_CODE,
    DEVICES,
    DEVICES_REFUSED,
    TABLET_FILE,
    TABLET_FILE_REFUSED,
    TABLET_FILE_TAKEN_IN,
    TABLET_LINK,
)
from tests.browser.contexts.places import EA, Context
from tests.browser.contexts.problems import PROBLEMS, PROBLEMS_ELSEWHERE
from tests.browser.contexts.progress import PROGRESS, PROGRESS_BELOW
from tests.browser.contexts.quarantine import (
    QUARANTINE,
    QUARANTINED,
    QUARANTINED_ACTION,
    QUARANTINED_ACTIONS,
)
from tests.browser.contexts.review import (
    BATCH,
    BATCHES,
    COMPARISON,
    HOUSEHOLD,
    HOUSEHOLD_NOT_ELIGIBLE,
)

__all__ = ["EA", "PAGES", "frame"]


def frame(language: str) -> Context:
    """What the frame of the page shows, whatever the page."""
    thai = language == "th"
    return {
        "language": language,
        "practice": True,
        "census_day": date(2021, 2, 10),
        "user": {"name": "supervisor1", "role": "supervisor"},
        "navigation": [
            {"label": "ตรวจข้อมูล" if thai else "Review", "href": "/batches", "is_current": True},
            {
                "label": "ความก้าวหน้า" if thai else "Progress",
                "href": "/progress",
                "is_current": False,
            },
        ],
    }


# By name: the template, and what it shows.
PAGES: dict[str, tuple[str, Context]] = {
    "sign-in": (
        "web/sign_in.html",
        {"username": "", "problem": None, "next": "", "user": None, "navigation": []},
    ),
    "sign-in-refused": (
        "web/sign_in.html",
        {
            "username": "hq",
            "problem": "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง",
            "next": "",
            "user": None,
            "navigation": [],
        },
    ),
    "refusal": (
        "web/refusal.html",
        {
            "title": "ไม่พบหน้านี้",
            "detail": "ไม่มีสิ่งนี้ หรืออยู่นอกพื้นที่ที่ท่านรับผิดชอบ",
            "code": "batch.missing",
            "status": 404,
            "errors": [{"pointer": "/area", "detail": "ไม่มีรหัสพื้นที่ 99"}],
            "retry_after": 30,
        },
    ),
    "home": (
        "web/home.html",
        {
            "user": {"name": "auditor", "role": "auditor"},
            "links": [{"label": "บันทึกเหตุการณ์", "href": "/events", "hint": "ทุกเหตุการณ์ตามลำดับเลขที่"}],
        },
    ),
    "batches": ("supervisor/batches.html", BATCHES),
    "batches-empty": (
        "supervisor/batches.html",
        {
            **BATCHES,
            "batches": [],
            "filters": {"status": "ready", "area": "99"},
            "problem": "ไม่มีรหัสพื้นที่ 99",
            "next": None,
            "after": EA,
        },
    ),
    "batch": ("supervisor/batch.html", BATCH),
    "batch-changed": (
        "supervisor/batch.html",
        {
            **BATCH,
            "moved": [
                {"household_id": f"{EA}-0003", "message": "ได้รับข้อมูลชุดใหม่ (ฉบับปรับปรุงที่ 4)"},
                {"household_id": None, "message": "มีข้อมูลถูกกักไว้เพิ่ม 1 รายการ"},
            ],
        },
    ),
    "batch-incomplete-form": (
        "supervisor/batch.html",
        {
            **BATCH,
            "errors": {"households": "เลือกอย่างน้อยหนึ่งครัวเรือน", "reason": "ระบุเหตุผล"},
            "form": {"households": [f"{EA}-0003"], "questions": "p05_year"},
        },
    ),
    "batch-closed": (
        "supervisor/batch.html",
        {
            **BATCH,
            "batch": {**BATCH["batch"], "status": "closed", "final": 96},
            "problems": [],
            "may": {"decide": False, "close": False, "reopen": True},
        },
    ),
    "household": ("supervisor/household.html", HOUSEHOLD),
    "household-not-eligible": ("supervisor/household.html", HOUSEHOLD_NOT_ELIGIBLE),
    "comparison": ("supervisor/compare.html", COMPARISON),
    "household-unvisited": (
        "supervisor/household.html",
        {
            **HOUSEHOLD,
            "household": {
                **HOUSEHOLD["household"],
                "disposition": None,
                "responded": False,
                "review": "open",
                "mode": None,
            },
            "answers": [],
            "persons": [],
            "findings": [],
            "submissions": [],
            "visits": [],
            "decisions": [],
            "may": {"decide": False, "approve": False, "override": False},
        },
    ),
    "quarantine": ("supervisor/quarantine.html", QUARANTINE),
    "quarantine-actions": ("supervisor/quarantine.html", QUARANTINED_ACTIONS),
    "quarantined": ("supervisor/quarantined_submission.html", QUARANTINED),
    "quarantined-refused": (
        "supervisor/quarantined_submission.html",
        {
            **QUARANTINED,
            "readable": None,
            "found": [],
            "errors": {"household_id": "ไม่พบครัวเรือนนี้", "discard_reason": "ต้องระบุเหตุผล"},
        },
    ),
    "quarantined-action": ("supervisor/quarantined_action.html", QUARANTINED_ACTION),
    "problems": ("supervisor/problems.html", PROBLEMS),
    "problems-elsewhere": ("supervisor/problems.html", PROBLEMS_ELSEWHERE),
    "devices": ("supervisor/devices.html", DEVICES),
    "devices-refused": ("supervisor/devices.html", DEVICES_REFUSED),
    "device-code": ("supervisor/device_code.html", DEVICE_CODE),
    "tablet-link": ("supervisor/tablet_link.html", TABLET_LINK),
    "tablet-file": ("supervisor/tablet_file.html", TABLET_FILE),
    "tablet-file-refused": ("supervisor/tablet_file.html", TABLET_FILE_REFUSED),
    "tablet-file-taken-in": ("supervisor/tablet_file.html", TABLET_FILE_TAKEN_IN),
    "progress": ("supervisor/progress.html", PROGRESS),
    "progress-below": ("supervisor/progress.html", PROGRESS_BELOW),
    "progress-warning": (
        "supervisor/progress.html",
        {**PROGRESS, "kpi": {**PROGRESS["kpi"], "warning": "kpi.percent_passes_count_fails"}},
    ),
}
