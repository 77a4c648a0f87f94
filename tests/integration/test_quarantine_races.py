"""Two people at the same record of the quarantine: it is decided once, and counts at most once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import cycle
from threading import Barrier

import pytest
from sqlalchemy import func, select

from census.accounts.models import UserArea
from census.collection import services
from census.collection.answers import Response
from census.collection.codelists import Disposition, FieldActionType, Outcome, Standing
from census.collection.errors import ActionNotInQuarantine, NotInQuarantine
from census.collection.models import Submission
from census.collection.resolutions import Resolution
from census.collection.services import receive_field_actions, receive_submission
from census.collection.services.field_actions import Action
from census.core import db, events
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from tests.factories.census import HOME, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

ROUNDS = 8


@pytest.fixture
def census(database: None) -> SmallCensus:
    """The small census, in a database whose commits are real."""
    events.connect(REACTIONS)
    with db.transaction() as session:
        return small_census(session, households=ROUNDS)


def at_once(*works: Callable[[], object]) -> list[object]:
    """Let all of them begin at the same moment; what each came to."""
    start = Barrier(len(works))

    def run(work: Callable[[], object]) -> object:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [running.result() for running in [pool.submit(run, work) for work in works]]


def test_of_several_decisions_at_once_one_holds(census):
    waiting = []
    for serial in range(1, ROUNDS + 1):
        one = incoming(census.household(serial))
        waiting.append(replace(one, household_id=census.household(serial % ROUNDS + 1)))
    with db.transaction() as session:
        for one in waiting:
            receive_submission(session, census.enumerator, one, at=NOON)
        digests = dict(session.execute(select(Submission.instance_id, Submission.sha256)).all())

    def assign(one, serial):
        def work():
            try:
                with db.transaction() as session:
                    services.assign_to_household(
                        session,
                        census.supervisor,
                        one.instance_id,
                        sha256=digests[one.instance_id],
                        household_id=census.household(serial),
                        reason="ตรวจแล้ว",
                        at=NOON,
                    )
            except NotInQuarantine:
                return 0
            return 1

        return work

    def set_aside(one):
        def work():
            try:
                with db.transaction() as session:
                    services.set_submission_aside(
                        session,
                        census.province,
                        one.instance_id,
                        sha256=digests[one.instance_id],
                        reason="ส่งซ้ำ",
                        at=NOON,
                    )
            except NotInQuarantine:
                return 0
            return 1

        return work

    def send_again(one):
        def work():
            with db.transaction() as session:
                received = receive_submission(session, census.enumerator, one, at=NOON)
            assert received.outcome is Outcome.DUPLICATE
            return 0

        return work

    decided = [
        sum(at_once(assign(one, serial), set_aside(one), send_again(one), assign(one, 1)))
        for one, serial in zip(waiting, cycle((2, 3)), strict=False)
    ]

    with db.reading() as session:
        rows = session.execute(
            select(Submission.standing, func.count()).group_by(Submission.standing)
        )
        standings = {row.standing: row[1] for row in rows}
        responses = session.scalar(select(func.count()).select_from(Response))
        rulings = session.scalar(select(func.count()).select_from(Resolution))
        differences = list(differences_from_recount(session))
    understood = standings.get(Standing.COUNTING, 0) + standings.get(Standing.SUPERSEDED, 0)
    assert decided == [1] * ROUNDS
    assert (responses, rulings) == (understood, ROUNDS)
    assert understood + standings.get(Standing.VOID, 0) == ROUNDS
    assert differences == []


def test_tries_of_a_whole_area_at_once_count_each_record_once(census):
    with db.transaction() as session:
        for serial in range(1, ROUNDS + 1):
            sent = incoming(census.household(serial))
            receive_submission(session, census.neighbour, sent, at=NOON)
    with db.transaction() as session:
        session.add(UserArea(user_id=census.neighbour.id, area_code=HOME))

    def retry():
        with db.transaction() as session:
            return services.retry_page(session, "household.foreign", HOME, after=None, at=NOON)

    pages = at_once(retry, retry, retry)

    with db.reading() as session:
        standings = set(session.scalars(select(Submission.standing)))
        responses = session.scalar(select(func.count()).select_from(Response))
        differences = list(differences_from_recount(session))
    assert sum(page.taken_up for page in pages) == ROUNDS
    assert (standings, responses, differences) == ({Standing.COUNTING}, ROUNDS, [])


def test_of_several_decisions_at_once_on_a_report_from_the_field_one_holds(census):
    waiting = [
        Action(
            new_instance_id(),
            FieldActionType.VISIT,
            NOON,
            {},
            household_id=census.household(serial),
            result=Disposition.REFUSED_BY_HOUSEHOLD,
        )
        for serial in range(1, ROUNDS + 1)
    ]
    with db.transaction() as session:
        receive_field_actions(
            session, replace(census.enumerator, is_revoked=True), waiting, at=NOON
        )

    def decide(decision, action_id, **more):
        def work():
            try:
                with db.transaction() as session:
                    decision(
                        session, census.supervisor, action_id, reason="ตรวจแล้ว", at=NOON, **more
                    )
            except ActionNotInQuarantine:
                return 0
            return 1

        return work

    for serial, action in enumerate(waiting, start=1):
        other = census.household(serial % ROUNDS + 1)
        held = at_once(
            decide(services.vouch_for_action, action.action_id),
            decide(services.vouch_for_action, action.action_id, household_id=other),
            decide(services.set_action_aside, action.action_id),
        )
        assert sum(held) == 1

    with db.reading() as session:
        assert list(differences_from_recount(session)) == []
