"""What the frame says no to."""

from __future__ import annotations

from census.core.errors import Conflict, Invalid, Missing


class AreaMissing(Missing):
    """There is no such area, or it lies outside the actor's areas."""

    code = "frame.area_missing"
    th = "ไม่พบพื้นที่นี้"
    en = "There is no such area."


class ImportRefused(Invalid):
    """The file has errors; nothing was changed."""

    code = "frame.import_refused"
    th = "ไม่รับแฟ้มนี้: พบข้อผิดพลาด {errors:,} แห่ง ข้อมูลในระบบไม่เปลี่ยนแปลง รายงานอยู่ที่ {report}"
    en = "The file is refused: {errors:,} errors, nothing was changed. All of them are in {report}."


class FileUnreadable(Invalid):
    """The file cannot be opened, read or written."""

    code = "frame.file_unreadable"
    th = "เปิด อ่าน หรือเขียนแฟ้ม {path} ไม่ได้"
    en = "The file {path} cannot be opened, read or written."


class ImportRunning(Conflict):
    """Another file is being imported; two at once could contradict each other."""

    code = "frame.import_running"
    th = "กำลังนำเข้าแฟ้มอื่นอยู่ กรุณารอให้เสร็จก่อน"
    en = "Another file is being imported: wait until it is done."


class NothingToFreeze(Conflict):
    """No household has come since the last frozen version."""

    code = "frame.nothing_to_freeze"
    th = "ไม่มีครัวเรือนใหม่ตั้งแต่การตรึงกรอบครั้งล่าสุด"
    en = "No household has been added since the frame was last frozen."


class SerialsExhausted(Conflict):
    """An enumeration area has a thousand dwellings found in the field already."""

    code = "frame.serials_exhausted"
    th = "เขตแจงนับ {ea_code} ใช้เลขลำดับสำหรับที่อยู่อาศัยที่พบใหม่ครบแล้ว"
    en = "The enumeration area {ea_code} has no serial numbers left for dwellings found there."
