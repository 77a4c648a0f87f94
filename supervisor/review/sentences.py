"""What the review pages say after something was done or refused, in the reader's language."""

from __future__ import annotations

from census.core.errors import Refusal
from census.core.locale import Locale
from census.review.errors import BatchChanged
from census.web import languages
from census.web.formats import number


def in_words(th: str, en: str) -> str:
    """The sentence of the two that the reader understands."""
    return th if languages.current() is Locale.TH else en


def approved(households: int) -> str:
    """How many households were approved."""
    count = number(households)
    return in_words(f"อนุมัติแล้ว {count} ครัวเรือน", f"Households approved: {count}.")


def returned(households: int) -> str:
    """How many households were sent back."""
    count = number(households)
    return in_words(f"ส่งคืนแล้ว {count} ครัวเรือน", f"Households returned: {count}.")


def closed() -> str:
    """The area is closed."""
    return in_words("ปิดเขตแจงนับแล้ว", "The enumeration area is closed.")


def reopened() -> str:
    """The area is open again."""
    return in_words("เปิดเขตแจงนับใหม่แล้ว", "The enumeration area is open again.")


def nothing_chosen() -> str:
    """A decision needs a household."""
    return in_words("กรุณาเลือกครัวเรือนอย่างน้อยหนึ่งครัวเรือน", "Select at least one household.")


def nothing_to_approve() -> str:
    """Approving all is approving none here."""
    return in_words("ไม่มีครัวเรือนที่อนุมัติได้ในขณะนี้", "No household can be approved now.")


def strange_questions() -> str:
    """The names of items are small letters, digits and underscores."""
    return in_words(
        "ชื่อข้อถามไม่ถูกต้อง ตัวอย่างที่ถูก: p05_year, h22",
        "These are no names of questions; names look like p05_year, h22.",
    )


def of_identity_page(position: int) -> dict[str, str]:
    """What the page says on which an identity number is revealed."""
    return {
        "title": in_words(
            f"เลขประจำตัวประชาชนของบุคคลที่ {position}", f"Identity number of person {position}"
        ),
        "name": in_words("เลขประจำตัวประชาชน", "Identity number"),
        "why": in_words(
            "ระบุว่าเหตุใดจึงต้องดูเลขนี้ ผู้ตรวจสอบจะอ่านข้อความนี้",
            "Say why the number has to be seen. The auditor reads this.",
        ),
        "seen": in_words(
            "แสดงเพียงครั้งเดียว ระบบบันทึกไว้แล้วว่าท่านดูเลขนี้ด้วยเหตุผลใด",
            "It is shown once. That you saw it, and why, is written down.",
        ),
        "show": in_words("แสดงเลข", "Show the number"),
        "back": in_words("กลับไปที่ครัวเรือน", "Back to the household"),
    }


def of_refusal(refusal: Refusal) -> str:
    """The refusal itself, or what exactly is wrong where it says that."""
    locale = languages.current()
    if refusal.faults:
        return " · ".join(fault.sentence(locale) for fault in refusal.faults)
    return refusal.sentence(locale)


def what_moved(refusal: BatchChanged) -> list[dict[str, str | None]]:
    """Which households moved; or, where none did, that something else has."""
    locale = languages.current()
    moved: list[dict[str, str | None]] = [
        {
            "household_id": each.household_id,
            "message": each.th if locale is Locale.TH else each.en,
        }
        for each in refusal.facts.get("movements", ())
    ]
    return moved or [{"household_id": None, "message": _something_else()}]


def _something_else() -> str:
    return in_words(
        "สถานะ รายการกักกัน หรือข้อมูลในหน้านี้เปลี่ยนไป",
        "The status, the quarantine or something else on this page has changed.",
    )
