"""Why a tablet's file is not taken in; nothing changes then."""

from __future__ import annotations

from census.core.errors import Invalid, TooLarge


class TabletFileTooLarge(TooLarge):
    """The file is larger than what is taken in this way."""

    code = "tablet_file.too_large"
    th = "ไฟล์ใหญ่เกินกำหนด ({most} เมกะไบต์) กรุณาให้ผู้ดูแลระบบนำเข้าด้วยคำสั่ง census tablet take-in"
    en = (
        "The file is larger than {most} megabytes: "
        "let the operator take it in with census tablet take-in."
    )


class TabletFileDamaged(Invalid):
    """It is no tablet's file, or bytes of it are missing or were changed."""

    code = "tablet_file.damaged"
    th = "ไฟล์นี้ไม่ใช่ไฟล์จากแท็บเล็ต หรือเสียหาย จึงไม่ได้นำเข้า ลองคัดลอกจากแท็บเล็ตอีกครั้ง"
    en = (
        "This is no file of a tablet, or it is damaged; nothing was taken in. "
        "Try to copy it from the tablet again."
    )


class TabletFileOfOtherKey(Invalid):
    """It was sealed for the key of another office."""

    code = "tablet_file.other_key"
    th = "ไฟล์นี้ผนึกด้วยกุญแจของสำนักงานอื่น ระบบนี้เปิดไม่ได้ จึงไม่ได้นำเข้า"
    en = (
        "The file was sealed for another office's key and cannot be opened here; nothing was taken."
    )


class TabletFileForeign(Invalid):
    """Its tablet is not known here, or works outside the areas of whoever brings the file."""

    code = "tablet_file.foreign"
    th = "ไม่รู้จักแท็บเล็ตของไฟล์นี้ หรือเป็นของพนักงานแจงนับนอกพื้นที่ของท่าน จึงไม่ได้นำเข้า"
    en = (
        "The tablet of this file is not known, or is of an enumerator outside your areas; "
        "nothing was taken in."
    )
