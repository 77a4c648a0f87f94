"""What every field period has a few of: repeats, conflicts, strays, old forms, found dwellings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from census.accounts.actors import Actor
from census.collection.codelists import Mode
from census.collection.services import receive_field_actions, receive_submissions
from census.core.db import transaction
from census.demo.agenda import Act
from census.demo.answering import AS_FIRST, Version, action_from, submission_from, submission_of
from census.demo.chance import chance, uuid_urn
from census.demo.enumeration_areas import SyntheticArea
from census.demo.households import found_household
from census.demo.moments import CLOSING, moment
from census.demo.people import Crew
from census.demo.plan import Ending, Plan
from census.demo.sending import Parcel, send
from census.demo.staff import Enumerator

MOST_OF_A_KIND = 8
AREAS_FOR_ONE_MORE = 50
DAYS_BETWEEN = 12
DAYS_TO_ARRIVE = 6
"""After so many days everything that was gathered has been sent."""

OTHER_BYTES = Version(remark="แก้ไขหลังส่งแล้ว โดยไม่เปลี่ยนรหัสชุดข้อมูล")
OLD_FORM = Version("old-form", questionnaire_version="2563.9")
BY_INTERNET = Version("internet", is_flawless=True)
TOO_LATE = Version("late", is_flawless=True)


def send_oddities(plan: Plan, crew: Crew, day: int) -> None:
    """On every twelfth day a few of each kind; on the last day what is too late."""
    if day % DAYS_BETWEEN == DAYS_BETWEEN - 1:
        for number in range(min(MOST_OF_A_KIND, 1 + len(plan.areas) // AREAS_FOR_ONE_MORE)):
            dice = chance(plan.order.seed, "odd", day, number)
            send(list(_strays(plan, crew, day, dice)))
            _find_dwelling(plan, crew, day, number, dice)
    if day == len(plan.days) - 1:
        send(list(_latecomers(plan, crew, day)))


def _strays(plan: Plan, crew: Crew, day: int, dice: Random) -> Iterator[Parcel]:
    chosen = _interviewed(plan, day, dice)
    if chosen is None:
        return
    enumerator, area, act = chosen
    at = moment(plan.days[day], CLOSING)
    own = crew.by_username[enumerator.username]
    first = submission_of(plan, area, act)
    yield Parcel(own, at, [first])
    yield Parcel(own, at, [submission_of(plan, area, act, OTHER_BYTES)])
    yield Parcel(own, at, [submission_of(plan, area, act, OLD_FORM)])
    again = submission_of(plan, area, replace(act, day=day, mode=Mode.INTERNET), BY_INTERNET)
    yield Parcel(crew.clerk(area.province.code), at, [again])
    if stranger := _stranger(plan, crew, enumerator, dice):
        stray = submission_of(plan, area, act, replace(AS_FIRST, name="stray"))
        yield Parcel(stranger, at, [stray])


def _interviewed(
    plan: Plan, day: int, dice: Random
) -> tuple[Enumerator, SyntheticArea, Act] | None:
    """A household whose interview has arrived, in an area where work goes on."""
    for enumerator in dice.sample(plan.staff.enumerators, len(plan.staff.enumerators)):
        for area in enumerator.areas:
            if area.code in plan.endings:
                continue
            due = plan.agendas[area.code].due(after=-1, until=day - DAYS_TO_ARRIVE, at_office=False)
            acts = [act for act in due if act.mode is not None]
            if acts:
                return enumerator, area, dice.choice(acts)
    return None


def _stranger(plan: Plan, crew: Crew, enumerator: Enumerator, dice: Random) -> Actor | None:
    others = [each for each in plan.staff.enumerators if each is not enumerator]
    return crew.by_username[dice.choice(others).username] if others else None


def _find_dwelling(plan: Plan, crew: Crew, day: int, number: int, dice: Random) -> None:
    """A dwelling that is not on the list is reported, and answers on the same evening."""
    chosen = _interviewed(plan, day, dice)
    if chosen is None:
        return
    enumerator, area, act = chosen
    at = moment(plan.days[day], CLOSING, minutes=10)
    actor = crew.by_username[enumerator.username]
    found = action_from(
        {
            "action_id": uuid_urn(plan.order.seed, "found", area.code, day, number),
            "type": "dwelling_found",
            "ea_code": area.code,
            "at": at.isoformat(),
            "address": f"บ้านหลังใหม่ ข้างบ้านเลขที่ {act.index + 1}",
        },
        at,
    )
    with transaction() as session:
        (result,) = receive_field_actions(session, actor, [found], at=at)
        if result.household_id is None or dice.random() < 0.3:
            return
        household = found_household(
            area, plan.corners[area.code], plan.order.seed, result.household_id
        )
        answer = submission_from(plan, area, household, replace(act, day=day))
        receive_submissions(session, actor, [answer], at=at)


def _latecomers(plan: Plan, crew: Crew, day: int) -> Iterator[Parcel]:
    """Somebody sends for an area that has just been closed."""
    at = moment(plan.days[day], CLOSING, minutes=20)
    for enumerator in plan.staff.enumerators:
        for area in enumerator.areas:
            if plan.endings.get(area.code) is Ending.CLOSED:
                act = Act(day, 0, mode=Mode.FACE_TO_FACE)
                late = submission_of(plan, area, act, TOO_LATE)
                yield Parcel(crew.by_username[enumerator.username], at, [late])
