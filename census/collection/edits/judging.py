"""Judging a response by every rule, and telling everything that is wrong with it at once."""

from __future__ import annotations

from typing import Any

from census.collection.codelists import Severity
from census.collection.edits.any_item import nodes_meant
from census.collection.edits.catalogue import (
    CATALOGUE,
    HOUSEHOLD_EDITS,
    ITEM_EDITS,
    PERSON_EDITS,
    by_universe,
)
from census.collection.edits.edit import Context, Edit, Finding
from census.collection.instances.answers import HouseholdAnswers
from census.collection.instances.coverage import covered
from census.collection.instances.members import Household

_PERSON_EDITS_BY_UNIVERSE = by_universe(PERSON_EDITS)
_PLACE = {edit_id: place for place, edit_id in enumerate(CATALOGUE)}


def judge(described: HouseholdAnswers | Household, context: Context) -> list[Finding]:
    """Every rule the response breaks: structure first, then ranges, skips and consistency."""
    household = (
        described if isinstance(described, Household) else Household(described, context.reference)
    )
    found: list[tuple[Edit[Any], int | None, tuple[str, ...]]] = []
    for edit in HOUSEHOLD_EDITS:
        if edit.universe(household) and edit.test(household, context):
            found.append((edit, None, ()))
    for member in household.members:
        for universe, edits in _PERSON_EDITS_BY_UNIVERSE:
            if universe(member):
                for each in edits:
                    if each.test(member, context):
                        found.append((each, member.answers.position, ()))
    for coverage in covered(household):
        for rule in ITEM_EDITS:
            if rule.test(coverage, context):
                found.append((rule, coverage.person, nodes_meant(rule.id, coverage)))
    found.sort(key=lambda each: (each[0].step, each[1] or 0, _PLACE[each[0].id]))
    return _findings(found, household.answers, context)


def _findings(
    found: list[tuple[Edit[Any], int | None, tuple[str, ...]]],
    answers: HouseholdAnswers,
    context: Context,
) -> list[Finding]:
    mode = context.mode or answers.mode
    confirmed = {(each.edit, each.person) for each in answers.overrides if each.reason.strip()}
    findings = []
    for edit, person, nodes in found:
        severity = edit.severity_in(mode)
        overridden = severity is Severity.SOFT and (edit.id, person) in confirmed
        findings.append(Finding(edit.id, severity, person, overridden, nodes))
    return findings
