"""Many rows at once come out as they went in, however they were sent."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from census.collection.codelists import Mode, Severity, Standing
from census.collection.models import Finding, Submission
from census.core.bulk import insert_rows
from census.core.db import new_id

NOON = datetime(2021, 2, 10, 5, 4, 3, 2, tzinfo=UTC)
TRICKY = ("", "ชลบุรี", "a\tb\nc\\N", '"quoted", and \\. more', "\\N")


def submission(text: str) -> dict[str, Any]:
    """A row with values of every type, and one text that is hard to write."""
    return {
        "province_code": "20",
        "id": new_id(),
        "instance_id": f"uuid:{new_id()}",
        "sha256": bytes(range(32)),
        "raw_sealed": b"\x00\\\t\n\xff" + text.encode(),
        "household_id": None,
        "mode": Mode.MAIL,
        "questionnaire": text,
        "version": "2564.1",
        "started_at": NOON,
        "ended_at": None,
        "received_at": NOON,
        "accepted_on": date(2021, 2, 10),
        "standing": Standing.SUPERSEDED,
        "answered_items": 2**40,
        "is_returned": True,
    }


@pytest.mark.parametrize("number", [1, 2, 24])
def test_rows_come_out_as_they_went_in(session: Session, number: int) -> None:
    rows = [submission(TRICKY[place % len(TRICKY)]) for place in range(number)]

    insert_rows(session, Submission, rows)

    for row in rows:
        kept = session.get_one(Submission, ("20", row["id"]))
        assert {name: getattr(kept, name) for name in row} == row


def test_lists_and_codes_are_written_as_everywhere(session: Session) -> None:
    rows = [
        {
            "province_code": "20",
            "id": new_id(),
            "submission_id": new_id(),
            "edit": "E-H19",
            "severity": Severity.HARD,
            "person": place or None,
            "is_overridden": False,
            "nodes": ["h15", "h16"],
        }
        for place in range(8)
    ]

    insert_rows(session, Finding, rows)

    kept = session.scalars(select(Finding)).all()
    assert {(each.severity, tuple(each.nodes)) for each in kept} == {
        (Severity.HARD, ("h15", "h16"))
    }


def test_a_broken_constraint_is_told_as_usual(session: Session) -> None:
    twice = submission("")
    rows = [submission("") for _place in range(8)] + [twice, {**twice}]

    with pytest.raises(IntegrityError) as refusal:
        insert_rows(session, Submission, rows)

    assert twice["instance_id"] not in str(refusal.value.statement)
