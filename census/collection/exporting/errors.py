"""Why answers are not written out."""

from __future__ import annotations

from census.core.errors import Conflict, Invalid, Missing


class AreaUnknown(Missing):
    """There is no area of this code to export."""

    code = "export.area_unknown"
    th = "ไม่มีพื้นที่ {area}"
    en = "There is no area {area}."


class MarkUnknown(Invalid):
    """The mark was not given by this census for this area and these options."""

    code = "export.mark_unknown"
    th = "เครื่องหมาย {mark} ไม่ได้มาจากสำมะโนนี้สำหรับพื้นที่และตัวเลือกชุดนี้ ให้ส่งออกทั้งหมดใหม่"
    en = (
        "Mark {mark} was not given by this census for this area and these options: "
        "export everything again."
    )


class FolderTaken(Conflict):
    """There is something in the folder, and an export never overwrites."""

    code = "export.folder_taken"
    th = "โฟลเดอร์ {folder} มีข้อมูลอยู่แล้ว ให้ระบุโฟลเดอร์ใหม่"
    en = "There is something in {folder} already: name a new folder."


class FolderUnfit(Invalid):
    """The folder cannot be made there."""

    code = "export.folder_unfit"
    th = "สร้างโฟลเดอร์ {folder} ไม่ได้"
    en = "The folder {folder} cannot be made."


class ExportRunning(Conflict):
    """Another export into the same folder is under way."""

    code = "export.running"
    th = "กำลังส่งออกไปยัง {folder} อยู่แล้ว"
    en = "An export into {folder} is already under way."
