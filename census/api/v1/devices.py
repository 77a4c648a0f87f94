"""Tablets over JSON: an enumerator sets one up, and it asks whose it is."""

from __future__ import annotations

from typing import Any

from census.accounts.codelists import Permission
from census.api.v1.blueprints import ApiBlueprint
from census.assignment import devices
from census.assignment.devices import EnrolledDevice
from census.assignment.schemas import DeviceSchema, EnrolledDeviceSchema, EnrolmentSchema
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.office_key import office_key
from census.web.access import current_actor, requires
from census.web.callers import bearer_token

blueprint = ApiBlueprint("devices", description="Tablets of the field")


@blueprint.post("/devices")
@requires(Permission.SEE_WORKLOAD)
@blueprint.arguments(EnrolmentSchema)
@blueprint.response(201, EnrolledDeviceSchema)
def enrol(wanted: dict[str, Any]) -> dict[str, Any]:
    """Set up a tablet for the caller, who signed in with a password; its token is told once."""
    actor, secret = current_actor(), bearer_token() or ""
    with transaction() as session:
        given = devices.enrol(session, actor, secret=secret, name=wanted["name"], at=utcnow())
        enrolled = devices.device_of_token(session, given.token.secret)
        return {**_facts(enrolled), "token": given.token.secret}


@blueprint.get("/devices/current")
@requires(Permission.SEE_WORKLOAD)
@blueprint.response(200, DeviceSchema)
def read_current() -> dict[str, Any]:
    """Whose tablet this is, and the key to seal for the office with."""
    with reading() as session:
        return _facts(devices.device_of_token(session, bearer_token() or ""))


def _facts(enrolled: EnrolledDevice) -> dict[str, Any]:
    return {
        "device_id": enrolled.device.id,
        "name": enrolled.device.name,
        "expires_at": enrolled.expires_at,
        "enumerator": enrolled.enumerator,
        "office_key": office_key(),
    }
