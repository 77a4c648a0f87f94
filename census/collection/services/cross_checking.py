"""Comparing the records of an enumeration area with each other and with all others.

Everything is judged again from the facts as they are: a finding appears when two records begin to
contradict each other, and goes when they no longer do. Running it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from census.collection.codelists import Severity
from census.collection.comparisons import (
    MOST_OTHERS,
    Record,
    Twin,
    names_in,
    records_in,
    same_numbers,
)
from census.collection.edits import CATALOGUE, Context
from census.collection.edits.elsewhere import (
    LISTED_TWICE,
    NUMBER_ELSEWHERE,
    OUTSIDE_AREA,
    RAISED_BY_JOBS,
    SHARED_HOUSE_CODE,
    PersonAmongOthers,
    RecordAmongOthers,
)
from census.collection.models import Case, Finding, Submission
from census.collection.services.locking import lock_areas, lock_cases
from census.collection.services.measuring import measure_area
from census.collection.services.settling import count_findings
from census.core.bulk import insert_rows
from census.core.db import new_id
from census.core.events import record


class Raised(NamedTuple):
    """A finding as a comparison gives it: on which response, of whom, beside which household."""

    submission_id: UUID
    edit: str
    person: int | None
    other_household_id: str | None


class _Stored(NamedTuple):
    id: UUID
    province_code: str


def cross_check(session: Session, ea_code: str, *, at: datetime) -> set[str]:
    """Judge an area's records by the rules that compare records; measure their distances first.

    Gives the other areas whose findings no longer fit what was found here: an identity number that
    stands twice is told on both records, and each area keeps its own findings.
    """
    if not lock_areas(session, [ea_code]):
        return set()
    measure_area(session, ea_code)
    records = records_in(session, ea_code)
    twins = same_numbers(session, ea_code)
    raised = {
        *_shared_house_codes(records, ea_code),
        *_outside(records, ea_code),
        *_same_names(session, ea_code),
        *_numbers_elsewhere(twins, ea_code),
    }
    changed = _replace(session, ea_code, raised, {each.submission_id: each for each in records})
    if changed:
        _tell(session, ea_code, changed, records, at)
    return _areas_that_disagree(session, ea_code, twins)


def _shared_house_codes(records: Sequence[Record], ea_code: str) -> Iterator[Raised]:
    households: dict[str, set[str]] = {}
    for each in records:
        if each.house_code:
            households.setdefault(each.house_code, set()).add(each.household_id)
    for each in records:
        others = households.get(each.house_code or "", set()) - {each.household_id}
        facts = RecordAmongOthers(each.households_in_dwelling, frozenset(others))
        if SHARED_HOUSE_CODE.test(facts, _context(ea_code)):
            yield Raised(each.submission_id, SHARED_HOUSE_CODE.id, None, min(others))


def _outside(records: Sequence[Record], ea_code: str) -> Iterator[Raised]:
    for each in records:
        facts = RecordAmongOthers(metres_outside_area=each.metres_outside_area)
        if OUTSIDE_AREA.test(facts, _context(ea_code)):
            yield Raised(each.submission_id, OUTSIDE_AREA.id, None, None)


def _same_names(session: Session, ea_code: str) -> Iterator[Raised]:
    by_name: dict[bytes, list[tuple[UUID, int, str]]] = {}
    for name in names_in(session, ea_code):
        place = (name.submission_id, name.position, name.household_id)
        by_name.setdefault(name.hash, []).append(place)
    for places in by_name.values():
        for submission_id, position, _ in places:
            others = frozenset(
                household_id
                for other_id, other_position, household_id in places
                if (other_id, other_position) != (submission_id, position)
            )
            if LISTED_TWICE.test(PersonAmongOthers(sharing_name=others), _context(ea_code)):
                yield Raised(submission_id, LISTED_TWICE.id, position, min(others))


def _numbers_elsewhere(twins: Sequence[Twin], ea_code: str) -> Iterator[Raised]:
    for twin in twins:
        facts = PersonAmongOthers(sharing_number=frozenset({twin.other_household_id}))
        if NUMBER_ELSEWHERE.test(facts, _context(ea_code)):
            yield Raised(
                twin.submission_id, NUMBER_ELSEWHERE.id, twin.position, twin.other_household_id
            )


def _replace(
    session: Session,
    ea_code: str,
    raised: Collection[Raised],
    records: Mapping[UUID, Record],
) -> set[UUID]:
    """Keep what still holds, add what is new, delete what is over; which responses changed."""
    stored = _stored_findings(session, ea_code)
    over = [key for key in stored if key not in raised]
    new = sorted((key for key in raised if key not in stored), key=str)
    if over:
        session.execute(
            delete(Finding)
            .where(Finding.id.in_([stored[key].id for key in over]))
            .execution_options(synchronize_session=False)
        )
    insert_rows(
        session, Finding, [_row(key, records[key.submission_id].province_code) for key in new]
    )
    return {key.submission_id for key in (*over, *new)}


def _stored_findings(session: Session, ea_code: str) -> dict[Raised, _Stored]:
    rows = session.execute(
        select(
            Finding.id,
            Finding.province_code,
            Finding.submission_id,
            Finding.edit,
            Finding.person,
            Finding.other_household_id,
        )
        .join(
            Submission,
            (Submission.province_code == Finding.province_code)
            & (Submission.id == Finding.submission_id),
        )
        .where(Submission.ea_code == ea_code, Finding.edit.in_(RAISED_BY_JOBS))
    )
    return {
        Raised(row.submission_id, row.edit, row.person, row.other_household_id): _Stored(
            row.id, row.province_code
        )
        for row in rows
    }


def _row(key: Raised, province_code: str) -> dict[str, Any]:
    severity: Severity = CATALOGUE[key.edit].severity
    return {
        "province_code": province_code,
        "id": new_id(),
        "submission_id": key.submission_id,
        "edit": key.edit,
        "severity": severity,
        "person": key.person,
        "is_overridden": False,
        "nodes": [],
        "other_household_id": key.other_household_id,
    }


def _tell(
    session: Session,
    ea_code: str,
    changed: Collection[UUID],
    records: Sequence[Record],
    at: datetime,
) -> None:
    """What a supervisor saw of these households before is no longer what is."""
    household_ids = [each.household_id for each in records if each.submission_id in changed]
    cases: dict[str, Case] = lock_cases(session, [ea_code], household_ids)
    for case in cases.values():
        case.revision += 1
        case.changed_at = at
    count_findings(session, cases.values())
    record(
        session,
        None,
        "findings.changed",
        ea_code,
        area=ea_code,
        at=at,
        details={"households": len(cases)},
    )


def _areas_that_disagree(session: Session, ea_code: str, twins: Sequence[Twin]) -> set[str]:
    """Areas that miss a finding on a number of this area's, or keep one that is over."""
    told = _told_elsewhere(session, ea_code)
    here = {
        (twin.other_submission_id, twin.other_position, twin.household_id): twin.other_ea_code
        for twin in twins
        if twin.other_ea_code != ea_code
    }
    missing = {place: code for place, code in here.items() if place not in told}
    counts = _numbers_told(session, {submission_id for submission_id, _, _ in missing})
    return {
        *(
            code
            for (submission_id, position, _), code in missing.items()
            if counts.get((submission_id, position), 0) < MOST_OTHERS
        ),
        *(code for place, code in told.items() if place not in here),
    }


