"""The quarantine from outside: listed, read byte for byte, tried again, assigned, set aside."""

from __future__ import annotations

import hashlib
import json
from types import SimpleNamespace

import pytest

from census.accounts.codelists import TokenKind
from census.accounts.services import issue_token
from census.collection.models import FieldArea
from census.collection.services import publish_questionnaire
from census.core import db, jobs
from census.core.clock import utcnow
from census.core.events import Event
from tests.factories.census import AWAY, HOME, NOON, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import envelope

ADDRESS = "/api/v1/quarantine"


@pytest.fixture
def census(app):
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def office(client, census):
    """Sends as the enumerator of the first area, and asks as any officer."""

    def headers(actor):
        with db.transaction() as session:
            secret = issue_token(session, actor.id, kind=TokenKind.API, at=utcnow()).secret
        return {"Authorization": f"Bearer {secret}", "Accept-Language": "en"}

    field = headers(census.enumerator)

    def send(*records):
        answer = client.post(
            "/api/v1/submissions", json={"submissions": list(records)}, headers=field
        )
        return answer.json["results"]

    def act(*actions):
        answer = client.post(
            "/api/v1/field-actions", json={"actions": list(actions)}, headers=field
        )
        return answer.json["results"]

    def ask(actor, path="", **query):
        return client.get(ADDRESS + path, query_string=query, headers=headers(actor))

    def tell(actor, path, **body):
        return client.post(path, json=body, headers=headers(actor))

    def read(actor, path):
        return client.get(path, headers=headers(actor))

    return SimpleNamespace(send=send, act=act, ask=ask, tell=tell, read=read)


def mismatched(census, **answers):
    """A record whose envelope names another household than its instance."""
    return {**envelope(census.household(), **answers), "household_id": census.household(2)}


def digest(record):
    """The SHA-256 of a record's instance."""
    return hashlib.sha256(record["instance"].encode()).hexdigest()


def closed(is_closed):
    """Close the first area, or open it again."""
    with db.transaction() as session:
        session.get_one(FieldArea, HOME).closed_at = NOON if is_closed else None


def visit(census, ea_code=HOME):
    """A visit that found a refusal."""
    return {
        "action_id": new_instance_id(),
        "type": "visit",
        "household_id": census.household(ea_code=ea_code),
        "at": "2021-02-10T10:00:00+07:00",
        "result": "20",
    }


def test_the_list_says_what_waits_where_why_and_from_whom(census, office):
    record = mismatched(census)
    office.send(record, envelope(census.household(ea_code=AWAY)))
    office.act(visit(census, AWAY))

    submissions = office.ask(census.province).json
    actions = office.ask(census.province, kind="field_action").json
    near = office.ask(census.supervisor).json
    foreign = office.ask(census.province, reason="household.foreign", area="2002").json

    line = near["submissions"][0]
    assert len(submissions["submissions"]) == 2
    assert (line["code"], line["ea_code"], line["sender_role"], line["kind"]) == (
        "submission.mismatch",
        HOME,
        "enumerator",
        "submission",
    )
    assert line["sha256"] == digest(record)
    assert line["detail"] == "The envelope contradicts the instance inside it."
    assert [each["code"] for each in actions["field_actions"]] == ["household.foreign"]
    assert [each["ea_code"] for each in foreign["submissions"]] == [AWAY]


def test_the_list_is_read_page_by_page(census, office):
    office.send(*(mismatched(census) for _ in range(3)))
    office.act(*(visit(census, AWAY) for _ in range(3)))

    first = office.ask(census.province, limit=2).json
    rest = office.ask(census.province, limit=2, after=first["next"]).json
    actions = office.ask(census.province, kind="field_action", limit=2).json
    others = office.ask(census.province, kind="field_action", limit=2, after=actions["next"]).json

    assert [len(each["submissions"]) for each in (first, rest)] == [2, 1]
    assert [len(each["field_actions"]) for each in (actions, others)] == [2, 1]
    assert (first["more"], rest["more"], others["next"]) == (True, False, None)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"after": "nothing"}, 422),
        ({"kind": "letter"}, 422),
        ({"area": "9999"}, 404),
        ({"area": "2002"}, 404),
        ({"after": "nothing", "kind": "field_action"}, 200),
    ],
    ids=["cursor", "kind", "unknown_area", "foreign_area", "unknown_action"],
)
def test_what_makes_no_sense_is_refused(census, office, query, status):
    assert office.ask(census.supervisor, **query).status_code == status


