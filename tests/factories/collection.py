"""Cases, and what arrived for them; the household and its area are made along with a case."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from uuid import uuid4

import factory
from sqlalchemy import select

from census.collection.codelists import (
    Disposition,
    FieldActionType,
    Mode,
    Outcome,
    Review,
    Severity,
    Standing,
)
from census.collection.models import Case, FieldAction, FieldArea, Finding, Submission
from census.collection.services.field_actions import CONTENT_COLUMN
from census.collection.services.keeping import seal_raw
from census.core import sealed
from census.core.db import new_id
from census.frame.models import Household
from tests.factories.binding import CensusFactory, current_session
from tests.factories.frame import HouseholdFactory, enumeration_area

RECEIVED_AT = datetime(2021, 2, 9, 3, tzinfo=UTC)
RECEIVED_ON = date(2021, 2, 9)
HOME = "22001011001"


def field_area(ea_code: str) -> FieldArea:
    """The enumeration area as collection works it, made if it is not there."""
    found = current_session().get(FieldArea, ea_code)
    return found or FieldAreaFactory(ea_code=ea_code)


def household_of(household_id: str) -> Household:
    """The household with this id, made if it is not there."""
    found = current_session().scalar(select(Household).where(Household.id == household_id))
    if found is not None:
        return found
    ea_code, _, serial = household_id.partition("-")
    return HouseholdFactory(ea_code=ea_code, serial=int(serial))


class FieldAreaFactory(CensusFactory):
    """An enumeration area that is open for collection."""

    class Meta:
        model = FieldArea

    ea_code = HOME
    province_code = factory.LazyAttribute(lambda area: enumeration_area(area.ea_code).province_code)
    closed_at = None


class CaseFactory(CensusFactory):
    """A household that nobody has visited yet."""

    class Meta:
        model = Case
        exclude = ("serial",)

    serial = factory.Sequence(lambda n: n % 8999 + 1)
    ea_code = factory.LazyFunction(lambda: field_area(HOME).ea_code)
    household_id = factory.LazyAttribute(
        lambda case: household_of(f"{field_area(case.ea_code).ea_code}-{case.serial:04d}").id
    )
    province_code = factory.LazyAttribute(lambda case: enumeration_area(case.ea_code).province_code)
    revision = 0
    disposition = None
    mode = None
    counting_submission_id = None
    review = Review.OPEN
    hard_findings = 0
    other_findings = 0
    responded_on = None
    approved_on = None
    changed_at = None


class SubmissionFactory(CensusFactory):
    """An understood response that counts for nothing yet."""

    class Meta:
        model = Submission

    id = factory.LazyFunction(new_id)
    instance_id = factory.LazyFunction(lambda: f"uuid:{uuid4()}")
    ea_code = HOME
    household_id = f"{HOME}-0001"
    province_code = factory.LazyAttribute(
        lambda submission: enumeration_area(submission.ea_code).province_code
    )
    sha256 = factory.LazyAttribute(
        lambda submission: hashlib.sha256(submission.instance_id.encode()).digest()
    )
    raw_sealed = factory.LazyAttribute(lambda submission: seal_raw(b"<data/>", submission.id))
    mode = Mode.FACE_TO_FACE
    questionnaire = "household"
    version = "2564.1"
    device_id = None
    started_at = None
    ended_at = None
    received_at = RECEIVED_AT
    accepted_on = RECEIVED_ON
    sender_id = factory.LazyFunction(new_id)
    deprecated_id = None
    standing = Standing.SUPERSEDED
    reason_code = None
    disposition = Disposition.COMPLETE_FACE_TO_FACE
    answered_items = 40
    is_returned = False


class FindingFactory(CensusFactory):
    """A hard finding that nobody has overridden."""

    class Meta:
        model = Finding

    id = factory.LazyFunction(new_id)
    province_code = "20"
    submission_id = factory.LazyFunction(new_id)
    edit = "E-P10"
    severity = Severity.HARD
    person = 1
    is_overridden = False


class FieldActionFactory(CensusFactory):
    """A visit that found a refusal."""

    class Meta:
        model = FieldAction

    action_id = factory.LazyFunction(lambda: f"uuid:{uuid4()}")
    sha256 = factory.LazyAttribute(
        lambda action: hashlib.sha256(action.action_id.encode()).digest()
    )
    type = FieldActionType.VISIT
    ea_code = HOME
    household_id = f"{HOME}-0001"
    province_code = factory.LazyAttribute(
        lambda action: enumeration_area(action.ea_code).province_code
    )
    happened_at = RECEIVED_AT
    received_at = RECEIVED_AT
    by = factory.LazyFunction(new_id)
    result = Disposition.REFUSED_BY_HOUSEHOLD
    content_sealed = factory.LazyAttribute(
        lambda action: sealed.seal("{}", column=CONTENT_COLUMN, row=action.action_id)
    )
    outcome = Outcome.ACCEPTED
    reason_code = None
    is_returned = False
