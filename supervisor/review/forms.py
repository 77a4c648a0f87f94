"""Reading the forms of the review pages."""

from __future__ import annotations

import re
from typing import Any

from census.review.schemas import MOST_QUESTIONS, QUESTION

Forms = dict[str, Any]
"""What was typed, to be shown again where it was not complete."""

_SEPARATORS = re.compile(r"[\s,;]+")
_QUESTION = re.compile(QUESTION)


def questions_in(text: str) -> list[str] | None:
    """The names of questions, however they are separated; none at all if one is no name."""
    names = [name for name in _SEPARATORS.split(text.strip().lower()) if name]
    if len(names) > MOST_QUESTIONS or not all(_QUESTION.fullmatch(name) for name in names):
        return None
    return names