def test_the_bytes_come_back_as_they_were_also_of_a_variant_and_that_is_an_event(census, office):
    instance_id = new_instance_id()
    first = envelope(census.household(), instance_id=instance_id)
    variant = {**first, "instance": first["instance"].replace("<data", "<data ", 1) + "\n\x7f"}
    office.send(first)
    office.send(variant)

    raw = office.ask(census.supervisor, f"/{instance_id}/raw", sha256=digest(variant))
    of_first = office.ask(census.supervisor, f"/{instance_id}/raw")

    with db.reading() as session:
        reads = session.query(Event).filter_by(name="submission.read").all()
    assert raw.data == variant["instance"].encode()
    assert of_first.data == first["instance"].encode()
    assert raw.content_type == "application/octet-stream"
    assert raw.headers["Content-Disposition"].startswith("attachment")
    assert {each.details["sha256"] for each in reads} == {digest(first), digest(variant)}


def test_bytes_that_are_no_text_come_back_too(census, office):
    record = {**envelope(census.household()), "instance": "\ud800<not xml"}
    office.send(record)

    raw = office.ask(census.supervisor, f"/{record['instance_id']}/raw")

    assert raw.data == record["instance"].encode("utf-8", "surrogatepass")


def test_what_waits_can_be_tried_again_after_a_repair(census, office):
    closed(True)
    record = envelope(census.household())
    office.send(record)
    address = f"{ADDRESS}/{record['instance_id']}/replay"

    before = office.tell(census.supervisor, address, sha256=digest(record)).json
    closed(False)
    after = office.tell(census.supervisor, address, sha256=digest(record)).json
    again = office.tell(census.supervisor, address, sha256=digest(record))
    (repeat,) = office.send(record)

    assert (before["taken_up"], before["code"]) == (False, "area.closed")
    assert (after["taken_up"], after["standing"], after["code"]) == (True, "counting", None)
    assert (again.status_code, again.json["code"]) == (409, "submission.not_in_quarantine")
    assert (repeat["outcome"], repeat["standing"]) == ("duplicate", "counting")


def test_many_can_be_tried_again_at_once(census, office):
    closed(True)
    office.send(*(envelope(census.household(serial)) for serial in (1, 2, 3)))
    office.act(visit(census))
    office.send(mismatched(census))
    closed(False)
    address = f"{ADDRESS}/replay"

    far = office.tell(census.province, address, reason="area.closed", area="2002").json
    submissions = office.tell(census.supervisor, address, reason="area.closed").json
    actions = office.tell(census.supervisor, address, kind="field_action").json

    assert far == {"tried": 0, "taken_up": 0, "next": None, "more": False}
    assert (submissions["tried"], submissions["taken_up"]) == (3, 3)
    assert (actions["tried"], actions["taken_up"]) == (1, 1)
    assert len(office.ask(census.supervisor).json["submissions"]) == 1


def test_an_officer_says_which_household_it_is_about(census, office):
    record = mismatched(census)
    office.send(record)
    body = {"sha256": digest(record), "reason": "Asked the enumerator"}
    address = f"{ADDRESS}/{record['instance_id']}/assign"

    strange = office.tell(
        census.supervisor, address, household_id=census.household(ea_code=AWAY), **body
    )
    taken_up = office.tell(
        census.supervisor, address, household_id=census.household(2), **body
    ).json

    assert (strange.status_code, strange.json["code"]) == (404, "household.not_found")
    assert (taken_up["taken_up"], taken_up["household_id"]) == (True, census.household(2))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("replay", {}),
        ("replay", {"sha256": "AB"}),
        ("assign", {"sha256": "0" * 64, "household_id": "12"}),
        ("assign", {"sha256": "0" * 64, "household_id": f"{HOME}-0001", "reason": ""}),
    ],
    ids=["no_digest", "no_hex", "no_household", "no_reason"],
)
def test_a_decision_without_what_it_needs_is_refused(census, office, path, body):
    answer = office.tell(census.supervisor, f"{ADDRESS}/{new_instance_id()}/{path}", **body)

    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_what_lies_outside_the_areas_does_not_exist(census, office):
    record = envelope(census.household(ea_code=AWAY))
    office.send(record)
    action = visit(census, AWAY)
    office.act(action)
    replay = f"{ADDRESS}/{record['instance_id']}/replay"

    answers = [
        office.ask(census.supervisor, f"/{record['instance_id']}/raw"),
        office.tell(census.supervisor, replay, sha256=digest(record)),
        office.tell(
            census.supervisor, f"{ADDRESS}/{action['action_id']}/replay", kind="field_action"
        ),
        office.tell(
            census.supervisor,
            f"/api/v1/field-actions/{action['action_id']}/set-aside",
            reason="Not ours",
        ),
        office.tell(
            census.supervisor,
            f"/api/v1/field-actions/{action['action_id']}/assign",
            reason="Not ours",
        ),
        office.read(census.supervisor, f"/api/v1/field-actions/{action['action_id']}/content"),
    ]

    assert [each.status_code for each in answers] == [404] * 6


