"""Reads everything at the end, and says what was promised and not kept.

Each kind of violation has a name; the names and what they mean are in `docs/reliability.md`.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from census.collection.attached import Attachment
from census.collection.codelists import Review
from census.collection.models import Case, Submission
from census.collection.services.attaching import CONTENT_COLUMN
from census.collection.services.keeping import unseal_raw
from census.collection.services.settling import settle
from census.core import db, events, files, jobs, sealed
from census.core.clock import utcnow
from census.core.events import Event
from census.core.jobs import failed_jobs, running
from census.core.jobs.ledger import OwedJob
from census.progress.services import area_pages, differences_from_recount
from census.review.codelists import Verdict
from census.review.models import Decision
from tests.faults.census import Ground
from tests.faults.history import ACKNOWLEDGED, Approval, History, Key

CONFLICT = "submission.conflict"
KEPT_BY = ("submission.received", "submission.quarantined", CONFLICT)
"""The events that say that a submission was kept."""

TAKEN_UP = "taken_up"
"""The mark of a second entry: what waited in quarantine is understood now."""

RESTED_AFTER = timedelta(hours=3)

FIRST = frozenset({"accepted", "quarantined"})
"""What is said of a submission the first time, and never again."""

REPEATED = frozenset({"duplicate", "created"})


Entry = Row[Any]
"""An event, as much of it as is judged."""


@dataclass(frozen=True, slots=True)
class Violation:
    """One promise that was not kept."""

    name: str
    what: str


@dataclass
class _Kept:
    """What the database holds."""

    keys: Counter[Key] = field(default_factory=Counter)
    digests: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    broken: list[Key] = field(default_factory=list)
    households: dict[str, str | None] = field(default_factory=dict)
    instance_ids: dict[object, str] = field(default_factory=dict)


def judge(history: History, ground: Ground, *, held: int = 0) -> list[Violation]:
    """Every violation that is to be found; the database is connected, and nobody writes any more.

    `held` is how many submissions nobody ever answered.
    """
    _do_what_is_owed()
    _number_the_rest()
    with db.reading() as session:
        kept = _everything_kept(session)
        recorded = _recorded(session)
        decisions = list(session.scalars(select(Decision).order_by(Decision.revision_seen)))
        found = [
            *_of_submissions(history, kept),
            *_of_files(session, history),
            *_of_answers(history),
            *_of_audit(kept, recorded, decisions),
            *_of_revisions(session, ground, kept, recorded, decisions),
            *_of_approvals(session, history, kept, decisions),
            *_of_tallies(session, history),
            *_of_feed(history, recorded),
            *_of_chain(session),
            *_of_jobs(session),
        ]
    found += _of_settling()
    found += [Violation("unexpected", what) for what in history.unexpected]
    if held:
        found.append(Violation("undrained", f"{held} were never answered"))
    return found


def _do_what_is_owed() -> None:
    """Do every job, as if it were later: what a killed process had begun rests for a while."""
    with patch.object(running, "utcnow", lambda: utcnow() + RESTED_AFTER):
        jobs.run_all_owed()


def _number_the_rest() -> None:
    with db.transaction() as session:
        while events.number_committed(session):
            pass


def _everything_kept(session: Session) -> _Kept:
    kept = _Kept()
    rows = session.execute(
        select(
            Submission.id,
            Submission.instance_id,
            Submission.sha256,
            Submission.raw_sealed,
            Submission.household_id,
        ).execution_options(yield_per=500)
    )
    for row in rows:
        key = (row.instance_id, row.sha256.hex())
        kept.keys[key] += 1
        kept.digests[row.instance_id].add(key[1])
        kept.instance_ids[row.id] = row.instance_id
        if hashlib.sha256(unseal_raw(row.raw_sealed, row.id)).hexdigest() != key[1]:
            kept.broken.append(key)
        kept.households[row.instance_id] = row.household_id
    return kept


def _recorded(session: Session) -> Sequence[Entry]:
    return session.execute(
        select(
            Event.number,
            Event.hash,
            Event.at,
            Event.name,
            Event.subject,
            Event.area,
            Event.details,
        ).order_by(Event.number)
    ).all()


def _of_submissions(history: History, kept: _Kept) -> Iterator[Violation]:
    """I1, I2: every acknowledged one is there once, byte for byte, and nothing else is."""
    for key, outcomes in history.answers.items():
        if not outcomes.keys() & ACKNOWLEDGED or key in kept.keys:
            continue
        if outcomes.keys() <= {"conflict"}:
            yield Violation("conflict_dropped", str(key))
        elif kept.digests.get(key[0]):
            yield Violation("altered", f"{key}: others are kept under this id")
        else:
            yield Violation("lost", str(key))
    for key, times in kept.keys.items():
        if times > 1:
            yield Violation("duplicate", f"{key}: kept {times} times")
        if key not in history.sent:
            yield Violation("phantom", f"{key}: nobody sent it")
        if key[1] in history.refused:
            yield Violation("phantom", f"{key}: it was refused")
    for key in kept.broken:
        yield Violation("altered", f"{key}: the bytes are not those of the digest")


def _of_files(session: Session, history: History) -> Iterator[Violation]:
    """I1: every acknowledged file is there once, byte for byte."""
    rows = session.execute(
        select(Attachment.id, Attachment.owner_id, Attachment.sha256, Attachment.file)
    ).all()
    kept = Counter((row.owner_id, row.sha256.hex()) for row in rows)
    for file in history.attached:
        if kept[file] != 1:
            yield Violation("file_lost", f"{file}: kept {kept[file]} times")
    for row in rows:
        content = sealed.unseal(files.read(row.file), column=CONTENT_COLUMN, row=row.id)
        if hashlib.sha256(content).digest() != row.sha256:
            yield Violation("file_altered", f"{row.owner_id}: {row.sha256.hex()}")


def _of_answers(history: History) -> Iterator[Violation]:
    """I3: what was said of a submission stays true, and one id has one first submission."""
    firsts: dict[str, set[str]] = defaultdict(set)
    for (instance_id, digest), outcomes in history.answers.items():
        if outcomes.keys() & (FIRST | REPEATED):
            firsts[instance_id].add(digest)
            if "conflict" in outcomes:
                yield Violation("ack_changed", f"{instance_id}: {dict(outcomes)}")
        if sum(outcomes[name] for name in FIRST) > 1:
            yield Violation("ack_changed", f"{instance_id}: {dict(outcomes)}")
    for instance_id, digests in firsts.items():
        if len(digests) > 1:
            yield Violation("id_reuse", f"{instance_id}: {len(digests)} contents acknowledged")


def _of_audit(
    kept: _Kept, recorded: Sequence[Entry], decisions: Iterable[Decision]
) -> Iterator[Violation]:
    """I7: one entry for each submission kept, and one for each decision."""
    written = Counter(
        (event.subject, event.details["sha256"])
        for event in recorded
        if event.name in KEPT_BY and not event.details.get(TAKEN_UP)
    )
    decided = Counter(
        (event.name, event.subject, event.details["revision_seen"])
        for event in recorded
        if event.name in ("household.approved", "household.returned")
    )
    made = Counter(
        (f"household.{each.verdict}", each.household_id, each.revision_seen) for each in decisions
    )
    for key in {*written, *kept.keys}:
        if written[key] != kept.keys[key]:
            yield Violation("audit_count", f"{key}: {written[key]} entries")
    for what in {*decided, *made}:
        if decided[what] != made[what]:
            yield Violation("audit_count", f"{what}: {decided[what]} entries, {made[what]} made")


def _of_revisions(
    session: Session,
    ground: Ground,
    kept: _Kept,
    recorded: Sequence[Entry],
    decisions: Iterable[Decision],
) -> Iterator[Violation]:
    """I4: the revisions of a household are 1, 2, … n, one for each change of it.

    What was received in one transaction has one moment and is one change; a correction that waited
    and is taken up then is another.
    """
    changes: Counter[str | None] = Counter(each.household_id for each in decisions)
    compared: Counter[str | None] = Counter()
    received: set[tuple[str | None, datetime, bool]] = set()
    for event in recorded:
        if event.name == "submission.received":
            household_id = kept.households.get(event.subject)
            received.add((household_id, event.at, bool(event.details.get(TAKEN_UP))))
        elif event.name == "findings.changed":
            compared[event.area] += 1
    changes.update(household_id for household_id, _at, _taken_up in received)
    for case in session.execute(select(Case.household_id, Case.ea_code, Case.revision)):
        is_at, least = case.revision, ground.baseline + changes[case.household_id]
        if is_at < least:
            yield Violation("lost_update", f"{case.household_id}: at {is_at} after {least}")
        elif is_at > least + compared[case.ea_code]:
            yield Violation("version_gap", f"{case.household_id}: at {is_at} after {least}")


def _of_settling() -> list[Violation]:
    """I4, I11: deriving every case again from all its facts changes nothing but its revision."""
    found: list[Violation] = []
    with Session(db.engine()) as session:
        for page in area_pages(session, size=20):
            cases = list(session.scalars(select(Case).where(Case.ea_code.in_(page))))
            before = {case.household_id: _standing(case) for case in cases}
            settle(session, cases, at=utcnow())
            found += [
                Violation("lost_update", f"{case.household_id}: is not what its facts give")
                for case in cases
                if _standing(case) != before[case.household_id]
            ]
            session.rollback()
    return found


def _standing(case: Case) -> tuple[object, ...]:
    return (
        case.disposition,
        case.counting_submission_id,
        case.mode,
        case.review,
        case.hard_findings,
        case.other_findings,
    )


def _of_approvals(
    session: Session, history: History, kept: _Kept, decisions: Collection[Decision]
) -> Iterator[Violation]:
    """I5: an approval names the revision and the response that were seen, and nothing newer."""
    made = {
        (each.household_id, each.revision_seen): each
        for each in decisions
        if each.verdict is Verdict.APPROVED
    }
    asked: dict[tuple[str, int], list[Approval]] = defaultdict(list)
    for approval in history.approvals:
        asked[approval.household_id, approval.revision].append(approval)
        decision = made.get((approval.household_id, approval.revision))
        if approval.result != "ok":
            continue
        if decision is None:
            yield Violation("approval_blind", f"{approval}: another revision was approved")
        elif kept.instance_ids.get(decision.submission_id) != approval.instance_id:
            yield Violation("approval_blind", f"{approval}: another response was approved")
    for what in made:
        if all(each.result == "fail" for each in asked[what]):
            yield Violation("approval_phantom", f"{what}: nobody approved it")
    last = {each.household_id: each for each in decisions}
    approved = session.execute(
        select(Case.household_id, Case.counting_submission_id).where(Case.review == Review.APPROVED)
    )
    for case in approved:
        decision = last.get(case.household_id)
        if (
            decision is None
            or decision.verdict is not Verdict.APPROVED
            or decision.submission_id != case.counting_submission_id
        ):
            yield Violation("not_current", f"{case.household_id}: approved as it never was seen")


def _of_tallies(session: Session, history: History) -> Iterator[Violation]:
    """I6: in every area the tally is what a recount gives; and it was during the run."""
    for difference in differences_from_recount(session):
        yield Violation("count_drift", str(difference))
    for what in history.drifted:
        yield Violation("count_drift", what)


def _of_feed(history: History, recorded: Sequence[Entry]) -> Iterator[Violation]:
    """I8: whoever followed the numbers during the run read every event, and none twice."""
    if not history.feed:
        return
    read = Counter(row.number for row in history.feed)
    hashes = {row.number: row.hash for row in history.feed}
    for event in recorded:
        number = event.number or 0
        times = read.pop(number, 0)
        if times == 0:
            yield Violation("feed_skipped", f"{number}: {event.name} {event.subject}")
        elif times > 1:
            yield Violation("feed_twice", f"{number}: read {times} times")
        elif event.hash is not None and hashes[number] != event.hash.hex():
            yield Violation("feed_altered", f"{number}: it was another event when it was read")
    for number in read:
        yield Violation("feed_altered", f"{number}: it was read, and is gone")


def _of_chain(session: Session) -> Iterator[Violation]:
    """I7: every event is chained to the one before."""
    broken = events.first_broken_link(session)
    if broken is not None:
        yield Violation("chain_broken", f"at event {broken}")


def _of_jobs(session: Session) -> Iterator[Violation]:
    """What is owed is done, and nothing was given up."""
    for line in failed_jobs(session):
        yield Violation("job_given_up", f"{line.name} of {line.key}: {line.last_error}")
    for line in session.scalars(select(OwedJob).where(OwedJob.failed_at.is_(None))):
        yield Violation("job_undone", f"{line.name} of {line.key}")
