"""All answers leave in files that can be trusted, or not at all; later only what changed."""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
from datetime import timedelta

import pyarrow.parquet as pq
import pytest
from sqlalchemy import select, update

from census.collection.answers import Person, Response
from census.collection.codelists import Disposition, FieldActionType
from census.collection.exporting import running
from census.collection.exporting.contents import FILES
from census.collection.exporting.errors import (
    AreaUnknown,
    ExportRunning,
    FolderTaken,
    MarkUnknown,
)
from census.collection.exporting.folders import destination
from census.collection.exporting.order import Format, Order, Which
from census.collection.exporting.recording import record_export
from census.collection.models import Case, Submission
from census.collection.services import (
    assign_to_household,
    receive_field_actions,
    receive_submission,
)
from census.collection.services.field_actions import Action
from census.core import db, events
from census.core.events import Event
from census.core.sequencer import number_waiting_events
from census.reactions import REACTIONS
from census.review.queries import batch
from census.review.rules import Seen
from census.review.services import approve, return_households
from tests.factories.census import AWAY, HOME, NOON, SmallCensus, small_census
from tests.factories.exports import content_of, export, laid_over, rows_of, table_of
from tests.factories.instances import new_instance_id
from tests.factories.quarantine import mismatched
from tests.factories.submissions import incoming

FORMATS = list(Format)
AWKWARD = 'บ้าน "ไทย", บรรทัด\nสอง'
FORMULA = "=1+1"


@pytest.fixture
def census(database) -> SmallCensus:
    """The small census in a database of its own, whose commits are real."""
    events.connect(REACTIONS)
    with db.transaction() as session:
        return small_census(session)


def send(actor, one, at=NOON):
    """Send one submission, and commit."""
    with db.transaction() as session:
        receive_submission(session, actor, one, at=at)


def visit(actor, household_id, at=NOON):
    """Report from the door that nobody was there, and commit."""
    action = Action(
        action_id=new_instance_id(),
        type=FieldActionType.VISIT,
        at=at,
        content={"note": "ไม่มีใครอยู่"},
        household_id=household_id,
        result=Disposition.NOT_CONTACTED,
    )
    with db.transaction() as session:
        receive_field_actions(session, actor, [action], at=at)


def with_answers(census):
    """One household that answered, one that was only visited."""
    send(census.enumerator, incoming(census.household(1), h21="3", h21_language="mya"))
    visit(census.enumerator, census.household(2))


@pytest.mark.parametrize("format_", FORMATS)
def test_every_household_is_there_once_with_its_answers_and_persons(census, tmp_path, format_):
    with_answers(census)
    order = Order(format_)

    exported = export(tmp_path / "out", order)

    (household,) = rows_of(tmp_path / "out", "households", order)
    persons = rows_of(tmp_path / "out", "persons", order)
    assert exported.rows | {"findings": 0} == {
        "persons": 3, "households": 1, "cases": 10, "visits": 1, "findings": 0,
    }  # fmt: skip
    assert household["household_id"] == census.household(1)
    assert (household["h21"], household["h21_language"], household["h22"]) == ("3", "mya", 3)
    assert household["received_at"] == NOON
    assert household["started_at"].isoformat() == "2020-12-05T03:00:00+00:00"
    assert str(household["responded_on"]) == "2021-02-10"
    assert household["accuracy_m"] == 8
    assert [person["position"] for person in persons] == [1, 2, 3]
    assert [person["p03"] for person in persons] == ["00", "01", "02"]
    assert {person["submission_id"] for person in persons} == {household["submission_id"]}


@pytest.mark.parametrize("format_", FORMATS)
def test_texts_come_through_and_missing_is_not_empty(census, tmp_path, format_):
    send(census.enumerator, incoming(census.household()))
    with db.transaction() as session:
        session.execute(update(Response).values(h05=AWKWARD, h06="", h07=None, h10="'x"))
        session.execute(update(Person).values(p16=FORMULA, p17="-1+cmd", p18="＝A1", p19="-"))
    order = Order(format_)

    export(tmp_path / "out", order)

    (household,) = rows_of(tmp_path / "out", "households", order)
    person = rows_of(tmp_path / "out", "persons", order)[0]
    guard = "'" if format_ is Format.CSV else ""
    assert (household["h05"], household["h06"], household["h07"]) == (AWKWARD, "", None)
    assert household["h10"] == f"{guard}'x"
    assert [person[item] for item in ("p16", "p17", "p18", "p19")] == [
        guard + text for text in (FORMULA, "-1+cmd", "＝A1", "-")
    ]


