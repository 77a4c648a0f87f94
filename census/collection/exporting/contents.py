"""What is in each exported file: one row for what, from which tables, with which columns.

Files of responses are in the order of province and submission id, which is the order of arrival
and of the tables' keys: the database need not sort wide rows, and two files can be read side by
side. The others are in the order of households. Nothing sealed is here, no note, and nothing that
says who collected it: names and identity numbers are dropped from the analytical files.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Text, and_, cast, func, select

from census.collection.answers import Person, Response
from census.collection.codelists import Outcome, Standing
from census.collection.exporting.columns import Column, Expression, Kind, written
from census.collection.exporting.order import Order, Which
from census.collection.instances.items import HOUSEHOLD_ITEMS, PERSON_ITEMS, Item
from census.collection.instances.items import Kind as AnswerKind
from census.collection.models import Case, FieldAction, Finding, Submission
from census.frame.models import EnumerationArea, Household

SENSITIVE_ITEMS = ("p08", "p09", "p20_")
"""Nationality, religion and functional difficulties, which PDPA section 26 protects."""

KEPT_STANDINGS = (Standing.COUNTING, Standing.SUPERSEDED, Standing.VOID)

_KIND_OF_ANSWER = {
    AnswerKind.CODE: Kind.CODE,
    AnswerKind.SEVERAL_CODES: Kind.CODE,
    AnswerKind.LANGUAGE: Kind.CODE,
    AnswerKind.COUNT: Kind.COUNT,
}
"""Names and identity numbers have no kind here: they are never written out."""


@dataclass(frozen=True)
class File:
    """One exported file: its name, what a row of it is, its columns, its rows and their order."""

    name: str
    th: str
    en: str
    all_columns: tuple[Column, ...]
    rows: Callable[[Select[Any], Which], Select[Any]]
    order: tuple[Any, ...]
    rows_per_case: float = 1
    """About how many rows a household has; only how far the work is comes from it."""

    def columns(self, order: Order) -> tuple[Column, ...]:
        """The columns that this order may have."""
        if order.has_sensitive:
            return self.all_columns
        return self._columns_without_sensitive

    @cached_property
    def _columns_without_sensitive(self) -> tuple[Column, ...]:
        return tuple(column for column in self.all_columns if not column.is_sensitive)

    def select(
        self, order: Order, within: tuple[Expression, ...], *, on_postgresql: bool
    ) -> Select[Any]:
        """The rows of the file for the cases that fulfil these conditions."""
        columns = [written(column, on_postgresql=on_postgresql) for column in self.columns(order)]
        return (
            self.rows(select(*columns).select_from(Case), order.which)
            .where(*within)
            .order_by(*self.order)
        )


def _with_responses(rows: Select[Any], which: Which) -> Select[Any]:
    """Each case with its counting submission, or with every one that was understood."""
    if which is Which.COUNTING:
        link = Submission.id == Case.counting_submission_id
    else:
        link = and_(
            Submission.household_id == Case.household_id,
            Submission.standing.in_(KEPT_STANDINGS),
        )
    return rows.join(Submission, and_(Submission.province_code == Case.province_code, link))


def _of_counting(rows: Select[Any], table: Any, which: Which) -> Select[Any]:
    """Rows of a table of answers, without a look at submissions where only one can be meant."""
    if which is Which.COUNTING:
        submission_id: Any = Case.counting_submission_id
        # As an expression, or SQLite would look for each answer's case among its whole province.
        province_code: Any = func.coalesce(Case.province_code, "")
    else:
        rows = _with_responses(rows, which)
        submission_id, province_code = Submission.id, Submission.province_code
    same = and_(table.province_code == province_code, table.submission_id == submission_id)
    return rows.join(table, same)


def _household_rows(rows: Select[Any], which: Which) -> Select[Any]:
    same = and_(
        Response.province_code == Submission.province_code,
        Response.submission_id == Submission.id,
    )
    return _with_areas(_with_responses(rows, which).join(Response, same))


def _person_rows(rows: Select[Any], which: Which) -> Select[Any]:
    return _of_counting(rows, Person, which)


def _finding_rows(rows: Select[Any], which: Which) -> Select[Any]:
    return _of_counting(rows, Finding, which)


def _visit_rows(rows: Select[Any], _which: Which) -> Select[Any]:
    return rows.join(
        FieldAction,
        and_(
            FieldAction.household_id == Case.household_id,
            FieldAction.outcome == Outcome.ACCEPTED,
        ),
    )


def _case_rows(rows: Select[Any], _which: Which) -> Select[Any]:
    same = and_(Household.province_code == Case.province_code, Household.id == Case.household_id)
    return _with_areas(rows.join(Household, same))


def _with_areas(rows: Select[Any]) -> Select[Any]:
    return rows.join(EnumerationArea, EnumerationArea.code == Case.ea_code)


def _item_columns(table: Any, items: tuple[Item[Any], ...]) -> tuple[Column, ...]:
    """The items of the questionnaire, in its order; docs take their words from the form."""
    return tuple(
        Column(
            item.node,
            _KIND_OF_ANSWER[item.kind],
            getattr(table, item.node),
            "",
            "",
            is_sensitive=item.node.startswith(SENSITIVE_ITEMS),
        )
        for item in items
        if item.kind in _KIND_OF_ANSWER
    )


_HOUSEHOLD_ID = Column(
    "household_id",
    Kind.TEXT,
    Case.household_id,
    "รหัสครัวเรือน: เขตแจงนับ ขีด เลขลำดับ (ชี้ถึงที่อยู่ ใช้ภายในเท่านั้น)",
    "Household id: enumeration area, hyphen, serial number (leads to an address: internal use)",
)
_PROVINCE = Column("province_code", Kind.CODE, Case.province_code, "จังหวัด", "Province")
_EA = Column("ea_code", Kind.CODE, Case.ea_code, "เขตแจงนับ", "Enumeration area")
_AREAS = (
    _PROVINCE,
    Column("district_code", Kind.CODE, EnumerationArea.district_code, "อำเภอ", "District"),
    Column("subdistrict_code", Kind.CODE, EnumerationArea.subdistrict_code, "ตำบล", "Subdistrict"),
    _EA,
)
_SUBMISSION_ID = (
    "รหัสของคำตอบ ตรงกันทุกแฟ้ม",
    "Id of the response, the same in every file",
)
_STATE = (
    Column("disposition", Kind.CODE, Case.disposition, "ผลการแจงนับ", "Disposition"),
    Column(
        "review",
        Kind.CODE,
        Case.review,
        "การตรวจ: open submitted approved returned",
        "Review: open, submitted, approved, returned",
    ),
    Column(
        "responded_on",
        Kind.DAY,
        Case.responded_on,
        "วันที่รับคำตอบที่ใช้นับ",
        "Day on which the counting response was accepted",
    ),
    Column("approved_on", Kind.DAY, Case.approved_on, "วันที่รับรอง", "Day of approval"),
)

CASES = File(
    "cases",
    "หนึ่งแถวต่อหนึ่งครัวเรือนในบัญชี ไม่ว่าจะตอบหรือไม่",
    "One row for each household on the list, whether it responded or not",
    (
        *_AREAS,
        _HOUSEHOLD_ID,
        Column(
            "origin",
            Kind.CODE,
            Household.origin,
            "มาจากกรอบ (frame) หรือพบในสนาม (field)",
            "Whether it came with the frame or was found in the field",
        ),
        *_STATE,
        Column(
            "mode",
            Kind.CODE,
            Case.mode,
            "วิธีตอบของคำตอบที่ใช้นับ",
            "Mode of the counting response",
        ),
        Column(
            "submission_id",
            Kind.ID,
            Case.counting_submission_id,
            "คำตอบที่ใช้นับ ว่างหากยังไม่มี",
            "The counting response, blank where there is none",
        ),
        Column(
            "hard_findings",
            Kind.COUNT,
            Case.hard_findings,
            "จำนวนข้อผิดพลาดที่ต้องแก้ไข",
            "Hard findings on the counting response",
        ),
        Column(
            "other_findings",
            Kind.COUNT,
            Case.other_findings,
            "จำนวนข้อสังเกตอื่น",
            "Other findings on the counting response",
        ),
    ),
    _case_rows,
    order=(Case.province_code, Case.household_id),
)

HOUSEHOLDS = File(
    "households",
    "หนึ่งแถวต่อหนึ่งคำตอบของครัวเรือน",
    "One row for each response of a household",
    (
        *_AREAS,
        _HOUSEHOLD_ID,
        Column("submission_id", Kind.ID, Submission.id, *_SUBMISSION_ID),
        Column(
            "standing",
            Kind.CODE,
            Submission.standing,
            "สถานะของคำตอบ: counting superseded void",
            "Standing of the response: counting, superseded, void",
        ),
        Column("mode", Kind.CODE, Submission.mode, "วิธีตอบ", "Mode"),
        *_STATE,
        Column(
            "questionnaire_version",
            Kind.CODE,
            Submission.version,
            "รุ่นของแบบสอบถาม",
            "Version of the questionnaire",
        ),
        Column(
            "started_at",
            Kind.MOMENT,
            Submission.started_at,
            "เริ่มตอบ ตามนาฬิกาของเครื่อง",
            "Begun, by the device's clock",
        ),
        Column(
            "ended_at",
            Kind.MOMENT,
            Submission.ended_at,
            "ตอบเสร็จ ตามนาฬิกาของเครื่อง",
            "Ended, by the device's clock",
        ),
        Column("received_at", Kind.MOMENT, Submission.received_at, "รับเมื่อ", "Received"),
        Column("latitude", Kind.MEASURE, Response.latitude, "ละติจูด", "Latitude, degrees"),
        Column("longitude", Kind.MEASURE, Response.longitude, "ลองจิจูด", "Longitude, degrees"),
        Column(
            "accuracy_m",
            Kind.MEASURE,
            Response.accuracy_m,
            "ความคลาดเคลื่อน เมตร (0 คือพิกัดที่แต่งขึ้น)",
            "Accuracy, metres (0 marks a position that was made up)",
        ),
        Column(
            "metres_from_dwelling",
            Kind.MEASURE,
            Response.metres_from_dwelling,
            "ระยะจากที่อยู่อาศัยในกรอบ เมตร",
            "Distance to the dwelling of the frame, metres",
        ),
        Column(
            "metres_outside_area",
            Kind.MEASURE,
            Response.metres_outside_area,
            "ระยะนอกเขตแจงนับ เมตร (0 คืออยู่ในเขต)",
            "Distance outside the enumeration area, metres (0 within it)",
        ),
        *_item_columns(Response, HOUSEHOLD_ITEMS),
    ),
    _household_rows,
    order=(Submission.province_code, Submission.id),
)

PERSONS = File(
    "persons",
    "หนึ่งแถวต่อหนึ่งคนในคำตอบ กุญแจคือ submission_id กับ position",
    "One row for each person of a response; the key is submission_id and position",
    (
        _PROVINCE,
        _HOUSEHOLD_ID,
        Column("submission_id", Kind.ID, Person.submission_id, *_SUBMISSION_ID),
        Column(
            "position",
            Kind.COUNT,
            Person.position,
            "ลำดับในรายการที่ส่งมา เริ่มที่ 1",
            "Place in the roster as sent, from 1",
        ),
        *_item_columns(Person, PERSON_ITEMS),
    ),
    _person_rows,
    order=(Person.province_code, Person.submission_id, Person.position),
    rows_per_case=3,
)

FINDINGS = File(
    "findings",
    "หนึ่งแถวต่อหนึ่งข้อที่คำตอบไม่ผ่านกฎการตรวจ",
    "One row for each edit rule that a response breaks",
    (
        _HOUSEHOLD_ID,
        Column("submission_id", Kind.ID, Finding.submission_id, *_SUBMISSION_ID),
        Column("edit", Kind.CODE, Finding.edit, "รหัสกฎ", "The rule"),
        Column(
            "severity",
            Kind.CODE,
            Finding.severity,
            "ระดับ: hard soft query",
            "Severity: hard, soft, query",
        ),
        Column(
            "person",
            Kind.COUNT,
            Finding.person,
            "ลำดับของคน ว่างหากเป็นเรื่องของครัวเรือน",
            "Position of the person, blank where it is about the household",
        ),
        Column(
            "is_overridden",
            Kind.FLAG,
            Finding.is_overridden,
            "มีเหตุผลกำกับแล้ว",
            "A reason was given for it",
        ),
        Column(
            "nodes",
            Kind.TEXT,
            cast(Finding.nodes, Text),
            "รายการในแบบที่กล่าวถึง เป็นอาร์เรย์ JSON",
            "The items it speaks of, as a JSON array",
        ),
        Column(
            "other_household_id",
            Kind.TEXT,
            Finding.other_household_id,
            "อีกครัวเรือนหนึ่ง สำหรับกฎที่เทียบสองครัวเรือน",
            "The other household, for rules that compare two",
        ),
    ),
    _finding_rows,
    order=(Finding.province_code, Finding.submission_id, Finding.edit, Finding.id),
)

VISITS = File(
    "visits",
    "หนึ่งแถวต่อหนึ่งการกระทำในสนามที่รับไว้ ไม่มีบันทึกข้อความ",
    "One row for each accepted action in the field, without its notes",
    (
        _EA,
        _HOUSEHOLD_ID,
        Column("action_id", Kind.TEXT, FieldAction.action_id, "รหัสการกระทำ", "Id of the action"),
        Column("type", Kind.CODE, FieldAction.type, "ชนิด", "Type"),
        Column("result", Kind.CODE, FieldAction.result, "ผล", "Result, a disposition"),
        Column(
            "happened_at",
            Kind.MOMENT,
            FieldAction.happened_at,
            "เวลาตามนาฬิกาของเครื่อง",
            "When, by the device's clock",
        ),
        Column("received_at", Kind.MOMENT, FieldAction.received_at, "รับเมื่อ", "Received"),
        Column("latitude", Kind.MEASURE, FieldAction.latitude, "ละติจูด", "Latitude, degrees"),
        Column("longitude", Kind.MEASURE, FieldAction.longitude, "ลองจิจูด", "Longitude, degrees"),
        Column(
            "accuracy_m",
            Kind.MEASURE,
            FieldAction.accuracy_m,
            "ความคลาดเคลื่อน เมตร",
            "Accuracy, metres",
        ),
        Column(
            "metres_from_dwelling",
            Kind.MEASURE,
            FieldAction.metres_from_dwelling,
            "ระยะจากที่อยู่อาศัยในกรอบ เมตร",
            "Distance to the dwelling of the frame, metres",
        ),
        Column(
            "metres_outside_area",
            Kind.MEASURE,
            FieldAction.metres_outside_area,
            "ระยะนอกเขตแจงนับ เมตร",
            "Distance outside the enumeration area, metres",
        ),
        Column(
            "has_evidence",
            Kind.FLAG,
            FieldAction.has_evidence,
            "มีหลักฐานประกอบ",
            "Evidence stands behind the result",
        ),
    ),
    _visit_rows,
    order=(Case.province_code, Case.household_id, FieldAction.happened_at, FieldAction.sha256),
)

FILES = (PERSONS, HOUSEHOLDS, CASES, VISITS, FINDINGS)
"""Every file of an export, the longest first."""
