"""What comes in for an invented household: its submission, or what a visit found."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from census.collection.arrivals import Incoming
from census.collection.codelists import Disposition, FieldActionType, Mode
from census.collection.rules import needs_evidence
from census.collection.services.field_actions import Action
from census.demo.agenda import Act
from census.demo.blemishes import Blemish, blemish_by_chance
from census.demo.chance import chance, uuid_urn
from census.demo.enumeration_areas import SyntheticArea
from census.demo.households import SyntheticHousehold, household_at
from census.demo.instances import QUESTIONNAIRE, Interview, instance_of
from census.demo.moments import FIRST_INTERVIEW, moment
from census.demo.plan import Plan

MINUTES_OF_WORK = 590
"""From the first interview of a day to the last."""
FIRST, CORRECTED = "first", "corrected"


@dataclass(frozen=True, slots=True)
class Version:
    """Which of a household's submissions this is, and how it differs from the first."""

    name: str = FIRST
    replaces: str = ""
    is_flawless: bool = False
    questionnaire_version: str | None = None
    remark: str = ""


AS_FIRST = Version()


def submission_of(
    plan: Plan, area: SyntheticArea, act: Act, version: Version = AS_FIRST
) -> Incoming:
    """The submission of a household that responded."""
    household = household_at(area, plan.corners[area.code], plan.order.seed, act.index)
    return submission_from(plan, area, household, act, version)


def submission_from(
    plan: Plan,
    area: SyntheticArea,
    household: SyntheticHousehold,
    act: Act,
    version: Version = AS_FIRST,
) -> Incoming:
    """The submission of this household, whatever its place on the list."""
    seed, mode = plan.order.seed, act.mode or Mode.FACE_TO_FACE
    dice = chance(seed, "interview", household.id, version.name)
    started_at = moment(
        plan.days[act.day], FIRST_INTERVIEW, minutes=dice.randrange(MINUTES_OF_WORK)
    )
    minutes = 9 + 4 * min(9, len(household.residents)) + dice.randrange(9)
    blemish = blemish_by_chance(chance(seed, "blemish", household.id))
    interview = Interview(
        instance_id=uuid_urn(seed, household.id, version.name),
        mode=mode,
        started_at=started_at,
        ended_at=started_at + timedelta(minutes=minutes),
        device=f"practice-{area.code}" if mode is Mode.FACE_TO_FACE else f"office-{mode.value}",
        deprecated_id=uuid_urn(seed, household.id, version.replaces) if version.replaces else "",
        blemish=Blemish.NONE if version.is_flawless else blemish,
        remark=version.remark,
    )
    if version.questionnaire_version:
        interview = replace(interview, version=version.questionnaire_version)
    return Incoming(
        instance_id=interview.instance_id,
        data=instance_of(household, area, interview, seed),
        household_id=household.id,
        mode=mode,
        questionnaire=QUESTIONNAIRE,
        version=interview.version,
        device_id=interview.device,
        started_at=interview.started_at,
        ended_at=interview.ended_at,
    )


def action_of(plan: Plan, area: SyntheticArea, act: Act) -> Action:
    """What an enumerator reports of a household that has not responded."""
    household_id = area.household_id(act.index)
    dice = chance(plan.order.seed, "visit", household_id, act.day, act.result)
    at = moment(plan.days[act.day], FIRST_INTERVIEW, minutes=dice.randrange(MINUTES_OF_WORK))
    content: dict[str, Any] = {
        "action_id": uuid_urn(plan.order.seed, "visit", household_id, act.day, act.result),
        "at": at.isoformat(),
        "household_id": household_id,
    }
    if act.result is Disposition.APPOINTMENT_MADE:
        on = (at + timedelta(days=dice.randint(1, 6))).date()
        content |= {"type": "appointment", "on": on.isoformat(), "from": "17:00", "to": "19:00"}
    elif act.result is Disposition.FORM_LEFT:
        content |= {"type": "form_left", "form_id": f"{household_id}-{dice.randint(10, 99)}"}
    else:
        content |= {"type": "visit", "result": str(act.result), "note": _NOTES.get(act.result, "")}
        if needs_evidence(act.result) and dice.random() < EVIDENT_SHARE:
            content["evidence"] = {"kind": "neighbour_statement", "statement": _STATEMENT}
    return action_from(content, at)


def action_from(content: dict[str, Any], at: datetime) -> Action:
    """An action as a tablet sends it."""
    kind = FieldActionType(content["type"])
    return Action(
        action_id=content["action_id"],
        type=kind,
        at=at,
        content=content,
        household_id=content.get("household_id"),
        ea_code=content.get("ea_code"),
        result=Disposition(content["result"]) if kind is FieldActionType.VISIT else None,
        statement=content.get("evidence", {}).get("statement"),
    )


EVIDENT_SHARE = 0.9
"""How many of the reports that take a dwelling out of the count say what a neighbour said."""

_STATEMENT = "เพื่อนบ้านข้างเคียงให้ข้อมูลตรงกับที่พบ"

_NOTES: dict[Disposition | None, str] = {
    Disposition.REFUSED_BY_HOUSEHOLD: "ขอไม่ให้ข้อมูล เกรงการติดเชื้อ",
    Disposition.NOT_CONTACTED: "ไปสามครั้งต่างเวลา ไม่พบผู้ใด ฝากบัตรนัดไว้แล้ว",
    Disposition.ACCESS_REFUSED_OCCUPIED: "ผู้ดูแลอาคารไม่ให้เข้า",
    Disposition.UNABLE_TO_ANSWER: "กักตัวอยู่ในบ้าน",
    Disposition.VACANT: "เพื่อนบ้านยืนยันว่าไม่มีผู้อยู่อาศัย",
    Disposition.DEMOLISHED: "รื้อถอนแล้ว เหลือแต่ที่ดิน",
    Disposition.CALL_BACK: "ไม่มีผู้ให้ข้อมูลได้ จะกลับไปใหม่",
}
