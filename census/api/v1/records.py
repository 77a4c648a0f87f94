"""Bodies that hold a list of records, each answered for by itself."""

from __future__ import annotations

from typing import Any

from census.core.errors import Fault, Invalid


def records_in(body: dict[str, Any], name: str, *, most: int) -> list[Any]:
    """The list under this name, of one to `most` records; what each holds is judged one by one."""
    records = body.get(name)
    if not isinstance(records, list) or not 1 <= len(records) <= most:
        raise Invalid(
            faults=[
                Fault(
                    f"/{name}",
                    f"ต้องเป็นรายการตั้งแต่ 1 ถึง {most} รายการ",
                    f"This must be a list of 1 to {most} records.",
                )
            ]
        )
    return records
