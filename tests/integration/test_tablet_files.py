"""A tablet's file is opened by the office alone, and taken in as if the tablet had sent it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from census.accounts.actors import Actor
from census.accounts.codelists import TokenKind
from census.accounts.models import Token
from census.accounts.secrets import secret_hash
from census.assignment.devices import GivenOut, give_out_device
from census.assignment.models import Device
from census.collection.attached import Attachment
from census.collection.models import FieldAction, Submission
from census.collection.tablet_files.contents import STORES, contents_of
from census.collection.tablet_files.errors import (
    TabletFileDamaged,
    TabletFileForeign,
    TabletFileOfOtherKey,
    TabletFileTooLarge,
)
from census.collection.tablet_files.opening import open_tablet_file
from census.core import db, events, files, sealed
from census.core.clock import set_census_clock, utcnow
from census.core.events import Event
from census.core.office_key import office_key
from census.reactions import REACTIONS
from census.web.tablet_files import take_in_file
from tests.factories.census import AWAY, NOON, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import envelope
from tests.factories.tablet_files import tablet_file, written

VECTORS = Path(__file__).parents[1] / "vectors"
MOST = 10_000_000


@pytest.fixture
def census(database, tmp_path) -> Iterator[SmallCensus]:
    """The small census, committed, with room for files."""
    files.connect(tmp_path / "uploads")
    events.connect(REACTIONS)
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())
        people = small_census(session)
    yield people
    events.connect({})


@pytest.fixture
def given(census) -> GivenOut:
    """The tablet of the first enumerator."""
    with db.transaction() as session:
        return give_out_device(session, census.supervisor, census.enumerator.id, at=utcnow())


def counted(*tables) -> list[int]:
    with db.reading() as session:
        return [session.scalar(select(func.count()).select_from(table)) for table in tables]


def visit(household_id, **fields):
    return {
        "action_id": new_instance_id(),
        "type": "visit",
        "household_id": household_id,
        "result": "73",
        "at": "2021-02-10T10:00:00+07:00",
        **fields,
    }


def take_in(actor: Actor | None, document: dict, most=MOST):
    return take_in_file(actor, written(document), most_bytes=most)


def outcomes(taken_in) -> list[tuple[str, str, str | None]]:
    return [(each.kind, each.outcome.value, each.code) for each in taken_in.taken]


def test_the_offices_key_is_the_one_that_was_derived_elsewhere():
    vector = json.loads((VECTORS / "office_key.json").read_text())
    sealed.connect(
        sealed.Keyring(
            sealing={vector["id"]: bytes.fromhex(vector["sealing_key"])}, index=b"i" * 32
        )
    )

    key = office_key()

    assert (key.id, base64.b64encode(key.point).decode()) == (vector["id"], vector["public_key"])


def test_a_file_that_was_sealed_elsewhere_is_taken_in(census):
    data = (VECTORS / "tablet.sammano").read_bytes()
    device_id = UUID(json.loads(data)["device_id"])
    with db.transaction() as session:
        token_hash = secret_hash("the-token-of-the-vector")
        holder = census.enumerator.id
        token = Token(token_hash=token_hash, user_id=holder, kind=TokenKind.DEVICE)
        token.created_at = token.expires_at = utcnow()
        session.add(token)
        session.flush()
        device = Device(id=device_id, token_hash=token_hash, enumerator_id=holder, name="7")
        device.enrolled_at = utcnow()
        session.add(device)

    taken_in = take_in_file(census.supervisor, data, most_bytes=MOST)

    # The token of the vector is over: all is kept, and looked at before it counts.
    assert outcomes(taken_in) == [
        ("submission", "quarantined", "token.revoked"),
        ("action", "quarantined", "token.revoked"),
        ("file", "accepted", None),
    ]
    assert [draft.household_id for draft in taken_in.drafts] == ["22001011001-0003"]
    assert counted(Submission, FieldAction, Attachment) == [1, 1, 1]


def test_what_a_tablet_could_not_send_counts_as_if_it_had_sent_it(census, given):
    record = envelope(census.household(1))
    note = {"instance_id": record["instance_id"], "name": "note.txt", "type": "text/plain"}
    document = tablet_file(
        given.device.id,
        given.token.secret,
        ("submission", record),
        ("action", visit(census.household(2))),
        ("file", {**note, "base64": base64.b64encode(b"note").decode()}),
        drafts=({"household_id": census.household(3), "saved_at": "2021-02-10T09:00:00Z"},),
    )

    first, again = (take_in(census.supervisor, document) for _time in range(2))

    assert outcomes(first) == [
        ("submission", "accepted", None),
        ("action", "accepted", None),
        ("file", "accepted", None),
    ]
    assert [outcome for _kind, outcome, _code in outcomes(again)] == ["duplicate"] * 3
    assert counted(Submission, FieldAction, Attachment) == [1, 1, 1]
    assert [draft.household_id for draft in first.drafts] == [census.household(3)]


def test_whoever_brings_a_file_is_written_down(census, given):
    take_in(census.supervisor, tablet_file(given.device.id, given.token.secret))

    with db.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "tablet_file.taken_in")).one()
    assert (event.actor_id, event.subject) == (census.supervisor.id, str(given.device.id))


def test_an_old_heartbeat_in_a_file_does_not_make_the_tablet_alive(census, given):
    beat = {**visit(None), "type": "heartbeat", "unsent": 40}
    take_in(census.supervisor, tablet_file(given.device.id, given.token.secret, ("action", beat)))

    with db.reading() as session:
        device = session.scalars(select(Device)).one()
    assert (device.unsent, device.last_heard_at.year) == (40, 2021)


def test_one_record_that_nobody_can_keep_costs_no_neighbour_its_place(census, given):
    lost = {"instance_id": new_instance_id(), "name": "a.txt", "type": "text/plain"}
    document = tablet_file(
        given.device.id,
        given.token.secret,
        ("submission", {"household_id": census.household()}),
        ("action", {"type": "dance"}),
        ("file", {**lost, "base64": ""}),
        ("submission", envelope(census.household())),
    )

    taken_in = take_in(None, document)

    assert outcomes(taken_in) == [
        ("submission", "refused", "submission.unidentified"),
        ("action", "refused", "field_action.invalid"),
        ("submission", "accepted", None),
        ("file", "refused", "submission.not_found"),
    ]


def without(document, *path, value=None):
    """The document with one thing in it changed."""
    changed = json.loads(json.dumps(document))
    place = changed
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return changed


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), "sammano-tablet-2"),
        (("made_at",), None),
        (("records",), None),
        (("records", 0, "data"), "AAAA"),
        (("records", 0, "iv"), ""),
        (("records", 1, "key"), "another"),
        (("records", 1, "data"), 7),
        (("sealed_key",), []),
        (("sealed_key", "ephemeral_public_key"), base64.b64encode(b"\x04" + b"1" * 64).decode()),
        (("sealed_key", "iv"), "not base64!"),
        (("office_key_id",), "one"),
    ],
)
def test_a_damaged_file_changes_nothing(census, given, path, value):
    document = tablet_file(
        given.device.id, given.token.secret, ("submission", envelope(census.household()))
    )

    with pytest.raises(TabletFileDamaged):
        take_in(census.supervisor, without(document, *path, value=value))

    assert counted(Submission) == [0]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"[]", b"\xff", b"[" * 100_000, b"{}"])
def test_what_is_no_file_of_a_tablet_changes_nothing(census, data):
    with pytest.raises(TabletFileDamaged):
        take_in_file(census.supervisor, data, most_bytes=MOST)


@pytest.mark.parametrize(
    "content",
    [
        {"kind": "dance", "body": {}},
        {"kind": "file", "body": {"name": "a"}},
        {"kind": "file", "body": {"instance_id": "x", "name": "a", "type": "", "base64": "?"}},
        {},
    ],
)
def test_a_record_that_no_tablet_writes_is_damage(census, given, content):
    document = tablet_file(given.device.id, given.token.secret, ("submission", {}))
    opened = open_tablet_file(written(document), STORES)
    opened.records[1].content.clear()
    opened.records[1].content.update(content)

    with pytest.raises(TabletFileDamaged):
        contents_of(opened)


def test_a_file_for_another_offices_key_is_told_apart(census, given):
    document = tablet_file(given.device.id, given.token.secret)
    sealed.connect(sealed.Keyring(sealing={1: b"o" * 32}, index=b"i" * 32))

    with pytest.raises(TabletFileOfOtherKey):
        take_in(census.supervisor, document)


def test_a_file_for_a_key_that_is_not_there_is_told_apart(census, given):
    document = without(tablet_file(given.device.id, given.token.secret), "office_key_id", value=9)

    with pytest.raises(TabletFileOfOtherKey):
        take_in(census.supervisor, document)


def test_after_a_new_sealing_key_was_added_older_files_still_open(census, given):
    document = tablet_file(given.device.id, given.token.secret)
    sealed.connect(sealed.Keyring(sealing={1: b"s" * 32, 2: b"n" * 32}, index=b"i" * 32))

    assert take_in(census.supervisor, document).username == "enumerator1"


@pytest.mark.parametrize("who", ["of another area", "an unknown token", "another device"])
def test_a_file_of_a_strange_tablet_changes_nothing(census, given, who):
    with db.transaction() as session:
        theirs = give_out_device(session, census.province, census.neighbour.id, at=utcnow())
    document = {
        "of another area": tablet_file(theirs.device.id, theirs.token.secret),
        "an unknown token": tablet_file(given.device.id, "unknown"),
        "another device": tablet_file(theirs.device.id, given.token.secret),
    }[who]

    with pytest.raises(TabletFileForeign):
        take_in(census.supervisor, document)

    assert take_in(census.province, tablet_file(theirs.device.id, theirs.token.secret)).taken == ()


def test_a_foreign_household_in_a_file_is_quarantined_as_from_the_tablet(census, given):
    record = envelope(f"{AWAY}-0001")
    document = tablet_file(given.device.id, given.token.secret, ("submission", record))

    taken_in = take_in(census.supervisor, document)

    assert outcomes(taken_in) == [("submission", "quarantined", "household.foreign")]


def test_a_file_over_the_limit_is_not_even_opened(census, given):
    with pytest.raises(TabletFileTooLarge):
        take_in(census.supervisor, tablet_file(given.device.id, given.token.secret), most=100)
