"""The enumerator's workload over JSON: all of it, or only what changed since a cursor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from shapely.geometry import mapping
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.assignment.queries import field_period_in_force
from census.collection.queries import published_questionnaires
from census.collection.schemas import WorkloadQuerySchema, WorkloadSchema
from census.collection.workload import (
    LeasedArea,
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
from census.review.queries import return_reasons
from census.web.access import current_actor, requires

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
        workload = _workload(session, actor, query["since"])
    if _names_persons(workload):
        with transaction() as session:
            events.record(session, actor, "workload.read", actor.id, at=utcnow())
    return workload


def _workload(session: Session, actor: Actor, since: int | None) -> dict[str, Any]:
    cursor, _hash = events.last_link(session)
    return {
        "cursor": str(cursor),
        "areas": [_area(session, each, since) for each in leased_areas(session, actor)],
        "questionnaires": _questionnaires(session),
        "field_period": field_period_in_force(session, census_day(session, utcnow())),
        "messages": [],
    }


def _names_persons(workload: Mapping[str, Any]) -> bool:
    """Whether names of the register leave with the answer, which is then an event."""
    return any(
        household["register"]["members"]
        for area in workload["areas"]
        for household in area["households"]
    )


def _area(session: Session, leased: LeasedArea, since: int | None) -> dict[str, Any]:
    items = (
        work_items(session, leased)
        if since is None
        else items_changed_since(session, leased, since)
    )
    reasons = return_reasons(session, [item.household.id for item in items]) if items else {}
    registered = _registered(session, leased, items)
    boundary = leased.area.boundary
    return {
        "ea_code": leased.area.code,
        "lease": leased.lease.number,
        "name": leased.area.name,
        "boundary": mapping(boundary) if boundary is not None and since is None else None,
        "households": [_household(item, reasons, registered) for item in items],
    }


def _registered(
    session: Session, leased: LeasedArea, items: Sequence[WorkItem]
) -> Mapping[str, Sequence[RegisteredPerson]]:
    houses = {item.household.house_code for item in items if item.household.house_code}
    return persons_registered_at(session, leased.area.province_code, houses) if houses else {}


def _household(
    item: WorkItem,
    reasons: Mapping[str, str],
    registered: Mapping[str, Sequence[RegisteredPerson]],
) -> dict[str, Any]:
    household = item.household
    position = household.position.coords[0][:2] if household.position is not None else None
    return {
        "id": household.id,
        "address": household.address,
        "disposition": item.case.disposition,
        "revision": item.case.revision,
        "register": {
            "house_code": household.house_code,
            "persons": household.register_persons,
            "position": position,
            "members": [asdict(each) for each in registered.get(household.house_code or "", ())],
        },
        "task": item.task,
        "reason": reasons.get(household.id) if item.task == "correct" else None,
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
