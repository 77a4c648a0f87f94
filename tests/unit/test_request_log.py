"""The log holds identifiers, and only what is on its list."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

from census.web.request_log import PATTERN, AllowedFieldsFormatter


def written(record: logging.LogRecord, **extra: Any) -> dict[str, Any]:
    record.__dict__.update(extra)
    line = AllowedFieldsFormatter(PATTERN).format(record)
    assert "\n" not in line
    content: dict[str, Any] = json.loads(line)
    return content


def record_of(message: str, **fields: Any) -> logging.LogRecord:
    return logging.makeLogRecord({"msg": message, "levelname": "INFO", "name": "x", **fields})


def test_only_the_fields_on_the_list_are_written() -> None:
    content = written(record_of("request"), rule="/households/<id>", path="/households/7", body="…")

    assert content["rule"] == "/households/<id>"
    assert not {"path", "body"} & set(content)


def test_a_line_stays_one_line_whatever_is_in_it() -> None:
    content = written(record_of("first\nsecond \x1b[31mred"))

    assert content["message"] == "first\nsecond \x1b[31mred"


def test_an_error_is_told_by_place_and_kind_without_the_values_it_quotes() -> None:
    try:
        int("1-9999-00000-01-3")
    except ValueError:
        record = record_of("unexpected error", exc_info=sys.exc_info())

    content = written(record)

    assert content["exc_info"].startswith("ValueError < ")
    assert "test_request_log.py" in content["exc_info"]
    assert "9999" not in json.dumps(content)
