"""What the office knows of the doors of the small census: where they are, and what came of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from shapely.geometry import MultiPolygon, Point, box

from census.collection.codelists import Disposition, FieldActionType, Mode
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.core import db
from census.core.clock import set_census_clock, utcnow
from census.frame.models import EnumerationArea, Household
from census.review.queries import batch
from census.review.rules import Seen
from census.review.services import return_households
from tests.factories.census import HOME, NOON, SmallCensus
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

TEN_TWELVE = datetime.fromisoformat("2021-02-10T10:12:00+07:00")
APPOINTMENT = FieldActionType.APPOINTMENT
MIDDLE = (100.99, 13.36)
"""The middle of the area, in longitude and latitude."""

ADDRESSES = (
    "2 ซอยดอกแก้ว ถนนสุขสมมติ",
    "10 ซอยดอกแก้ว ถนนสุขสมมติ",
    "2/1 ซอยดอกแก้ว ถนนสุขสมมติ",
    "7 หมู่ที่ 4 บ้านคลองจำลอง",
    "ห้อง 101 หอพักใบเตย",
)
"""The addresses by serial; as one walks, 2 comes before 2/1 and 2/1 before 10."""


def lay_out(census: SmallCensus, *, on: datetime = NOON) -> None:
    """Give the home area an outline and its doors places and addresses; the census has this day."""
    longitude, latitude = MIDDLE
    outline = box(longitude - 0.01, latitude - 0.01, longitude + 0.01, latitude + 0.01)
    with db.transaction() as session:
        set_census_clock(session, shows=on, at=utcnow())
        session.get_one(EnumerationArea, HOME).boundary = MultiPolygon([outline])
        for serial, address in enumerate(ADDRESSES, start=1):
            household = session.get_one(Household, ("20", census.household(serial)))
            household.address = address
            household.position = Point(longitude + 0.001 * (serial - 3), latitude)


def answer_by_internet(census: SmallCensus, serial: int, *, at: datetime = TEN_TWELVE) -> None:
    """The household fills in the form on the internet, which the office takes in for it."""
    sent = incoming(census.household(serial), mode=Mode.INTERNET, end=at.isoformat())
    with db.transaction() as session:
        receive_submission(session, census.clerk, replace(sent, mode=None), at=at)


def answer_face_to_face(census: SmallCensus, serial: int) -> None:
    """The enumerator's interview arrives."""
    with db.transaction() as session:
        receive_submission(session, census.enumerator, incoming(census.household(serial)), at=NOON)


def send_back(census: SmallCensus, serial: int, reason: str, *questions: str) -> None:
    """The supervisor returns a household."""
    with db.transaction() as session:
        seen = batch(session, census.supervisor, HOME)
        return_households(
            session,
            census.supervisor,
            HOME,
            seen=Seen(seen.etag, seen.revisions),
            households=[census.household(serial)],
            reason=reason,
            questions=questions,
            at=utcnow(),
        )


def report(
    census: SmallCensus,
    serial: int,
    type_: FieldActionType,
    *,
    result: Disposition | None = None,
    at: datetime = TEN_TWELVE,
    **fields: Any,
) -> None:
    """Something the enumerator reported earlier."""
    action_id, household_id = new_instance_id(), census.household(serial)
    told = {"result": result} if result else {}
    content = {
        "action_id": action_id,
        "type": type_,
        "household_id": household_id,
        "at": at.isoformat(),
        **told,
        **fields,
    }
    action = Action(action_id, type_, at, content, household_id=household_id, result=result)
    with db.transaction() as session:
        receive_field_actions(session, census.enumerator, [action], at=at)
