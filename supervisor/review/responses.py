"""What a household's page shows of all that arrived for it, and of every visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _

from census.collection.codelists import Ruling, Standing
from census.collection.comparing import Differences, ItemDifference
from census.collection.errors import REASONS
from census.collection.models import FieldAction, Submission
from census.collection.questionnaires.nodes import Node
from census.core.locale import BANGKOK
from census.review.queries.household import OpenedHousehold, ReadRuling, ReadVisit
from census.web import languages
from supervisor.review.answers import in_words, label_of, nodes_of

FIRST_HOUR = {"morning": 6, "afternoon": 12, "evening": 17, "night": 21}
"""When each part of a day begins, by the clock in Bangkok."""


def arrivals_of(opened: OpenedHousehold) -> list[dict[str, Any]]:
    """Everything that arrived, the newest first, and why it counts or does not."""
    return [_arrival(opened, each) for each in opened.submissions]


def rulings_of(opened: OpenedHousehold) -> list[dict[str, Any]]:
    """What people decided about single submissions."""
    return [
        {
            "at": each.ruling.decided_at,
            "by": each.by,
            "ruling": each.ruling.ruling.value,
            "instance_id": each.instance_id,
            "reason": each.reason,
        }
        for each in opened.rulings
    ]


def attempt(visit: ReadVisit) -> dict[str, Any]:
    """One visit: its result, when and where it was made, and what stands behind it."""
    action = visit.action
    return {
        "at": action.happened_at,
        "day_part": day_part(action.happened_at),
        "result": action.result.value if action.result else None,
        "by": visit.by,
        "note": visit.note,
        "appointment": visit.appointment,
        "statement": visit.statement,
        "has_evidence": action.has_evidence,
        "position": _position(action),
    }


def day_part(at: datetime) -> str:
    """The part of the day: somebody who is out in the morning may be met in the evening."""
    hour = at.astimezone(BANGKOK).hour
    begun = [part for part, first in FIRST_HOUR.items() if first <= hour]
    return begun[-1] if begun else "night"


def differences_page(found: Differences, first: Submission, second: Submission) -> dict[str, Any]:
    """Two submissions side by side, in the words of the questionnaires they filled in."""
    sides = (nodes_of(first), nodes_of(second))

    def worded(items: Sequence[ItemDifference]) -> list[dict[str, str]]:
        return [_worded(each, *sides) for each in items]

    return {
        "first": _side(first, found.first.persons),
        "second": _side(second, found.second.persons),
        "items": worded(found.items),
        "persons": [
            {
                "first_position": each.first_position,
                "second_position": each.second_position,
                "first_name": each.first_name,
                "second_name": each.second_name,
                "differences": worded(each.items),
            }
            for each in found.persons
        ],
    }


def _worded(
    difference: ItemDifference, first: Mapping[str, Node], second: Mapping[str, Node]
) -> dict[str, str]:
    item, words = difference.item, {"item": difference.item}
    for language in ("th", "en"):
        words[f"label_{language}"] = label_of(first or second, item, language)
        words[f"first_{language}"] = in_words(first, item, difference.first, language)
        words[f"second_{language}"] = in_words(second, item, difference.second, language)
    return words


def _side(submission: Submission, persons: int) -> dict[str, Any]:
    return {
        "instance_id": submission.instance_id,
        "sha256": submission.sha256.hex(),
        "mode": submission.mode.value if submission.mode else None,
        "received_at": submission.received_at,
        "standing": submission.standing.value,
        "answered_items": submission.answered_items,
        "persons": persons,
    }


def _arrival(opened: OpenedHousehold, submission: Submission) -> dict[str, Any]:
    reason = REASONS.get(submission.reason_code or "")
    counting = opened.counting
    return {
        "instance_id": submission.instance_id,
        "mode": submission.mode.value if submission.mode else None,
        "received_at": submission.received_at,
        "sha256": submission.sha256.hex(),
        "standing": submission.standing.value,
        "answered_items": submission.answered_items,
        "disposition": submission.disposition.value if submission.disposition else None,
        "corrects": submission.deprecated_id,
        "is_chosen": submission.id == opened.case.chosen_submission_id,
        "is_rulable": submission.standing is not Standing.VOID,
        "is_comparable": counting is not None and submission is not counting,
        "why": reason.sentence(languages.current()) if reason else _why(opened, submission),
    }


def _why(opened: OpenedHousehold, submission: Submission) -> str:
    """Why an understood submission counts or does not."""
    case, counting = opened.case, opened.counting
    if counting is None:
        return _("A visit gives the result; no response counts.")
    is_by_choice = case.chosen_submission_id is not None
    if submission is not counting:
        if any(each.deprecated_id == submission.instance_id for each in opened.submissions):
            return _("It was corrected.")
        return _("Another one was chosen.") if is_by_choice else _("Another one is better.")
    if not is_by_choice:
        return _("By the rules: newest version, most complete, latest.")
    if case.chosen_submission_id != submission.id:
        return _("It corrects the one that was chosen.")
    return _("A supervisor chose it: %(reason)s", reason=_choice_reason(opened.rulings))


def _choice_reason(rulings: Sequence[ReadRuling]) -> str:
    return next((each.reason for each in rulings if each.ruling.ruling is Ruling.CHOSEN), "–")


def _position(action: FieldAction) -> dict[str, Any] | None:
    if action.latitude is None or action.longitude is None:
        return None
    return {
        "accuracy_m": action.accuracy_m,
        "is_made_up": action.accuracy_m == 0,
        "metres_from_dwelling": action.metres_from_dwelling,
        "metres_outside_area": action.metres_outside_area,
    }
