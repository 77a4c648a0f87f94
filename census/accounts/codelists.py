"""The seven roles, and what each may ask for."""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the census; it limits what they may do, areas limit where."""

    ADMINISTRATOR = "administrator"
    HEADQUARTERS = "headquarters"
    PROVINCE = "province"
    SUPERVISOR = "supervisor"
    ENUMERATOR = "enumerator"
    CLERK = "clerk"
    AUDITOR = "auditor"


class TokenKind(StrEnum):
    """What a token opens: the JSON interface, a tablet's use of it, or OpenRosa."""

    API = "api"
    DEVICE = "device"
    OPENROSA = "openrosa"


class Permission(StrEnum):
    """One thing a route lets its callers do."""

    USE_OWN_ACCOUNT = "use_own_account"
    MANAGE_ACCOUNTS = "manage_accounts"
    SEE_PROGRESS = "see_progress"
    SET_CONDITIONS = "set_conditions"
    REVISE_FIELD_PERIOD = "revise_field_period"
    FREEZE_FRAME = "freeze_frame"
    SEE_HOUSEHOLDS = "see_households"
    READ_ANSWERS = "read_answers"
    SUBMIT = "submit"
    REPORT_FROM_FIELD = "report_from_field"
    SEE_WORKLOAD = "see_workload"
    ASSIGN_AREAS = "assign_areas"
    SEE_BATCHES = "see_batches"
    DECIDE_BATCH = "decide_batch"
    CLOSE_AREA = "close_area"
    RESOLVE_QUARANTINE = "resolve_quarantine"
    CHOOSE_RESPONSE = "choose_response"
    ISSUE_FIELD_TOKENS = "issue_field_tokens"
    READ_EVENTS = "read_events"


_OFFICE = frozenset({Role.SUPERVISOR, Role.PROVINCE})

HOLDERS: dict[Permission, frozenset[Role]] = {
    Permission.USE_OWN_ACCOUNT: frozenset(Role),
    Permission.MANAGE_ACCOUNTS: frozenset({Role.ADMINISTRATOR, Role.PROVINCE}),
    Permission.SEE_PROGRESS: frozenset({Role.HEADQUARTERS, Role.PROVINCE, Role.SUPERVISOR}),
    Permission.SET_CONDITIONS: frozenset({Role.HEADQUARTERS}),
    Permission.REVISE_FIELD_PERIOD: frozenset({Role.HEADQUARTERS}),
    Permission.FREEZE_FRAME: frozenset({Role.HEADQUARTERS}),
    Permission.SEE_HOUSEHOLDS: frozenset(
        {Role.HEADQUARTERS, Role.PROVINCE, Role.SUPERVISOR, Role.ENUMERATOR, Role.CLERK}
    ),
    Permission.READ_ANSWERS: _OFFICE | {Role.HEADQUARTERS},
    Permission.SUBMIT: frozenset({Role.ENUMERATOR, Role.CLERK}),
    Permission.REPORT_FROM_FIELD: frozenset({Role.ENUMERATOR}),
    Permission.SEE_WORKLOAD: frozenset({Role.ENUMERATOR}),
    Permission.ASSIGN_AREAS: _OFFICE,
    Permission.SEE_BATCHES: _OFFICE,
    Permission.DECIDE_BATCH: _OFFICE,
    Permission.CLOSE_AREA: frozenset({Role.PROVINCE}),
    Permission.RESOLVE_QUARANTINE: _OFFICE,
    Permission.CHOOSE_RESPONSE: _OFFICE,
    Permission.ISSUE_FIELD_TOKENS: _OFFICE | {Role.ADMINISTRATOR},
    Permission.READ_EVENTS: frozenset({Role.AUDITOR}),
}
"""Who holds each permission; nobody else does."""
