"""Rules that hold for every item alike: skipped but answered, missing, or not a known code."""

from __future__ import annotations

from census.collection.codelists import Severity
from census.collection.edits.edit import Context, Edit, Step
from census.collection.instances.coverage import Coverage


def has_answers_to_skipped(coverage: Coverage, context: Context) -> bool:
    """The path through the questionnaire does not lead to an item that has an answer."""
    return bool(coverage.skipped)


def has_missing(coverage: Coverage, context: Context) -> bool:
    """An item that must be asked is blank."""
    return bool(coverage.missing)


def has_invalid(coverage: Coverage, context: Context) -> bool:
    """An answer is not one that its item knows."""
    return bool(coverage.invalid)


def nodes_meant(edit_id: str, coverage: Coverage) -> tuple[str, ...]:
    """The items that one of these rules speaks of."""
    found = {
        SKIPPED.id: coverage.skipped,
        MISSING.id: coverage.missing,
        INVALID.id: coverage.invalid,
    }
    return tuple(found[edit_id])


SKIPPED: Edit[Coverage] = Edit(
    "E-H18",
    Severity.HARD,
    Step.SKIP,
    "ตอบข้อที่ต้องข้าม",
    "Answer given to a skipped item",
    has_answers_to_skipped,
)
MISSING: Edit[Coverage] = Edit(
    "E-H19",
    Severity.HARD,
    Step.SKIP,
    "ข้อบังคับยังว่าง",
    "Required item blank",
    has_missing,
)
INVALID: Edit[Coverage] = Edit(
    "E-H20",
    Severity.HARD,
    Step.RANGE,
    "รหัสไม่ถูกต้อง",
    "Invalid code",
    has_invalid,
)

EDITS: tuple[Edit[Coverage], ...] = (SKIPPED, MISSING, INVALID)
