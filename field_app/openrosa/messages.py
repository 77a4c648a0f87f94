"""What the enumerator reads after sending: what became of the record, in one or two sentences."""

from __future__ import annotations

from collections.abc import Sequence

from census.collection.arrivals import Received
from census.collection.codelists import Outcome, Severity, Standing
from census.collection.errors import REASONS
from census.core.locale import Locale


def about(received: Received, files_refused: int, locale: Locale) -> str:
    """What became of the record and of its files, in the reader's language."""
    sentences = [*_about_record(received), *_about_findings(received), *_about_files(files_refused)]
    return " ".join(th if locale is Locale.TH else en for th, en in sentences)


Sentences = Sequence[tuple[str, str]]


def _about_record(received: Received) -> Sentences:
    reason = REASONS.get(received.code or "")
    why = [(reason.th, reason.en)] if reason else []
    if received.outcome is Outcome.ACCEPTED:
        return [("ได้รับแบบแล้ว", "Received.")]
    if received.outcome is Outcome.CONFLICT:
        return [*why, ("กรุณาแจ้งผู้ควบคุมงาน", "Tell your supervisor.")]
    if received.outcome is Outcome.QUARANTINED or received.standing is Standing.QUARANTINED:
        return [("ได้รับแบบแล้ว รอเจ้าหน้าที่ตรวจสอบ", "Received; an officer will look at it."), *why]
    return [("ได้รับแบบนี้ไว้แล้ว", "Received before.")]


def _about_findings(received: Received) -> Sentences:
    hard = sum(each.severity is Severity.HARD for each in received.findings)
    soft = len(received.findings) - hard
    said = []
    if hard:
        said.append(
            (f"พบข้อที่ต้องแก้ไข {hard} ข้อ", f"{hard} to correct."),
        )
    if soft:
        said.append((f"พบข้อที่ควรตรวจสอบ {soft} ข้อ", f"{soft} to check."))
    return said


def _about_files(refused: int) -> Sentences:
    if not refused:
        return []
    return [(f"ไฟล์แนบที่ไม่ได้จัดเก็บ {refused} ไฟล์", f"{refused} attachments were not stored.")]
