"""Storing what arrived: the sealed bytes always, the typed answers when they were understood."""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from census.collection.answers import Person, Response
from census.collection.arrivals import Arrival
from census.collection.codelists import Standing
from census.collection.instances.births import UNKNOWN_YEAR
from census.collection.instances.reading import PersonAnswers
from census.collection.models import Finding, Submission
from census.collection.rules import answered_items, disposition_of
from census.core import sealed
from census.core.bulk import insert_rows
from census.core.db import new_id

RAW_COLUMN = "collection_submission.raw"
COMPRESSION_LEVEL = 1

HOUSEHOLD_ITEMS = tuple(
    column.key
    for column in Response.__table__.columns
    if column.key.startswith("h") and column.key != "household_id"
)
PERSON_ITEMS = tuple(
    column.key
    for column in Person.__table__.columns
    if column.key.startswith("p")
    and column.key not in ("province_code", "position")
    and not column.key.endswith(("_sealed", "_hash"))
)
SEALED_ITEMS = ("p02_first", "p02_last", "p07")


def keep(session: Session, rows: Sequence[dict[str, Any]], arrivals: Sequence[Arrival]) -> None:
    """Store the arrivals with their `submission_row`s, in one statement for each table."""
    insert_rows(session, Submission, rows)
    keep_answers(session, arrivals)


def keep_answers(session: Session, arrivals: Sequence[Arrival]) -> None:
    """Store the typed answers and the findings of those arrivals that were understood."""
    understood = [arrival for arrival in arrivals if arrival.is_understood]
    insert_rows(session, Response, [_response_row(each) for each in understood])
    insert_rows(session, Person, [row for each in understood for row in _person_rows(each)])
    insert_rows(session, Finding, [row for each in understood for row in _finding_rows(each)])


def submission_row(
    arrival: Arrival,
    *,
    at: datetime,
    on: date,
    standing: Standing | None = None,
    reason: str | None = None,
) -> dict[str, Any]:
    """A submission as it is stored; an understood one waits to be settled as superseded."""
    incoming, answers = arrival.incoming, arrival.answers
    reason = reason or arrival.reason
    is_understood = arrival.is_understood and reason is None
    return {
        "province_code": arrival.province_code,
        "id": arrival.id,
        "instance_id": arrival.instance_id,
        "sha256": arrival.sha256,
        "raw_sealed": seal_raw(incoming.data, arrival.id),
        "household_id": arrival.household_id,
        "ea_code": arrival.ea_code,
        "mode": arrival.mode,
        "questionnaire": answers.form_id if answers else incoming.questionnaire,
        "version": answers.version if answers else incoming.version,
        "device_id": (answers.device_id if answers else None) or incoming.device_id,
        "started_at": arrival.started_at,
        "ended_at": arrival.ended_at,
        "received_at": at,
        "accepted_on": on,
        "sender_id": arrival.sender.id if arrival.sender else None,
        "deprecated_id": answers.deprecated_id if answers else None,
        "standing": standing or (Standing.SUPERSEDED if is_understood else Standing.QUARANTINED),
        "reason_code": reason,
        "disposition": disposition_of(arrival.household, arrival.mode) if is_understood else None,
        "answered_items": answered_items(arrival.household) if is_understood else None,
        "has_evidence": bool(answers and answers.evidence_statement),
        "is_returned": False,
    }


def seal_raw(data: bytes, submission_id: object) -> bytes:
    """The instance's bytes, compressed and sealed."""
    compressed = zlib.compress(data, COMPRESSION_LEVEL)
    return sealed.seal(compressed, column=RAW_COLUMN, row=submission_id)


def unseal_raw(raw_sealed: bytes, submission_id: object) -> bytes:
    """The instance's bytes as they were received."""
    return zlib.decompress(sealed.unseal(raw_sealed, column=RAW_COLUMN, row=submission_id))


def _response_row(arrival: Arrival) -> dict[str, Any]:
    answers = arrival.given_answers
    location = answers.location
    return {
        "province_code": arrival.province_code,
        "submission_id": arrival.id,
        "household_id": arrival.household_id,
        "latitude": location.latitude if location else None,
        "longitude": location.longitude if location else None,
        "altitude_m": location.altitude_m if location else None,
        "accuracy_m": location.accuracy_m if location else None,
        **{item: getattr(answers, item) for item in HOUSEHOLD_ITEMS},
    }


def _person_rows(arrival: Arrival) -> Iterator[dict[str, Any]]:
    for position, person in enumerate(arrival.given_answers.persons, start=1):
        row = f"{arrival.id}/{position}"
        yield {
            "province_code": arrival.province_code,
            "submission_id": arrival.id,
            "position": position,
            **{item: getattr(person, item) for item in PERSON_ITEMS},
            **_sealed_items(person, row),
        }


def _sealed_items(person: PersonAnswers, row: str) -> dict[str, bytes | None]:
    sealing = partial(sealed.seal, row=row)
    items: dict[str, bytes | None] = {}
    for item in SEALED_ITEMS:
        value = getattr(person, item)
        items[f"{item}_sealed"] = (
            sealing(value, column=f"collection_person.{item}") if value else None
        )
    items["p07_hash"] = sealed.keyed_hash("pid", person.p07) if person.p07 else None
    items["name_hash"] = name_hash(person.p02_first, person.p02_last, person.p05_year)
    return items


def name_hash(first: str | None, last: str | None, birth_year_be: int | None) -> bytes | None:
    """A keyed hash of full name and birth year; none where a part of it is not known.

    The same name is written with more or fewer spaces, and Thai vowels compose in two ways.
    """
    names = [" ".join(unicodedata.normalize("NFC", name or "").split()) for name in (first, last)]
    if not all(names) or birth_year_be in (None, UNKNOWN_YEAR):
        return None
    return sealed.keyed_hash("name", "|".join((*names, str(birth_year_be))).casefold())


def _finding_rows(arrival: Arrival) -> Iterator[dict[str, Any]]:
    for finding in arrival.findings:
        yield {
            "province_code": arrival.province_code,
            "id": new_id(),
            "submission_id": arrival.id,
            "edit": finding.edit,
            "severity": finding.severity,
            "person": finding.person,
            "is_overridden": finding.overridden,
            "nodes": list(finding.nodes),
        }
