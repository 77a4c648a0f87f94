"""Why a row of an import file is refused or worth a second look, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from census.core.locale import Locale


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that can be wrong with a row; a warning does not stop the import."""

    code: str
    th: str
    en: str
    is_warning: bool = False

    def sentence(self, locale: Locale, fact: str) -> str:
        """The reason in the reader's language, with what it needs to know."""
        pattern = self.th if locale is Locale.TH else self.en
        return pattern.format(fact=fact)


EMPTY_FILE: Final = Reason("empty_file", "แฟ้มไม่มีข้อมูล", "The file holds no rows.")
WRONG_HEADER: Final = Reason(
    "wrong_header",
    "บรรทัดหัวตารางไม่ถูกต้อง ต้องเป็น {fact}",
    "The header is wrong: it must be {fact}.",
)
WRONG_ENCODING: Final = Reason(
    "wrong_encoding",
    "ไม่ใช่รหัสอักขระ UTF-8 ที่ไบต์ {fact} ของแฟ้ม",
    "This is not UTF-8, at byte {fact} of the file.",
)
UNREADABLE: Final = Reason(
    "unreadable",
    "อ่านเป็น CSV ไม่ได้ อาจมีเครื่องหมายคำพูดที่ไม่ปิด หรือบรรทัดยาวเกินไป",
    "This cannot be read as CSV: a quotation mark may be open, or the line is far too long.",
)
CONTROL_CHARACTER: Final = Reason(
    "control_character",
    "มีอักขระควบคุมที่มองไม่เห็น",
    "There is an invisible control character.",
)
RAGGED: Final = Reason(
    "ragged",
    "จำนวนคอลัมน์ไม่ตรงกับหัวตาราง ({fact})",
    "The number of columns is not that of the header ({fact}).",
)
BLANK: Final = Reason("blank", "ต้องไม่ว่าง", "This must not be blank.")
NOT_A_NUMBER: Final = Reason(
    "not_a_number",
    "ต้องเป็นจำนวนเต็มตั้งแต่ 0 ถึง {fact}",
    "This must be a whole number from 0 to {fact}.",
)
UNKNOWN_CODE: Final = Reason(
    "unknown_code",
    "ไม่อยู่ในรายการรหัส ({fact})",
    "This is not in the list of codes ({fact}).",
)
MALFORMED_CODE: Final = Reason(
    "malformed_code",
    "รูปแบบรหัสไม่ถูกต้อง ({fact})",
    "The code does not have the right form ({fact}).",
)
CONTRADICTS: Final = Reason(
    "contradicts",
    "ขัดกับค่าในคอลัมน์ {fact}",
    "This contradicts the column {fact}.",
)
WRONG_SERIAL: Final = Reason(
    "wrong_serial",
    "เลขลำดับครัวเรือนต้องอยู่ระหว่าง 0001 ถึง 8999",
    "The serial number of a household must be from 0001 to 8999.",
)
OUTSIDE_COUNTRY: Final = Reason(
    "outside_country",
    "พิกัดอยู่นอกขอบเขต {fact}",
    "The coordinate is outside {fact}.",
)
HALF_A_POSITION: Final = Reason(
    "half_a_position",
    "ต้องมีทั้งละติจูดและลองจิจูด หรือไม่มีทั้งสองค่า",
    "Latitude and longitude must both be given, or neither.",
)
MALFORMED_PID: Final = Reason(
    "malformed_pid",
    "เลขประจำตัวประชาชนต้องมี 13 หลัก (พบ {fact})",
    "An identity number has 13 digits (here: {fact}).",
)
WRONG_CHECK_DIGIT: Final = Reason(
    "wrong_check_digit",
    "หลักตรวจสอบของเลขประจำตัวประชาชนไม่ถูกต้อง",
    "The check digit of the identity number is wrong.",
    is_warning=True,
)
MONTH_NEVER_WAS: Final = Reason(
    "month_never_was",
    "ปี พ.ศ. 2483 ไม่มีเดือนมกราคมถึงมีนาคม",
    "The Buddhist year 2483 had no January, February or March.",
    is_warning=True,
)
DUPLICATE: Final = Reason(
    "duplicate",
    "ซ้ำกับแถวที่ {fact} ของแฟ้มเดียวกัน",
    "This is already in row {fact} of the same file.",
)
UNKNOWN_PARENT: Final = Reason(
    "unknown_parent",
    "ไม่พบพื้นที่ระดับบนที่อ้างถึง",
    "The area above it, which is named here, is not known.",
)
UNKNOWN_AREA: Final = Reason(
    "unknown_area",
    "ไม่พบเขตแจงนับนี้ในระบบ",
    "There is no such enumeration area.",
)
UNKNOWN_HOUSE: Final = Reason(
    "unknown_house",
    "ไม่มีครัวเรือนใดในระบบที่มีรหัสประจำบ้านนี้",
    "No household on the list has this house code.",
)
DIFFERS: Final = Reason(
    "differs",
    "มีข้อมูลนี้ในระบบแล้วแต่ค่าไม่ตรงกัน การนำเข้าไม่เขียนทับข้อมูลเดิม",
    "This is already on the list with another value; an import overwrites nothing.",
)
NOT_GEOJSON: Final = Reason(
    "not_geojson",
    "ไม่ใช่ GeoJSON FeatureCollection ที่ใช้ได้ ({fact})",
    "This is not a valid GeoJSON FeatureCollection ({fact}).",
)
NOT_A_POLYGON: Final = Reason(
    "not_a_polygon",
    "รูปทรงต้องเป็น Polygon หรือ MultiPolygon",
    "The geometry must be a Polygon or a MultiPolygon.",
)
INVALID_SHAPE: Final = Reason(
    "invalid_shape",
    "รูปทรงไม่ถูกต้อง ({fact})",
    "The shape is not valid ({fact}).",
)

REASONS: Final = {
    reason.code: reason for reason in list(globals().values()) if isinstance(reason, Reason)
}
"""Every reason by its code, which is what the staging table keeps."""

WARNINGS: Final = frozenset(code for code, reason in REASONS.items() if reason.is_warning)