def test_a_field_action_is_tried_again_or_set_aside(census, office):
    closed(True)
    first, second = visit(census), visit(census)
    office.act(first, second)
    replay = f"{ADDRESS}/{first['action_id']}/replay"
    aside = f"/api/v1/field-actions/{second['action_id']}/set-aside"

    before = office.tell(census.supervisor, replay, kind="field_action").json
    closed(False)
    after = office.tell(census.supervisor, replay, kind="field_action").json
    discarded = office.tell(census.supervisor, aside, reason="Sent by mistake")
    again = office.tell(census.supervisor, aside, reason="Sent by mistake")

    repeats = office.act(first, second)
    assert (before["taken_up"], before["code"], before["outcome"]) == (
        False,
        "area.closed",
        "quarantined",
    )
    assert (after["taken_up"], after["outcome"]) == (True, "accepted")
    assert (discarded.status_code, again.status_code) == (204, 409)
    assert [(each["outcome"], each["code"]) for each in repeats] == [
        ("duplicate", None),
        ("duplicate", "submission.set_aside"),
    ]


def test_an_officer_vouches_for_a_field_action_and_reads_what_was_sent(census, office):
    action = visit(census, AWAY)
    office.act(action)
    address = f"/api/v1/field-actions/{action['action_id']}"

    with db.reading() as session:
        before = session.query(Event).filter_by(name="field_action.read").count()
    content = office.read(census.province, f"{address}/content")
    strange = office.tell(
        census.province, f"{address}/assign", household_id=f"{HOME}-0999", reason="Asked"
    )
    taken_up = office.tell(census.province, f"{address}/assign", reason="Asked her").json
    again = office.tell(census.province, f"{address}/assign", reason="Asked her")

    with db.reading() as session:
        reads = session.query(Event).filter_by(name="field_action.read").count()
    assert json.loads(content.data) == action
    assert content.headers["Content-Disposition"].startswith("attachment")
    assert (before, reads) == (0, 1)
    assert (strange.status_code, strange.json["code"]) == (404, "household.not_found")
    assert (taken_up["taken_up"], taken_up["outcome"], taken_up["household_id"]) == (
        True,
        "accepted",
        action["household_id"],
    )
    assert (again.status_code, again.json["code"]) == (409, "field_action.not_in_quarantine")


@pytest.mark.parametrize(
    "body",
    [{}, {"reason": "no"}, {"reason": "Asked", "household_id": "12"}],
    ids=["no_reason", "short_reason", "no_household_id"],
)
def test_vouching_without_what_it_needs_is_refused(census, office, body):
    address = f"/api/v1/field-actions/{new_instance_id()}/assign"

    answer = office.tell(census.supervisor, address, **body)

    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_publishing_the_version_takes_up_what_waited_for_it(census, office):
    record = envelope(census.household())
    newer = {
        **record,
        "version": "2564.9",
        "instance": record["instance"].replace('version="2564.1"', 'version="2564.9"'),
    }
    (before,) = office.send(newer)

    with db.transaction() as session:
        publish_questionnaire(
            session, None, "household", "2564.9", xform=b"<h/>", workbook=b"", at=utcnow()
        )
    jobs.run_all_owed()

    (after,) = office.send(newer)
    assert (before["code"], before["standing"]) == (
        "questionnaire.unknown_version",
        "quarantined",
    )
    assert (after["outcome"], after["standing"]) == ("duplicate", "counting")
