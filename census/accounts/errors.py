"""What accounts says no to."""

from __future__ import annotations

from census.core.errors import Conflict, Invalid, Missing, TooMany, Unauthenticated


class WrongCredentials(Unauthenticated):
    """The username or the password is wrong; which of them is not said."""

    code = "accounts.wrong_credentials"
    th = "ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง"
    en = "The username or the password is wrong."


class TooManySignIns(TooMany):
    """Too many sign-ins failed: for this account, from this address, or everywhere."""

    code = "accounts.too_many_sign_ins"
    th = "เข้าสู่ระบบไม่สำเร็จหลายครั้งเกินไป กรุณารอ {retry_after} วินาที"
    en = "Too many failed sign-ins: wait {retry_after} seconds."


class TokenRevoked(Unauthenticated):
    """The token is known, but was revoked or is over: what it sends is kept, but no more."""

    code = "token.revoked"
    th = "รหัสของเครื่องนี้ถูกยกเลิกหรือหมดอายุแล้ว กรุณาติดต่อสำนักงาน"
    en = "The token of this device was revoked or has expired: ask the office."


class UsernameTaken(Conflict):
    """Somebody already has this username."""

    code = "accounts.username_taken"
    th = "มีผู้ใช้ชื่อ {username} อยู่แล้ว"
    en = "The username {username} is already taken."


class UsernameInvalid(Invalid):
    """A username is short, lower case and without spaces."""

    code = "accounts.username_invalid"
    th = "ชื่อผู้ใช้ต้องเป็นอักษรโรมันตัวเล็ก ตัวเลข จุด ขีด หรือขีดล่าง 1–64 ตัว"
    en = "A username has 1 to 64 small Latin letters, digits, dots, hyphens or underscores."


class PasswordUnfit(Invalid):
    """The password is too short, too long, or is the username."""

    code = "accounts.password_unfit"
    th = "รหัสผ่านต้องยาว 8–1,000 อักขระ (แนะนำ 15 ขึ้นไป) และต้องไม่ใช่ชื่อผู้ใช้"
    en = (
        "A password has 8 to 1,000 characters (15 or more are recommended) and is not the username."
    )


class UserMissing(Missing):
    """There is no such user."""

    code = "accounts.user_missing"
    th = "ไม่พบผู้ใช้"
    en = "There is no such user."


class TokenMissing(Missing):
    """This person has no such token."""

    code = "accounts.token_missing"
    th = "ไม่พบโทเคนนี้"
    en = "There is no such token."
