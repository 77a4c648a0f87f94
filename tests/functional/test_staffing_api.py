"""Taking people on and giving them their areas, over JSON."""

from __future__ import annotations

import pytest

from census.accounts.services import issue_token
from census.core import db
from census.core.clock import utcnow
from tests.factories.accounts import PASSWORD
from tests.factories.census import AWAY, HOME, small_census


@pytest.fixture
def call(client):
    """Calls as somebody of the small census: `call("province", "/leases", {...})`."""
    with db.transaction() as session:
        census = small_census(session)

    def make(who, address, body=None):
        with db.transaction() as session:
            token = issue_token(session, getattr(census, who).id, at=utcnow()).secret
        headers = {"Authorization": f"Bearer {token}", "Accept-Language": "en"}
        if body is None:
            return client.get(f"/api/v1{address}", headers=headers)
        return client.post(f"/api/v1{address}", json=body, headers=headers)

    return make


def person(**changes):
    """Somebody to take on."""
    return {"username": "new1", "role": "enumerator", "password": PASSWORD, **changes}


def test_a_province_takes_an_enumerator_on_and_leases_an_area_to_them(call):
    hired = call("province", "/users", person())

    leased = call("province", "/leases", {"ea_code": HOME, "enumerator": "new1"})

    assert hired.status_code == 201
    assert "password" not in hired.json
    assert (leased.status_code, leased.json["lease"]) == (201, 2)
    assert call("enumerator", "/workload").json["areas"] == []


def test_moving_an_area_changes_what_a_supervisor_saw_of_its_households(call):
    before = call("supervisor", f"/households/{HOME}-0001").json["revision"]
    call("province", "/users", person())

    call("supervisor", "/leases", {"ea_code": HOME, "enumerator": "new1"})

    assert call("supervisor", f"/households/{HOME}-0001").json["revision"] == before + 1


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"role": "headquarters", "areas": ["TH"]}, 403, "assignment.role_not_grantable"),
        ({"role": "supervisor"}, 422, "assignment.areas_unfit"),
        ({"role": "supervisor", "areas": ["21"]}, 422, "assignment.areas_unfit"),
        ({"role": "supervisor", "areas": ["TH"]}, 422, "assignment.areas_unfit"),
        ({"username": "enumerator1"}, 409, "accounts.username_taken"),
        ({"password": "short"}, 422, "accounts.password_unfit"),  # pragma: allowlist secret
    ],
)
def test_a_province_cannot_grant_what_is_not_its_own(call, changes, status, code):
    answer = call("province", "/users", person(**changes))

    assert (answer.status_code, answer.json["code"]) == (status, code)


def test_a_supervisor_cannot_lease_an_area_of_another(call):
    answer = call("supervisor", "/leases", {"ea_code": AWAY, "enumerator": "enumerator1"})

    assert answer.status_code == 404


def test_headquarters_extends_the_field_period_and_the_tablets_learn_of_it(call):
    extension = {
        "starts_on": "2020-12-01",
        "ends_on": "2021-03-31",
        "decided_on": "2021-02-22",
        "reason_th": "การระบาดระลอกที่ 2",
        "reason_en": "The second wave",
        "decision_document": "extension",
    }

    added = call("headquarters", "/field-periods", extension)
    backwards = call("headquarters", "/field-periods", extension | {"ends_on": "2020-01-01"})

    assert (added.status_code, added.json["revision"]) == (201, 2)
    assert backwards.status_code == 422
    assert call("enumerator", "/workload").json["field_period"]["ends_on"] == "2021-03-31"


def test_freezing_an_unchanged_frame_again_is_refused(call):
    answer = call("headquarters", "/frame/versions", {})

    assert answer.status_code == 409
