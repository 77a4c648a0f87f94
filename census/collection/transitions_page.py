"""The page about states and messages, written from the table, in Thai and in English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from census.collection.transitions import Base, Counts, Message, State, Transition, transition

TITLE = "# สถานะของครัวเรือนและข้อความที่เข้ามา · States of a household and what comes about it"

INTRODUCTION = """
หน้านี้เขียนจาก `census/collection/transitions.py` ด้วยคำสั่ง
`python -m census.collection.transitions_page`
และการทดสอบขับทุกช่องผ่านระบบจริงบนฐานข้อมูลทั้งสองแบบ แถวคือข้อความ คอลัมน์คือสถานะก่อนหน้า
ในช่องคือคำตอบแก่ผู้ส่ง แล้วตามด้วยสถานะถัดไปและฉบับที่นับ ถ้าไม่มีลูกศรแปลว่าสถานะคงเดิม ขีดแปลว่าเกิดขึ้นไม่ได้

This page is written from `census/collection/transitions.py` by
`python -m census.collection.transitions_page`; a test drives every cell of it through the services,
on both engines. A row is a message, a column the state before. A cell says what the sender is told,
then the next state and which response counts; without an arrow the state stays as it is. A dash:
it cannot come.

A state is *held* when besides a correction waits for the submission it corrects. Every message is
then treated as without it, and the correction goes on waiting, but for the two in the second table.
"""

BASES: dict[Base, tuple[str, str]] = {
    Base.OPEN: ("ยังไม่มีผล", "Nothing final is known"),
    Base.FOUND: ("การเยี่ยมให้ผลสิ้นสุด รอตรวจ", "A visit gave a final result; awaits review"),
    Base.ANSWERED: ("มีคำตอบที่นับ รอตรวจ", "A response counts; awaits review"),
    Base.CHOSEN: ("นับฉบับที่ผู้ควบคุมงานเลือก รอตรวจ", "A chosen response counts; awaits review"),
    Base.APPROVED_FOUND: ("อนุมัติผลการเยี่ยมแล้ว", "The visit's result is approved"),
    Base.APPROVED: ("อนุมัติคำตอบแล้ว", "The response is approved"),
    Base.RETURNED_FOUND: ("ส่งคืนผลการเยี่ยม", "The visit's result was returned"),
    Base.RETURNED: ("ส่งคืนคำตอบ", "The response was returned"),
    Base.CLOSED: ("เขตแจงนับปิดแล้ว", "The area is closed"),
}

MESSAGES: dict[Message, tuple[str, str]] = {
    Message.BETTER: ("คำตอบที่ครบกว่า", "A fuller response"),
    Message.WORSE: ("คำตอบที่ครบน้อยกว่า", "A less complete response"),
    Message.EQUAL: (
        "คำตอบที่ครบเท่ากันและเวลาเดียวกัน รหัสสูงกว่า",
        "An equally full response, of the same time and a higher id",
    ),
    Message.CORRECTION: ("ฉบับแก้ไขของฉบับที่นับ", "A correction of the one that counts"),
    Message.EARLY_CORRECTION: (
        "ฉบับแก้ไขที่มาก่อนฉบับที่แก้ไข",
        "A correction that comes before what it corrects",
    ),
    Message.ORIGINAL: ("ฉบับที่ฉบับแก้ไขรออยู่", "What the waiting correction corrects"),
    Message.REPEAT: ("แบบเดิมส่งซ้ำ", "The same bytes again"),
    Message.VARIANT: ("รหัสเดิม เนื้อหาอื่น", "The same id with other bytes"),
    Message.UNREADABLE: ("แบบที่อ่านไม่ได้", "What cannot be read"),
    Message.FINAL_VISIT: ("การเยี่ยมที่ให้ผลสิ้นสุด", "A visit with a final result"),
    Message.INTERIM_VISIT: ("การเยี่ยมที่ยังไม่สิ้นสุด", "A visit with an interim result"),
    Message.EVIDENCE: ("หลักฐานของการเยี่ยม", "Evidence for the visit"),
    Message.APPROVE: ("อนุมัติ", "Approval"),
    Message.APPROVE_WITH_REASONS: (
        "อนุมัติพร้อมเหตุผลและการยืนยัน",
        "Approval with reasons and confirmation",
    ),
    Message.RETURN: ("ส่งคืน", "Return"),
    Message.CHOOSE: ("เลือกฉบับอื่นให้นับ", "Choice of another response"),
    Message.WITHDRAW: ("ถอนการเลือก", "Withdrawal of the choice"),
    Message.VOID: ("ยกเลิกฉบับที่นับ", "Voiding of the one that counts"),
    Message.ASSIGN: (
        "มอบแบบที่กักกันไว้ให้ครัวเรือนนี้",
        "A fuller quarantined submission is assigned to the household",
    ),
    Message.LEASE: ("มอบเขตให้พนักงานคนอื่น", "The area is leased to another enumerator"),
    Message.CLOSE: ("ปิดเขต", "Closing of the area"),
    Message.REOPEN: ("เปิดเขตอีกครั้ง", "Reopening of the area"),
}

COUNTING: dict[Counts, tuple[str, str]] = {
    Counts.NONE: ("ไม่มีฉบับใดนับ", "no response counts"),
    Counts.SAME: ("ฉบับเดิมนับ", "the same counts"),
    Counts.NEW: ("ฉบับที่เพิ่งมานับ", "what came counts"),
    Counts.OTHER: ("ฉบับอื่นที่มีอยู่แล้วนับ", "another that was there counts"),
}


def page() -> str:
    """The whole page, as it lies in the documentation."""
    lines = [TITLE, INTRODUCTION]
    lines += _names("สถานะ · States", BASES)
    lines += _names("ฉบับที่นับ · What counts", COUNTING)
    lines += _names("ข้อความ · Messages", MESSAGES)
    lines += ["## ตาราง · The table\n", *_table(tuple(Message), is_held=False)]
    lines += [
        "## เมื่อมีฉบับแก้ไขรออยู่ · While a correction waits\n",
        *_table((Message.ORIGINAL, Message.CLOSE), is_held=True),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _names(heading: str, names: Mapping[Any, tuple[str, str]]) -> Iterator[str]:
    yield f"## {heading}\n"
    yield "| | ไทย | English |\n|---|---|---|"
    for key, (th, en) in names.items():
        yield f"| `{key}` | {th} | {en} |"
    yield ""


def _table(messages: tuple[Message, ...], *, is_held: bool) -> Iterator[str]:
    bases = [base for base in Base if not (is_held and base is Base.CLOSED)]
    yield "| | " + " | ".join(f"`{base}`" for base in bases) + " |"
    yield "|---" * (len(bases) + 1) + "|"
    for message in messages:
        cells = (_cell(State(base, is_held), message) for base in bases)
        yield f"| `{message}` | " + " | ".join(cells) + " |"
    yield ""


def _cell(state: State, message: Message) -> str:
    found: Transition | None = transition(state, message)
    if found is None:
        return "–"
    is_still = found.next == state and found.counts in (Counts.SAME, Counts.NONE)
    return found.told if is_still else f"{found.told} → **{found.next}**, {found.counts}"


if __name__ == "__main__":
    print(page(), end="")
