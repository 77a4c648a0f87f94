"""An approval and a submission at the same moment: nobody approves what they have not seen."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from census.collection.codelists import Review
from census.collection.models import Case
from census.collection.services import receive_submission
from census.core import db, events
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from census.review import queries, services
from census.review.codelists import Verdict
from census.review.errors import BatchChanged
from census.review.models import Decision
from census.review.rules import Seen
from tests.factories.census import HOME, NOON, SmallCensus, small_census
from tests.factories.submissions import incoming

ROUNDS = 50


@pytest.fixture
def census(database: None) -> SmallCensus:
    """The small census, in a database whose commits are real."""
    events.connect(REACTIONS)
    with db.transaction() as session:
        return small_census(session, households=ROUNDS)


def at_once(*works: Callable[[], object]) -> None:
    """Let all of them begin at the same moment, and wait for all."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> None:
        start.wait()
        work()

    with ThreadPoolExecutor(len(works)) as pool:
        for running in [pool.submit(run, work) for work in works]:
            running.result()


def send(census: SmallCensus, household_id: str) -> None:
    with db.transaction() as session:
        receive_submission(session, census.enumerator, incoming(household_id), at=NOON)


def approve_as_seen(
    census: SmallCensus, seen: Seen, household_id: str, *, looks_elsewhere_first: bool = False
) -> None:
    if looks_elsewhere_first:
        seen_now(census)
    try:
        with db.transaction() as session:
            services.approve(
                session, census.supervisor, HOME, seen=seen, households=[household_id], at=NOON
            )
    except BatchChanged:
        return


def seen_now(census: SmallCensus) -> Seen:
    with db.reading() as session:
        batch = queries.batch(session, census.supervisor, HOME)
    return Seen(batch.etag, batch.revisions)


def cases(session: Session) -> list[Case]:
    return list(session.scalars(select(Case).where(Case.ea_code == HOME)))


def test_no_revision_is_approved_that_nobody_saw(census):
    seen_revisions = {}
    for serial in range(1, ROUNDS + 1):
        household = census.household(serial)
        send(census, household)
        seen = seen_now(census)
        seen_revisions[household] = seen.revisions[household]
        at_once(
            partial(send, census, household),
            partial(
                approve_as_seen, census, seen, household, looks_elsewhere_first=serial % 2 == 0
            ),
        )

    with db.reading() as session:
        decisions = session.scalars(select(Decision)).all()
        approved = {each.household_id for each in cases(session) if each.review is Review.APPROVED}
        assert {each.household_id: each.revision_seen for each in decisions} == {
            household: seen_revisions[household] for household in approved
        }
        assert list(differences_from_recount(session)) == []


def test_two_supervisors_decide_once(census):
    send(census, census.household())
    seen = seen_now(census)

    at_once(
        lambda: approve_as_seen(census, seen, census.household()),
        lambda: approve_as_seen(census, seen, census.household()),
    )

    with db.reading() as session:
        verdicts = session.scalars(select(Decision.verdict)).all()
    assert verdicts == [Verdict.APPROVED]


def test_an_area_closes_either_before_a_submission_or_not_at_all(census):
    for serial in range(1, ROUNDS + 1):
        send(census, census.household(serial))
    with db.transaction() as session:
        etag = queries.batch(session, census.supervisor, HOME).etag
        batch = services.approve(session, census.supervisor, HOME, seen=Seen(etag), at=NOON)

    def close() -> None:
        try:
            with db.transaction() as session:
                services.close(session, census.province, HOME, seen=Seen(batch.etag), at=NOON)
        except BatchChanged:
            return

    at_once(close, lambda: send(census, census.household()))

    with db.reading() as session:
        after = queries.batch(session, census.province, HOME)
    is_closed_before = after.is_closed and [each.reason_code for each in after.quarantined] == [
        "area.closed"
    ]
    is_kept_open = not after.is_closed and after.late_responses == [census.household()]
    assert is_closed_before or is_kept_open
