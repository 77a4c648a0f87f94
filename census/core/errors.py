"""Refusals: what the system says no to, with a code for machines and a sentence for people.

A code is public: once released it never changes. The faces turn the classes into HTTP answers in
one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from census.core.locale import Locale

BETWEEN = "\u2002·\u2002"
"""Parts the English from the Thai where one message holds both."""


def both(th: str, en: str) -> str:
    """A message for a schema, in both languages at once."""
    return f"{en}{BETWEEN}{th}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with what was sent: where, and why in both languages."""

    pointer: str
    th: str
    en: str

    def sentence(self, locale: Locale) -> str:
        """The reason, in the reader's language."""
        return self.th if locale is Locale.TH else self.en


class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error of ours
    """The system says no, and why."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"
    th: ClassVar[str] = "ระบบไม่รับคำขอนี้"
    en: ClassVar[str] = "The request was refused."

    def __init__(self, *, faults: Sequence[Fault] = (), **facts: Any) -> None:
        """Keep what the sentence needs to know and every fault that was found."""
        super().__init__(self.code)
        self.facts = facts
        self.faults = tuple(faults)

    def sentence(self, locale: Locale) -> str:
        """The refusal, in the reader's language."""
        pattern = self.th if locale is Locale.TH else self.en
        return pattern.format(**self.facts)


class Unauthenticated(Refusal):
    """Nobody is signed in, or the token is not known."""

    status = 401
    code = "accounts.unauthenticated"
    th = "กรุณาเข้าสู่ระบบ"
    en = "Sign in first: there is no valid token or session."


class Forbidden(Refusal):
    """The role may never do this."""

    status = 403
    code = "accounts.forbidden"
    th = "บทบาทของท่านไม่มีสิทธิ์ทำรายการนี้"
    en = "Your role may not do this."


class Missing(Refusal):
    """It does not exist, or lies outside the actor's areas, which is the same to them."""

    status = 404
    code = "not_found"
    th = "ไม่พบรายการที่ขอ"
    en = "There is no such thing."


class Conflict(Refusal):
    """What was asked contradicts what is already so."""

    status = 409
    code = "conflict"
    th = "คำขอขัดกับข้อมูลที่มีอยู่"
    en = "The request contradicts what is already recorded."


class Changed(Refusal):
    """What was seen has changed since."""

    status = 412
    code = "changed"
    th = "ข้อมูลเปลี่ยนไปหลังจากที่ท่านเห็น"
    en = "What you saw has changed since."


class TooLarge(Refusal):
    """More bytes or records than are taken at once."""

    status = 413
    code = "too_large"
    th = "ข้อมูลมีขนาดใหญ่เกินกำหนด"
    en = "This is larger than what is taken at once."


class WrongMediaType(Refusal):
    """The body is not in a form that is read here."""

    status = 415
    code = "wrong_media_type"
    th = "ไม่รองรับข้อมูลรูปแบบนี้"
    en = "The body is not in a media type that is read here."


class Invalid(Refusal):
    """What was sent does not have the right shape; every fault is named."""

    status = 422
    code = "invalid"
    th = "ข้อมูลที่ส่งมาไม่ถูกต้อง"
    en = "What was sent is not valid."


class PreconditionMissing(Refusal):
    """A decision must say what it saw."""

    status = 428
    code = "if_match.missing"
    th = "ต้องส่งหัวข้อ If-Match เพื่อยืนยันสิ่งที่ท่านเห็น"
    en = "Send If-Match with the ETag of what you saw."


class TooMany(Refusal):
    """Too often in too short a time."""

    status = 429
    code = "too_many"
    th = "ส่งคำขอถี่เกินไป กรุณารอ {retry_after} วินาที"
    en = "Too many requests: wait {retry_after} seconds."


class Unavailable(Refusal):
    """The database is away or overloaded; nothing was lost, try again."""

    status = 503
    code = "unavailable"
    th = "ระบบไม่พร้อมใช้งานชั่วคราว กรุณาลองใหม่ในอีกสักครู่"
    en = "The system is briefly unavailable: try again in a moment."
