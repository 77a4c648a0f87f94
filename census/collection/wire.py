"""The kinds of values on the wire: texts, ids, moments and positions, as they may arrive."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields
from marshmallow.validate import Regexp

from census.collection.instances.parsing import canonical_id
from census.core.clock import is_plausible
from census.core.errors import both

HOUSEHOLD_ID = re.compile(r"\d{11}-\d{4}", re.ASCII)
EA_CODE = re.compile(r"\d{11}", re.ASCII)


class PlainText(fields.String):
    """A text that a database can hold: no NUL and no half of a surrogate pair."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
            raise ValidationError(
                both("มีอักขระที่ไม่รองรับ", "It contains characters that cannot be kept.")
            )
        return text


class InstanceId(PlainText):
    """The id a client gave to an instance; the key of idempotency."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str:
        canonical = canonical_id(super()._deserialize(value, attr, data, **kwargs))
        if canonical is None:
            raise ValidationError(
                both("ต้องเป็น uuid: ตามด้วย UUID", "This must be uuid: and a UUID.")
            )
        return canonical


class HouseholdId(PlainText):
    """An enumeration area's code, a hyphen and four digits."""

    def __init__(self, **kwargs: Any) -> None:
        """Take household ids only."""
        super().__init__(
            validate=Regexp(
                HOUSEHOLD_ID.pattern + r"\Z",
                error=both("รหัสครัวเรือนไม่ถูกต้อง", "This is not a household id."),
            ),
            metadata={"example": "22001011001-0042"},
            **kwargs,
        )


class Position(fields.Field[dict[str, float | None] | None]):
    """A position: an object with latitude, longitude and accuracy, or the numbers in a text.

    Degrees and metres; the text is `latitude longitude altitude accuracy`, as in an instance. What
    cannot be read is left out: a tablet without a position must not lose its report.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, float | None] | None:
        try:
            latitude, longitude, accuracy_m = _numbers_of(value)
        except (TypeError, ValueError, LookupError, OverflowError):
            return None
        if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
            return None
        return {"latitude": latitude, "longitude": longitude, "accuracy_m": accuracy_m}


def _numbers_of(value: Any) -> tuple[float, float, float | None]:
    if isinstance(value, str):
        numbers = [float(part) for part in value.split()]
        return numbers[0], numbers[1], _distance(numbers[3] if len(numbers) > 3 else None)
    if not isinstance(value, dict):
        raise TypeError("a position is an object or a text")
    given = value.get("accuracy", value.get("accuracy_m"))
    return float(value["latitude"]), float(value["longitude"]), _distance(given)


def _distance(given: Any) -> float | None:
    """Metres; 0 is not the same as none, but the mark of a position that was made up."""
    metres = None if given is None else float(given)
    return metres if metres is not None and 0 <= metres < float("inf") else None


class Moment(fields.AwareDateTime):
    """A moment with its time zone, of a year that a clock of our time can show."""

    def __init__(self, **kwargs: Any) -> None:
        """Read ISO 8601."""
        super().__init__(format="iso", **kwargs)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        moment = super()._deserialize(value, attr, data, **kwargs)
        if not is_plausible(moment):
            raise ValidationError(both("ปีไม่สมเหตุผล", "This year is not plausible."))
        return moment


class DeviceMoment(Moment):
    """A moment that a device noted down; what cannot be read is left out."""

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> Any:
        try:
            return super()._deserialize(value, attr, data, **kwargs)
        except ValidationError:
            return None


class EvidenceGiven(fields.Field[str | None]):
    """What stands behind a result besides the enumerator's word: a neighbour's statement.

    `{"kind": "neighbour_statement", "statement": "…"}`; a photo is attached to the action instead.
    What is no evidence is left out: the visit counts all the same.
    """

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> str | None:
        if not isinstance(value, dict) or value.get("kind") != "neighbour_statement":
            return None
        statement = value.get("statement")
        return (statement.strip() or None) if isinstance(statement, str) else None
