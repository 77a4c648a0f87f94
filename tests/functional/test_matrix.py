"""Every role at every route: who may call what is written down here once more, by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from census.accounts import services
from census.accounts.codelists import HOLDERS, Permission, Role, TokenKind
from census.core import db
from census.core.clock import utcnow
from census.web.access import UndeclaredRoute, check_every_route, declared_routes
from tests.factories import accounts
from tests.functional.conftest import Caller, Calling, FormToken

ADMINISTRATOR, HEADQUARTERS, PROVINCE, SUPERVISOR, ENUMERATOR, CLERK, AUDITOR = Role

EVERYBODY = frozenset({None, *Role})
SIGNED_IN = frozenset(Role)
OFFICE = frozenset({PROVINCE, SUPERVISOR})
WATCHERS = OFFICE | {HEADQUARTERS}
FIELD = frozenset({ENUMERATOR})

PERMISSIONS: dict[Permission, frozenset[Role]] = {
    Permission.USE_OWN_ACCOUNT: SIGNED_IN,
    Permission.MANAGE_ACCOUNTS: frozenset({ADMINISTRATOR, PROVINCE}),
    Permission.SEE_PROGRESS: WATCHERS,
    Permission.SET_CONDITIONS: frozenset({HEADQUARTERS}),
    Permission.REVISE_FIELD_PERIOD: frozenset({HEADQUARTERS}),
    Permission.FREEZE_FRAME: frozenset({HEADQUARTERS}),
    Permission.SEE_HOUSEHOLDS: WATCHERS | {ENUMERATOR, CLERK},
    Permission.READ_ANSWERS: WATCHERS,
    Permission.SUBMIT: frozenset({ENUMERATOR, CLERK}),
    Permission.REPORT_FROM_FIELD: FIELD,
    Permission.SEE_WORKLOAD: FIELD,
    Permission.ASSIGN_AREAS: OFFICE,
    Permission.SEE_BATCHES: OFFICE,
    Permission.DECIDE_BATCH: OFFICE,
    Permission.CLOSE_AREA: frozenset({PROVINCE}),
    Permission.RESOLVE_QUARANTINE: OFFICE,
    Permission.CHOOSE_RESPONSE: OFFICE,
    Permission.ISSUE_FIELD_TOKENS: OFFICE | {ADMINISTRATOR},
    Permission.READ_EVENTS: frozenset({AUDITOR}),
}

ROUTES: dict[str, frozenset[Role | None]] = {
    "GET /": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "POST /language": EVERYBODY,
    "GET /health/live": EVERYBODY,
    "GET /health/ready": EVERYBODY,
    "GET /metrics": EVERYBODY,
    "GET /supervisor/static/<path:filename>": EVERYBODY,
    "GET /supervisor/": WATCHERS,
    "GET /supervisor/batches/<ea_code>": OFFICE,
    "POST /supervisor/batches/<ea_code>/approve": OFFICE,
    "POST /supervisor/batches/<ea_code>/return": OFFICE,
    "POST /supervisor/batches/<ea_code>/close": frozenset({PROVINCE}),
    "POST /supervisor/batches/<ea_code>/reopen": frozenset({PROVINCE}),
    "GET /supervisor/households/<household_id>": WATCHERS,
    "GET /supervisor/households/<household_id>/photos/<uuid:attachment_id>": WATCHERS,
    "POST /supervisor/households/<household_id>/approve": OFFICE,
    "POST /supervisor/households/<household_id>/return": OFFICE,
    "GET /supervisor/households/<household_id>/compare": WATCHERS,
    "POST /supervisor/households/<household_id>/choice": OFFICE,
    "POST /supervisor/households/<household_id>/choice/withdraw": OFFICE,
    "POST /supervisor/households/<household_id>/void": OFFICE,
    "GET /supervisor/households/<household_id>/persons/<int:position>/identity": WATCHERS,
    "POST /supervisor/households/<household_id>/persons/<int:position>/identity": WATCHERS,
    "GET /supervisor/quarantine": OFFICE,
    "POST /supervisor/quarantine/replay": OFFICE,
    "GET /supervisor/quarantine/submissions/<instance_id>/<sha256>": OFFICE,
    "GET /supervisor/quarantine/submissions/<instance_id>/<sha256>/raw": OFFICE,
    "POST /supervisor/quarantine/submissions/<instance_id>/<sha256>/replay": OFFICE,
    "POST /supervisor/quarantine/submissions/<instance_id>/<sha256>/assign": OFFICE,
    "POST /supervisor/quarantine/submissions/<instance_id>/<sha256>/set-aside": OFFICE,
    "GET /supervisor/quarantine/actions/<action_id>": OFFICE,
    "GET /supervisor/quarantine/actions/<action_id>/content": OFFICE,
    "POST /supervisor/quarantine/actions/<action_id>/replay": OFFICE,
    "POST /supervisor/quarantine/actions/<action_id>/assign": OFFICE,
    "POST /supervisor/quarantine/actions/<action_id>/set-aside": OFFICE,
    "GET /supervisor/problems": OFFICE,
    "GET /supervisor/devices": OFFICE | {ADMINISTRATOR},
    "GET /supervisor/devices/file": OFFICE | {ADMINISTRATOR},
    "POST /supervisor/devices/file": OFFICE | {ADMINISTRATOR},
    "POST /supervisor/devices/<user_id>/tablet": OFFICE | {ADMINISTRATOR},
    "POST /supervisor/devices/<user_id>/issue": OFFICE | {ADMINISTRATOR},
    "POST /supervisor/devices/<user_id>/revoke": OFFICE | {ADMINISTRATOR},
    "GET /supervisor/progress": WATCHERS,
    "GET /supervisor/progress/<area>": WATCHERS,
    "GET /openrosa/formList": FIELD,
    "GET /openrosa/<token>/formList": FIELD,
    "GET /openrosa/forms/<form_id>/<version>": FIELD,
    "GET /openrosa/<token>/forms/<form_id>/<version>": FIELD,
    "GET /openrosa/manifest/<form_id>/<version>": FIELD,
    "GET /openrosa/<token>/manifest/<form_id>/<version>": FIELD,
    "GET /openrosa/media/<form_id>/<version>/<name>.csv": FIELD,
    "GET /openrosa/<token>/media/<form_id>/<version>/<name>.csv": FIELD,
    "GET /openrosa/integrity/<name>": FIELD,
    "GET /openrosa/<token>/integrity/<name>": FIELD,
    "GET /openrosa/submission": frozenset({ENUMERATOR, CLERK}),
    "GET /openrosa/<token>/submission": frozenset({ENUMERATOR, CLERK}),
    "POST /openrosa/submission": frozenset({ENUMERATOR, CLERK}),
    "POST /openrosa/<token>/submission": frozenset({ENUMERATOR, CLERK}),
    "GET /field/static/<path:filename>": EVERYBODY,
    "GET /field/": EVERYBODY,
    "GET /field/form": EVERYBODY,
    "GET /field/sw.js": EVERYBODY,
    "GET /field/manifest.webmanifest": EVERYBODY,
    "POST /api/v1/tokens": EVERYBODY,
    "DELETE /api/v1/tokens/current": SIGNED_IN,
    "GET /api/v1/openapi.json": EVERYBODY,
    "GET /api/v1/docs": EVERYBODY,
    "GET /api/v1/events": frozenset({AUDITOR}),
    "POST /api/v1/submissions": frozenset({ENUMERATOR, CLERK}),
    "GET /api/v1/submissions/<instance_id>": WATCHERS,
    "POST /api/v1/submissions/<instance_id>/set-aside": OFFICE,
    "POST /api/v1/submissions/<instance_id>/attachments": frozenset({ENUMERATOR, CLERK}),
    "GET /api/v1/submissions/<instance_id>/attachments": WATCHERS,
    "GET /api/v1/submissions/<instance_id>/attachments/<name>": WATCHERS,
    "GET /api/v1/submissions/<instance_id>/paradata": WATCHERS,
    "POST /api/v1/field-actions/<action_id>/attachments": FIELD,
    "GET /api/v1/quarantine": OFFICE,
    "GET /api/v1/quarantine/<instance_id>/raw": OFFICE,
    "POST /api/v1/quarantine/<instance_id>/replay": OFFICE,
    "POST /api/v1/quarantine/replay": OFFICE,
    "POST /api/v1/quarantine/<instance_id>/assign": OFFICE,
    "GET /api/v1/field-actions/<action_id>/content": OFFICE,
    "POST /api/v1/field-actions/<action_id>/assign": OFFICE,
    "POST /api/v1/field-actions/<action_id>/set-aside": OFFICE,
    "GET /api/v1/households": WATCHERS | {ENUMERATOR, CLERK},
    "GET /api/v1/households/<household_id>": WATCHERS | {ENUMERATOR, CLERK},
    "GET /api/v1/households/<household_id>/differences": WATCHERS,
    "POST /api/v1/households/<household_id>/choice": OFFICE,
    "POST /api/v1/households/<household_id>/choice/withdraw": OFFICE,
    "POST /api/v1/households/<household_id>/void": OFFICE,
    "POST /api/v1/field-actions": FIELD,
    "GET /api/v1/questionnaires/<questionnaire_id>/<version>": SIGNED_IN,
    "GET /api/v1/questionnaires/<questionnaire_id>/<version>.xlsx": SIGNED_IN,
    "GET /api/v1/users/<user_id>/openrosa-tokens": OFFICE | {ADMINISTRATOR},
    "POST /api/v1/users/<user_id>/openrosa-tokens": OFFICE | {ADMINISTRATOR},
    "DELETE /api/v1/users/<user_id>/openrosa-tokens/<token_id>": OFFICE | {ADMINISTRATOR},
    "POST /api/v1/devices": FIELD,
    "GET /api/v1/devices/current": FIELD,
    "GET /api/v1/workload": FIELD,
    "GET /api/v1/workload/corrections/<household_id>": FIELD,
    "POST /api/v1/users": frozenset({ADMINISTRATOR, PROVINCE}),
    "POST /api/v1/frame/versions": frozenset({HEADQUARTERS}),
    "POST /api/v1/leases": OFFICE,
    "GET /api/v1/field-periods": SIGNED_IN,
    "POST /api/v1/field-periods": frozenset({HEADQUARTERS}),
    "GET /api/v1/batches": OFFICE,
    "GET /api/v1/batches/<ea_code>": OFFICE,
    "POST /api/v1/batches/<ea_code>/approve": OFFICE,
    "POST /api/v1/batches/<ea_code>/return": OFFICE,
    "POST /api/v1/batches/<ea_code>/close": frozenset({PROVINCE}),
    "POST /api/v1/batches/<ea_code>/reopen": frozenset({PROVINCE}),
    "GET /api/v1/progress": WATCHERS,
    "GET /api/v1/progress/kpi": WATCHERS,
    "POST /api/v1/progress/kpi/conditions": frozenset({HEADQUARTERS}),
    "GET /api/v1/progress/series": WATCHERS,
    "GET /api/v1/progress/rates": WATCHERS,
}

TAKES_REVOKED = {
    "POST /api/v1/submissions",
    "POST /api/v1/field-actions",
    "POST /api/v1/submissions/<instance_id>/attachments",
    "POST /api/v1/field-actions/<action_id>/attachments",
}

ENDING = ("POST /sign-out", "DELETE /api/v1/tokens/current")
"""These end the caller's own way in, so they are called last."""

