"""The log of an interview: times and counts come out of it, answers do not."""

from __future__ import annotations

import random
from dataclasses import asdict
from datetime import UTC, datetime

import pytest

from census.collection.attachments import audit_log
from census.collection.attachments.audit_log import covered, parse
from tests.factories.audit_logs import FULL, PLAIN, START_MS, log, row


def test_an_interview_is_told_in_times_and_counts() -> None:
    found = parse(
        log(
            row("form start", "", 0),
            row("question", "/data/h01", 1, 5),
            row("question", "/data/h02", 5, 8),
            row("question", "/data/h01", 8, 10),
            row("form save", "", 10),
            row("form exit", "", 10),
            row("form resume", "", 600),
            row("constraint error", "/data/h02", 601),
            row("question", "/data/h02", 602, 603),
            row("end screen", "", 603, 604),
            row("form finalize", "", 604),
        )
    )

    assert found is not None
    assert found.interview_ms == 11_000
    assert found.screens == 5
    assert found.backward_jumps == 1
    assert found.resumes == 1
    assert found.constraint_errors == 1
    assert found.skipped_rows == 0
    assert asdict(found)["nodes"] == {
        "/data/h01": {"milliseconds": 6_000, "visits": 2, "changes": 0},
        "/data/h02": {"milliseconds": 4_000, "visits": 2, "changes": 0},
    }
    assert found.first_at == datetime(2020, 12, 5, 3, 0, 0, tzinfo=UTC)
    assert found.last_at == datetime(2020, 12, 5, 3, 10, 4, tzinfo=UTC)


def test_several_questions_on_one_screen_take_their_time_once() -> None:
    found = parse(
        log(
            row("group questions", "/data/g", 0, 10),
            row("question", "/data/g/b", 0, 10),
            row("question", "/data/g/a", 0, 10),
            row("group questions", "/data/next", 10, 12),
        )
    )

    assert found is not None
    assert (found.interview_ms, found.screens, found.backward_jumps) == (12_000, 2, 0)


def test_only_an_answer_that_takes_anothers_place_is_a_change() -> None:
    rest = ",13.36,100.98,8,{old},{new},enumerator1,"
    found = parse(
        log(
            row("question", "/data/p06", 0, 1, rest.format(old="", new="43")),
            row("question", "/data/p06", 1, 2, rest.format(old="43", new="44")),
            row("question", "/data/p06", 2, 3, rest.format(old="44", new="")),
            row("question", "/data/p06", 3, 4, rest.format(old="", new="")),
            header=FULL,
        )
    )

    assert found is not None
    assert found.value_changes == 2
    assert found.nodes["/data/p06"].changes == 2


def test_no_answer_user_or_reason_is_in_what_is_kept() -> None:
    rest = ",13.36,100.98,8,SECRET-OLD,SECRET-NEW,SECRET-USER,SECRET-REASON"
    found = parse(log(row("question", "/data/p02_first", 0, 1, rest), header=FULL))

    assert found is not None
    assert "SECRET" not in repr(asdict(found))


@pytest.mark.parametrize(
    ("accuracy", "positions", "mock"),
    [("0", 1, 1), ("0.0", 1, 1), ("14.08", 1, 0), ("", 0, 0), ("x", 0, 0)],
)
def test_accuracy_zero_is_the_mark_of_a_made_up_position(
    accuracy: str, positions: int, mock: int
) -> None:
    found = parse(log(row("form start", "", 0, None, f",13.3,100.9,{accuracy},,,,"), header=FULL))

    assert found is not None
    assert (found.positions, found.mock_positions) == (positions, mock)


def test_unknown_columns_and_events_are_passed_by() -> None:
    found = parse(
        log(
            f"brand new,/data/h01,{START_MS},,9",
            f"question,/data/h01,{START_MS},{START_MS + 5},9",
            header=f"{PLAIN},invented-later",
        )
    )

    assert found is not None
    assert (found.screens, found.interview_ms, found.skipped_rows) == (1, 5, 0)


def test_quoted_values_may_hold_commas_and_lines() -> None:
    found = parse(
        log(
            row("question", "/data/h01", 0, 1, ',1,2,3,"a, ""b""\nc",d,,'),
            row("question", "/data/h02", 1, 2, ",,,,,,,"),
            header=FULL,
        )
    )

    assert found is not None
    assert (found.screens, found.value_changes, found.skipped_rows) == (2, 1, 0)


@pytest.mark.parametrize(
    "bad",
    [
        "question,/data/h01,yesterday,",
        "question,/data/h01,-5,",
        "question,/data/h01,1607137200000,1607137100000",
        "question,/data/h01,1607137200000,1707137200000",
        f"question,/data/h01,{'9' * 400},",
        "question,<script>,1607137200000,1607137200001",
        f"question,/{'n' * 300},1607137200000,",
        "question,,1607137200000,1607137200001",
        ",/data/h01,1607137200000,",
        "question",
        "a,b,c,d,e,f,g,h,i,j,k,l,m",
    ],
    ids=lambda bad: bad[:30],
)
def test_a_row_that_makes_no_sense_is_counted_and_the_others_are_read(bad: str) -> None:
    found = parse(log(bad, row("question", "/data/h02", 0, 1)))

    assert found is not None
    assert found.skipped_rows == 1
    assert list(found.nodes) == ["/data/h02"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"\xff\xfe\x00e",
        b"not,a,log\n1,2,3\n",
        b"event,node,start\n",
        b"event,event,node,start,end\n",
        b"PK\x03\x04",
        b'"' + b"x" * 200_000,
    ],
    ids=["nothing", "blank", "utf16", "other", "no_end", "twice", "zip", "endless_field"],
)
def test_what_is_no_log_is_told_apart(data: bytes) -> None:
    assert parse(data) is None


def test_a_log_with_only_its_header_is_a_log() -> None:
    found = parse(log())

    assert found is not None
    assert (found.screens, found.first_at) == (0, None)


def test_a_byte_order_mark_does_no_harm() -> None:
    found = parse(b"\xef\xbb\xbf" + log(row("question", "/data/h01", 0, 1)))

    assert found is not None
    assert found.screens == 1


def test_rows_and_nodes_beyond_the_caps_are_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "MAX_ROWS", 5)
    monkeypatch.setattr(audit_log, "MAX_NODES", 3)

    found = parse(log(*(row("question", f"/data/n{n}", n, n + 1) for n in range(50))))

    assert found is not None
    assert len(found.nodes) == 3
    assert found.skipped_rows == 2 + 1


def test_a_clock_that_shows_no_year_of_ours_gives_no_moment() -> None:
    found = parse(log("question,/data/h01,999999999999999,", "question,/data/h02,5,6"))

    assert found is not None
    assert found.last_at is None


def test_the_time_covered_is_that_of_counting_every_millisecond() -> None:
    chance = random.Random(2564)
    for _ in range(200):
        starts = [chance.randrange(60) for _ in range(chance.randrange(8))]
        intervals = [(start, start + chance.randrange(20)) for start in starts]

        counted = {ms for start, end in intervals for ms in range(start, end)}
        assert covered(intervals) == len(counted)
