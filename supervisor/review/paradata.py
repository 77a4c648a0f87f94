"""How a household's interviews went, and the photos that came with it, as its page shows them."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy.orm import Session

from census.collection.attached import Attachment, InterviewLog
from census.collection.attached_to import attachments_of, logs_of, owners_of_household
from census.collection.codelists import AttachmentKind
from census.core.locale import Locale
from census.web import languages

SLOWEST_SHOWN = 5

_PERSON = re.compile(r"/person\[(\d+)\]")
_COPY = re.compile(r"\[\d+\]\Z")


def interview_context(session: Session, household_id: str) -> dict[str, Any]:
    """The photos and the logs of everything that came for a household; who may see it is judged."""
    owner_ids = owners_of_household(session, household_id)
    attached = attachments_of(session, owner_ids)
    return {
        "photos": [_photo(row) for row in attached if row.kind is AttachmentKind.PHOTO],
        "unreadable_files": sum(row.kind is AttachmentKind.UNREADABLE for row in attached),
        "interviews": [_interview(log) for log in logs_of(session, owner_ids)],
    }


def duration(milliseconds: int) -> str:
    """A time in minutes and seconds, in the reader's language."""
    minutes, seconds = divmod(round(milliseconds / 1000), 60)
    if languages.current() is Locale.TH:
        return f"{minutes:,} นาที {seconds} วินาที" if minutes else f"{seconds} วินาที"
    return f"{minutes:,} min {seconds} s" if minutes else f"{seconds} s"


def _photo(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "received_at": row.received_at,
        "width": row.width,
        "height": row.height,
        "is_missing": row.missing_since is not None,
        "is_variant": row.is_variant,
    }


def _interview(log: InterviewLog) -> dict[str, Any]:
    slowest = sorted(log.nodes.items(), key=lambda each: (-each[1]["milliseconds"], each[0]))
    return {
        "instance_id": log.instance_id,
        "began_at": log.first_at,
        "time": duration(log.interview_ms),
        "screens": log.screens,
        "backward_jumps": log.backward_jumps,
        "value_changes": log.value_changes,
        "resumes": log.resumes,
        "constraint_errors": log.constraint_errors,
        "positions": log.positions,
        "mock_positions": log.mock_positions,
        "slowest": [
            {
                "item": _COPY.sub("", node.rpartition("/")[2]),
                "person": _person_of(node),
                "time": duration(times["milliseconds"]),
                "visits": times["visits"],
                "changes": times["changes"],
            }
            for node, times in slowest[:SLOWEST_SHOWN]
        ],
    }


def _person_of(node: str) -> int | None:
    found = _PERSON.search(node)
    return int(found[1]) if found else None
