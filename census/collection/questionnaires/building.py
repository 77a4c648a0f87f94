"""Builds the forms people fill from the source of a questionnaire: XLSForm, then XForm.

The same source always gives the same bytes, so that a tablet sees a new form only when there is
one, and anyone can rebuild a published form and compare.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from lxml import etree
from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter
from pyxform.xls2xform import convert

from census.collection.questionnaires.metadata import use_openrosa_metadata
from census.collection.questionnaires.pages import arrange_pages
from census.collection.questionnaires.soft_edits import as_choices, with_reasons_asked
from census.collection.questionnaires.sources import Row, Sources, published_versions, sources

__all__ = [
    "FormError",
    "build_workbook",
    "build_xform",
    "published_versions",
    "sources",
    "xform_from_workbook",
]

# Columns of the source that say something to readers and nothing to the form.
_OURS = frozenset({"checks", "values"})

# The earliest moment a ZIP archive can hold.
_NO_PARTICULAR_TIME = datetime(1980, 1, 1, tzinfo=UTC)


class FormError(ValueError):
    """The source of a questionnaire cannot be turned into a form without doubt."""


def build_workbook(form_id: str, version: str) -> bytes:
    """The questionnaire as an XLSForm workbook, which any XLSForm tool can read."""
    return workbook_from(sources(form_id, version))


def build_xform(form_id: str, version: str) -> bytes:
    """The questionnaire as an XForm, which tablets and ODK Collect fill."""
    return xform_from_workbook(build_workbook(form_id, version))


def xform_from_workbook(workbook: bytes) -> bytes:
    """Turn an XLSForm workbook into an XForm; anything the converter doubts is a problem."""
    warnings: list[str] = []
    result = convert(workbook, warnings=warnings, validate=False, file_type=".xlsx")
    if warnings:
        raise FormError("; ".join(warnings))
    return _finished(result.xform.encode())


def workbook_from(form: Sources) -> bytes:
    """The three sheets of an XLSForm, with the columns that are only ours left out."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    survey = with_reasons_asked(form.survey, form.soft_edits)
    _add_sheet(workbook, "survey", _of_the_standard(survey))
    _add_sheet(workbook, "choices", [*form.choices, *as_choices(form)])
    _add_sheet(workbook, "settings", [form.settings])
    return _bytes_of(workbook)


def _finished(xform: bytes) -> bytes:
    """The converter's form with what a workbook cannot say: pages, and where metadata stands."""
    # A form refers to nothing outside itself; one that tries is read without it.
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    form = etree.fromstring(xform, parser)
    arrange_pages(form)
    use_openrosa_metadata(form)
    return etree.tostring(form, xml_declaration=True, encoding="utf-8")


def _of_the_standard(survey: Iterable[Row]) -> list[Row]:
    return [
        {
            column: value
            for column, value in row.items()
            if column not in _OURS and not column.startswith("universe::")
        }
        for row in survey
    ]


def _add_sheet(workbook: Workbook, title: str, rows: Sequence[Row]) -> None:
    sheet = workbook.create_sheet(title)
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([value or None for value in row.values()])
    sheet.freeze_panes = "A2"


def _bytes_of(workbook: Workbook) -> bytes:
    """The workbook without any trace of when it was written."""
    workbook.properties.created = workbook.properties.modified = _NO_PARTICULAR_TIME
    written, settled = BytesIO(), BytesIO()
    # The writer closes its archive. Workbook.save would put the present time into it.
    ExcelWriter(workbook, ZipFile(written, "w", ZIP_DEFLATED)).save()
    with ZipFile(written) as source, ZipFile(settled, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, _NO_PARTICULAR_TIME.timetuple()[:6])
            target.writestr(entry, source.read(name), ZIP_DEFLATED)
    return settled.getvalue()
