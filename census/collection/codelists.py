"""Coded values of the collection stage: modes, dispositions, and how what arrives is treated."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from census.core.locale import Locale


class Disposition(StrEnum):
    """How the work on one household stands or ended.

    The codes from 11 to 49 are final, those from 70 to 76 are not. Their classes follow AAPOR,
    Standard Definitions, 2016.
    """

    COMPLETE_FACE_TO_FACE = "11"
    COMPLETE_DROP_OFF = "12"
    COMPLETE_MAIL = "13"
    COMPLETE_INTERNET = "14"
    COMPLETE_TELEPHONE = "15"
    PARTIAL = "16"
    PROXY_COUNT = "17"
    REFUSED_BY_HOUSEHOLD = "20"
    BROKEN_OFF = "21"
    ACCESS_REFUSED_OCCUPIED = "22"
    NOT_CONTACTED = "23"
    TEMPORARILY_ABSENT = "24"
    FORM_NOT_RETURNED = "25"
    LANGUAGE_PROBLEM = "26"
    UNABLE_TO_ANSWER = "27"
    OTHER_NON_RESPONSE = "28"
    NOT_ATTEMPTED = "30"
    NOT_REACHED = "31"
    ADDRESS_NOT_FOUND = "32"
    ACCESS_REFUSED_UNKNOWN = "33"
    MAILED_NO_ANSWER = "34"
    VACANT = "40"
    SECOND_HOME = "41"
    ABANDONED = "42"
    DEMOLISHED = "43"
    UNDER_CONSTRUCTION = "44"
    NOT_A_DWELLING = "45"
    INSTITUTION = "46"
    DUPLICATE = "47"
    OUTSIDE_AREA = "48"
    MOVED_AWAY = "49"
    APPOINTMENT_MADE = "70"
    FORM_LEFT = "71"
    FORM_MAILED = "72"
    CALL_BACK = "73"
    PAUSED = "74"
    AWAITING_CORRECTION = "75"
    REFERRED = "76"

    @property
    def interim(self) -> bool:
        """Whether the work on the household still goes on."""
        return self.value >= "70"

    @property
    def aapor(self) -> AaporClass:
        """The class that the response rates count this under."""
        return _MEANINGS[self.value].aapor

    def label(self, locale: Locale) -> str:
        """The name that people read."""
        meaning = _MEANINGS[self.value]
        return meaning.th if locale is Locale.TH else meaning.en


class AaporClass(StrEnum):
    """The classes of AAPOR, Standard Definitions, 2016, that response rates are made of."""

    COMPLETE = "I"
    PARTIAL = "P"
    REFUSAL = "R"
    NON_CONTACT = "NC"
    OTHER = "O"
    UNKNOWN_IF_HOUSEHOLD = "UH"
    UNKNOWN_OTHER = "UO"
    NOT_ELIGIBLE = "NE"


class _Meaning(NamedTuple):
    aapor: AaporClass
    th: str
    en: str


_I, _P, _R, _NC = (
    AaporClass.COMPLETE,
    AaporClass.PARTIAL,
    AaporClass.REFUSAL,
    AaporClass.NON_CONTACT,
)
_O, _UH, _UO, _NE = (
    AaporClass.OTHER,
    AaporClass.UNKNOWN_IF_HOUSEHOLD,
    AaporClass.UNKNOWN_OTHER,
    AaporClass.NOT_ELIGIBLE,
)

# A household without a final disposition counts as one of which nothing is known yet.
_MEANINGS = {
    "11": _Meaning(_I, "แจงนับครบ (สัมภาษณ์)", "Complete, face to face"),
    "12": _Meaning(_I, "แจงนับครบ (กรอกเอง เจ้าหน้าที่มารับ)", "Complete, self-completed and picked up"),
    "13": _Meaning(_I, "แจงนับครบ (ส่งไปรษณีย์)", "Complete, mailed back"),
    "14": _Meaning(_I, "แจงนับครบ (อินเทอร์เน็ต)", "Complete, internet"),
    "15": _Meaning(_I, "แจงนับครบ (โทรศัพท์)", "Complete, telephone"),
    "16": _Meaning(_P, "แจงนับได้บางส่วน เพียงพอ", "Partial, sufficient"),
    "17": _Meaning(_O, "ทราบเฉพาะจำนวนจากผู้อื่น", "Proxy count only"),
    "20": _Meaning(_R, "ครัวเรือนปฏิเสธ", "Refused by the household"),
    "21": _Meaning(_R, "เลิกตอบกลางคัน ข้อมูลไม่เพียงพอ", "Broken off, insufficient"),
    "22": _Meaning(_R, "ผู้ดูแลอาคารไม่ให้เข้า มีผู้อยู่อาศัย", "Access refused, known to be occupied"),
    "23": _Meaning(_NC, "ไม่พบผู้อยู่อาศัย", "Not contacted after all attempts"),
    "24": _Meaning(_NC, "ไม่อยู่ชั่วคราวตลอดคาบ", "Temporarily absent for the whole period"),
    "25": _Meaning(_NC, "รับแบบแล้วไม่ส่งคืน", "Questionnaire left, not returned"),
    "26": _Meaning(_O, "มีปัญหาด้านภาษา", "Language problem"),
    "27": _Meaning(_O, "เจ็บป่วย กักตัว หรือไม่สามารถตอบได้", "Unable to answer, ill or in quarantine"),
    "28": _Meaning(_O, "ไม่ได้ข้อมูลด้วยเหตุอื่น", "Other non-response of an eligible household"),
    "30": _Meaning(_UH, "ยังไม่ได้ไปเยี่ยม (พื้นที่ปิด)", "Not attempted (area closed)"),
    "31": _Meaning(_UH, "เข้าไม่ถึงหรือไม่ปลอดภัย", "Not reached or unsafe"),
    "32": _Meaning(_UH, "หาที่อยู่ไม่พบ", "Address not found"),
    "33": _Meaning(_UH, "ไม่ให้เข้า ไม่ทราบว่ามีผู้อยู่อาศัย", "Access refused, occupancy unknown"),
    "34": _Meaning(_UO, "ส่งไปรษณีย์แล้วไม่มีการตอบกลับ", "Mailed, nothing returned, no contact"),
    "40": _Meaning(_NE, "บ้านว่าง", "Vacant"),
    "41": _Meaning(_NE, "บ้านพักตากอากาศ", "Second or holiday home"),
    "42": _Meaning(_NE, "บ้านร้าง", "Abandoned"),
    "43": _Meaning(_NE, "รื้อถอนแล้ว", "Demolished or merged"),
    "44": _Meaning(_NE, "กำลังก่อสร้าง", "Under construction"),
    "45": _Meaning(_NE, "ไม่ใช่ที่อยู่อาศัย", "Not a dwelling"),
    "46": _Meaning(_NE, "สถาบันหรือครัวเรือนกลุ่มบุคคล (บัญชีแยก)", "Institution, on the collective list"),
    "47": _Meaning(_NE, "ซ้ำกับครัวเรือนอื่น", "Duplicate of another listed household"),
    "48": _Meaning(_NE, "อยู่นอกเขตแจงนับนี้", "Outside this enumeration area"),
    "49": _Meaning(_NE, "ย้ายออกแล้ว บ้านว่าง", "Household moved away, dwelling empty"),
    "70": _Meaning(_UH, "นัดหมายแล้ว", "Appointment made"),
    "71": _Meaning(_UH, "ฝากแบบไว้แล้ว", "Questionnaire left"),
    "72": _Meaning(_UH, "ส่งแบบทางไปรษณีย์แล้ว", "Questionnaire mailed"),
    "73": _Meaning(_UH, "ต้องติดต่อกลับ", "To be called back"),
    "74": _Meaning(_UH, "พักการสัมภาษณ์", "Interview paused"),
    "75": _Meaning(_UH, "รอแก้ไข", "Awaiting correction"),
    "76": _Meaning(_UH, "ส่งต่อเจ้าหน้าที่วิชาการ", "Referred to the supervisor"),
}  # fmt: skip

VISIT_RESULTS = frozenset(d for d in Disposition if not "11" <= d.value <= "16")
"""What a visit may report; a response is never reported, it is sent."""


class Mode(StrEnum):
    """The way in which a household answers."""

    FACE_TO_FACE = "face_to_face"
    DROP_OFF = "drop_off"
    MAIL = "mail"
    INTERNET = "internet"
    TELEPHONE = "telephone"

    @property
    def disposition(self) -> Disposition:
        """What a complete response in this mode is recorded as."""
        return _COMPLETE_IN[self.value]

    @property
    def is_paper(self) -> bool:
        """Whether the household fills in a sheet, which no form can send back to it."""
        return self in (Mode.DROP_OFF, Mode.MAIL)

    def label(self, locale: Locale) -> str:
        """The name that people read."""
        th, en = _MODE_NAMES[self.value]
        return th if locale is Locale.TH else en


_COMPLETE_IN = {
    "face_to_face": Disposition.COMPLETE_FACE_TO_FACE,
    "drop_off": Disposition.COMPLETE_DROP_OFF,
    "mail": Disposition.COMPLETE_MAIL,
    "internet": Disposition.COMPLETE_INTERNET,
    "telephone": Disposition.COMPLETE_TELEPHONE,
}

_MODE_NAMES = {
    "face_to_face": ("สัมภาษณ์แบบพบหน้า", "Face to face"),
    "drop_off": ("ฝากแบบให้กรอกเอง", "Drop-off"),
    "mail": ("ไปรษณีย์", "Mail"),
    "internet": ("อินเทอร์เน็ต", "Internet"),
    "telephone": ("โทรศัพท์", "Telephone"),
}


class Review(StrEnum):
    """How far the supervisor's review of a household has come."""

    OPEN = "open"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    RETURNED = "returned"


