"""The ways in for programs of the field: a token in the address, or a password over https."""

from __future__ import annotations

import json
import logging
import zlib
from base64 import b64decode
from datetime import date, timedelta

import pytest
from flask import Flask

from census.accounts import services
from census.accounts.codelists import Role, TokenKind
from census.accounts.models import SignInFailure, Token
from census.accounts.passwords import hashed
from census.accounts.queries import find_user_by_id
from census.assignment.services import lease_area
from census.core import db
from census.core.clock import census_moment, set_census_clock, utcnow
from tests.factories import accounts
from tests.factories.accounts import PASSWORD
from tests.factories.census import AWAY, NOON
from tests.factories.instances import household_instance
from tests.functional.openrosa.collect import AuthRequiredError, Collect, NotOpenRosaError

pytestmark = pytest.mark.parametrize("engine_name", ["sqlite"])

HTTPS = "https://localhost/openrosa"


@pytest.fixture
def with_password(app: Flask, census) -> Collect:
    """The enumerator of the first area, who knows a password only."""
    with db.transaction() as session:
        user = find_user_by_id(session, census.enumerator.id)
        user.password_hash = hashed(PASSWORD, username=user.username)
        set_census_clock(session, shows=NOON, at=utcnow())
    return Collect(app.test_client(), HTTPS, username="enumerator1", password=PASSWORD)


@pytest.fixture
def office(app: Flask, census):
    """Calls the JSON face as somebody of an office."""
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())

    def call(who: str, method: str, address: str):
        with db.transaction() as session:
            actor = getattr(census, who)
            token = services.issue_token(session, actor.id, at=utcnow()).secret
        return app.test_client().open(
            f"/api/v1/users/{address}",
            method=method,
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
        )

    return call


def failures() -> int:
    with db.reading() as session:
        return session.query(SignInFailure).count()


def test_a_password_opens_everything_over_https(with_password, census):
    (form,) = with_password.form_list()
    with_password.form(form)
    with_password.send(household_instance(census.household()).encode())

    assert form.download_url == f"{HTTPS}/forms/household/2564.1"
    assert with_password.answers[-1].status_code == 201


def test_over_plain_http_nobody_is_asked_for_a_password(with_password):
    answer = with_password.http.get("/openrosa/formList", auth=("enumerator1", PASSWORD))

    assert answer.status_code == 403
    assert "WWW-Authenticate" not in answer.headers


def test_without_a_password_one_is_asked_for(with_password):
    with_password.username = None

    with pytest.raises(AuthRequiredError):
        with_password.form_list()

    challenge = with_password.answers[-1].headers["WWW-Authenticate"]
    assert challenge.startswith("Basic ")
    assert "Digest" not in challenge


def test_wrong_passwords_are_counted_and_end_in_waiting(with_password):
    with_password.password = "wrong"
    for _ in range(5):
        with pytest.raises(AuthRequiredError):
            with_password.form_list()

    with pytest.raises(NotOpenRosaError, match="429"):
        with_password.form_list()

    assert failures() == 5
    assert int(with_password.answers[-1].headers["Retry-After"]) > 0


def test_whoever_proved_their_password_is_not_stopped_by_the_guesses_of_others(with_password):
    with_password.form_list()
    stranger = Collect(
        with_password.http,
        HTTPS,
        username="enumerator1",
        password="a guess",
    )
    for _ in range(5):
        with pytest.raises(AuthRequiredError):
            stranger.form_list()

    assert [each.form_id for each in with_password.form_list()] == ["household"]


def test_a_changed_password_is_looked_at_anew(with_password, census):
    with_password.form_list()
    with db.transaction() as session:
        services.change_password(session, census.enumerator.id, "another password", at=utcnow())

    with pytest.raises(AuthRequiredError):
        with_password.form_list()


def test_somebody_who_was_locked_out_stays_out(with_password, census):
    with_password.form_list()
    with db.transaction() as session:
        services.lock_user(session, census.enumerator.id, at=utcnow())

    with pytest.raises(AuthRequiredError):
        with_password.form_list()


