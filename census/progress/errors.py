"""What progress says no to."""

from __future__ import annotations

from census.core.errors import Conflict, Fault, Invalid


class LevelAboveArea(Invalid):
    """The rows were asked for at a level that is not within the area."""

    code = "progress.level_above_area"
    th = "แบ่งย่อยตามระดับที่สูงกว่าพื้นที่ที่เลือกไม่ได้"
    en = "An area cannot be divided by a level above its own."

    def __init__(self) -> None:
        """Point at the level that was asked for."""
        super().__init__(faults=[Fault("/by", th=self.th, en=self.en)])


class FrameNotFrozen(Conflict):
    """No frame version has been frozen: there is nothing to measure progress against."""

    code = "progress.frame_not_frozen"
    th = "ยังไม่ได้ตรึงกรอบครัวเรือน จึงยังไม่มีฐานสำหรับวัดความก้าวหน้า"
    en = "The frame has not been frozen yet: there is nothing to measure progress against."