@pytest.mark.parametrize("format_", FORMATS)
def test_an_empty_census_gives_empty_files_with_their_columns(census, tmp_path, format_):
    exported = export(tmp_path / "out", Order(format_, which=Which.ALL))

    assert exported.rows == {"persons": 0, "households": 0, "cases": 10, "visits": 0, "findings": 0}
    for file in FILES:
        table = table_of(tmp_path / "out", file.name, Order(format_))
        assert table.schema.names == [column.name for column in file.columns(Order())]


def test_nothing_that_names_anybody_leaves_and_sensitive_items_only_when_asked_for(
    census, tmp_path
):
    send(census.enumerator, incoming(census.household()))

    export(tmp_path / "out")
    export(tmp_path / "all", Order(has_sensitive=True))

    plain = set(table_of(tmp_path / "out", "persons").schema.names)
    everything = set(table_of(tmp_path / "all", "persons").schema.names)
    columns = {column.name for file in FILES for column in file.all_columns}
    difficulties = {name for name in columns if name.startswith("p20_")}
    assert everything - plain == {"p08", "p09"} | difficulties
    assert len(difficulties) == 6
    assert not columns & {"p02_first", "p02_last", "p07", "p07_hash", "name_hash", "device_id"}
    assert not [name for name in columns if name.endswith(("_sealed", "_hash"))]
    assert "สมมติ".encode() not in (tmp_path / "all" / "persons.parquet").read_bytes()


def test_an_area_is_exported_alone(census, tmp_path):
    send(census.enumerator, incoming(census.household()))
    send(census.neighbour, incoming(census.household(1, AWAY)))

    export(tmp_path / "district", Order(area="2002"))

    assert {row["ea_code"] for row in rows_of(tmp_path / "district", "cases")} == {AWAY}
    (household,) = rows_of(tmp_path / "district", "households")
    assert (household["district_code"], household["subdistrict_code"]) == ("2002", "200201")
    with pytest.raises(AreaUnknown):
        export(tmp_path / "nowhere", Order(area="9901"))


def test_all_understood_responses_come_with_their_standing(census, tmp_path):
    send(census.enumerator, incoming(census.household(), persons=2))
    send(census.enumerator, incoming(census.household(), persons=3))

    export(tmp_path / "out", Order(which=Which.ALL))

    rows = rows_of(tmp_path / "out", "households")
    assert sorted(row["standing"] for row in rows) == ["counting", "superseded"]
    assert len(rows_of(tmp_path / "out", "persons")) == 5


