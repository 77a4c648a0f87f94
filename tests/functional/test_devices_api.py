"""Tablets over JSON: set up with a password, heard of, revoked; and the practice area of each."""

from __future__ import annotations

import base64
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from census.accounts.services import revoke_token
from census.assignment.devices import give_out_device
from census.assignment.models import Device
from census.core import db, sealed
from census.core.clock import set_census_clock, utcnow
from census.core.office_key import office_key
from census.frame.practice import PRACTICE_PROVINCE
from census.progress.queries import progress_of
from tests.factories.census import NOON, SmallCensus, small_census
from tests.factories.submissions import envelope
from tests.functional.field_calls import FieldCalls, signed_in


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed, on a day in the middle of its field period."""
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())
        return small_census(session)


@pytest.fixture
def enumerator(client, census) -> FieldCalls:
    """The enumerator, who signed in with a password."""
    return signed_in(client, census.enumerator)


@pytest.fixture
def tablet(client, enumerator) -> FieldCalls:
    """The enumerator's tablet."""
    answer = enumerator.post("/devices", {"name": "แท็บเล็ต 7"})
    return FieldCalls(client, answer.json["token"])


def only_device() -> Device:
    with db.reading() as session:
        return session.scalars(select(Device)).one()


def revoke(tablet):
    with db.transaction() as session:
        revoke_token(session, tablet.token, at=utcnow())


def test_an_enumerator_sets_up_a_tablet_with_a_password(enumerator, census):
    answer = enumerator.post("/devices", {"name": "แท็บเล็ต 7"})

    assert answer.status_code == 201
    assert set(answer.json) == {
        "device_id",
        "name",
        "token",
        "expires_at",
        "enumerator",
        "office_key",
    }
    assert answer.json["enumerator"] == {
        "id": str(census.enumerator.id),
        "username": "enumerator1",
        "display_name": "enumerator1",
    }


def test_the_tablet_gets_the_public_part_of_the_offices_key(enumerator):
    told = enumerator.post("/devices", {}).json["office_key"]

    assert told["id"] == 1
    point = base64.b64decode(told["public_key"])
    assert (len(point), point[0], point) == (65, 4, office_key().point)


def test_a_tablet_that_was_set_up_by_link_asks_whose_it_is(client, census):
    with db.transaction() as session:
        given = give_out_device(session, census.supervisor, census.enumerator.id, at=utcnow())

    answer = FieldCalls(client, given.token.secret).get("/devices/current")

    assert answer.json["device_id"] == str(given.device.id)
    assert answer.json["enumerator"]["username"] == "enumerator1"
    assert "token" not in answer.json


def test_whoever_signed_in_with_a_password_is_no_tablet(enumerator):
    answer = enumerator.get("/devices/current")

    assert (answer.status_code, answer.json["code"]) == (404, "device.not_found")


def test_a_tablet_cannot_set_up_another(tablet):
    answer = tablet.post("/devices", {"name": "second"})

    assert (answer.status_code, answer.json["code"]) == (403, "device.needs_password")


def test_after_the_last_field_period_no_tablet_is_set_up(enumerator):
    with db.transaction() as session:
        set_census_clock(session, shows=NOON + timedelta(days=200), at=utcnow())

    answer = enumerator.post("/devices", {})

    assert (answer.status_code, answer.json["code"]) == (409, "field_token.field_period_over")


def test_the_token_holds_ninety_days_beyond_the_field_period(enumerator):
    expires_at = enumerator.post("/devices", {}).json["expires_at"]

    # The census clock shows noon of 10 February; the period ends on the 28th, at midnight.
    left = datetime.fromisoformat(expires_at) - utcnow()
    assert abs(left - timedelta(days=18 + 90, hours=12)) < timedelta(minutes=1)


def test_a_workload_says_which_tablet_asks(enumerator, tablet):
    assert tablet.get("/workload").json["device"] == {"id": str(only_device().id)}
    assert enumerator.get("/workload").json["device"] is None


