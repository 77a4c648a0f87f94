"""Reading a long list page by page: after a key, never by offset."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from marshmallow import Schema, fields
from marshmallow.validate import Range

from census.core.errors import Fault, Invalid

LONGEST_PAGE = 500
USUAL_PAGE = 100
LONGEST_KEY = 64
LARGEST_NUMBER = 2**63 - 1


class NumberPageSchema(Schema):
    """Which part of a numbered list is asked for, in the address of a route of the JSON face."""

    after = fields.Integer(load_default=0, validate=Range(0, LARGEST_NUMBER))
    limit = fields.Integer(load_default=USUAL_PAGE, validate=Range(1, LONGEST_PAGE))


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is asked for: what comes after a key, and how much of it."""

    after: str | None
    limit: int


def page_arguments(*, usual: int = USUAL_PAGE, most: int = LONGEST_PAGE) -> Page:
    """`after` and `limit` of the address, checked; the limit is from 1 to `most`."""
    faults: list[Fault] = []
    limit = _limit(usual, most, faults)
    after = request.args.get("after") or None
    if after is not None and len(after) > LONGEST_KEY:
        faults.append(Fault("/after", "ไม่ใช่คีย์ของรายการ", "This is not a key of the list."))
    if faults:
        raise Invalid(faults=faults)
    return Page(after=after, limit=limit)


def _limit(usual: int, most: int, faults: list[Fault]) -> int:
    text = request.args.get("limit")
    if text is None or text == "":
        return usual
    limit = _whole_number(text)
    if limit is None or not 1 <= limit <= most:
        faults.append(
            Fault("/limit", f"ต้องอยู่ระหว่าง 1 ถึง {most}", f"This must be from 1 to {most}.")
        )
        return usual
    return limit


def _whole_number(text: str) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) < 20):
        return None
    number = int(text)
    return number if number <= LARGEST_NUMBER else None
