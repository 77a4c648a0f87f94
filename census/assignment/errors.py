"""What assignment says no to."""

from __future__ import annotations

from census.core.errors import Conflict, Forbidden, Invalid, Missing


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


class AreasUnfit(Invalid):
    """The areas do not exist or are not the grantor's, or the role needs one."""

    code = "assignment.areas_unfit"
    th = "พื้นที่ที่ระบุใช้ไม่ได้"
    en = "The areas do not fit."


class RoleNotGrantable(Forbidden):
    """Whoever takes people on may not give them this role."""

    code = "assignment.role_not_grantable"
    th = "ท่านไม่มีสิทธิ์ให้บทบาท {role}"
    en = "You may not take anyone on as {role}."


class FieldPeriodOver(Conflict):
    """Tokens for the field last ninety days beyond a field period; there is none, or it is over."""

    code = "field_token.field_period_over"
    th = "ยังไม่มีคาบการปฏิบัติงานสนาม หรือสิ้นสุดเกิน 90 วันแล้ว จึงออกโทเคนไม่ได้"
    en = "There is no field period, or it ended over 90 days ago: no token can be given out."


class DeviceMissing(Missing):
    """The token speaks for no tablet."""

    code = "device.not_found"
    th = "ไม่พบแท็บเล็ตนี้"
    en = "There is no such tablet."


class DeviceNotEnrolling(Forbidden):
    """A tablet cannot set up another one: that takes the enumerator's password."""

    code = "device.needs_password"
    th = "การลงทะเบียนแท็บเล็ตต้องเข้าสู่ระบบด้วยรหัสผ่าน"
    en = "Setting up a tablet takes a sign-in with the password."
