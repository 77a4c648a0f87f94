"""After whatever happened to a case, the tally is what a recount gives."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import func, select, update

from census.collection.codelists import Disposition, FieldActionType, Review
from census.collection.models import Case
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.core import events, jobs
from census.core.jobs.ledger import OwedJob
from census.core.jobs.registry import job_named
from census.frame.models import EnumerationArea
from census.frame.services import freeze_frame
from census.progress import indicator, services
from census.progress.jobs import refresh_day_tally, refresh_every_day_tally
from census.progress.models import DayTally, Tally, Threshold
from census.reactions import REACTIONS
from census.review import services as review
from census.review.queries import batch
from census.review.rules import Seen
from tests.factories.census import AWAY, HOME, NOON, small_census
from tests.factories.counts import INDICATOR
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

NO_HARD_FINDINGS = "tests decide on the counts alone"


@pytest.fixture
def census(session):
    """The small census, in a session that is rolled back."""
    indicator.connect(INDICATOR)
    events.connect(REACTIONS)
    return small_census(session)


def settle(session):
    """Let everything follow that follows at once."""
    events.react(session)
    session.expire_all()


def answer(session, census, serial=1):
    receive_submission(session, census.enumerator, incoming(census.household(serial)), at=NOON)
    settle(session)


def report(session, census, kind, **about):
    content = {"address": "บ้านใหม่ท้ายซอย"}
    action = Action(new_instance_id(), kind, NOON, content, **about)
    receive_field_actions(session, census.enumerator, [action], at=NOON)
    settle(session)


def approve(session, census, serial=1):
    seen = Seen(batch(session, census.supervisor, HOME).etag)
    review.approve(
        session,
        census.supervisor,
        HOME,
        seen=seen,
        households=[census.household(serial)],
        override_reason=NO_HARD_FINDINGS,
        confirmation_reason="ไปดูมาแล้ว ไม่มีผู้อยู่อาศัย",
        at=NOON,
    )
    settle(session)


def send_back(session, census, serial=1):
    seen = Seen(batch(session, census.supervisor, HOME).etag)
    review.return_households(
        session,
        census.supervisor,
        HOME,
        seen=seen,
        households=[census.household(serial)],
        reason="ตรวจวันเกิดอีกครั้ง",
        at=NOON,
    )
    settle(session)


def tally_of(session, ea_code=HOME) -> Tally:
    return session.get_one(Tally, ea_code, populate_existing=True)


def assert_nothing_differs(session):
    assert list(services.differences_from_recount(session)) == []


def test_an_area_starts_with_its_frame_and_nothing_known(session, census):
    tally = tally_of(session)

    assert (tally.frame, tally.added, tally.final, tally.responded) == (5, 0, 0, 0)
    assert tally.unknown_household == 5
    assert_nothing_differs(session)


def test_a_response_counts_before_it_is_approved(session, census):
    answer(session, census)

    tally = tally_of(session)
    assert (tally.final, tally.responded, tally.approved, tally.submitted) == (1, 1, 0, 1)
    assert (tally.face_to_face, tally.complete, tally.unknown_household) == (1, 1, 4)
    assert_nothing_differs(session)


def test_a_refusal_and_a_vacant_house_are_final_and_no_responses(session, census):
    for serial, result in ((1, Disposition.REFUSED_BY_HOUSEHOLD), (2, Disposition.VACANT)):
        household = census.household(serial)
        report(session, census, FieldActionType.VISIT, household_id=household, result=result)

    tally = tally_of(session)
    assert (tally.final, tally.responded, tally.ineligible) == (2, 0, 1)
    assert (tally.refusal, tally.not_eligible, tally.unknown_household) == (1, 1, 3)
    assert_nothing_differs(session)


def test_an_approved_response_is_approved_and_a_vacant_house_only_reviewed(session, census):
    answer(session, census, 1)
    vacant = census.household(2)
    report(session, census, FieldActionType.VISIT, household_id=vacant, result=Disposition.VACANT)

    approve(session, census, 1)
    approve(session, census, 2)

    tally = tally_of(session)
    assert (tally.approved, tally.reviewed, tally.submitted) == (1, 2, 0)
    assert_nothing_differs(session)


def test_returning_an_approved_response_takes_only_the_approval_away(session, census):
    answer(session, census)
    approve(session, census)

    send_back(session, census)

    tally = tally_of(session)
    assert (tally.responded, tally.approved, tally.returned) == (1, 0, 1)
    assert_nothing_differs(session)


def test_a_dwelling_found_in_the_field_waits_for_the_next_frame_version(session, census):
    report(session, census, FieldActionType.DWELLING_FOUND, ea_code=HOME)

    tally = tally_of(session)
    assert (tally.frame, tally.added, tally.unknown_household) == (5, 1, 6)
    assert_nothing_differs(session)


def test_the_next_frame_version_takes_found_dwellings_in_and_divides_the_thresholds_anew(
    session, census
):
    report(session, census, FieldActionType.DWELLING_FOUND, ea_code=HOME)

    version = freeze_frame(session, None, at=NOON)
    settle(session)

    tally = tally_of(session)
    of_version = (Threshold.frame_version == version.number, Threshold.level == 100)
    parts = {
        row.area_code: row.households
        for row in session.scalars(select(Threshold).where(*of_version))
    }
    assert (tally.frame, tally.added) == (6, 0)
    assert parts["TH"] == parts[HOME] + parts[AWAY] == 709_790
    assert_nothing_differs(session)


def test_a_recount_of_one_area_leaves_the_others(session, census):
    session.execute(update(Tally).values(responded=77))

    services.recount_areas(session, [HOME])

    assert tally_of(session, HOME).responded == 0
    assert tally_of(session, AWAY).responded == 77


def test_a_wrong_tally_is_found_with_its_area_and_column(session, census):
    session.execute(update(Tally).where(Tally.ea_code == AWAY).values(approved=3))

    assert list(services.differences_from_recount(session)) == [(AWAY, "approved", 3, 0)]


def test_an_area_of_practice_has_no_tally_and_one_that_has_is_found(session, census):
    practised = update(EnumerationArea).where(EnumerationArea.code == AWAY)
    session.execute(practised.values(is_practice=True))

    differences = list(services.differences_from_recount(session))

    assert {difference.ea_code for difference in differences} == {AWAY}
    assert (AWAY, "frame", 5, 0) in differences


def test_counting_afresh_repairs_tallies_and_days(session, census):
    answer(session, census)
    session.execute(update(Tally).values(responded=77))

    services.recount_afresh(session, [HOME, AWAY])

    assert_nothing_differs(session)
    assert session.scalars(select(DayTally.responded)).all() == [1]


def test_areas_come_in_pages_that_leave_none_out(session, census):
    assert list(services.area_pages(session, size=1)) == [[HOME], [AWAY]]
    assert list(services.area_pages(session, size=2)) == [[HOME, AWAY]]


def days_of(session, ea_code=HOME):
    rows = session.scalars(
        select(DayTally).where(DayTally.ea_code == ea_code).order_by(DayTally.on)
    )
    return [(row.on, row.responded, row.approved, row.face_to_face) for row in rows]


def test_the_days_of_an_area_add_up_to_its_tally_however_often_they_are_counted(session, census):
    for serial in (1, 2, 3):
        answer(session, census, serial)
    approve(session, census, 2)
    first, second = date(2021, 2, 3), date(2021, 2, 8)
    for serial, on in ((1, first), (2, first), (3, second)):
        of_household = Case.household_id == census.household(serial)
        session.execute(update(Case).where(of_household).values(responded_on=on))
    approved = update(Case).where(Case.review == Review.APPROVED)
    session.execute(approved.values(approved_on=second))

    for _time in range(2):
        services.refresh_days(session, [HOME])

    assert days_of(session) == [(first, 2, 0, 2), (second, 1, 1, 1)]
    tally = tally_of(session)
    assert (tally.responded, tally.approved) == (3, 1)


def test_the_days_count_the_frozen_frame_only(session, census):
    report(session, census, FieldActionType.DWELLING_FOUND, ea_code=HOME)
    found = f"{HOME}-9000"
    receive_submission(session, census.enumerator, incoming(found), at=NOON)
    settle(session)

    services.refresh_days(session, [HOME])

    assert days_of(session) == []
    tally = tally_of(session)
    assert (tally.responded, tally.complete) == (0, 1)
    assert_nothing_differs(session)


def test_the_days_of_what_is_no_area_are_none(session, census):
    services.refresh_days(session, ["uuid:0f8c1c6e-8f4d-4d3a-9b8e-000000000000"])

    assert session.scalar(select(func.count()).select_from(DayTally)) == 0


def test_a_new_frame_version_owes_a_count_of_every_day(session, census):
    report(session, census, FieldActionType.DWELLING_FOUND, ea_code=HOME)

    freeze_frame(session, None, at=NOON)
    settle(session)

    owed = session.scalars(select(OwedJob.name)).all()
    assert refresh_every_day_tally.name in owed


def test_the_jobs_of_progress_are_known_by_name():
    for job in (refresh_day_tally, refresh_every_day_tally):
        assert job_named(job.name) is job
        assert job.queue is jobs.Queue.PROGRESS
