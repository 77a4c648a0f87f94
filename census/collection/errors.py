"""Why something that arrived is not counted: a code for machines, a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass

from census.core.errors import Conflict, Missing
from census.core.locale import Locale


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a submission or a field action is in quarantine, in conflict or refused."""

    code: str
    th: str
    en: str

    def sentence(self, locale: Locale) -> str:
        """The reason, in the reader's language."""
        return self.th if locale is Locale.TH else self.en


REASONS = {
    reason.code: reason
    for reason in (
        Reason(
            "submission.conflict",
            "รหัสนี้เคยส่งมาแล้วด้วยเนื้อหาอื่น ระบบเก็บไว้ทั้งสองฉบับ",
            "This id was sent before with other contents; both are kept.",
        ),
        Reason(
            "submission.unreadable",
            "อ่านแบบสอบถามไม่ได้ ระบบเก็บไว้เพื่อตรวจสอบ",
            "The instance cannot be read; it is kept to be looked at.",
        ),
        Reason(
            "submission.mismatch",
            "ข้อมูลหัวซองไม่ตรงกับแบบสอบถาม",
            "The envelope contradicts the instance inside it.",
        ),
        Reason(
            "submission.not_understood",
            "ระบบตีความแบบสอบถามไม่ได้ ระบบเก็บไว้เพื่อตรวจสอบ",
            "The instance was not understood; it is kept to be looked at.",
        ),
        Reason(
            "submission.unidentified",
            "ไม่มีรหัสแบบสอบถาม (instance id) ที่ใช้ได้ จึงไม่ได้จัดเก็บ",
            "There is no usable instance id, so nothing was stored.",
        ),
        Reason(
            "submission.too_large",
            "แบบสอบถามใหญ่เกินกำหนด จึงไม่ได้จัดเก็บ",
            "The instance is over the size limit, so nothing was stored.",
        ),
        Reason(
            "submission.invalid_envelope",
            "ข้อมูลหัวซองไม่ถูกต้อง",
            "The envelope is not valid.",
        ),
        Reason(
            "submission.set_aside",
            "เจ้าหน้าที่ยกเลิกรายการนี้โดยมีเหตุผล",
            "An officer set this aside, with a reason.",
        ),
        Reason(
            "questionnaire.unknown_version",
            "ไม่รู้จักแบบสอบถามหรือรุ่นนี้",
            "This questionnaire or version is not known.",
        ),
        Reason(
            "household.unknown",
            "ไม่พบครัวเรือนนี้ในบัญชี",
            "This household is not on the list.",
        ),
        Reason(
            "household.foreign",
            "ครัวเรือนนี้อยู่นอกพื้นที่ของผู้ส่ง",
            "This household lies outside the sender's areas.",
        ),
        Reason(
            "area.closed",
            "เขตแจงนับนี้ปิดแล้ว",
            "This enumeration area is closed.",
        ),
        Reason(
            "area.serials_exhausted",
            "เขตแจงนับนี้ไม่มีเลขครัวเรือนเหลือสำหรับที่อยู่อาศัยที่พบใหม่",
            "There is no household number left in this area for a dwelling found.",
        ),
        Reason(
            "token.revoked",
            "รหัสเครื่องถูกยกเลิกหรือหมดอายุ",
            "The token was revoked or has expired.",
        ),
        Reason(
            "field_action.conflict",
            "รหัสนี้เคยส่งมาแล้วด้วยเนื้อหาอื่น",
            "This action id was sent before with other contents.",
        ),
        Reason(
            "field_action.invalid",
            "รายการจากสนามไม่ถูกต้อง จึงไม่ได้จัดเก็บ",
            "The action is not valid, so nothing was stored.",
        ),
    )
}
"""Every reason by its code; a code never changes once it is released."""


class HouseholdNotFound(Missing):
    """The household does not exist, or lies outside the actor's areas."""

    code = "household.not_found"
    th = "ไม่พบครัวเรือนนี้"
    en = "There is no such household."


class SubmissionNotFound(Missing):
    """The submission does not exist, or lies outside the actor's areas."""

    code = "submission.not_found"
    th = "ไม่พบแบบสอบถามนี้"
    en = "There is no such submission."


class NotInQuarantine(Conflict):
    """Only what is in quarantine or in conflict can be set aside."""

    code = "submission.not_in_quarantine"
    th = "รายการนี้ไม่ได้อยู่ในรายการกักกัน"
    en = "This submission is not in quarantine."


class QuestionnaireNotFound(Missing):
    """The version was never published."""

    code = "questionnaire.not_found"
    th = "ไม่พบแบบสอบถามรุ่นนี้"
    en = "There is no such questionnaire."


class QuestionnairePublished(Conflict):
    """A published version never changes."""

    code = "questionnaire.already_published"
    th = "แบบสอบถาม {id} รุ่น {version} เผยแพร่แล้วด้วยเนื้อหาอื่น"
    en = "Questionnaire {id} version {version} is already published with other contents."
