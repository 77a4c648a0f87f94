"""What loading practice data says no to."""

from __future__ import annotations

from census.core.errors import Conflict, Forbidden, Invalid


class DemoInProduction(Forbidden):
    """Practice data and practice accounts have no place where real people are counted."""

    code = "demo.in_production"
    th = "ระบบที่ใช้งานจริงไม่รับข้อมูลฝึกหัดและบัญชีฝึกหัด"
    en = "A system in production takes neither practice data nor practice accounts."


class DatabaseInUse(Conflict):
    """There is a frame or there are people already: practice data must not mix with them."""

    code = "demo.database_in_use"
    th = "ฐานข้อมูลนี้มีกรอบการแจงนับหรือผู้ใช้อยู่แล้ว โหลดข้อมูลฝึกหัดได้ในฐานข้อมูลว่างเท่านั้น ({where})"
    en = (
        "This database holds a frame or users already; practice data are loaded into an empty "
        "database only ({where})."
    )


class LoadInterrupted(Conflict):
    """Another load was begun here and not finished."""

    code = "demo.interrupted"
    th = (
        "การโหลดข้อมูลฝึกหัดครั้งก่อนหยุดกลางคัน เรียกซ้ำด้วย {options} เพื่อทำต่อ หรือเริ่มใหม่ในฐานข้อมูลว่าง ({where})"
    )
    en = (
        "An earlier load of practice data was interrupted. Run it again with {options} to go on, "
        "or begin anew in an empty database ({where})."
    )


class OrderUnfit(Invalid):
    """The scale, the share or the day cannot be had."""

    code = "demo.order_unfit"
    th = "ขอข้อมูลฝึกหัดแบบนี้ไม่ได้"
    en = "Practice data like this cannot be had."