def test_a_heartbeat_is_noted_on_the_device(tablet):
    outcome = tablet.report(
        "heartbeat", unsent=12, app_version="3f2a", battery=0.76, storage_persisted=True
    )

    device = only_device()
    assert outcome["outcome"] == "accepted"
    assert (device.unsent, device.app_version) == (12, "3f2a")
    assert (device.battery, device.storage_persisted) == (0.76, True)
    assert utcnow() - device.last_heard_at < timedelta(minutes=1)


@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"unsent": 10**30}, (None, None, None)),
        ({"unsent": -1, "battery": 101}, (None, None, None)),
        ({"unsent": True, "app_version": 3}, (None, None, None)),
        ({"unsent": "7", "battery": "full"}, (None, None, None)),
        ({"unsent": 0, "battery": 0, "app_version": "v" * 500}, (0, 0.0, "v" * 64)),
        ({"battery": 76}, (None, 0.76, None)),
        ({"battery": 1}, (None, 1.0, None)),
    ],
)
def test_a_heartbeat_without_sense_is_kept_and_only_sense_is_shown(tablet, told, kept):
    outcome = tablet.report("heartbeat", **told)

    device = only_device()
    assert outcome["outcome"] == "accepted"
    assert (device.unsent, device.battery, device.app_version) == kept


def test_a_revoked_tablet_is_told_so_and_what_it_sends_is_kept(tablet, census):
    revoke(tablet)

    refused = [tablet.get("/workload"), tablet.get("/devices/current"), tablet.post("/devices", {})]
    sent = tablet.post("/submissions", {"submissions": [envelope(census.household())]})

    assert {(each.status_code, each.json["code"]) for each in refused} == {(401, "token.revoked")}
    (result,) = sent.json["results"]
    assert (result["outcome"], result["code"]) == ("quarantined", "token.revoked")


def test_a_revoked_tablet_is_heard_of_all_the_same(tablet):
    revoke(tablet)

    outcome = tablet.report("heartbeat", unsent=3)

    assert outcome["outcome"] == "quarantined"
    assert only_device().unsent == 3


def test_with_its_tablet_an_enumerator_gets_one_practice_area(enumerator):
    enumerator.post("/devices", {})
    enumerator.post("/devices", {})

    areas = enumerator.get("/workload").json["areas"]

    practice = [area for area in areas if area["is_practice"]]
    assert [len(area["households"]) for area in practice] == [10]
    assert practice[0]["plan"] is None


def test_two_enumerators_never_train_on_the_same_households(client, census, tablet):
    neighbour = signed_in(client, census.neighbour)
    neighbour.post("/devices", {})

    own, theirs = (
        {area["ea_code"] for area in each.get("/workload").json["areas"] if area["is_practice"]}
        for each in (tablet, neighbour)
    )

    assert len(own) == len(theirs) == 1
    assert not own & theirs


def test_what_is_sent_from_a_practice_area_counts_nowhere(tablet, census):
    (practice,) = (area for area in tablet.get("/workload").json["areas"] if area["is_practice"])
    household = practice["households"][0]["id"]

    results = tablet.submit(envelope(household))

    with db.reading() as session:
        totals = progress_of(session, census.headquarters, at=utcnow()).total.counts
    again = next(a for a in tablet.get("/workload").json["areas"] if a["is_practice"])
    assert results[0]["outcome"] == "accepted"
    assert (again["households"][0]["task"], again["households"][0]["responded"]) == ("none", True)
    assert (totals["responded"], totals["frame"]) == (0, 10)
    assert practice["ea_code"][1:3] == PRACTICE_PROVINCE


def test_another_sealing_key_makes_another_key_of_the_office():
    first = office_key()
    sealed.connect(sealed.Keyring(sealing={1: b"s" * 32, 2: b"t" * 32}, index=b"i" * 32))

    assert (first.id, office_key().id) == (1, 2)
    assert first.point != office_key().point
