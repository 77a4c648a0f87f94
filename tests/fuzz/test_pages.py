"""Addresses and forms of the offices' pages, with what nobody would write into them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.routing import Rule

from census.accounts.codelists import Role
from tests.fuzz.effort import examples, sent
from tests.fuzz.ground import Ground, tally_is_recount
from tests.fuzz.mutations import TEXTS
from tests.fuzz.watching import HiddenFaults

GETS = {"sqlite": 50, "postgresql": 12}
POSTS = {"sqlite": 50, "postgresql": 12}
ROLES = [Role.SUPERVISOR, Role.PROVINCE]
BELOW = "/supervisor/"
MISTYPED = UUID(int=1)

ARGUMENTS = [
    "area",
    "status",
    "after",
    "first",
    "second",
    "reason",
    "kind",
    "code",
    "limit",
    "page",
]
FIELDS = [
    *("seen", "reason", "households", "questions", "confirmation", "which", "ruling_reason"),
    *("household_id", "sha256", "kind", "area", "first", "second", "close_reason", "after"),
]

_words = st.sampled_from([*TEXTS, "\0", "\ud800", "ready", "submission.mismatch"]) | st.text(
    max_size=20
)


def rules(ground: Ground, method: str) -> list[Rule]:
    """The pages of the offices that are asked for in this way."""
    return [
        rule
        for rule in ground.app.url_map.iter_rules()
        if rule.rule.startswith(BELOW)
        and method in (rule.methods or ())
        and "static" not in rule.rule
    ]


@st.composite
def addresses(draw: st.DrawFn, ground: Ground, method: str) -> str:
    """An address of a page, most of its parts being something of the census."""
    rule = draw(st.sampled_from(rules(ground, method)))
    values: dict[str, Any] = {"attachment_id": MISTYPED, "position": draw(st.integers(0, 10**12))}
    for name in rule.arguments - values.keys():
        known = ground.names.get(name, ["22001011001"])
        values[name] = draw(st.sampled_from(known) | st.sampled_from([*TEXTS[3:40], "ก/ข"]))
    built = rule.build({name: values[name] for name in rule.arguments})
    assert built is not None
    return built[1]


def _of_the_census(ground: Ground) -> st.SearchStrategy[str]:
    return st.sampled_from([str(value) for values in ground.names.values() for value in values])


@pytest.mark.parametrize("role", ROLES)
def test_no_address_of_a_page_is_answered_with_a_fault(
    ground: Ground, faults: HiddenFaults, role: Role
) -> None:
    browser = ground.browser(role)

    @examples(GETS[ground.engine])
    @given(
        address=addresses(ground, "GET"),
        query=st.dictionaries(
            st.sampled_from(ARGUMENTS), _words | _of_the_census(ground), max_size=3
        ),
    )
    def ask(address: str, query: dict[str, str]) -> None:
        answer = browser.get(f"{address}?{_sendable(query)}")

        sent[f"{ground.engine} pages {answer.status_code}"] += 1
        assert answer.status_code < 500
        assert faults.none_since()

    ask()


@pytest.mark.parametrize("role", ROLES)
def test_no_form_is_answered_with_a_fault_and_none_is_taken_without_its_token(
    ground: Ground, faults: HiddenFaults, role: Role
) -> None:
    browser = ground.browser(role)
    page = browser.get(f"{BELOW}quarantine").text
    token = page.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    @examples(POSTS[ground.engine])
    @given(
        address=addresses(ground, "POST"),
        fields=st.dictionaries(
            st.sampled_from(FIELDS), _words | _of_the_census(ground), max_size=6
        ),
        is_ours=st.sampled_from([True, True, True, False]),
    )
    def fill_in(address: str, fields: dict[str, str], is_ours: bool) -> None:
        given = {**fields, "csrf_token": token if is_ours else "another"}
        answer = browser.post(
            address, data=_sendable(given), content_type="application/x-www-form-urlencoded"
        )

        sent[f"{ground.engine} forms {answer.status_code}"] += 1
        assert answer.status_code < 500
        if not is_ours:
            assert answer.status_code == 403
        assert faults.none_since()

    fill_in()
    assert tally_is_recount()


def _sendable(values: Mapping[str, str]) -> str:
    """The values as an address or a form writes them, also those that are no Unicode."""
    return urlencode({name: each.encode("utf-8", "surrogatepass") for name, each in values.items()})
