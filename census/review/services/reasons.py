"""The reasons people give: said, readable for whoever comes later, and fit to be kept."""

from __future__ import annotations

from census.core.errors import Fault, Invalid

LONGEST_REASON = 2_000


def said(reason: str, pointer: str = "/reason") -> str:
    """The reason without the space around it; refuses a blank one."""
    tidy = said_or_nothing(reason, pointer)
    if not tidy:
        raise Invalid(faults=[Fault(pointer, "ต้องระบุเหตุผล", "Say why.")])
    return tidy


def said_or_nothing(reason: str, pointer: str = "/reason") -> str:
    """The reason without the space around it, or nothing; refuses what cannot be kept."""
    tidy = reason.strip()
    if len(tidy) > LONGEST_REASON:
        raise Invalid(
            faults=[
                Fault(
                    pointer,
                    f"เหตุผลยาวเกิน {LONGEST_REASON} อักขระ",
                    f"The reason is longer than {LONGEST_REASON} characters.",
                )
            ]
        )
    if any(each == "\x00" or "\ud800" <= each <= "\udfff" for each in tidy):
        raise Invalid(
            faults=[
                Fault(
                    pointer,
                    "มีอักขระที่เก็บไม่ได้",
                    "The reason holds a character that cannot be kept.",
                )
            ]
        )
    return tidy
