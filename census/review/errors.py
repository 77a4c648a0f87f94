"""What review says no to."""

from __future__ import annotations

from census.core.errors import Changed, Conflict, Missing


class BatchNotFound(Missing):
    """There is no such enumeration area, or it lies outside the actor's areas."""

    code = "batch.not_found"
    th = "ไม่พบเขตแจงนับนี้"
    en = "There is no such enumeration area."


class BatchChanged(Changed):
    """The batch is no longer what the actor had on the screen; nothing was decided.

    The faults are what moved, as far as the actor told which revisions they had seen.
    """

    code = "batch.changed"
    th = "เขตแจงนับนี้เปลี่ยนไปหลังจากที่ท่านเปิดดู จึงยังไม่มีการตัดสินใด ๆ"
    en = "The batch has changed since you saw it; nothing was decided."


class BatchIncomplete(Conflict):
    """An area is closed only when every household is approved and nothing is in quarantine."""

    code = "batch.incomplete"
    th = "ปิดเขตแจงนับไม่ได้: ยังไม่อนุมัติ {not_approved} ครัวเรือน และมีรายการกักกัน {quarantined} รายการ"
    en = (
        "The area cannot be closed: {not_approved} households are not approved "
        "and {quarantined} records are in quarantine."
    )


class OwnWork(Conflict):
    """Nobody decides on what they collected or keyed."""

    code = "batch.own_work"
    th = "ท่านเก็บหรือบันทึกข้อมูลของครัวเรือนนี้เอง ผู้อื่นต้องเป็นผู้ตัดสิน: {households}"
    en = "You collected or keyed this yourself; somebody else has to decide: {households}"


class NotSubmitted(Conflict):
    """The household does not wait for this decision."""

    code = "batch.not_submitted"
    th = "ครัวเรือนเหล่านี้ไม่ได้รอการตัดสินนี้: {households}"
    en = "These households do not wait for this decision: {households}"


class HardFindings(Conflict):
    """A hard finding blocks the approval until it is corrected or overridden with a reason."""

    code = "batch.hard_findings"
    th = "มีข้อผิดพลาดที่ต้องแก้ไขก่อนอนุมัติ หรืออนุมัติโดยระบุเหตุผล: {households}"
    en = (
        "Hard findings block the approval until they are corrected or overridden "
        "with a reason: {households}"
    )


class EvidenceMissing(Conflict):
    """Nothing proves that these dwellings are not eligible."""

    code = "batch.evidence_missing"
    th = "ยังไม่มีภาพถ่ายหรือคำบอกเล่าของเพื่อนบ้านว่าไม่ต้องแจงนับ ขอหลักฐาน หรืออนุมัติโดยระบุเหตุผล: {households}"
    en = (
        "Neither a photo nor a neighbour's statement proves that these are not to be counted; "
        "ask for one, or approve with a reason: {households}"
    )


class ConfirmationNeeded(Conflict):
    """These households are in the sample that is confirmed one by one."""

    code = "batch.confirmation_needed"
    th = "ครัวเรือนเหล่านี้อยู่ในกลุ่มที่ต้องยืนยันทีละครัวเรือน พร้อมระบุว่ายืนยันอย่างไร: {households}"
    en = "These are drawn to be confirmed one by one; say how each was confirmed: {households}"


class BatchClosed(Conflict):
    """The area is closed: reopen it before deciding anything in it."""

    code = "batch.closed"
    th = "เขตแจงนับนี้ปิดแล้ว"
    en = "This enumeration area is closed."


class BatchNotClosed(Conflict):
    """Only a closed area can be reopened."""

    code = "batch.not_closed"
    th = "เขตแจงนับนี้ไม่ได้ปิดอยู่"
    en = "This enumeration area is not closed."


class PersonNotFound(Missing):
    """The household's answers list no such person, or no identity number of theirs."""

    code = "person.not_found"
    th = "ไม่พบบุคคลนี้ หรือไม่มีเลขประจำตัวของบุคคลนี้"
    en = "There is no such person, or no identity number of theirs."
