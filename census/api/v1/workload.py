"""The enumerator's workload over JSON: all of it, or only what changed since a cursor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from shapely.geometry import mapping
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.assignment.devices import device_asking
from census.assignment.queries import field_period_in_force
from census.collection.queries import published_questionnaires
from census.collection.rules import is_response
from census.collection.schemas import WorkloadQuerySchema, WorkloadSchema
from census.collection.workload import (
    LeasedArea,
    Task,
    WorkItem,
    items_changed_since,
    leased_areas,
    work_items,
)
from census.core import events
from census.core.clock import census_day, utcnow
from census.core.db import reading, transaction
from census.core.sequencer import number_waiting_events
from census.frame.register import RegisteredPerson, persons_registered_at
from census.progress.queries import AreaPlan, plans_of
from census.review.queries import AskedCorrection, asked_corrections
from census.review.schemas import CorrectionSchema
from census.review.services import Correction, open_correction
from census.web.access import current_actor, requires
from census.web.callers import bearer_token

blueprint = ApiBlueprint("workload", description="What an enumerator has to do")


@blueprint.get("/workload")
@requires(Permission.SEE_WORKLOAD)
@blueprint.arguments(WorkloadQuerySchema, location="query")
@blueprint.response(200, WorkloadSchema)
def read_workload(query: dict[str, Any]) -> dict[str, Any]:
    """The areas leased to the enumerator, with their households and what to do at each.

    With `since`, only the households that changed after that cursor. The same household may come
    again; none that changed is left out. Reading names of the register is an event.
    """
    actor = current_actor()
    # What was committed has its number, so that the cursor is new.
    number_waiting_events()
    with reading() as session:
        workload = _workload(session, actor, query["since"], utcnow())
    if _names_persons(workload):
        with transaction() as session:
            events.record(session, actor, "workload.read", actor.id, at=utcnow())
    return workload


@blueprint.get("/workload/corrections/<household_id>")
@requires(Permission.SEE_WORKLOAD)
@blueprint.response(200, CorrectionSchema)
def read_correction(household_id: str) -> Correction:
    """The answers that the enumerator sent of a household that was returned. It is an event.

    Only their own: what a household answered in another mode is not shown to the field.
    """
    with transaction() as session:
        return open_correction(session, current_actor(), household_id, at=utcnow())


def _workload(session: Session, actor: Actor, since: int | None, at: datetime) -> dict[str, Any]:
    cursor, _hash = events.last_link(session)
    today, leased = census_day(session, at), leased_areas(session, actor)
    plans = plans_of(session, [each.area.code for each in leased], at=at)
    return {
        "cursor": str(cursor),
        "census_day": today,
        "device": _asking_device(session),
        "areas": [_area(session, each, since, plans.get(each.area.code)) for each in leased],
        "questionnaires": _questionnaires(session),
        "field_period": field_period_in_force(session, today),
        "messages": [],
    }


def _asking_device(session: Session) -> dict[str, Any] | None:
    device_id = device_asking(session, bearer_token() or "")
    return None if device_id is None else {"id": device_id}


def _names_persons(workload: Mapping[str, Any]) -> bool:
    """Whether names of the register leave with the answer, which is then an event."""
    return any(
        household["register"]["members"]
        for area in workload["areas"]
        for household in area["households"]
    )


@dataclass(frozen=True, slots=True)
class _Beside:
    """What stands beside the households of an area, read once for all of them."""

    corrections: Mapping[str, AskedCorrection]
    registered: Mapping[str, list[RegisteredPerson]]


def _area(
    session: Session, leased: LeasedArea, since: int | None, plan: AreaPlan | None
) -> dict[str, Any]:
    items = (
        work_items(session, leased)
        if since is None
        else items_changed_since(session, leased, since)
    )
    beside = _beside(session, leased, items)
    boundary = leased.area.boundary
    return {
        "ea_code": leased.area.code,
        "lease": leased.lease.number,
        "name": leased.area.name,
        "is_practice": leased.area.is_practice,
        "boundary": mapping(boundary) if boundary is not None and since is None else None,
        "plan": plan,
        "households": [_household(item, beside) for item in items],
    }


def _beside(session: Session, leased: LeasedArea, items: list[WorkItem]) -> _Beside:
    returned = [item.household.id for item in items if item.task is Task.CORRECT]
    houses = {item.household.house_code for item in items if item.household.house_code}
    return _Beside(
        asked_corrections(session, returned) if returned else {},
        persons_registered_at(session, leased.area.province_code, houses) if houses else {},
    )


def _household(item: WorkItem, beside: _Beside) -> dict[str, Any]:
    household, case = item.household, item.case
    asked = beside.corrections.get(household.id)
    return {
        "id": household.id,
        "address": household.address,
        "disposition": case.disposition,
        "revision": case.revision,
        "register": _register(item, beside),
        "task": item.task,
        "reason": asked.reason if asked else None,
        "questions": asked.questions if asked else (),
        "responded": is_response(case.disposition),
        "review": case.review,
        "mode": case.mode,
        "code_issued_at": None,
        **_went_before(item),
    }


def _register(item: WorkItem, beside: _Beside) -> dict[str, Any]:
    household = item.household
    members = beside.registered.get(household.house_code or "", ())
    position = household.position.coords[0][:2] if household.position is not None else None
    return {
        "house_code": household.house_code,
        "persons": household.register_persons,
        "position": position,
        "members": [asdict(each) for each in members],
    }


def _went_before(item: WorkItem) -> dict[str, Any]:
    """What is known of the household's answer and of the visits before it."""
    door = item.door
    answer = item.answer if is_response(item.case.disposition) else None
    return {
        "answered_at": answer.at if answer else None,
        "answered_mode": answer.mode if answer else None,
        "form_left": None if answer else door.form_left,
        "appointment": None if answer else door.appointment,
        "visits": door.visits,
        "last_visit": door.last_visit,
    }


def _questionnaires(session: Session) -> list[dict[str, Any]]:
    return [
        {
            "id": each.id,
            "version": each.version,
            "url": f"/api/v1/questionnaires/{each.id}/{each.version}",
            "sha256": each.sha256.hex(),
        }
        for each in published_questionnaires(session)
    ]