@pytest.mark.parametrize("format_", FORMATS)
def test_the_same_snapshot_gives_the_same_bytes_and_the_manifest_their_digests(
    census, tmp_path, format_
):
    with_answers(census)

    first = export(tmp_path / "first", Order(format_))
    second = export(tmp_path / "second", Order(format_))

    manifest = json.loads((tmp_path / "first" / "manifest.json").read_text())
    assert first.files == second.files
    assert len(manifest["files"]) == len(FILES)
    for file in manifest["files"]:
        data = (tmp_path / "first" / file["name"]).read_bytes()
        assert (file["bytes"], file["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
    assert manifest["questionnaires"][0]["version"] == "2564.1"
    assert (manifest["frame_version"], manifest["practice_data"]) == (1, False)
    assert manifest["mark"] == first.mark


def test_row_groups_have_one_size_whatever_the_pieces(census, tmp_path, monkeypatch):
    for serial in (1, 2, 3):
        send(census.enumerator, incoming(census.household(serial)))
    monkeypatch.setattr("census.collection.exporting.writing.ROWS_OF_GROUP", 4)
    monkeypatch.setattr("census.collection.exporting.reading.ROWS_AT_ONCE", 3)
    monkeypatch.setattr("census.collection.exporting.reading.ROWS_OF_PIECE", 2)

    export(tmp_path / "out")

    written = pq.ParquetFile(tmp_path / "out" / "persons.parquet").metadata
    sizes = [written.row_group(number).num_rows for number in range(written.num_row_groups)]
    assert sizes == [4, 4, 1]
    assert (
        len(
            {
                (row["submission_id"], row["position"])
                for row in rows_of(tmp_path / "out", "persons")
            }
        )
        == 9
    )


def test_a_file_that_fails_leaves_nothing_behind(census, tmp_path, monkeypatch):
    with_answers(census)

    def fail(*_arguments):
        raise OSError("no space left on device")

    monkeypatch.setattr(running, "write_parquet", fail)
    with pytest.raises(OSError, match="no space left"):
        export(tmp_path / "out")

    assert list(tmp_path.glob("*out*")) == []
    assert list(tmp_path.glob(".out*")) == []


def test_a_killed_export_leaves_no_folder_of_that_name_and_can_be_run_again(tmp_path):
    killed = (
        "import os, sys; from pathlib import Path\n"
        "from census.collection.exporting.folders import destination\n"
        "with destination(Path(sys.argv[1])) as where:\n"
        "    (where.making / 'persons.parquet').write_bytes(b'half')\n"
        "    os.kill(os.getpid(), 9)\n"
    )
    out = tmp_path / "out"

    done = subprocess.run([sys.executable, "-c", killed, str(out)], check=False)

    assert done.returncode == -9
    assert not out.exists()
    with destination(out) as where:
        assert list(where.making.iterdir()) == []
        (where.making / "whole").touch()
        where.publish()
    assert [path.name for path in out.iterdir()] == ["whole"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_never_overwrites_and_two_never_share_a_folder(tmp_path):
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "file").touch()

    with pytest.raises(FolderTaken), destination(taken):
        pass
    with destination(tmp_path / "out"), pytest.raises(ExportRunning), destination(tmp_path / "out"):
        pass

    assert (taken / "file").exists()


def test_a_mark_of_another_history_or_scope_is_refused(census, tmp_path):
    number_waiting_events()
    mark = export(tmp_path / "base").mark

    assert export(tmp_path / "next", Order(since=mark)).rows["cases"] == 0
    for number, order in enumerate(
        (
            Order(since=mark, area="20"),
            Order(since=mark, which=Which.ALL),
            Order(since=mark, has_sensitive=True),
            Order(since=f"9999{mark}"),
            Order(since=mark.replace("-", "-0")),
            Order(since="yesterday"),
            Order(since=""),
            Order(since="²-0"),
        )
    ):
        with pytest.raises(MarkUnknown):
            export(tmp_path / str(number), order)


def test_only_what_changed_comes_after_a_mark(census, tmp_path):
    send(census.enumerator, incoming(census.household(1)))
    number_waiting_events()
    mark = export(tmp_path / "base").mark
    send(census.enumerator, incoming(census.household(2)), at=NOON + timedelta(hours=1))
    visit(census.neighbour, census.household(3, AWAY), at=NOON + timedelta(hours=1))

    export(tmp_path / "delta", Order(since=mark))

    changed = [row["household_id"] for row in rows_of(tmp_path / "delta", "cases")]
    assert changed == [census.household(2), census.household(3, AWAY)]
    (household,) = rows_of(tmp_path / "delta", "households")
    assert household["household_id"] == census.household(2)


def test_what_was_committed_but_not_numbered_yet_comes_with_the_next_export(census, tmp_path):
    number_waiting_events()
    mark = export(tmp_path / "base").mark
    send(census.enumerator, incoming(census.household()))

    first = export(tmp_path / "first", Order(since=mark))
    number_waiting_events()
    second = export(tmp_path / "second", Order(since=first.mark))

    assert first.rows["households"] == 1
    assert second.rows["households"] == 1, "once too often is right, once too few never"


@pytest.mark.parametrize("engine_name", ["postgresql"], indirect=True)
def test_a_commit_that_was_overtaken_is_not_missed(census, tmp_path):
    with db.transaction() as slow:
        receive_submission(slow, census.enumerator, incoming(census.household()), at=NOON)
        slow.flush()
        events.react(slow)
        send(census.neighbour, incoming(census.household(1, AWAY)), at=NOON + timedelta(hours=1))
        number_waiting_events()
        base = export(tmp_path / "base")
    number_waiting_events()

    delta = export(tmp_path / "delta", Order(since=base.mark))
    export(tmp_path / "full")

    assert (base.rows["households"], delta.rows["households"]) == (1, 1)
    merged = laid_over(content_of(tmp_path / "base"), content_of(tmp_path / "delta"))
    assert merged == content_of(tmp_path / "full")


def test_findings_of_an_area_bring_only_the_households_that_carry_their_moment(census, tmp_path):
    number_waiting_events()
    mark = export(tmp_path / "base").mark
    later = NOON + timedelta(hours=1)
    with db.transaction() as session:
        named = Case.household_id == census.household(2)
        session.execute(update(Case).where(named).values(changed_at=later, other_findings=1))
        events.record(session, None, "findings.changed", HOME, area=HOME, at=later)

    export(tmp_path / "delta", Order(since=mark))

    (case,) = rows_of(tmp_path / "delta", "cases")
    assert (case["household_id"], case["other_findings"]) == (census.household(2), 1)


def test_an_event_about_something_unknown_brings_its_whole_area(census, tmp_path):
    number_waiting_events()
    mark = export(tmp_path / "base").mark
    with db.transaction() as session:
        events.record(session, None, "area.judged", HOME, area=HOME, at=NOON)
    export(tmp_path / "area", Order(since=mark))
    with db.transaction() as session:
        events.record(session, None, "household.read", HOME, area=AWAY, at=NOON)
        events.record(session, None, "something.new", "x", area="2002", at=NOON)

    export(tmp_path / "district", Order(since=mark))

    assert {row["ea_code"] for row in rows_of(tmp_path / "area", "cases")} == {HOME}
    assert len(rows_of(tmp_path / "area", "cases")) == 5
    assert len(rows_of(tmp_path / "district", "cases")) == 10


@pytest.mark.parametrize("which", list(Which))
@pytest.mark.parametrize("seed", [1, 2])
def test_a_base_and_its_deltas_give_what_a_full_export_gives(census, tmp_path, which, seed):
    chance = random.Random(seed)
    number_waiting_events()
    mark = export(tmp_path / "base", Order(which=which)).mark
    content = content_of(tmp_path / "base")
    deltas = 0
    for step in range(14):
        _do_something(census, chance, at=NOON + timedelta(minutes=step - 7 * (step % 2)))
        if chance.random() < 0.6:
            number_waiting_events()
        if chance.random() < 0.4:
            deltas += 1
            mark = export(tmp_path / str(deltas), Order(which=which, since=mark)).mark
            content = laid_over(content, content_of(tmp_path / str(deltas)))
    export(tmp_path / "last", Order(which=which, since=mark))
    export(tmp_path / "full", Order(which=which))

    merged = laid_over(content, content_of(tmp_path / "last"))

    assert deltas > 1
    assert merged == content_of(tmp_path / "full")
    assert sum(map(len, merged["households"].values())) > 1


def _do_something(census, chance, *, at):
    """One step of a census: a response, a better one, a correction, a visit, a decision."""
    serial, ea_code = chance.randint(1, 3), chance.choice((HOME, HOME, AWAY))
    actor = census.enumerator if ea_code == HOME else census.neighbour
    household = census.household(serial, ea_code)
    step = chance.choice((_answer, _answer, _correct, _visit, _decide, _decide, _assign))
    step(census, chance, actor, household, at)


def _answer(_census, chance, actor, household, at):
    send(actor, incoming(household, persons=chance.randint(1, 4)), at)


def _correct(census, chance, actor, household, at):
    with db.reading() as session:
        known = session.scalars(
            select(Submission.instance_id)
            .where(Submission.household_id == household)
            .order_by(Submission.id)
        ).first()
    send(actor, incoming(household, persons=chance.randint(1, 4), deprecated_id=known), at)


def _visit(_census, _chance, actor, household, at):
    visit(actor, household, at)


def _decide(census, chance, _actor, household, at):
    """Approve the household or send it back, where it waits for that."""
    with db.transaction() as session:
        case = session.scalars(select(Case).where(Case.household_id == household)).one()
        if case.review not in ("submitted", "approved") or case.hard_findings:
            return
        is_sent_back = case.review == "approved" or chance.random() < 0.5
        seen = Seen(batch(session, census.province, case.ea_code).etag)
        more = {"seen": seen, "households": [household], "at": at}
        if is_sent_back:
            return_households(
                session, census.province, case.ea_code, reason="ตรวจจำนวนคนอีกครั้ง", **more
            )
        else:
            approve(session, census.province, case.ea_code, **more)


def _assign(census, _chance, _actor, household, at):
    """Something that waited in quarantine is given to this household."""
    stray = mismatched(census)
    send(stray.sender, stray.sent, at)
    with db.transaction() as session:
        assign_to_household(
            session,
            census.province,
            stray.sent.instance_id,
            sha256=hashlib.sha256(stray.sent.data).digest(),
            household_id=household,
            reason="ตรวจกับผู้ตอบแล้ว",
            at=at,
        )


def test_an_export_is_an_event_that_changes_nothing(census, tmp_path):
    with_answers(census)
    exported = export(tmp_path / "base", Order(has_sensitive=True))

    with db.transaction() as session:
        record_export(session, exported, operator="operator", at=NOON)
    number_waiting_events()

    with db.reading() as session:
        event = session.scalars(select(Event).where(Event.name == "answers.exported")).one()
        assert events.first_broken_link(session) is None
    assert (event.area, event.details["operator"]) == ("TH", "operator")
    assert event.details["sensitive"] is True
    assert event.details["rows"]["persons"] == 3
    assert event.details["mark"] == exported.mark
    mark = export(tmp_path / "next").mark
    with db.transaction() as session:
        record_export(session, exported, operator="operator", at=NOON)
    assert export(tmp_path / "after", Order(since=mark)).rows["cases"] == 0
