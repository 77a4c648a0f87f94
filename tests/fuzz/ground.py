"""A census in which something of every kind waits, and the names under which it is known."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from census.accounts.actors import Actor
from census.accounts.codelists import Role, TokenKind
from census.accounts.queries import actor_of
from census.accounts.services import issue_token, open_session
from census.app import create_app
from census.assignment.models import FieldPeriod
from census.collection.codelists import Outcome
from census.collection.errors import REASONS
from census.core import db, jobs
from census.core.clock import utcnow
from census.progress.services import differences_from_recount
from config.settings import Settings
from tests.conftest import KEYRING
from tests.factories import accounts
from tests.factories.audit_logs import log, row
from tests.factories.census import AWAY, HOME, SmallCensus, small_census
from tests.factories.instances import household_instance, new_instance_id
from tests.factories.photos import jpeg
from tests.factories.submissions import envelope

HOUSEHOLDS = 12
AT = "2021-02-10T10:00:00+07:00"


@dataclass
class Ground:
    """The application on its small census, a way in for every role, and the names in it."""

    app: Flask
    census: SmallCensus
    tokens: Mapping[Role, str]
    cookies: Mapping[Role, str]
    openrosa: str
    engine: str
    names: dict[str, list[Any]] = field(default_factory=dict)

    def api(self, role: Role) -> FlaskClient:
        """The JSON face, called by this role."""
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[role]}"
        return client

    def browser(self, role: Role) -> FlaskClient:
        """A browser in which this role is signed in."""
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"] = self.cookies[role]
        return client


def application(database_url: str, home: Path) -> Flask:
    """The whole application on a database, with the keys of the tests."""
    sealing = {str(number): key.hex() for number, key in KEYRING.sealing.items()}
    keys = home / "keys.json"
    keys.touch(mode=0o600)
    keys.write_text(json.dumps({"sealing": sealing, "index": KEYRING.index.hex()}))
    settings = Settings(
        database_url=database_url,
        home=home,
        secret_key="only tests sign with this secret",  # pragma: allowlist secret
        is_testing=True,
        has_cheap_passwords=True,
    )
    app = create_app(settings)
    jobs.connect_nothing()
    return app


def ground_on(app: Flask, engine: str) -> Ground:
    """Put the small census into the application's database, and something of every kind into it."""
    with db.transaction() as session:
        census = small_census(session, households=HOUSEHOLDS)
        administrator = actor_of(accounts.user(session, role=Role.ADMINISTRATOR))
        # Tokens are given out for as long as the field period lasts.
        period = session.scalars(select(FieldPeriod)).one()
        period.ends_on = (utcnow() + timedelta(days=30)).date()
    people = _people(census, administrator)
    ground = Ground(
        app,
        census,
        tokens={role: _token(actor, TokenKind.API) for role, actor in people.items()},
        cookies={role: _cookie(actor) for role, actor in people.items()},
        openrosa=_token(census.enumerator, TokenKind.OPENROSA),
        engine=engine,
    )
    ground.names = _filled(ground)
    return ground


def tally_is_recount() -> bool:
    """Whether every count is what a recount of the cases gives."""
    with db.reading() as session:
        return list(differences_from_recount(session)) == []


def _people(census: SmallCensus, administrator: Actor) -> dict[Role, Actor]:
    return {
        Role.ADMINISTRATOR: administrator,
        Role.HEADQUARTERS: census.headquarters,
        Role.PROVINCE: census.province,
        Role.SUPERVISOR: census.supervisor,
        Role.ENUMERATOR: census.enumerator,
        Role.CLERK: census.clerk,
        Role.AUDITOR: census.auditor,
    }


def _token(actor: Actor, kind: TokenKind) -> str:
    with db.transaction() as session:
        return issue_token(session, actor.id, kind=kind, at=utcnow()).secret


def _cookie(actor: Actor) -> str:
    with db.transaction() as session:
        return open_session(session, actor.id, at=utcnow()).secret


