"""Rules that compare a record with others; they are raised where those are known."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.members import Household


def is_raised_elsewhere(household: Household, context: Context) -> bool:
    """One record alone never shows it."""
    return False


LATE_RESPONSE: Edit[Household] = Edit(
    "E-I03",
    Severity.QUERY,
    Step.ACROSS_RECORDS,
    "ครัวเรือนนี้มีข้อมูลที่รับแล้ว",
    "Household already has an accepted record",
    is_raised_elsewhere,
)

EDITS: tuple[Edit[Household], ...] = (LATE_RESPONSE,)
