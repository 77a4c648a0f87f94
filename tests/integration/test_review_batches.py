"""What a supervisor sees of the areas under review, in few queries and only within their own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import product

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Role
from census.collection.codelists import Disposition, Review, Standing
from census.core import events
from census.frame.errors import AreaMissing
from census.review import queries
from census.review.codelists import BatchStatus
from census.review.errors import BatchNotFound
from tests.factories import accounts
from tests.factories.binding import bind
from tests.factories.collection import (
    HOME,
    CaseFactory,
    FieldActionFactory,
    FindingFactory,
    SubmissionFactory,
    field_area,
)
from tests.factories.review import answered, approved, quarantined, quarantined_action, visited

NOON = datetime(2021, 2, 10, 5, tzinfo=UTC)
NEXT, AWAY, RAYONG = "22001011002", "22002011001", "22101011001"


@pytest.fixture(autouse=True)
def _bound(session: Session) -> None:
    """Factories write to the session of the test."""
    bind(session)
    events.connect({})


@pytest.fixture
def supervisor() -> Actor:
    """The supervisor of the district."""
    return accounts.passing_actor(Role.SUPERVISOR, ["2001"])


@contextmanager
def statements(session: Session) -> Iterator[list[str]]:
    """The statements that the database is sent."""
    sent: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", note)
    yield sent
    event.remove(connection, "before_cursor_execute", note)


def test_a_batch_counts_its_households_and_names_what_is_wrong(session, supervisor):
    approved(1)
    answered(2, hard_findings=2)
    visited(3, disposition=Disposition.VACANT)
    answered(4, review=Review.RETURNED)
    CaseFactory(serial=5)
    waiting = quarantined()

    batch = queries.batch(session, supervisor, HOME)

    counts = batch.counts
    assert (counts.households, counts.final, counts.responded, counts.ineligible) == (5, 4, 3, 1)
    assert (counts.submitted, counts.approved, counts.returned, counts.quarantined) == (2, 1, 1, 1)
    assert batch.status is BatchStatus.RETURNED
    assert [(each.code, each.household_id) for each in batch.problems] == [
        ("finding.hard", f"{HOME}-0002"),
        ("finding.hard", f"{HOME}-0002"),
        ("confirmation.needed", f"{HOME}-0003"),
        ("household.returned", f"{HOME}-0004"),
        ("household.not_final", f"{HOME}-0005"),
        ("submission.quarantined", waiting.household_id),
    ]


def test_the_lock_and_the_page_know_a_state_by_the_same_tag(session, supervisor):
    for make, serial in zip((answered, approved, visited), range(1, 4), strict=True):
        make(serial)
    quarantined()
    quarantined(household_id=f"{HOME}-0001", standing=Standing.CONFLICT)
    quarantined_action()
    etag = queries.batch(session, supervisor, HOME).etag

    locked = queries.lock_batch(session, supervisor, HOME)

    assert locked.etag == etag


@pytest.mark.parametrize("arrive", [quarantined, quarantined_action])
def test_what_arrives_in_quarantine_is_another_state(session, supervisor, arrive):
    answered(1)
    before = queries.batch(session, supervisor, HOME).etag

    arrive()

    assert queries.batch(session, supervisor, HOME).etag != before


def test_reports_from_the_field_that_wait_count_with_the_submissions_that_do(session, supervisor):
    answered(1)
    quarantined(household_id=f"{HOME}-0002", standing=Standing.CONFLICT)
    quarantined_action()
    quarantined_action(NEXT)
    FieldActionFactory()

    batch = queries.batch(session, supervisor, HOME)
    (listed,) = queries.batches_within(session, supervisor, area=HOME, limit=5)
    locked = queries.lock_batch(session, supervisor, HOME)

    assert [each.counts.quarantined for each in (batch, listed, locked)] == [2, 2, 2]
    assert [(each.code, each.household_id) for each in batch.problems] == [
        ("submission.conflict", f"{HOME}-0002"),
        ("field_action.quarantined", f"{HOME}-0001"),
    ]


def test_a_response_after_the_approval_is_a_problem(session, supervisor):
    case = approved(1)
    late = SubmissionFactory(household_id=case.household_id)
    FindingFactory(submission_id=late.id, edit="E-I03", severity="query", person=None)

    (problem,) = queries.batch(session, supervisor, HOME).problems

    assert (problem.code, problem.household_id) == ("response.late", case.household_id)


def test_a_response_after_an_approved_refusal_is_a_problem_too(session, supervisor):
    case = visited(1, review=Review.APPROVED)
    late = SubmissionFactory(household_id=case.household_id)
    FindingFactory(submission_id=late.id, edit="E-I03", severity="query", person=None)

    (problem,) = queries.batch(session, supervisor, HOME).problems

    assert problem.code == "response.late"


def test_a_larger_batch_takes_no_more_queries(session, supervisor):
    answered(1, hard_findings=1)
    with statements(session) as few:
        queries.batch(session, supervisor, HOME)
    for serial in range(2, 12):
        answered(serial, hard_findings=1)
    session.flush()

    with statements(session) as many:
        queries.batch(session, supervisor, HOME)

    assert len(many) == len(few) <= 9


def test_the_list_shows_every_area_of_the_actor_and_no_other(session, supervisor):
    for ea_code in (HOME, NEXT, AWAY, RAYONG):
        answered(1, ea_code)

    listed = queries.batches_within(session, supervisor, limit=10)

    assert [each.ea_code for each in listed] == [HOME, NEXT]
    assert [each.counts.responded for each in listed] == [1, 1]


@pytest.mark.parametrize(
    ("areas", "area", "codes"),
    [
        (["20"], None, [HOME, NEXT, AWAY]),
        (["20"], "2002", [AWAY]),
        (["20"], HOME, [HOME]),
        (["2001"], "20", [HOME, NEXT]),
        (["2001"], "TH", [HOME, NEXT]),
        ([HOME, RAYONG], None, [HOME, RAYONG]),
        (["TH"], "TH", [HOME, NEXT, AWAY, RAYONG]),
    ],
)
def test_the_list_can_be_narrowed_to_an_area(session, areas, area, codes):
    for ea_code in (HOME, NEXT, AWAY, RAYONG):
        answered(1, ea_code)
    actor = accounts.passing_actor(Role.PROVINCE, areas)

    listed = queries.batches_within(session, actor, area=area, limit=10)

    assert [each.ea_code for each in listed] == codes
    assert sum(queries.status_counts(session, actor, area=area).values()) == len(codes)


@pytest.mark.parametrize("area", ["21", "2002", AWAY, "9", "' OR ''='"])
def test_an_area_with_nothing_of_the_actors_in_it_does_not_exist(session, supervisor, area):
    for ea_code in (HOME, AWAY, RAYONG):
        answered(1, ea_code)

    with pytest.raises(AreaMissing):
        queries.batches_within(session, supervisor, area=area, limit=10)


def test_the_list_goes_on_after_a_key(session, supervisor):
    for ea_code in (HOME, NEXT, "22001011003"):
        field_area(ea_code)

    first = queries.batches_within(session, supervisor, limit=1)
    rest = queries.batches_within(session, supervisor, after=first[0].ea_code, limit=5)

    assert [each.ea_code for each in first] == [HOME, NEXT]
    assert [each.ea_code for each in rest] == [NEXT, "22001011003"]


def test_the_database_derives_the_same_status_as_the_rule(session, supervisor):
    makers = [
        lambda ea_code, serial: CaseFactory(ea_code=ea_code, serial=serial),
        lambda ea_code, serial: answered(serial, ea_code),
        lambda ea_code, serial: approved(serial, ea_code),
        lambda ea_code, serial: answered(serial, ea_code, review=Review.RETURNED),
        None,
    ]
    combinations = product(makers, makers, (None, NOON))
    for number, (first, second, closed_at) in enumerate(combinations, start=1):
        ea_code = f"22001011{number:03d}"
        field_area(ea_code).closed_at = closed_at
        for serial, make in enumerate((first, second), start=1):
            if make is not None:
                make(ea_code, serial)
    session.flush()

    by_rule = {
        each.ea_code: each.status for each in queries.batches_within(session, supervisor, limit=500)
    }
    by_database = {
        each.ea_code: status
        for status in BatchStatus
        for each in queries.batches_within(session, supervisor, status=status, limit=500)
    }

    assert len(by_rule) == 50
    assert by_database == by_rule
    assert set(by_rule.values()) == set(BatchStatus)
    assert queries.status_counts(session, supervisor) == {
        status: list(by_rule.values()).count(status) for status in BatchStatus
    }


def test_a_longer_list_takes_no_more_queries(session, supervisor):
    answered(1)
    with statements(session) as few:
        queries.batches_within(session, supervisor, status=BatchStatus.READY, limit=50)
    for number in range(2, 12):
        answered(1, f"22001011{number:03d}")

    with statements(session) as many:
        queries.batches_within(session, supervisor, status=BatchStatus.READY, limit=50)

    assert len(many) == len(few) == 4


def test_somebody_without_areas_sees_no_batch(session):
    answered(1)
    nobody = accounts.passing_actor(Role.SUPERVISOR, [])

    assert queries.batches_within(session, nobody, limit=10) == []
    with pytest.raises(BatchNotFound):
        queries.batch(session, nobody, HOME)
