"""Submissions from outside: every record is answered for, and nothing bad is a fault of ours."""

from __future__ import annotations

import gzip
import hashlib
import json

import pytest

from census.accounts.codelists import TokenKind
from census.accounts.services import issue_token, revoke_token
from census.core import db
from census.core.clock import utcnow
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.factories.instances import new_instance_id
from tests.factories.submissions import envelope

ADDRESS = "/api/v1/submissions"


@pytest.fixture
def census(app) -> SmallCensus:
    """The small census, committed."""
    with db.transaction() as session:
        return small_census(session)


@pytest.fixture
def token_of(app):
    """Makes a token of somebody in the small census."""

    def make(actor, kind=TokenKind.API):
        with db.transaction() as session:
            return issue_token(session, actor.id, kind=kind, at=utcnow()).secret

    return make


@pytest.fixture
def send(client, census, token_of):
    """Sends records as the enumerator of the first area; gives back the results."""
    headers = {"Authorization": f"Bearer {token_of(census.enumerator)}", "Accept-Language": "en"}

    def post(*records):
        answer = client.post(ADDRESS, json={"submissions": list(records)}, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json["results"]

    post.headers = headers
    return post


def test_an_accepted_submission_counts_and_can_be_read_back(client, census, send, token_of):
    record = envelope(census.household())

    (result,) = send(record)

    supervisor = {"Authorization": f"Bearer {token_of(census.supervisor)}"}
    household = client.get(f"/api/v1/households/{census.household()}", headers=supervisor).json
    stored = client.get(f"{ADDRESS}/{record['instance_id']}", headers=supervisor).json
    digest = hashlib.sha256(record["instance"].encode()).hexdigest()
    assert (result["outcome"], result["findings"]) == ("accepted", [])
    assert (household["responded"], household["disposition"]) == (True, "11")
    assert household["counting_submission"] == record["instance_id"]
    assert [each["sha256"] for each in household["submissions"]] == [digest]
    assert (stored["instance"], stored["sha256"]) == (record["instance"], digest)


def test_a_gzipped_batch_is_read(client, census, send):
    body = gzip.compress(json.dumps({"submissions": [envelope(census.household())]}).encode())
    headers = send.headers | {"Content-Encoding": "gzip", "Content-Type": "application/json"}

    answer = client.post(ADDRESS, data=body, headers=headers)

    assert answer.json["results"][0]["outcome"] == "accepted"


def test_one_bad_record_never_refuses_its_neighbours(census, send):
    good = envelope(census.household(1))
    too_large = envelope(census.household(2)) | {"instance": "x" * 2_000_001}
    unread = envelope(census.household(3)) | {"instance": "<data"}
    misnamed = envelope(census.household(4)) | {"mode": "pigeon"}

    results = send(good, {}, None, "text", too_large, unread, misnamed)

    assert [(each["outcome"], each["code"]) for each in results] == [
        ("accepted", None),
        ("refused", "submission.unidentified"),
        ("refused", "submission.unidentified"),
        ("refused", "submission.unidentified"),
        ("refused", "submission.too_large"),
        ("quarantined", "submission.unreadable"),
        ("quarantined", "submission.invalid_envelope"),
    ]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"version": "2563.9"}, "questionnaire.unknown_version"),
        ({"household_id": f"{AWAY}-0001"}, "household.foreign"),
        ({"household_id": f"{HOME}-0999"}, "household.unknown"),
    ],
)
def test_what_does_not_fit_is_kept_in_quarantine_with_its_reason(census, send, change, code):
    household = change.get("household_id", census.household())
    answers = {"version": change["version"]} if "version" in change else {}
    record = envelope(household, **answers) | change

    (result,) = send(record)
    (again,) = send(record)

    assert (result["outcome"], result["code"]) == ("quarantined", code)
    assert result["detail"]
    assert (again["outcome"], again["standing"]) == ("duplicate", "quarantined")


def test_ten_megabytes_of_nested_elements_are_refused_without_harm(client, census, send):
    nested = "<x>" * 650_000 + "</x>" * 650_000
    record = envelope(census.household()) | {"instance": nested}

    (result,) = send(record)

    assert (result["outcome"], result["code"]) == ("refused", "submission.too_large")


def test_deep_nesting_within_the_size_limit_is_quarantined(census, send):
    record = envelope(census.household()) | {"instance": "<x>" * 100_000 + "</x>" * 100_000}

    (result,) = send(record)

    assert (result["outcome"], result["code"]) == ("quarantined", "submission.unreadable")


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {}, 422),
        (b'{"submissions": []}', {}, 422),
        (json.dumps({"submissions": [{}] * 201}).encode(), {}, 422),
        (b"not json", {}, 422),
        (b"[" * 100_000, {}, 422),
        (gzip.compress(b'{"submissions": []}')[:-8], {"Content-Encoding": "gzip"}, 422),
        (gzip.compress(b" " * 10_000_001), {"Content-Encoding": "gzip"}, 413),
        (b" " * 10_000_001, {}, 413),
        (b"{}", {"Content-Type": "text/plain"}, 415),
        (b"{}", {"Content-Encoding": "br"}, 415),
    ],
    ids=[
        "no list",
        "empty list",
        "too many",
        "not JSON",
        "too deep",
        "cut-off gzip",
        "gzip bomb",
        "too large",
        "text",
        "unknown encoding",
    ],
)
def test_a_body_that_holds_no_records_is_refused_as_a_whole(client, send, body, headers, status):
    answer = client.post(
        ADDRESS, data=body, headers=send.headers | {"Content-Type": "application/json"} | headers
    )

    assert answer.status_code == status
    assert answer.content_type == "application/problem+json"
    assert answer.json["code"]
    assert answer.json["detail"]


