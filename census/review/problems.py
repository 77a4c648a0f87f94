"""What stands in the way of approving a batch and closing its area, in words for both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from census.collection.codelists import Disposition, Evidence, Review
from census.collection.edits import sentence
from census.collection.edits.areas import written
from census.collection.errors import REASONS
from census.core.locale import Locale


class ReviewedHousehold(Protocol):
    """What has to be known of a household to say what is wrong with it."""

    @property
    def household_id(self) -> str: ...
    @property
    def review(self) -> Review: ...
    @property
    def disposition(self) -> Disposition | None: ...
    @property
    def evidence(self) -> Evidence | None: ...
    @property
    def needs_confirmation(self) -> bool: ...
    @property
    def findings(self) -> Sequence[FoundFault]: ...


class FoundFault(Protocol):
    """A finding, as far as a sentence is made of it."""

    @property
    def edit(self) -> str: ...
    @property
    def person(self) -> int | None: ...
    @property
    def blocks(self) -> bool: ...


class FoundInArea(Protocol):
    """A finding on the area as a whole, as far as a sentence is made of it."""

    @property
    def edit(self) -> str: ...
    @property
    def measured(self) -> float: ...
    @property
    def limit(self) -> float: ...
    @property
    def enumerator(self) -> str | None: ...


class WaitingRecord(Protocol):
    """Something in quarantine, as far as a sentence is made of it."""

    @property
    def problem(self) -> str: ...
    @property
    def household_id(self) -> str | None: ...
    @property
    def reason_code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that somebody has to see to: a code for machines, a sentence for people."""

    code: str
    household_id: str | None
    th: str
    en: str

    def sentence(self, locale: Locale) -> str:
        """The problem, in the reader's language."""
        return self.th if locale is Locale.TH else self.en


def problems_of(
    households: Iterable[ReviewedHousehold],
    quarantined: Iterable[WaitingRecord],
    late_responses: Iterable[str],
    area_findings: Iterable[FoundInArea] = (),
) -> list[Problem]:
    """Every problem of a batch: of the area, of its households, of what is in quarantine."""
    return [
        *(_of_area(finding) for finding in area_findings),
        *(problem for household in households for problem in _of_household(household)),
        *(_late(household_id) for household_id in late_responses),
        *(_waiting(record) for record in quarantined),
    ]


def _of_area(finding: FoundInArea) -> Problem:
    measured = written(finding.edit, finding.measured)
    limit = written(finding.edit, finding.limit)
    by = f" · {finding.enumerator}" if finding.enumerator else ""
    th, en = (sentence(finding.edit, each) for each in (Locale.TH, Locale.EN))
    return Problem(
        "finding.area",
        None,
        f"{finding.edit}: {th} (วัดได้ {measured} เกณฑ์ {limit}{by})",
        f"{finding.edit}: {en} (measured {measured}, limit {limit}{by})",
    )


def _of_household(household: ReviewedHousehold) -> Iterator[Problem]:
    if household.disposition is None or household.disposition.interim:
        yield _not_final(household)
    elif household.review is Review.RETURNED:
        yield Problem(
            "household.returned",
            household.household_id,
            "ส่งคืนแล้ว รอการแก้ไขจากสนาม",
            "Returned: waits for a correction from the field.",
        )
    if household.review is not Review.APPROVED:
        if household.evidence is Evidence.MISSING:
            yield _unproven(household.household_id)
        if household.needs_confirmation:
            yield _to_be_confirmed(household.household_id)
        for finding in household.findings:
            if finding.blocks:
                yield _hard(household.household_id, finding)


def _not_final(household: ReviewedHousehold) -> Problem:
    disposition = household.disposition
    th = disposition.label(Locale.TH) if disposition else "ยังไม่มีการเยี่ยม"
    en = disposition.label(Locale.EN) if disposition else "Not visited yet"
    return Problem(
        "household.not_final",
        household.household_id,
        f"งานยังไม่สิ้นสุด: {th}",
        f"The work is not finished: {en}",
    )


def _hard(household_id: str, finding: FoundFault) -> Problem:
    th, en = (f"{finding.edit}: {sentence(finding.edit, each)}" for each in (Locale.TH, Locale.EN))
    if finding.person is not None:
        th, en = f"{th} (บุคคลที่ {finding.person})", f"{en} (person {finding.person})"
    return Problem("finding.hard", household_id, th, en)


def _unproven(household_id: str) -> Problem:
    return Problem(
        "evidence.missing",
        household_id,
        "ยังไม่มีภาพถ่ายหรือคำบอกเล่าของเพื่อนบ้านที่ยืนยันผลนี้",
        "No photo and no neighbour's statement stands behind this result.",
    )


def _to_be_confirmed(household_id: str) -> Problem:
    return Problem(
        "confirmation.needed",
        household_id,
        "สุ่มเลือกให้ผู้ควบคุมงานยืนยันทีละครัวเรือนว่าไม่ต้องแจงนับ",
        "Drawn for a supervisor to confirm by itself that it is not to be counted.",
    )


def _late(household_id: str) -> Problem:
    return Problem(
        "response.late",
        household_id,
        "มีคำตอบส่งมาอีกหลังการตัดสิน ระบบเก็บไว้โดยไม่นับ",
        "Another response came after the decision; it is kept and does not count.",
    )


def _waiting(record: WaitingRecord) -> Problem:
    reason = REASONS[record.reason_code]
    return Problem(
        record.problem,
        record.household_id,
        f"มีรายการกักกัน: {reason.th}",
        f"In quarantine: {reason.en}",
    )
