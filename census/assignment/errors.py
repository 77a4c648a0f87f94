"""What assignment says no to."""

from __future__ import annotations

from census.core.errors import Conflict, Invalid


class NotAnEnumerator(Conflict):
    """Only somebody who works as an enumerator can hold an enumeration area."""

    code = "assignment.not_an_enumerator"
    th = "มอบหมายเขตแจงนับได้เฉพาะพนักงานแจงนับที่ยังปฏิบัติงานอยู่"
    en = "An enumeration area can only be given to an enumerator who is still at work."


class NotLeased(Conflict):
    """Nobody holds the enumeration area."""

    code = "assignment.not_leased"
    th = "เขตแจงนับนี้ยังไม่ได้มอบหมายให้ผู้ใด"
    en = "Nobody holds this enumeration area."


class FieldPeriodInvalid(Invalid):
    """A field period ends before it starts, or a decision comes without its reason."""

    code = "assignment.field_period_invalid"
    th = "คาบการปฏิบัติงานสนามไม่ถูกต้อง"
    en = "The field period is not valid."
