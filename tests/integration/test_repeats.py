"""The same ids sent ten thousand times, in any order and at once, leave one case each."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from census.collection.codelists import FieldActionType, Outcome
from census.collection.models import Case, Receipt, Submission
from census.collection.services import receive_field_actions, receive_submissions
from census.collection.services.field_actions import Action
from census.core import db, events
from census.core.clock import utcnow
from census.core.events import Event
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from tests.factories.census import AWAY, HOME, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming

HOUSEHOLDS = 50
SENDINGS = 10_000
BATCH = 50
SENDERS = 4


def test_ten_thousand_sendings_of_fifty_ids_leave_one_case_each(database):
    events.connect(REACTIONS)
    with db.transaction() as session:
        census = small_census(session, households=HOUSEHOLDS)
    submissions = [incoming(census.household(serial)) for serial in range(1, HOUSEHOLDS + 1)]
    shuffled = random.Random(1)
    batches = [shuffled.choices(submissions, k=BATCH) for _batch in range(SENDINGS // BATCH)]

    def send(batch):
        with db.transaction() as session:
            received = receive_submissions(session, census.enumerator, batch, at=utcnow())
        return [each.outcome for each in received]

    with ThreadPoolExecutor(SENDERS) as senders:
        outcomes = [outcome for batch in senders.map(send, batches) for outcome in batch]

    with db.reading() as session:
        revisions = set(session.scalars(select(Case.revision).where(Case.revision > 0)))
        counts = {
            model: session.scalar(select(func.count()).select_from(model))
            for model in (Receipt, Submission)
        }
        accepted = session.scalar(
            select(func.count()).select_from(Event).where(Event.name == "submission.received")
        )
        drift = list(differences_from_recount(session))
    assert outcomes.count(Outcome.ACCEPTED) == HOUSEHOLDS
    assert outcomes.count(Outcome.DUPLICATE) == SENDINGS - HOUSEHOLDS
    assert counts == {Receipt: HOUSEHOLDS, Submission: HOUSEHOLDS}
    assert (revisions, accepted, drift) == ({1}, HOUSEHOLDS, [])


def test_repeats_and_variants_from_several_areas_at_once_wait_for_each_other(database):
    events.connect(REACTIONS)
    with db.transaction() as session:
        census = small_census(session, households=4)
    households = [census.household(n, ea) for n in range(1, 5) for ea in (HOME, AWAY)]
    firsts = [incoming(each) for each in households]
    variants = [incoming(each.household_id, instance_id=each.instance_id, h08=7) for each in firsts]
    shuffled = random.Random(2)
    batches = [shuffled.sample(firsts + variants, k=8) for _batch in range(120)]

    def send(batch):
        with db.transaction() as session:
            receive_submissions(session, census.province, batch, at=utcnow())

    with ThreadPoolExecutor(SENDERS) as senders:
        list(senders.map(send, batches))

    with db.reading() as session:
        kept = session.execute(
            select(Submission.instance_id, func.count()).group_by(Submission.instance_id)
        ).all()
    assert {count for _id, count in kept} == {2}
    assert len(kept) == len(firsts)


def test_the_same_actions_in_opposite_orders_at_once_wait_for_each_other(database):
    events.connect(REACTIONS)
    with db.transaction() as session:
        census = small_census(session)
    beats = [
        Action(new_instance_id(), FieldActionType.HEARTBEAT, utcnow(), {"unsent": number})
        for number in range(20)
    ]

    def send(actions):
        with db.transaction() as session:
            return receive_field_actions(session, census.enumerator, actions, at=utcnow())

    with ThreadPoolExecutor(SENDERS) as senders:
        rounds = list(senders.map(send, [beats, beats[::-1]] * 20))

    accepted = [each for received in rounds for each in received if each.outcome == "accepted"]
    assert len(accepted) == len(beats)
