"""Why something that arrived is not counted: a code for machines, a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass

from census.core.errors import Conflict, Invalid, Missing
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
            "submission.original_missing",
            "ฉบับที่แบบนี้แก้ไขยังมาไม่ถึงสำหรับครัวเรือนนี้ ระบบเก็บไว้จนกว่าจะได้รับ",
            "What this corrects has not come for this household; it is kept until it has.",
        ),
        Reason(
            "submission.voided",
            "ผู้ควบคุมงานยกเลิกแบบนี้โดยมีเหตุผล จึงไม่นับ",
            "A supervisor voided this, with a reason; it does not count.",
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
        Reason(
            "attachment.conflict",
            "ไฟล์ชื่อนี้เคยส่งมาแล้วด้วยเนื้อหาอื่น ระบบเก็บไว้ทั้งสองไฟล์",
            "A file of this name was sent before with other contents; both are kept.",
        ),
        Reason(
            "attachment.invalid_name",
            "ชื่อไฟล์ใช้ไม่ได้ จึงไม่ได้จัดเก็บ",
            "No file may have this name, so it was not stored.",
        ),
        Reason(
            "attachment.too_large",
            "ไฟล์ใหญ่เกิน 5 เมกะไบต์ จึงไม่ได้จัดเก็บ",
            "The file is larger than 5 megabytes, so it was not stored.",
        ),
        Reason(
            "attachment.too_many",
            "ส่งไฟล์พร้อมกันเกิน 100 ไฟล์หรือ 10 เมกะไบต์ ไฟล์นี้จึงไม่ได้จัดเก็บ",
            "More than 100 files or 10 megabytes came at once, so this one was not stored.",
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


class AttachmentNotFound(Missing):
    """The file was never attached, or lies outside the actor's areas."""

    code = "attachment.not_found"
    th = "ไม่พบไฟล์แนบนี้"
    en = "There is no such file."


class AttachmentConflict(Conflict):
    """A file of this name came before with other bytes; both are kept."""

    code = "attachment.conflict"
    th = "มีไฟล์ชื่อซ้ำกับที่เคยส่งมาแล้วแต่เนื้อหาต่างกัน ระบบเก็บไว้ทั้งสองไฟล์"
    en = "A file has the name of one that was sent before with other contents; both are kept."


class NotAttached(Invalid):
    """Some of the files could not be kept; the others were."""

    code = "attachment.refused"
    th = "บางไฟล์ไม่ได้จัดเก็บ ไฟล์อื่นจัดเก็บแล้ว"
    en = "Some of the files were not stored; the others were."


class ParadataNotFound(Missing):
    """No log of the interview came with the submission."""

    code = "paradata.not_found"
    th = "ไม่มีบันทึกการสัมภาษณ์ของแบบสอบถามนี้"
    en = "No log of the interview came with this submission."


class NotInQuarantine(Conflict):
    """Only what is in quarantine or in conflict can be taken up, assigned or set aside."""

    code = "submission.not_in_quarantine"
    th = "รายการนี้ไม่ได้อยู่ในรายการกักกัน"
    en = "This submission is not in quarantine."


class ActionNotFound(Missing):
    """The field action does not exist, or lies outside the actor's areas."""

    code = "field_action.not_found"
    th = "ไม่พบรายการจากสนามนี้"
    en = "There is no such field action."


class ActionNotInQuarantine(Conflict):
    """Only an action in quarantine can be taken up again or set aside."""

    code = "field_action.not_in_quarantine"
    th = "รายการจากสนามนี้ไม่ได้อยู่ในรายการกักกัน"
    en = "This field action is not in quarantine."


class OwnRecord(Conflict):
    """Nobody decides on what they sent themselves."""

    code = "quarantine.own_work"
    th = "ท่านเป็นผู้ส่งรายการนี้เอง ผู้อื่นต้องเป็นผู้ตัดสิน"
    en = "You sent this yourself; somebody else has to decide."


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


class NotChoosable(Conflict):
    """Only an understood submission of the same household can be the one that counts."""

    code = "response.not_choosable"
    th = "เลือกได้เฉพาะแบบของครัวเรือนนี้ที่ระบบอ่านได้และไม่ได้ถูกยกเลิก"
    en = "Only an understood submission of this household that was not voided can be chosen."


class NoChoice(Conflict):
    """There is no choice to withdraw: the rules decide already."""

    code = "response.not_chosen"
    th = "ครัวเรือนนี้ไม่มีการเลือกให้ถอน"
    en = "No response of this household was chosen, so there is no choice to withdraw."


class NotComparable(Conflict):
    """What cannot be read as a household's answers cannot be compared."""

    code = "submission.not_comparable"
    th = "อ่านแบบนี้ไม่ได้ จึงเปรียบเทียบไม่ได้"
    en = "This cannot be read, so it cannot be compared."
