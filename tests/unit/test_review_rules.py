"""How a batch stands, and what identifies the state that a supervisor saw."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census.collection.codelists import Disposition, Review, Standing
from census.core.locale import Locale
from census.review.codelists import BatchStatus
from census.review.problems import problems_of
from census.review.queries.batch import Item, QuarantinedSubmission
from census.review.rules import (
    Counts,
    Movement,
    batch_status,
    etag_of,
    is_seen,
    movements,
    names_a_state,
)
from census.review.schemas import ApprovalSchema, ReturnSchema

REVISIONS = {"22001011001-0001": 3, "22001011001-0002": 1}
WAITING = [UUID(int=1), UUID(int=2)]
ETAG = etag_of(BatchStatus.READY, REVISIONS, WAITING)


@pytest.mark.parametrize(
    ("counts", "is_closed", "status"),
    [
        (Counts(3, final=3, approved=3), True, BatchStatus.CLOSED),
        (Counts(3, final=2, approved=1, returned=1), True, BatchStatus.CLOSED),
        (Counts(3, final=2, returned=1), False, BatchStatus.RETURNED),
        (Counts(3, final=2, approved=2), False, BatchStatus.OPEN),
        (Counts(3, final=3, approved=2), False, BatchStatus.READY),
        (Counts(3, final=3, approved=3), False, BatchStatus.APPROVED),
        (Counts(), False, BatchStatus.APPROVED),
    ],
)
def test_a_batch_has_the_first_status_that_fits(counts, is_closed, status):
    found = batch_status(counts, is_closed=is_closed)

    assert found is status


def test_every_final_household_is_a_response_a_nonresponse_or_ineligible():
    counts = Counts(households=10, final=8, responded=5, ineligible=2)

    assert (counts.not_final, counts.nonresponse) == (2, 1)


def test_the_order_of_households_and_of_the_quarantine_changes_nothing():
    turned = dict(reversed(REVISIONS.items()))

    assert etag_of(BatchStatus.READY, turned, WAITING[::-1]) == ETAG


@pytest.mark.parametrize(
    ("status", "revisions", "waiting"),
    [
        (BatchStatus.CLOSED, REVISIONS, WAITING),
        (BatchStatus.READY, {**REVISIONS, "22001011001-0002": 2}, WAITING),
        (BatchStatus.READY, {"22001011001-0001": 3}, WAITING),
        (BatchStatus.READY, REVISIONS, WAITING[:1]),
    ],
)
def test_another_status_revision_household_or_quarantine_is_another_state(
    status, revisions, waiting
):
    assert etag_of(status, revisions, waiting) != ETAG


@pytest.mark.parametrize(
    "header", [ETAG, f'"{ETAG}"', f'W/"{ETAG}"', f' W/"{ETAG}" ', f'"other", W/"{ETAG}"']
)
def test_the_state_that_was_seen_is_known_in_every_form_of_its_tag(header):
    assert is_seen(header, ETAG)


@pytest.mark.parametrize("header", ["", '""', "*", '"*"', ETAG[:-1], ETAG.upper(), f"{ETAG}-gzip"])
def test_anything_else_is_not_what_was_seen(header):
    assert not is_seen(header, ETAG)


@pytest.mark.parametrize("header", ["", '""', " , ", "*", 'W/"*"'])
def test_whoever_sends_no_tag_or_a_star_says_nothing_of_what_they_saw(header):
    assert not names_a_state(header)


@given(st.text())
def test_only_a_header_that_holds_the_tag_names_the_state(header):
    assert ETAG in header or not is_seen(header, ETAG)


def test_what_moved_is_named_household_by_household():
    seen = {"a-0001": 1, "a-0002": 2, "a-0003": 3}
    now = {"a-0001": 1, "a-0002": 4, "a-0009": 0}

    assert movements(seen, now) == [
        Movement("a-0002", 2, 4),
        Movement("a-0003", 3, None),
        Movement("a-0009", None, 0),
    ]


def test_where_nobody_says_what_they_saw_nothing_is_said_to_have_moved():
    assert movements({}, {"a-0001": 1}) == []


def item(**more) -> Item:
    household = {
        "household_id": "22001011001-0001",
        "address": "1",
        "revision": 1,
        "review": Review.OPEN,
        "disposition": None,
        "mode": None,
        "hard_findings": 0,
        "findings": (),
        "is_own_work": False,
    }
    return Item(**{**household, **more})


def test_a_household_nobody_visited_is_a_problem_in_both_languages():
    (problem,) = problems_of([item()], [], [])

    assert problem.code == "household.not_final"
    assert problem.sentence(Locale.EN) == "The work is not finished: Not visited yet"
    assert "ยังไม่มีการเยี่ยม" in problem.sentence(Locale.TH)


def test_a_refusal_that_waits_for_review_is_no_problem():
    refused = item(review=Review.SUBMITTED, disposition=Disposition.REFUSED_BY_HOUSEHOLD)

    assert problems_of([refused], [], []) == []


def test_what_is_in_quarantine_says_why():
    waiting = QuarantinedSubmission(
        UUID(int=1), "uuid:1", None, Standing.QUARANTINED, "area.closed"
    )

    (problem,) = problems_of([], [waiting], [])

    assert problem.code == "submission.quarantined"
    assert "closed" in problem.en


def test_an_empty_approval_names_no_household():
    assert ApprovalSchema().load({}) == {
        "households": None,
        "override": None,
        "confirmation": None,
        "revisions": {},
    }


@pytest.mark.parametrize(
    "sent",
    [
        {"households": []},
        {"households": "22001011001-0001"},
        {"households": [None]},
        {"override": {"reason": "seen on site"}},
        {"households": ["a"], "override": {"reason": ""}},
        {"households": ["a"], "override": {}},
        {"revisions": {"a": "1"}},
        {"revisions": {"a": -1}},
        {"everything": True},
    ],
)
def test_an_approval_of_another_shape_is_refused(sent):
    assert ApprovalSchema().validate(sent) != {}


@pytest.mark.parametrize("question", ["P05", "p05 year", "", "p05_year\n", "'; drop table", "é"])
def test_a_question_to_correct_has_the_name_of_an_item(question):
    sent = {"households": ["a"], "reason": "why", "questions": [question]}

    assert "questions" in ReturnSchema().validate(sent)
