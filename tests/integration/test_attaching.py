"""Files that come with answers: kept once, sealed on the disk, whatever is sent, in any order."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any, NoReturn
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection import attached_to
from census.collection.attached import Attachment, InterviewLog
from census.collection.attachments import sent
from census.collection.codelists import AttachmentKind, Disposition, FieldActionType, Outcome
from census.collection.errors import AttachmentNotFound, SubmissionNotFound
from census.collection.jobs import sweep_attachments
from census.collection.models import FieldAction
from census.collection.services import attaching, receive_field_actions, receive_submission
from census.collection.services.attaching import Attached, SentFile, attach
from census.collection.services.field_actions import Action
from census.collection.services.opening_attachments import open_attachment, open_photo
from census.collection.services.sweeping import GRACE, note_missing, remove_orphans, take_stock
from census.core import db, events, files
from census.core.clock import utcnow
from census.core.errors import Refusal
from census.core.events import Event
from census.reactions import REACTIONS
from tests.factories import photos
from tests.factories.audit_logs import log, row
from tests.factories.census import NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.photos import CANARY, HOSTILE
from tests.factories.submissions import incoming

PHOTO = SentFile("หน้าบ้าน.jpg", photos.talkative_jpeg())
OTHER = SentFile("หน้าบ้าน.jpg", photos.jpeg(80, 60))
LOG = SentFile("audit.csv", log(row("question", "/data/h01", 0, 5)))


@pytest.fixture
def uploads(tmp_path: Path) -> Path:
    """The directory of the file store."""
    files.connect(tmp_path / "uploads")
    return tmp_path / "uploads"


@pytest.fixture
def census(session: Session, uploads: Path) -> SmallCensus:
    """The small census, in a session that is rolled back."""
    events.connect(REACTIONS)
    return small_census(session)


@pytest.fixture
def committed(database: None, uploads: Path) -> SmallCensus:
    """The small census, in a database whose commits are real."""
    events.connect(REACTIONS)
    with db.transaction() as session:
        return small_census(session)


def stored_in(uploads: Path) -> list[Path]:
    return sorted(path for path in uploads.rglob("*") if path.is_file())


def submitted(session: Session, actor: Actor, household_id: str) -> str:
    sent = incoming(household_id)
    receive_submission(session, actor, sent, at=NOON)
    return sent.instance_id


def visited(session: Session, actor: Actor, household_id: str) -> str:
    action = Action(
        action_id=new_instance_id(),
        type=FieldActionType.VISIT,
        at=NOON,
        content={"note": ""},
        household_id=household_id,
        result=Disposition.VACANT,
    )
    receive_field_actions(session, actor, [action], at=NOON)
    return action.action_id


def rows(session: Session) -> list[Attachment]:
    return list(session.scalars(select(Attachment).order_by(Attachment.name)))


def event_names(session: Session) -> list[str]:
    events.react(session)
    return list(session.scalars(select(Event.name).where(Event.name.like("attachment.%"))))


def outcomes(attached: list[Attached]) -> list[Outcome]:
    return [each.outcome for each in attached]


def test_a_photo_is_kept_sealed_and_opens_as_it_was_drawn_anew(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())

    attached = attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)

    assert attached == [Attached("หน้าบ้าน.jpg", Outcome.ACCEPTED)]
    (file,) = stored_in(uploads)
    on_disk = file.read_bytes()
    assert CANARY.encode() not in on_disk
    assert b"JFIF" not in on_disk
    opened = open_attachment(session, census.supervisor, instance_id, "หน้าบ้าน.jpg", at=NOON)
    assert opened.media_type == "image/jpeg"
    assert opened.content.startswith(b"\xff\xd8\xff\xe0")
    assert CANARY.encode() not in opened.content
    assert event_names(session) == ["attachment.received", "attachment.read"]


def test_the_same_again_changes_nothing(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)
    before = stored_in(uploads)

    again = attach(session, census.enumerator, instance_id, [PHOTO, PHOTO], at=NOON)

    assert outcomes(again) == [Outcome.DUPLICATE, Outcome.DUPLICATE]
    assert stored_in(uploads) == before
    assert len(rows(session)) == 1
    assert event_names(session) == ["attachment.received"]


def test_other_bytes_of_the_name_are_kept_beside_the_first(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())

    attached = attach(session, census.enumerator, instance_id, [PHOTO, OTHER, LOG], at=NOON)
    again = attach(session, census.enumerator, instance_id, [OTHER], at=NOON)

    conflict = Attached(OTHER.name, Outcome.CONFLICT, "attachment.conflict")
    assert attached == [
        Attached(PHOTO.name, Outcome.ACCEPTED),
        conflict,
        Attached(LOG.name, Outcome.ACCEPTED),
    ]
    assert again == [conflict]
    assert len(stored_in(uploads)) == 3
    kept = {row.width: row for row in rows(session) if row.kind is AttachmentKind.PHOTO}
    first = open_attachment(session, census.supervisor, instance_id, PHOTO.name, at=NOON)
    second = open_attachment(
        session, census.supervisor, instance_id, PHOTO.name, sha256=kept[80].sha256, at=NOON
    )
    assert first.content != second.content
    assert not kept[64].is_variant
    assert kept[80].is_variant


def test_two_spellings_of_a_name_are_one_file(session: Session, census: SmallCensus) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    data = photos.jpeg()

    attached = attach(
        session,
        census.enumerator,
        instance_id,
        [SentFile("caf\u00e9.jpg", data), SentFile("cafe\u0301.jpg", data)],
        at=NOON,
    )

    assert outcomes(attached) == [Outcome.ACCEPTED, Outcome.DUPLICATE]


def test_a_file_belongs_to_its_owner_alone(session: Session, census: SmallCensus) -> None:
    first = submitted(session, census.enumerator, census.household(1))
    second = submitted(session, census.enumerator, census.household(2))

    attach(session, census.enumerator, first, [PHOTO], at=NOON)
    attached = attach(session, census.enumerator, second, [PHOTO], at=NOON)

    assert outcomes(attached) == [Outcome.ACCEPTED]
    assert {row.owner_id for row in rows(session)} == {first, second}


def test_what_is_no_photo_is_kept_as_it_came_and_marked(
    session: Session, census: SmallCensus
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    sent = [SentFile(f"{name}.jpg", data) for name, data in HOSTILE.items()]

    attached = attach(session, census.enumerator, instance_id, sent, at=NOON)

    assert set(outcomes(attached)) == {Outcome.ACCEPTED}
    assert {row.kind for row in rows(session)} == {AttachmentKind.UNREADABLE}
    opened = open_attachment(session, census.supervisor, instance_id, "svg.jpg", at=NOON)
    assert opened.media_type == "application/octet-stream"
    assert opened.content == HOSTILE["svg"]


def test_what_cannot_be_named_or_is_too_large_does_not_refuse_its_neighbours(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    sent = [
        SentFile("../../keys.json", b"x"),
        PHOTO,
        SentFile("large.jpg", b"\xff" * 5_000_001),
        SentFile("fits.bin", b"\xff" * 4_000_000),
        SentFile("over.bin", b"\xff" * 1_000_000),
    ]

    attached = attach(session, census.enumerator, instance_id, sent, at=NOON)

    assert [each.code for each in attached] == [
        "attachment.invalid_name",
        None,
        "attachment.too_large",
        None,
        "attachment.too_many",
    ]
    assert outcomes(attached).count(Outcome.REFUSED) == 3
    assert len(stored_in(uploads)) == len(rows(session)) == 2


def test_one_file_more_than_are_taken_at_once_is_refused(
    session: Session, census: SmallCensus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sent, "MAX_FILES", 3)
    instance_id = submitted(session, census.enumerator, census.household())
    four = [SentFile(f"{number}.bin", b"%d" % number) for number in range(4)]

    attached = attach(session, census.enumerator, instance_id, four, at=NOON)

    assert outcomes(attached) == [Outcome.ACCEPTED] * 3 + [Outcome.REFUSED]
    assert attached[3].code == "attachment.too_many"


def test_a_submission_in_quarantine_keeps_its_photos(session: Session, census: SmallCensus) -> None:
    sent = incoming("99999999999-0001")
    receive_submission(session, census.enumerator, sent, at=NOON)

    attached = attach(session, census.enumerator, sent.instance_id, [PHOTO], at=NOON)

    assert outcomes(attached) == [Outcome.ACCEPTED]


def test_a_revoked_tablet_still_brings_its_photos(session: Session, census: SmallCensus) -> None:
    revoked = replace(census.enumerator, is_revoked=True, areas=frozenset())
    instance_id = submitted(session, revoked, census.household())

    attached = attach(session, revoked, instance_id, [PHOTO], at=NOON)

    assert outcomes(attached) == [Outcome.ACCEPTED]


@pytest.mark.parametrize("owner_id", ["uuid:2f1c9d50-0000-4000-8000-000000000000", "x", ""])
def test_nothing_is_kept_for_what_was_never_sent(
    session: Session, census: SmallCensus, uploads: Path, owner_id: str
) -> None:
    with pytest.raises(SubmissionNotFound):
        attach(session, census.enumerator, owner_id, [PHOTO], at=NOON)

    assert stored_in(uploads) == []


def test_nobody_attaches_to_or_reads_what_lies_elsewhere(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    action_id = visited(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)
    foreign = replace(census.supervisor, areas=frozenset({"2002"}))

    for owner_id in (instance_id, action_id):
        with pytest.raises(SubmissionNotFound):
            attach(session, census.neighbour, owner_id, [OTHER], at=NOON)
    with pytest.raises(SubmissionNotFound):
        open_attachment(session, foreign, instance_id, PHOTO.name, at=NOON)
    assert len(stored_in(uploads)) == 1


def test_a_variant_sent_from_elsewhere_opens_no_photos_of_the_first(
    session: Session, census: SmallCensus
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)
    spying = incoming(census.household(ea_code="22002011001"), instance_id=instance_id)
    receive_submission(session, census.neighbour, spying, at=NOON)
    of_elsewhere = replace(census.supervisor, areas=frozenset({"2002"}))

    with pytest.raises(SubmissionNotFound):
        attached_to.submission_owner(session, of_elsewhere, instance_id)


def test_a_photo_of_a_field_action_is_evidence_and_shown_with_its_household(
    session: Session, census: SmallCensus
) -> None:
    action_id = visited(session, census.enumerator, census.household())

    attached = attach(session, census.enumerator, action_id.upper(), [PHOTO], at=NOON)

    assert outcomes(attached) == [Outcome.ACCEPTED]
    session.expire_all()
    assert session.get_one(FieldAction, action_id).has_evidence
    (kept,) = rows(session)
    shown = open_photo(session, census.supervisor, census.household(), kept.id, at=NOON)
    assert shown.media_type == "image/jpeg"
    with pytest.raises(AttachmentNotFound):
        open_photo(session, census.supervisor, census.household(2), kept.id, at=NOON)


def test_a_file_that_is_no_photo_is_no_evidence_and_not_shown_on_a_page(
    session: Session, census: SmallCensus
) -> None:
    action_id = visited(session, census.enumerator, census.household())

    attach(session, census.enumerator, action_id, [SentFile("a.jpg", HOSTILE["html"])], at=NOON)

    session.expire_all()
    assert not session.get_one(FieldAction, action_id).has_evidence
    (kept,) = rows(session)
    with pytest.raises(AttachmentNotFound):
        open_photo(session, census.supervisor, census.household(), kept.id, at=NOON)


def test_the_log_of_an_interview_is_told_in_times(session: Session, census: SmallCensus) -> None:
    instance_id = submitted(session, census.enumerator, census.household())

    attach(session, census.enumerator, instance_id, [LOG], at=NOON)
    attach(session, census.enumerator, instance_id, [replace(LOG, data=log())], at=NOON)

    (told,) = session.scalars(select(InterviewLog))
    assert (told.instance_id, told.interview_ms, told.screens) == (instance_id, 5_000, 1)
    assert told.nodes == {"/data/h01": {"milliseconds": 5_000, "visits": 1, "changes": 0}}
    assert [row.kind for row in rows(session)] == [AttachmentKind.AUDIT_LOG] * 2


def test_a_broken_log_is_kept_and_marked(session: Session, census: SmallCensus) -> None:
    instance_id = submitted(session, census.enumerator, census.household())

    attached = attach(
        session, census.enumerator, instance_id, [replace(LOG, data=b"\xff\xff")], at=NOON
    )

    assert outcomes(attached) == [Outcome.ACCEPTED]
    assert [row.kind for row in rows(session)] == [AttachmentKind.UNREADABLE]
    assert session.scalar(select(func.count()).select_from(InterviewLog)) == 0


@pytest.mark.parametrize("at_file", [1, 2])
def test_a_full_disk_refuses_all_files_and_changes_nothing(
    session: Session,
    census: SmallCensus,
    uploads: Path,
    monkeypatch: pytest.MonkeyPatch,
    at_file: int,
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    write, written = files.write, 0

    def until_full(content: bytes) -> str:
        nonlocal written
        written += 1
        if written >= at_file:
            raise files.NoRoom
        return write(content)

    monkeypatch.setattr(files, "write", until_full)

    with pytest.raises(files.NoRoom):
        attach(session, census.enumerator, instance_id, [PHOTO, LOG], at=NOON)

    assert rows(session) == []
    assert stored_in(uploads) == []
    # Answers are still taken: files stop before rows.
    assert submitted(session, census.enumerator, census.household(2))


def test_what_fails_after_the_files_are_written_leaves_none_of_them(
    session: Session, census: SmallCensus, uploads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: Any, **_options: Any) -> NoReturn:
        raise RuntimeError

    instance_id = submitted(session, census.enumerator, census.household())
    monkeypatch.setattr(attaching, "_lock", fail)

    with pytest.raises(RuntimeError):
        attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)

    assert stored_in(uploads) == []


def test_a_moved_file_does_not_open_as_another(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO, LOG], at=NOON)
    first, second = stored_in(uploads)
    first.write_bytes(second.read_bytes())

    opened = []
    for name in (PHOTO.name, LOG.name):
        try:
            opened.append(open_attachment(session, census.supervisor, instance_id, name, at=NOON))
        except AttachmentNotFound:
            continue

    assert len(opened) == 1


def at_once(*works: Callable[[], list[Attached]]) -> list[list[Attached]]:
    start = Barrier(len(works))

    def run(work: Callable[[], list[Attached]]) -> list[Attached]:
        start.wait()
        return work()

    with ThreadPoolExecutor(len(works)) as pool:
        return [running.result() for running in [pool.submit(run, work) for work in works]]


def sending(actor: Actor, owner_id: str, *sent: SentFile) -> Callable[[], list[Attached]]:
    def send() -> list[Attached]:
        with db.transaction() as session:
            return attach(session, actor, owner_id, sent, at=NOON)

    return send


def test_the_same_photo_from_many_at_once_is_one_photo(
    committed: SmallCensus, uploads: Path
) -> None:
    with db.transaction() as session:
        instance_id = submitted(session, committed.enumerator, committed.household())

    answers = at_once(*[sending(committed.enumerator, instance_id, PHOTO, LOG)] * 4)

    told = [each.outcome for answer in answers for each in answer]
    assert sorted(told) == sorted([Outcome.ACCEPTED] * 2 + [Outcome.DUPLICATE] * 6)
    with db.reading() as session:
        assert {row.file for row in rows(session)} == {path.name for path in stored_in(uploads)}
        assert len(rows(session)) == 2


def test_two_photos_of_one_name_at_once_are_a_first_and_a_variant(
    committed: SmallCensus,
) -> None:
    with db.transaction() as session:
        action_id = visited(session, committed.enumerator, committed.household())

    answers = at_once(
        sending(committed.enumerator, action_id, PHOTO),
        sending(committed.enumerator, action_id, OTHER),
    )

    assert sorted(answer[0].outcome for answer in answers) == [Outcome.ACCEPTED, Outcome.CONFLICT]
    with db.reading() as session:
        assert sorted(row.is_variant for row in rows(session)) == [False, True]


def test_photos_and_answers_of_one_area_at_once_do_not_lock_each_other_out(
    committed: SmallCensus,
) -> None:
    with db.transaction() as session:
        instance_id = submitted(session, committed.enumerator, committed.household())
        action_id = visited(session, committed.enumerator, committed.household(2))

    def answer() -> list[Attached]:
        with db.transaction() as session:
            submitted(session, committed.enumerator, committed.household())
        return []

    many = [SentFile(f"{number}.jpg", photos.jpeg(20 + number, 20)) for number in range(4)]
    works = [sending(committed.enumerator, instance_id, each) for each in many]
    works += [sending(committed.enumerator, action_id, each) for each in many]

    answers = at_once(*works, answer, answer)

    assert [each.outcome for one in answers for each in one] == [Outcome.ACCEPTED] * 8


def test_a_crash_between_file_and_commit_leaves_only_an_orphan(
    database_url: str, committed: SmallCensus, uploads: Path
) -> None:
    with db.transaction() as session:
        instance_id = submitted(session, committed.enumerator, committed.household())
    db.disconnect()
    child = os.fork()
    if child == 0:
        try:
            db.connect(database_url)
            with db.transaction() as session:
                attach(session, committed.enumerator, instance_id, [PHOTO], at=NOON)
                os.kill(os.getpid(), signal.SIGKILL)
        finally:
            os._exit(1)
    _pid, status = os.waitpid(child, 0)
    db.connect(database_url)

    assert os.WIFSIGNALED(status)
    (orphan,) = stored_in(uploads)
    with db.reading() as session:
        assert rows(session) == []
    assert outcomes(sending(committed.enumerator, instance_id, PHOTO)()) == [Outcome.ACCEPTED]
    _age(orphan)
    sweep_attachments()
    assert orphan not in stored_in(uploads)
    assert len(stored_in(uploads)) == 1


def test_a_file_that_waits_for_its_row_is_not_swept(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    young, old = files.write(b"young"), files.write(b"old")
    now = utcnow()
    _age(uploads / old[:2] / old)

    stock = take_stock(session, at=now)

    assert stock.orphans == [old]
    assert remove_orphans(stock) == 1
    assert [path.name for path in stored_in(uploads)] == [young]


def test_a_missing_file_is_told_once_and_put_back_when_sent_again(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO, LOG], at=NOON)
    for path in stored_in(uploads):
        path.unlink()

    first = note_missing(session, take_stock(session, at=NOON), at=NOON)
    second = note_missing(session, take_stock(session, at=NOON), at=NOON)

    assert (len(first), second) == (2, [])
    assert event_names(session).count("attachment.missing") == 2
    with pytest.raises(AttachmentNotFound):
        open_attachment(session, census.supervisor, instance_id, PHOTO.name, at=NOON)
    again = attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)
    assert outcomes(again) == [Outcome.DUPLICATE]
    assert open_attachment(session, census.supervisor, instance_id, PHOTO.name, at=NOON)
    assert len(take_stock(session, at=NOON).missing) == 1


def test_a_file_that_comes_back_is_no_longer_missing(
    session: Session, census: SmallCensus, uploads: Path
) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO], at=NOON)
    (path,) = stored_in(uploads)
    away = path.rename(uploads.parent / "away")
    note_missing(session, take_stock(session, at=NOON), at=NOON)
    away.rename(path)

    note_missing(session, take_stock(session, at=NOON), at=NOON)

    session.expire_all()
    assert [row.missing_since for row in rows(session)] == [None]


def test_the_store_of_another_census_is_not_emptied(committed: SmallCensus, uploads: Path) -> None:
    for _ in range(21):
        name = files.write(b"of another database")
        _age(uploads / name[:2] / name)

    sweep_attachments()

    assert len(stored_in(uploads)) == 21


def test_the_sweeper_finds_nothing_where_all_is_well(session: Session, census: SmallCensus) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO, LOG], at=NOON)

    stock = take_stock(session, at=utcnow() + 2 * GRACE)

    assert (stock.kept, stock.orphans, stock.missing) == (2, [], [])


def test_no_event_of_a_file_holds_its_name(session: Session, census: SmallCensus) -> None:
    instance_id = submitted(session, census.enumerator, census.household())
    attach(session, census.enumerator, instance_id, [PHOTO, OTHER], at=NOON)
    open_attachment(session, census.supervisor, instance_id, PHOTO.name, at=NOON)
    events.react(session)

    recorded = session.scalars(select(Event).where(Event.name.like("attachment.%"))).all()

    assert len(recorded) == 3
    assert all("บ้าน" not in f"{event.subject}{event.details}" for event in recorded)
    assert all(UUID(event.details["attachment"]) for event in recorded)


def _age(path: Path) -> None:
    long_ago = (utcnow() - GRACE - timedelta(seconds=5)).timestamp()
    os.utime(path, (long_ago, long_ago))


def test_every_refusal_of_the_store_is_something_that_passes() -> None:
    refusals: tuple[type[Refusal], ...] = (files.NoRoom, files.FilesAway)

    assert {refusal.status for refusal in refusals} == {503}