def test_a_refusal_speaks_thai_unless_english_is_asked_for(client, send):
    thai = client.post(ADDRESS, json={}, headers=send.headers | {"Accept-Language": "th"}).json
    english = client.post(ADDRESS, json={}, headers=send.headers).json

    assert thai["code"] == english["code"]
    assert any("\u0e00" <= letter <= "\u0e7f" for letter in thai["detail"])
    assert english["detail"].isascii()


def test_characters_no_database_can_keep_lose_nothing(census, send):
    household = census.household()
    nul = envelope(household) | {"device_id": "a\x00b"}
    lone = envelope(household)
    lone["instance"] = lone["instance"].replace("ตัวอย่าง", "\ud800", 1)

    results = send(nul, lone)

    assert [each["outcome"] for each in results] == ["quarantined", "quarantined"]


@pytest.mark.parametrize("year", ["0001", "9999", "2564"])
def test_moments_no_clock_can_show_cost_nobody_a_record(census, send, year):
    odd = f"{year}-01-01T00:00:00+14:00"
    strange = envelope(census.household(1), start=odd, end=odd)
    outside = envelope(census.household(2)) | {"started_at": odd, "ended_at": "yesterday"}
    neighbour = envelope(census.household(3))

    results = send(strange, outside, neighbour)

    assert [each["outcome"] for each in results] == ["accepted"] * 3


def test_what_the_envelope_leaves_out_is_taken_from_the_instance(census, send):
    whole = envelope(census.household())

    (result,) = send({"instance": whole["instance"]})

    assert (result["outcome"], result["instance_id"]) == ("accepted", whole["instance_id"])


def test_a_repeat_tells_the_findings_again(census, send):
    record = envelope(census.household(), h09=9)

    (first,) = send(record)
    (again,) = send(record)

    assert first["findings"]
    assert again["findings"] == first["findings"]


def test_a_household_nobody_knows_is_shown_where_somebody_can_act(client, census, send, token_of):
    (result,) = send(envelope(f"{HOME}-0999"))
    headers = {"Authorization": f"Bearer {token_of(census.supervisor)}"}

    listed = client.get("/api/v1/quarantine", headers=headers).json

    assert result["code"] == "household.unknown"
    assert [each["instance_id"] for each in listed["submissions"]] == [result["instance_id"]]
    assert listed["submissions"][0]["ea_code"] == HOME


def test_numbers_beyond_any_column_are_findings_not_faults(census, send):
    record = envelope(census.household(), h22="9" * 40, h08="-3")

    (result,) = send(record)

    assert result["outcome"] == "accepted"
    assert "E-H20" in {finding["edit"] for finding in result["findings"]}
    assert all(finding["message"] for finding in result["findings"])


def test_an_unknown_token_is_refused_and_a_revoked_tablet_is_quarantined(client, census, token_of):
    device = token_of(census.enumerator, TokenKind.DEVICE)
    with db.transaction() as session:
        revoke_token(session, device, at=utcnow())
    body = {"submissions": [envelope(census.household())]}

    unknown = client.post(ADDRESS, json=body, headers={"Authorization": "Bearer nobody"})
    revoked = client.post(ADDRESS, json=body, headers={"Authorization": f"Bearer {device}"})

    assert unknown.status_code == 401
    assert revoked.json["results"][0]["code"] == "token.revoked"


def test_an_enumerator_of_one_district_sees_nothing_of_another(client, census, token_of):
    headers = {"Authorization": f"Bearer {token_of(census.enumerator)}"}

    own = client.get(f"/api/v1/households?area={HOME}", headers=headers)
    foreign = client.get(f"/api/v1/households?area={AWAY}", headers=headers)
    one = client.get(f"/api/v1/households/{AWAY}-0001", headers=headers)
    absent = client.get(f"/api/v1/households/{AWAY}-0999", headers=headers)
    country = client.get("/api/v1/households?area=TH", headers=headers)

    assert len(own.json["households"]) == 5
    assert (one.status_code, absent.status_code) == (404, 404)
    assert one.json == absent.json
    assert (foreign.status_code, country.status_code) == (404, 404)
    assert client.get(f"{ADDRESS}/{new_instance_id()}", headers=headers).status_code == 403


def test_households_come_page_by_page(client, census, token_of):
    headers = {"Authorization": f"Bearer {token_of(census.province)}"}
    seen, after = [], ""
    while True:
        page = client.get(f"/api/v1/households?area=20&limit=3&after={after}", headers=headers).json
        seen += [each["id"] for each in page["households"]]
        if not page["more"]:
            break
        after = page["next"]

    assert seen == [census.household(n, ea) for ea in (HOME, AWAY) for n in range(1, 6)]


def test_a_conflict_can_be_set_aside_with_a_reason(client, census, send, token_of):
    instance_id = new_instance_id()
    send(envelope(census.household(), instance_id=instance_id))
    variant = envelope(census.household(), instance_id=instance_id, h08=7)
    send(variant)
    headers = {"Authorization": f"Bearer {token_of(census.supervisor)}"}
    digest = hashlib.sha256(variant["instance"].encode()).hexdigest()

    answer = client.post(
        f"{ADDRESS}/{instance_id}/set-aside",
        json={"sha256": digest, "reason": "A test sent by mistake"},
        headers=headers,
    )

    household = client.get(f"/api/v1/households/{census.household()}", headers=headers).json
    assert answer.status_code == 204
    assert [each["standing"] for each in household["submissions"]] == ["counting", "void"]
    assert send(variant)[0]["outcome"] == "conflict"