def test_a_token_of_openrosa_opens_that_face_alone(app, collect):
    token = collect.server_url.rpartition("/")[2]

    answer = app.test_client().get("/api/v1/workload", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 401


@pytest.mark.parametrize("kind", [TokenKind.API, TokenKind.DEVICE])
def test_other_tokens_do_not_open_openrosa(app, census, kind):
    with db.transaction() as session:
        secret = services.issue_token(session, census.enumerator.id, kind=kind, at=utcnow()).secret

    assert app.test_client().get(f"/openrosa/{secret}/formList").status_code == 403


def test_the_token_stands_in_no_log(app, collect, caplog):
    token = collect.server_url.rpartition("/")[2]
    caplog.set_level(logging.DEBUG)

    collect.form_list()
    collect.get(f"{collect.server_url}/nothing")

    assert token not in caplog.text
    assert "/openrosa/<token>/formList" in {getattr(each, "rule", "") for each in caplog.records}


def test_the_use_of_a_token_is_noted_to_the_hour(collect):
    collect.form_list()
    with db.reading() as session:
        first = session.query(Token.last_used_at).filter(Token.last_used_at.is_not(None)).scalar()
    collect.form_list()

    with db.reading() as session:
        again = session.query(Token.last_used_at).filter(Token.last_used_at.is_not(None)).scalar()
    assert first == again


def test_an_office_gives_out_a_code_that_sets_collect_up(app, office, census):
    answer = office("supervisor", "POST", f"{census.enumerator.id}/openrosa-tokens")

    settings = json.loads(zlib.decompress(b64decode(answer.json["settings"])))
    tablet = Collect(app.test_client(), settings["general"]["server_url"])
    assert answer.status_code == 201
    assert settings["general"]["form_update_mode"] == "match_exactly"
    assert settings["general"]["server_url"] == answer.json["server_url"]
    assert [each.form_id for each in tablet.form_list()] == ["household"]


def test_a_token_lasts_ninety_days_beyond_the_field_period(office, census):
    office("province", "POST", f"{census.enumerator.id}/openrosa-tokens")

    with db.reading() as session:
        expires_at = session.query(Token.expires_at).filter_by(kind=TokenKind.OPENROSA).scalar()
        last_day = (census_moment(session, expires_at) - timedelta(minutes=1)).date()
    assert last_day == date(2021, 2, 28) + timedelta(days=90)


def test_no_token_is_given_out_when_the_field_period_is_long_over(office, census):
    with db.transaction() as session:
        set_census_clock(session, shows=NOON + timedelta(days=200), at=utcnow())

    answer = office("province", "POST", f"{census.enumerator.id}/openrosa-tokens")

    assert (answer.status_code, answer.json["code"]) == (409, "field_token.field_period_over")


def test_tokens_are_listed_and_revoked_without_being_told(office, census):
    address = f"{census.enumerator.id}/openrosa-tokens"
    secret = office("supervisor", "POST", address).json["token"]

    (listed,) = office("supervisor", "GET", address).json["tokens"]
    revoked = office("supervisor", "DELETE", f"{address}/{listed['id']}")

    assert secret not in json.dumps(listed)
    assert revoked.status_code == 204
    assert office("supervisor", "GET", address).json["tokens"] == []


def test_an_enumerator_of_other_areas_does_not_exist_to_an_office(office, census):
    for method in ("GET", "POST"):
        address = f"{census.neighbour.id}/openrosa-tokens"
        assert office("supervisor", method, address).status_code == 404
        assert office("province", method, address).status_code in (200, 201)


def test_an_enumerator_whose_area_was_moved_can_still_be_locked_out(office, census):
    address = f"{census.enumerator.id}/openrosa-tokens"
    office("supervisor", "POST", address)
    with db.transaction() as session:
        at = utcnow()
        lease_area(
            session, census.province, "22001011001", enumerator_id=census.neighbour.id, at=at
        )

    assert len(office("supervisor", "GET", address).json["tokens"]) == 1


@pytest.mark.parametrize("wrong", ["not-an-id", "00000000-0000-4000-8000-000000000000"])
def test_nobody_has_such_a_token(office, census, wrong):
    assert office("province", "POST", f"{wrong}/openrosa-tokens").status_code == 404
    address = f"{census.enumerator.id}/openrosa-tokens/{wrong}"
    assert office("province", "DELETE", address).status_code == 404


def test_somebody_of_an_office_gets_no_token(office, census):
    assert office("province", "POST", f"{census.supervisor.id}/openrosa-tokens").status_code == 404


def test_the_page_shows_a_code_once_and_revokes_it(app, form_token, census):
    with db.transaction() as session:
        set_census_clock(session, shows=NOON, at=utcnow())
        accounts.user(session, role=Role.ENUMERATOR, areas=[AWAY], username="elsewhere")
        secret = services.open_session(session, census.supervisor.id, at=utcnow()).secret
    supervisor = app.test_client()
    with supervisor.session_transaction() as cookie:
        cookie["_user_id"] = secret
    fields = {"csrf_token": form_token(supervisor)}
    english = {"Accept-Language": "en"}

    shown = supervisor.post(
        f"/supervisor/devices/{census.enumerator.id}/issue", data=fields, headers=english
    )
    listed = supervisor.get("/supervisor/devices", headers=english)

    assert shown.status_code == 200
    assert 'src="data:image/svg+xml' in shown.text
    address = shown.text.split('<code class="census-code">', 1)[1].split("<", 1)[0]
    assert Collect(app.test_client(), address).form_list()
    assert "enumerator1" in listed.text
    assert "elsewhere" not in listed.text
    assert address.rpartition("/")[2] not in listed.text
    token = listed.text.split('name="token" value="', 1)[1].split('"', 1)[0]
    revoked = supervisor.post(
        f"/supervisor/devices/{census.enumerator.id}/revoke", data={**fields, "token": token}
    )
    assert revoked.status_code == 303
    assert app.test_client().get(f"{address}/formList").status_code == 403
