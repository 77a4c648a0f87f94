"""Reading the body of a request to the JSON face: bounded, and whole or not at all."""

from __future__ import annotations

import json
import zlib
from typing import Any, NoReturn

from flask import request

from census.core.errors import Fault, Invalid, TooLarge, WrongMediaType
from census.web.validation import escaped

USUAL_LIMIT = 1_000_000
DEEPEST = 32
MOST_VALUES = 500_000
_GZIP = 31
_READ_AT_ONCE = 65_536


def json_body(limit_bytes: int = USUAL_LIMIT, *, checks_text: bool = True) -> dict[str, Any]:
    """The JSON object of the body, also gzipped, of at most so many bytes after decompression.

    Text that no database can keep refuses the whole body, unless `checks_text` is off: a route
    that answers for each record by itself judges with `is_storable`, so that one bad record does
    not refuse its neighbours.
    """
    document = parsed_json(_bytes(limit_bytes))
    if not isinstance(document, dict):
        _refuse("", "เนื้อหาต้องเป็นวัตถุ JSON", "The body must be a JSON object.")
    _refuse_unreasonable(document, checks_text=checks_text)
    return document


def parsed_json(body: bytes) -> Any:
    """The value in the bytes; refuses what is not strictly JSON in UTF-8."""
    try:
        return json.loads(
            body.decode("utf-8-sig"),
            object_pairs_hook=_object_without_repeats,
            parse_constant=_refuse_constant,
        )
    except RecursionError:
        _refuse_depth()
    except UnicodeDecodeError as error:
        _refuse(
            "",
            f"ไม่ใช่ UTF-8 ที่ไบต์ {error.start}",
            f"This is not UTF-8 at byte {error.start}.",
        )
    except json.JSONDecodeError as error:
        _refuse(
            "",
            f"ไม่ใช่ JSON ที่บรรทัด {error.lineno} ตำแหน่ง {error.colno}",
            f"This is not JSON at line {error.lineno}, column {error.colno}.",
        )
    except ValueError:
        # Python refuses to turn thousands of digits into a number.
        _refuse("", "มีตัวเลขที่ยาวเกินไป", "A number is too long.")


def is_storable(text: str) -> bool:
    """Whether a database can keep the text: no NUL and no half of a surrogate pair."""
    if "\x00" in text:
        return False
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _bytes(limit_bytes: int) -> bytes:
    if request.mimetype != "application/json":
        raise WrongMediaType
    encoding = request.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("identity", "gzip"):
        raise WrongMediaType
    # Checked against Content-Length before anything is read, and again while reading.
    request.max_content_length = limit_bytes
    body = request.get_data(cache=False)
    return body if encoding == "identity" else _unzipped(body, limit_bytes)


def _unzipped(body: bytes, limit_bytes: int) -> bytes:
    unzip = zlib.decompressobj(_GZIP)
    whole = bytearray()
    waiting = body
    try:
        while waiting and not unzip.eof:
            whole += unzip.decompress(waiting, _READ_AT_ONCE)
            if len(whole) > limit_bytes:
                raise TooLarge
            waiting = unzip.unconsumed_tail
        whole += unzip.flush()
    except zlib.error:
        _refuse("", "ข้อมูล gzip เสียหาย", "The gzip stream is damaged.")
    if not unzip.eof:
        _refuse("", "ข้อมูล gzip ขาดหายตอนท้าย", "The gzip stream is cut off.")
    if unzip.unused_data:
        _refuse("", "มีข้อมูลเกินหลัง gzip", "Something follows the gzip stream.")
    if len(whole) > limit_bytes:
        raise TooLarge
    return bytes(whole)


def _object_without_repeats(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        # Two readers of the same bytes would see two different records.
        _refuse("", "มีชื่อซ้ำในวัตถุเดียวกัน", "A name appears twice in one object.")
    return content


def _refuse_unreasonable(document: Any, *, checks_text: bool) -> None:
    """Look at every value without recursion: how deep, how many, and whether text can be kept."""
    waiting = [_Place(None, "", document)]
    seen = 0
    while waiting:
        place = waiting.pop()
        seen += 1
        if place.depth > DEEPEST:
            _refuse_depth()
        if seen > MOST_VALUES:
            raise TooLarge
        if checks_text and not place.is_storable():
            _refuse(
                place.pointer(),
                "มีอักขระที่เก็บไม่ได้ (NUL หรือ surrogate เดี่ยว)",
                "The text holds a character that cannot be kept (NUL or a lone surrogate).",
            )
        waiting += place.below()


class _Place:
    """A value and the way to it; the way is put into words only where something is wrong."""

    __slots__ = ("above", "depth", "key", "value")

    def __init__(self, above: _Place | None, key: object, value: Any) -> None:
        self.above = above
        self.key = key
        self.value = value
        self.depth: int = above.depth + 1 if above else 0

    def is_storable(self) -> bool:
        if isinstance(self.value, dict):
            return all(map(is_storable, self.value))
        return not isinstance(self.value, str) or is_storable(self.value)

    def below(self) -> list[_Place]:
        if isinstance(self.value, dict):
            return [_Place(self, key, value) for key, value in self.value.items()]
        if isinstance(self.value, list):
            return [_Place(self, position, value) for position, value in enumerate(self.value)]
        return []

    def pointer(self) -> str:
        if self.above is None:
            return ""
        return f"{self.above.pointer()}/{escaped(str(self.key))}"


def _refuse_depth() -> NoReturn:
    _refuse("", f"ซ้อนกันลึกเกิน {DEEPEST} ชั้น", f"This is nested deeper than {DEEPEST} levels.")


def _refuse_constant(name: str) -> NoReturn:
    _refuse("", f"{name} ไม่ใช่ค่าใน JSON", f"{name} is not a value of JSON.")


def _refuse(pointer: str, th: str, en: str) -> NoReturn:
    raise Invalid(faults=[Fault(pointer, th, en)])