SAMPLES = {"attachment_id": UUID(int=1), "position": 1, "filename": "nowhere.js"}


def called_rules(app: Flask) -> Iterator[tuple[str, str, Rule]]:
    """Every row of the table with its method and rule, the ending ones last."""
    rows = [
        (f"{method} {rule.rule}", method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    yield from sorted(rows, key=lambda row: (row[0] in ENDING, row[0]))


def call(client: FlaskClient, method: str, rule: Rule, form_token: str | None) -> TestResponse:
    values = {name: SAMPLES.get(name, "22001011001") for name in rule.arguments}
    built = rule.build(values)
    assert built is not None
    if rule.rule.startswith("/api/"):
        body = {} if method != "GET" else None
        return client.open(built[1], method=method, json=body)
    fields = {"csrf_token": form_token} if method != "GET" and form_token else None
    return client.open(built[1], method=method, data=fields, buffered=True)


def call_openrosa(caller: Caller, method: str, rule: Rule) -> TestResponse:
    """As a program of the field: with a token in the address, or with a password over https."""
    values = {name: SAMPLES.get(name, "22001011001") for name in rule.arguments}
    if "token" in values:
        values["token"] = openrosa_token(caller)
    built = rule.build(values)
    assert built is not None
    if "token" in values or not hasattr(caller, "actor"):
        return caller.browser.open(built[1], method=method, base_url="https://localhost")
    return caller.browser.open(
        built[1],
        method=method,
        base_url="https://localhost",
        auth=(caller.actor.username, accounts.PASSWORD),
    )


def openrosa_token(caller: Caller) -> str:
    if not hasattr(caller, "actor"):
        return "never-given-out"
    with db.transaction() as session:
        kind = TokenKind.OPENROSA
        return services.issue_token(session, caller.actor.id, kind=kind, at=utcnow()).secret


def was_judged(answer: TestResponse) -> str:
    """`admitted`, or how the caller was turned away."""
    # An unknown token of OpenRosa is forbidden, so that no client asks for a password.
    if answer.status_code in (401, 403) and "accounts.unauthenticated" in answer.text:
        return "asked who they are"
    if answer.status_code == 401 and "token.revoked" in answer.text:
        return "told that the token is revoked"
    if answer.status_code == 303 and (answer.location or "").startswith("/sign-in"):
        return "asked who they are"
    if answer.status_code == 403 and "accounts.forbidden" in answer.text:
        return "forbidden"
    return "admitted"


def judgements(app: Flask, caller: Caller, form_token: str | None) -> dict[str, str]:
    """What became of a caller at every route."""
    return {
        row: was_judged(
            call_openrosa(caller, method, rule)
            if rule.rule.startswith("/openrosa/")
            else call(
                caller.api if rule.rule.startswith("/api/") else caller.browser,
                method,
                rule,
                form_token,
            )
        )
        for row, method, rule in called_rules(app)
    }


def test_every_permission_is_held_by_the_roles_written_here() -> None:
    assert HOLDERS == PERMISSIONS


def test_every_route_has_its_row_and_every_row_its_route(app: Flask) -> None:
    assert {row for row, _method, _rule in called_rules(app)} == set(ROUTES)


def test_every_route_declares_what_is_written_here(app: Flask) -> None:
    declared = {
        f"{method} {route.rule}": frozenset(
            {role for role in Role if route.declaration.admits(role)}
            | ({None} if route.declaration.is_public else set())
        )
        for route in declared_routes(app)
        for method in route.methods
    }

    assert declared == ROUTES


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_admitted_exactly_where_it_is_written(
    app: Flask, client_as: Calling, form_token: FormToken, role: Role
) -> None:
    caller = client_as(role, ["20"])

    found = judgements(app, caller, form_token(caller.browser))

    # Whoever signs out is asked who they are afterwards; everything before tells of the role.
    assert found.pop("POST /sign-out") == "asked who they are"
    assert found == {
        row: "admitted" if role in admitted else "forbidden"
        for row, admitted in ROUTES.items()
        if row != "POST /sign-out"
    }


def test_a_stranger_is_asked_who_they_are_at_every_other_route(
    app: Flask, stranger: Caller, form_token: FormToken
) -> None:
    found = judgements(app, stranger, form_token(stranger.browser))

    guarded = {row for row, admitted in ROUTES.items() if None not in admitted}
    assert {row for row in guarded if found[row] != "asked who they are"} == set()


def test_a_revoked_tablet_is_known_only_where_what_it_holds_is_kept(
    app: Flask, client_as: Calling
) -> None:
    tablet = client_as(Role.ENUMERATOR, kind=TokenKind.DEVICE)
    with db.transaction() as session:
        services.revoke_token(session, tablet.token, at=utcnow() + timedelta(seconds=1))

    admitted = {
        row
        for row, method, rule in called_rules(app)
        if rule.rule.startswith("/api/")
        and None not in ROUTES[row]
        and was_judged(call(tablet.api, method, rule, None)) == "admitted"
    }

    assert admitted == TAKES_REVOKED


@pytest.mark.parametrize("role", [Role.PROVINCE, Role.SUPERVISOR])
def test_no_form_is_taken_without_its_token(app: Flask, client_as: Calling, role: Role) -> None:
    caller = client_as(role, ["20"])

    taken = {
        row: answer.status_code
        for row, method, rule in called_rules(app)
        if method != "GET" and not rule.rule.startswith("/api/") and role in ROUTES[row]
        for answer in [call(caller.browser, method, rule, None)]
        if answer.status_code != 403 or "web.cross_site" not in answer.text
    }

    assert taken == {}


def test_an_application_with_a_route_that_declares_nothing_does_not_start(app: Flask) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "")

    with pytest.raises(UndeclaredRoute, match="/forgotten"):
        check_every_route(app)


def test_a_route_that_declares_nothing_is_closed_all_the_same(
    app: Flask, client_as: Calling
) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "secret")

    answer = client_as(Role.ADMINISTRATOR).browser.get("/forgotten")

    assert answer.status_code == 403