def _told_elsewhere(session: Session, ea_code: str) -> dict[tuple[UUID, int | None, str], str]:
    """The findings of other areas on numbers that stood in this one, and their areas."""
    rows = session.execute(
        select(
            Finding.submission_id, Finding.person, Finding.other_household_id, Submission.ea_code
        )
        .join(
            Submission,
            (Submission.province_code == Finding.province_code)
            & (Submission.id == Finding.submission_id),
        )
        .where(
            Finding.edit == NUMBER_ELSEWHERE.id,
            Finding.other_household_id.in_(
                select(Case.household_id).where(Case.ea_code == ea_code)
            ),
            Submission.ea_code != ea_code,
        )
    )
    return {(row.submission_id, row.person, row.other_household_id): row.ea_code for row in rows}


def _numbers_told(
    session: Session, submission_ids: Collection[UUID]
) -> dict[tuple[UUID, int | None], int]:
    if not submission_ids:
        return {}
    rows = session.execute(
        select(Finding.submission_id, Finding.person, func.count().label("told"))
        .where(Finding.submission_id.in_(submission_ids), Finding.edit == NUMBER_ELSEWHERE.id)
        .group_by(Finding.submission_id, Finding.person)
    )
    return {(row.submission_id, row.person): row.told for row in rows}


def _context(ea_code: str) -> Context:
    """These rules look at records beside each other; of the area they need no more."""
    return Context(province_code=ea_code[1:3])
