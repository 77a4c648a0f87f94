"""What is wrong with what was sent: every fault with its place and a sentence in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import Schema, ValidationError

from census.core.errors import Fault, Invalid

MOST_FAULTS = 1_000
LONGEST_STEP = 200

_THAI: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sentence)
    for pattern, sentence in (
        (r"Missing data for required field\.", "ต้องระบุค่านี้"),
        (r"Unknown field\.", "ไม่รู้จักชื่อนี้"),
        (r"Field may not be null\.", "ต้องไม่เป็นค่าว่าง (null)"),
        (r"Field may not be blank\.", "ต้องไม่เว้นว่าง"),
        (r"Not a valid string\.", "ต้องเป็นข้อความ"),
        (r"Not a valid integer\.", "ต้องเป็นจำนวนเต็ม"),
        (r"Not a valid number\.", "ต้องเป็นตัวเลข"),
        (r"Not a valid boolean\.", "ต้องเป็น true หรือ false"),
        (r"Not a valid UUID\.", "ต้องเป็น UUID"),
        (r"Not a valid list\.", "ต้องเป็นรายการ"),
        (r"Not a valid mapping type\.", "ต้องเป็นวัตถุ JSON"),
        (r"Invalid input type\.", "ชนิดข้อมูลไม่ถูกต้อง"),
        (r"Not a valid datetime\.", "ต้องเป็นวันเวลาตาม ISO 8601"),
        (r"Not a valid aware datetime\.", "ต้องเป็นวันเวลาตาม ISO 8601 พร้อมเขตเวลา"),
        (r"Not a valid date\.", "ต้องเป็นวันที่รูปแบบ YYYY-MM-DD"),
        (r"Not a valid time\.", "ต้องเป็นเวลา"),
        (r"Must be one of: (.+)\.", "ต้องเป็นค่าใดค่าหนึ่งต่อไปนี้: {0}"),
        (r"Shorter than minimum length (\d+)\.", "ยาวไม่ถึง {0}"),
        (r"Longer than maximum length (\d+)\.", "ยาวเกิน {0}"),
        (r"Length must be between (\d+) and (\d+)\.", "ความยาวต้องอยู่ระหว่าง {0} ถึง {1}"),
        (r"Length must be (\d+)\.", "ความยาวต้องเป็น {0}"),
        (
            r"Must be greater than or equal to (\S+?)( and less than or equal to (\S+?))?\.",
            "ค่าอยู่นอกช่วงที่กำหนด (ตั้งแต่ {0}{1})",
        ),
        (r"Must be less than or equal to (\S+?)\.", "ต้องไม่เกิน {0}"),
        (r"String does not match expected pattern\.", "รูปแบบไม่ถูกต้อง"),
    )
)


def loaded(schema: Schema, document: Any) -> Any:
    """What the schema makes of the document; refuses it with every fault it has."""
    try:
        return schema.load(document)
    except ValidationError as error:
        raise Invalid(faults=faults_in(error.messages)) from None


def faults_in(messages: Any) -> list[Fault]:
    """The faults that marshmallow found, each with a JSON pointer to its place."""
    faults = []
    for pointer, message in _walk(messages, ""):
        faults.append(message if isinstance(message, Fault) else _fault(pointer, str(message)))
        if len(faults) == MOST_FAULTS:
            break
    return faults


def both(th: str, en: str) -> str:
    """A message for a schema of ours, in both languages at once."""
    return f"{en}{_BETWEEN}{th}"


def escaped(key: str) -> str:
    """One step of a JSON pointer; what a client sent as a name may be longer than a page."""
    return key[:LONGEST_STEP].replace("~", "~0").replace("/", "~1")


_BETWEEN = "\u2002·\u2002"


def _fault(pointer: str, message: str) -> Fault:
    en, between, th = message.partition(_BETWEEN)
    return Fault(pointer, th=th if between else _in_thai(message), en=en)


def _in_thai(message: str) -> str:
    for pattern, sentence in _THAI:
        if match := pattern.fullmatch(message):
            return sentence.format(*_bounds(match))
    return "ค่าไม่ถูกต้อง"


def _bounds(match: re.Match[str]) -> list[str]:
    groups = [group or "" for group in match.groups()]
    return [groups[0], f" ถึง {groups[2]}" if groups[2] else ""] if len(groups) == 3 else groups


def _walk(messages: Any, pointer: str) -> Iterator[tuple[str, Any]]:
    if isinstance(messages, Mapping):
        for key, below in messages.items():
            # Marshmallow keeps what is wrong with the whole under this name.
            step = "" if key == "_schema" else f"/{escaped(str(key))}"
            yield from _walk(below, pointer + step)
    elif isinstance(messages, (list, tuple)):
        for below in messages:
            yield from _walk(below, pointer)
    else:
        yield pointer, messages
