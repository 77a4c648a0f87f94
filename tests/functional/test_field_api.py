"""The enumerator's day over JSON: the workload, and what is reported from the field."""

from __future__ import annotations

import pytest

from census.accounts.services import issue_token
from census.core import db
from census.core.clock import utcnow
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import envelope


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def enumerator(client, census):
    """The enumerator of the first area, calling."""
    with db.transaction() as session:
        token = issue_token(session, census.enumerator.id, at=utcnow()).secret
    headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}

    class Calls:
        @staticmethod
        def get(address):
            return client.get(address, headers=headers).json

        @staticmethod
        def report(*actions):
            answer = client.post(
                "/api/v1/field-actions", json={"actions": list(actions)}, headers=headers
            )
            assert answer.status_code == 200, answer.text
            return answer.json["results"]

        @staticmethod
        def submit(*records):
            body = {"submissions": list(records)}
            return client.post("/api/v1/submissions", json=body, headers=headers).json["results"]

    return Calls


def action(type_, **fields):
    """An action of this type, with what it needs beside."""
    return {
        "action_id": new_instance_id(),
        "type": type_,
        "at": "2021-02-10T10:00:00+07:00",
        **fields,
    }


def test_the_workload_lists_the_households_of_the_leased_area_only(enumerator, census):
    workload = enumerator.get("/api/v1/workload")

    (area,) = workload["areas"]
    assert (area["ea_code"], area["lease"], len(area["households"])) == (HOME, 1, 5)
    assert {each["task"] for each in area["households"]} == {"enumerate"}
    assert workload["questionnaires"][0]["version"] == "2564.1"


def test_since_a_cursor_only_what_changed_comes_again(enumerator, census):
    cursor = enumerator.get("/api/v1/workload")["cursor"]
    nothing = enumerator.get(f"/api/v1/workload?since={cursor}")
    enumerator.submit(envelope(census.household(3)))

    changed = enumerator.get(f"/api/v1/workload?since={cursor}")

    assert nothing["areas"][0]["households"] == []
    (household,) = changed["areas"][0]["households"]
    assert (household["id"], household["task"], household["disposition"]) == (
        census.household(3),
        "none",
        "11",
    )
    assert int(changed["cursor"]) > int(cursor)


def test_a_form_left_is_to_be_collected_and_a_vacant_house_is_done(enumerator, census):
    enumerator.report(
        action("form_left", household_id=census.household(1), form_id="20-22001011001-0001-55"),
        action("visit", household_id=census.household(2), result="40", note="No one lives here"),
    )

    tasks = {
        each["id"]: each["task"]
        for each in enumerator.get("/api/v1/workload")["areas"][0]["households"]
    }
    assert tasks[census.household(1)] == "collect"
    assert tasks[census.household(2)] == "none"


def test_one_bad_action_never_refuses_its_neighbours(enumerator, census):
    good = action("visit", household_id=census.household(), result="20")

    results = enumerator.report(
        good,
        action("visit", household_id=census.household(), result="11"),
        action("visit", household_id=census.household()),
        action("dance"),
        "text",
        good,
        action("visit", household_id=f"{AWAY}-0001", result="20"),
    )

    assert [each["outcome"] for each in results] == [
        "accepted",
        "refused",
        "refused",
        "refused",
        "refused",
        "duplicate",
        "quarantined",
    ]
    assert results[2]["errors"][0]["pointer"] == "/result"


@pytest.mark.parametrize(
    "location",
    [
        "13.3611 100.9847 3 8",
        {"latitude": 13.3611, "longitude": 100.9847, "accuracy": 8},
    ],
)
def test_a_position_is_read_as_text_or_as_an_object(enumerator, census, location):
    visit = action("visit", household_id=census.household(), result="20", location=location)

    (result,) = enumerator.report(visit)

    assert result["outcome"] == "accepted"


def test_a_dwelling_found_is_given_its_household_id(enumerator, census):
    (result,) = enumerator.report(action("dwelling_found", ea_code=HOME, address="99/9 หมู่ 1"))

    assert result["household_id"] == f"{HOME}-9000"
    assert enumerator.submit(envelope(result["household_id"]))[0]["outcome"] == "accepted"
