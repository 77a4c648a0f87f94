"""What the review pages say about a refusal, in the reader's language."""

from __future__ import annotations

from flask_babel import gettext as _

from census.core.errors import Refusal
from census.core.locale import Locale
from census.review.errors import BatchChanged
from census.web import languages


def of_refusal(refusal: Refusal) -> str:
    """The refusal itself, or what exactly is wrong where it says that."""
    locale = languages.current()
    if refusal.faults:
        return " · ".join(fault.sentence(locale) for fault in refusal.faults)
    return refusal.sentence(locale)


def strange_questions() -> str:
    """The names of items are small letters, digits and underscores."""
    return _("These are no names of questions; names look like p05_year, h22.")


def what_moved(refusal: BatchChanged) -> list[dict[str, str | None]]:
    """Which households moved; or, where none did, that something else has."""
    locale = languages.current()
    moved: list[dict[str, str | None]] = [
        {
            "household_id": each.household_id,
            "message": each.th if locale is Locale.TH else each.en,
        }
        for each in refusal.facts.get("movements", ())
    ]
    return moved or [{"household_id": None, "message": _something_else()}]


def _something_else() -> str:
    return _("The status, the quarantine or something else on this page has changed.")
