"""The same ids sent ten thousand times, in any order and at once, leave one case each."""

from __future__ import annotations

import random
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from census.collection.codelists import Outcome
from census.collection.models import Case, Receipt, Submission
from census.collection.services import receive_submissions
from census.core import db, events
from census.core.clock import utcnow
from census.core.events import Event
from census.progress.services import differences_from_recount
from census.reactions import REACTIONS
from tests.factories.census import small_census
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
