"""Supervisors look through their areas: they approve most of what is there, and return some."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection.codelists import Review
from census.core.db import transaction
from census.demo.chance import chance
from census.demo.enumeration_areas import SyntheticArea
from census.demo.moments import REVIEW, moment
from census.demo.people import Crew
from census.demo.plan import Ending, Plan
from census.review.codelists import Verdict
from census.review.models import Decision
from census.review.queries import Batch, Item, batch
from census.review.rules import Seen
from census.review.services import approve, close, return_households

FIRST_REVIEW, REVIEW_EVERY = 8, 16
LAST_REVIEW_BEFORE_THE_END, CLOSED_BEFORE_THE_END = 2, 1
APPROVED_SHARE, RETURNED_SHARE, RETURNED_SHARE_IF_WRONG = 0.93, 0.004, 0.7

_REASON = "ขอให้สอบถามครัวเรือนอีกครั้งและแก้ไขข้อที่ขัดกัน"
_REASON_TO_OVERRIDE = "ตรวจสอบกับครัวเรือนทางโทรศัพท์แล้ว ยืนยันตามที่บันทึก"
_REASON_TO_CONFIRM = "ไปตรวจที่อยู่ด้วยตนเองแล้ว ยืนยันตามที่รายงาน"


def review_day(plan: Plan, crew: Crew, day: int) -> None:
    """Every supervisor decides on the areas that are due, each in a transaction of its own."""
    at = moment(plan.days[day], REVIEW)
    last = len(plan.days) - 1
    for supervisor, actor in crew.supervisors:
        for area in supervisor.areas:
            if _is_due(plan, area, day):
                with transaction() as session:
                    _review(session, plan, actor, area, at, day)
    if day == last - CLOSED_BEFORE_THE_END:
        _close(plan, crew, at)


def _is_due(plan: Plan, area: SyntheticArea, day: int) -> bool:
    if area.code in plan.endings and day == len(plan.days) - 1 - LAST_REVIEW_BEFORE_THE_END:
        return plan.endings[area.code] is not Ending.READY
    turn = chance(plan.order.seed, "review", area.code).randrange(REVIEW_EVERY)
    return day >= FIRST_REVIEW and day % REVIEW_EVERY == turn


def _review(
    session: Session, plan: Plan, actor: Actor, area: SyntheticArea, at: datetime, day: int
) -> None:
    seen = batch(session, actor, area.code)
    if seen.is_closed or not any(item.review is Review.SUBMITTED for item in seen.items):
        return
    if area.code in plan.endings:
        is_last = day == len(plan.days) - 1 - LAST_REVIEW_BEFORE_THE_END
        _approve(session, plan, actor, seen, at, day, leaves_nothing=is_last)
        return
    doubtful = _doubtful(session, plan, seen)
    if doubtful:
        seen = return_households(
            session,
            actor,
            area.code,
            seen=Seen(seen.etag, seen.revisions),
            households=doubtful,
            reason=_REASON,
            questions=["h22", "p05_year"],
            at=at,
        )
    _approve(session, plan, actor, seen, at, day, leaves_nothing=False)


def _approve(
    session: Session,
    plan: Plan,
    actor: Actor,
    seen: Batch,
    at: datetime,
    day: int,
    *,
    leaves_nothing: bool,
) -> None:
    accepted = [
        item.household_id
        for item in seen.items
        if item.review is Review.SUBMITTED
        and (leaves_nothing or (item.is_approvable and _is_accepted(plan, item, day)))
    ]
    if accepted:
        approve(
            session,
            actor,
            seen.ea_code,
            seen=Seen(seen.etag, seen.revisions),
            households=accepted,
            override_reason=_REASON_TO_OVERRIDE if leaves_nothing else None,
            confirmation_reason=_REASON_TO_CONFIRM if leaves_nothing else None,
            at=at,
        )


def _is_accepted(plan: Plan, item: Item, day: int) -> bool:
    return chance(plan.order.seed, "accepts", item.household_id, day).random() < APPROVED_SHARE


def _doubtful(session: Session, plan: Plan, seen: Batch) -> list[str]:
    """What is sent back: much of what is wrong, little of the rest, and nothing a second time."""
    before = set(
        session.scalars(
            select(Decision.household_id).where(
                Decision.ea_code == seen.ea_code, Decision.verdict == Verdict.RETURNED
            )
        )
    )
    return [
        item.household_id
        for item in seen.items
        if item.review is Review.SUBMITTED
        and item.mode is not None
        and item.household_id not in before
        and _is_returned(plan, item)
    ]


def _is_returned(plan: Plan, item: Item) -> bool:
    share = RETURNED_SHARE_IF_WRONG if item.hard_findings else RETURNED_SHARE
    return chance(plan.order.seed, "returns", item.household_id).random() < share


def _close(plan: Plan, crew: Crew, at: datetime) -> None:
    """The province closes what is approved to the last household."""
    codes: Sequence[str] = [c for c, end in plan.endings.items() if end is Ending.CLOSED]
    for ea_code in codes:
        actor = crew.province(plan.by_code[ea_code].province.code)
        with transaction() as session:
            seen = batch(session, actor, ea_code)
            if not seen.is_closed and not seen.counts.not_approved and not seen.quarantined:
                close(session, actor, ea_code, seen=Seen(seen.etag), at=at)