def _filled(ground: Ground) -> dict[str, list[Any]]:
    """Send something of every kind, and give every name that was used or given out."""
    census, field_worker = ground.census, ground.api(Role.ENUMERATOR)
    records = _records(census)
    for record in records:
        _results(field_worker, "submissions", [record])
    actions = _actions(census)
    _results(field_worker, "field-actions", actions)
    for name, data in (
        ("house.jpg", jpeg()),
        ("audit.csv", log(row("question", "/data/h01", 0, 5))),
    ):
        _attach(field_worker, f"submissions/{records[0]['instance_id']}", name, data)
    _attach(field_worker, f"field-actions/{actions[0]['action_id']}", "gate.jpg", jpeg())
    issued = ground.api(Role.SUPERVISOR).post(
        f"/api/v1/users/{census.enumerator.id}/openrosa-tokens"
    )
    assert issued.status_code == 201, issued.text
    listed = ground.api(Role.SUPERVISOR).get(
        f"/api/v1/users/{census.enumerator.id}/openrosa-tokens"
    )
    return _names(census, records, actions, [each["id"] for each in listed.json["tokens"]])


def _records(census: SmallCensus) -> list[dict[str, Any]]:
    """What counts, what is superseded, what conflicts, and what waits for other reasons."""
    twice = new_instance_id()
    counting = [envelope(census.household(serial)) for serial in (1, 2, 3, 4)]
    better = envelope(census.household(4), mode="internet")
    variants = [
        envelope(census.household(5), instance_id=twice),
        envelope(census.household(5), instance_id=twice, h08="7"),
    ]
    mismatched = {**envelope(census.household(6)), "household_id": census.household(7)}
    foreign = envelope(census.household(1, AWAY))
    unknown = envelope(f"{HOME}-0777")
    unreadable = {**envelope(census.household(8)), "instance": "<data"}
    newer = envelope(census.household(9))
    newer["instance"] = newer["instance"].replace("2564.1", "2564.9")
    newer["version"] = "2564.9"
    return [*counting, better, *variants, mismatched, foreign, unknown, unreadable, newer]


def _actions(census: SmallCensus) -> list[dict[str, Any]]:
    visits = [(census.household(10), "20"), (census.household(1, AWAY), "20")]
    return [
        {
            "action_id": new_instance_id(),
            "type": "visit",
            "household_id": household_id,
            "at": AT,
            "result": result,
        }
        for household_id, result in visits
    ]


def _results(client: FlaskClient, what: str, sent: Sequence[Mapping[str, Any]]) -> None:
    key = "submissions" if what == "submissions" else "actions"
    answer = client.post(f"/api/v1/{what}", json={key: sent})
    assert answer.status_code == 200, answer.text
    outcomes = [each["outcome"] for each in answer.json["results"]]
    assert Outcome.REFUSED not in outcomes, answer.text


def _attach(client: FlaskClient, owner: str, name: str, data: bytes) -> None:
    answer = client.post(f"/api/v1/{owner}/attachments", data={"file": (io.BytesIO(data), name)})
    assert answer.status_code == 200, answer.text


def _names(
    census: SmallCensus,
    records: Sequence[Mapping[str, Any]],
    actions: Sequence[Mapping[str, Any]],
    token_ids: Sequence[str],
) -> dict[str, list[Any]]:
    """What a caller may know, by the name of the value; of a digest, the record it belongs to."""
    ids = [each["instance_id"] for each in records]
    digests = [hashlib.sha256(each["instance"].encode()).hexdigest() for each in records]
    households = [census.household(serial) for serial in range(1, HOUSEHOLDS + 1)]
    return {
        "household_id": [*households, census.household(1, AWAY), f"{HOME}-0777"],
        "households": households,
        "instance_id": ids,
        "first": ids,
        "second": ids,
        "sha256": digests,
        "first_sha256": digests,
        "second_sha256": digests,
        "action_id": [each["action_id"] for each in actions],
        "ea_code": [HOME, AWAY],
        "area": ["TH", "20", "2001", "200101", HOME, "2002", AWAY],
        "code": [*REASONS],
        "user_id": [str(census.enumerator.id), str(census.neighbour.id)],
        "token_id": list(token_ids),
        "name": ["house.jpg", "audit.csv"],
        "questionnaire_id": ["household"],
        "questionnaire": ["household"],
        "version": ["2564.1"],
        "enumerator": ["enumerator1", "enumerator2"],
        "username": ["enumerator1"],
        "password": [accounts.PASSWORD],
        "areas": ["2001", HOME],
        "questions": ["p05_year", "h01"],
        "instance": [household_instance(census.household(serial)) for serial in (1, 11, 12)],
    }
