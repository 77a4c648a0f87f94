"""An argument that a form sends blank is the same as one that is not sent."""

from __future__ import annotations

import pytest

from census.accounts.services import issue_token
from census.core import db
from census.core.clock import utcnow
from tests.factories.census import HOME, SmallCensus, small_census


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def ask(client, census):
    """Asks for an address as somebody of the small census."""

    def get(username, address):
        with db.transaction() as session:
            token = issue_token(session, getattr(census, username).id, at=utcnow()).secret
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        return client.get(f"/api/v1/{address}", headers=headers)

    return get


@pytest.mark.parametrize(
    ("username", "blank", "bare"),
    [
        ("supervisor", f"households?area={HOME}&after=&limit=", f"households?area={HOME}"),
        ("auditor", "events?after=&limit=1", "events?limit=1"),
        ("province", "progress/rates?area=", "progress/rates"),
        ("province", "progress/series?area=", "progress/series"),
        ("enumerator", "workload?since=", "workload"),
        ("province", "batches?area=&after=&limit=&status=", "batches"),
    ],
)
def test_a_blank_argument_is_no_argument(ask, username, blank, bare):
    answer = ask(username, blank)

    assert answer.status_code == 200, answer.text
    one, other = answer.json, ask(username, bare).json
    # Each call may have given later events their numbers.
    if isinstance(one, dict):
        one.pop("cursor", None)
        other.pop("cursor", None)
    assert one == other


def test_a_blank_level_divides_by_the_next_one_below(ask):
    blank, bare = ask("province", "progress?area=&by=").json, ask("province", "progress").json

    assert (blank["area"], blank["by"], blank["rows"]) == (bare["area"], bare["by"], bare["rows"])


def test_what_must_be_told_is_still_asked_for(ask):
    answer = ask("supervisor", "households?area=")

    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json["errors"]] == ["/area"]