class Standing(StrEnum):
    """What became of a stored submission."""

    COUNTING = "counting"
    SUPERSEDED = "superseded"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"
    VOID = "void"


class Outcome(StrEnum):
    """What the sender of a submission or of a field action is told."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    CONFLICT = "conflict"
    QUARANTINED = "quarantined"
    REFUSED = "refused"


class Evidence(StrEnum):
    """Whether proof stands behind a disposition that takes a household out of the count."""

    MISSING = "missing"
    GIVEN = "given"


class Ruling(StrEnum):
    """What a person can decide about one submission."""

    CHOSEN = "chosen"
    CHOICE_WITHDRAWN = "choice_withdrawn"
    VOIDED = "voided"
    ASSIGNED = "assigned"
    TAKEN_UP = "taken_up"
    SET_ASIDE = "set_aside"


class AttachmentKind(StrEnum):
    """What a file that came with an answer turned out to be."""

    PHOTO = "photo"
    AUDIT_LOG = "audit_log"
    UNREADABLE = "unreadable"


class Severity(StrEnum):
    """Whether an edit rule blocks approval, wants a reason, or only asks a question."""

    HARD = "hard"
    SOFT = "soft"
    QUERY = "query"


class FieldActionType(StrEnum):
    """What an enumerator can report from the field besides answers."""

    VISIT = "visit"
    APPOINTMENT = "appointment"
    FORM_LEFT = "form_left"
    FORM_COLLECTED = "form_collected"
    MODE_SWITCH = "mode_switch"
    DWELLING_FOUND = "dwelling_found"
    PROBLEM = "problem"
    MESSAGE_READ = "message_read"
    HEARTBEAT = "heartbeat"
