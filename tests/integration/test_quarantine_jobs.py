"""What may put a reason right tries again by itself what waited for it."""

from __future__ import annotations

from functools import partial

import pytest
from sqlalchemy import func, select

from census.assignment.services import lease_area
from census.collection import jobs as collection_jobs
from census.collection import services
from census.collection.codelists import Standing
from census.collection.models import FieldArea, Submission
from census.collection.quarantine import Wanted
from census.core import db, events, jobs
from census.core.jobs.ledger import OwedJob
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, NOON, small_census
from tests.factories.instances import new_instance_id
from tests.factories.quarantine import add_household, close_area, too_new
from tests.factories.submissions import incoming

RETRY = "census.collection.jobs.retry_waiting"


@pytest.fixture
def census(database):
    """The small census, committed; nothing is owed any more."""
    events.connect(REACTIONS)
    with db.transaction() as session:
        census = small_census(session)
    jobs.run_all_owed()
    return census


def send(actor, *submissions):
    """Take submissions in, and do what is owed after that."""
    with db.transaction() as session:
        services.receive_submissions(session, actor, submissions, at=NOON)
    jobs.run_all_owed()


def retries_owed():
    """The keys of the tries that are owed."""
    with db.reading() as session:
        return sorted(session.scalars(select(OwedJob.key).where(OwedJob.name == RETRY)))


def standings():
    """How many submissions stand how."""
    with db.reading() as session:
        rows = session.execute(
            select(Submission.standing, func.count()).group_by(Submission.standing)
        )
        return {row.standing: row[1] for row in rows}


def publish(session, _census):
    """Publish the version that was not known."""
    services.publish_questionnaire(
        session, None, "household", "2564.9", xform=b"<h/>", workbook=b"", at=NOON
    )


def import_household(session, census):
    """Put the household onto the list, as an import does."""
    add_household(session, f"{HOME}-0777")
    events.record(session, census.headquarters, "frame.households_imported", "1", at=NOON)


def lease_other_area(session, census):
    """Put the other area into the sender's hands."""
    lease_area(session, census.province, AWAY, enumerator_id=census.enumerator.id, at=NOON)


def reopen(session, census):
    """Open the closed area again."""
    close_area(session, HOME, is_closed=False)
    events.record(session, census.province, "batch.reopened", HOME, area=HOME, at=NOON)


REPAIRS = {
    "questionnaire.unknown_version|20": (lambda census: too_new(census).sent, publish),
    "household.unknown|20": (lambda _census: incoming(f"{HOME}-0777"), import_household),
    f"household.foreign|{AWAY}": (lambda census: incoming(f"{AWAY}-0001"), lease_other_area),
    f"area.closed|{HOME}": (lambda census: incoming(f"{HOME}-0001"), reopen),
}


@pytest.mark.parametrize("key", REPAIRS, ids=lambda key: key.partition("|")[0])
def test_a_repair_takes_up_what_waited_for_it(census, key):
    make, repair = REPAIRS[key]
    with db.transaction() as session:
        close_area(session, HOME, is_closed=key.startswith("area.closed"))
    send(census.enumerator, make(census))
    before = standings()

    with db.transaction() as session:
        repair(session, census)
    owed = retries_owed()
    jobs.run_all_owed()

    assert before == {Standing.QUARANTINED: 1}
    assert owed == [key]
    assert standings() == {Standing.COUNTING: 1}


def test_nothing_is_owed_where_nothing_waits(census):
    with db.transaction() as session:
        publish(session, census)
        reopen(session, census)

    assert retries_owed() == []


def test_an_assigned_variant_of_a_closed_area_is_taken_up_when_it_opens(census):
    instance_id = new_instance_id()
    first = incoming(census.household(), instance_id=instance_id)
    second = incoming(census.household(), instance_id=instance_id, h08="4")
    send(census.enumerator, first)
    send(census.enumerator, second)
    with db.transaction() as session:
        close_area(session, HOME)
        variant = session.scalars(
            select(Submission).where(Submission.standing == Standing.CONFLICT)
        ).one()
        taken_up = services.assign_to_household(
            session,
            census.supervisor,
            instance_id,
            sha256=variant.sha256,
            household_id=census.household(2),
            reason="ตรวจแล้ว",
            at=NOON,
        )

    with db.transaction() as session:
        reopen(session, census)
    jobs.run_all_owed()

    assert (taken_up.is_taken_up, taken_up.reason) == (False, "area.closed")
    assert standings() == {Standing.COUNTING: 2}


def test_many_are_taken_up_in_pages_and_a_second_run_changes_nothing(census, monkeypatch):
    with db.transaction() as session:
        close_area(session, HOME)
    send(census.enumerator, *(incoming(census.household(serial)) for serial in range(1, 6)))
    with db.transaction() as session:
        session.get_one(FieldArea, HOME).closed_at = None
    monkeypatch.setattr(collection_jobs, "MOST_AT_ONCE", 1)
    monkeypatch.setattr(services, "replay_page", partial(services.replay_page, limit=2))

    first = collection_jobs.replay_many(census.supervisor, Wanted())
    collection_jobs.retry_waiting(f"area.closed|{HOME}")
    collection_jobs.retry_waiting(f"area.closed|{HOME}")
    rest = collection_jobs.replay_many(census.supervisor, Wanted(), after=first.next)

    assert (first.tried, first.taken_up, first.next is None) == (2, 2, False)
    assert (rest.tried, rest.next) == (0, None)
    assert standings() == {Standing.COUNTING: 5}
