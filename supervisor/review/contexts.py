"""What the review pages are given to show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.codelists import Permission
from census.collection.codelists import Review
from census.collection.edits import sentence
from census.collection.questionnaires.nodes import Node
from census.collection.rules import is_response
from census.frame.queries import AreaName, area_names
from census.review.codelists import BatchStatus
from census.review.confirming import is_blocked
from census.review.queries import Batch, Item, ListedBatch
from census.review.queries.field_problems import field_problem_counts
from census.review.queries.findings import OpenFinding
from census.review.queries.household import OpenedHousehold
from census.review.rules import Counts
from census.web import languages
from supervisor.review.answers import answer_list, label_of, nodes_of, person_context
from supervisor.review.responses import arrivals_of, attempt, rulings_of
from supervisor.review.seen import written


def listed_batches(session: Session, listed: list[ListedBatch]) -> list[SimpleNamespace]:
    """The rows of the list, with the names of what lies above each area and what was reported."""
    reported = field_problem_counts(session, [each.ea_code for each in listed])
    names = area_names(
        session, {code for each in listed for code in (each.subdistrict_code, each.district_code)}
    )
    return [
        SimpleNamespace(
            ea_code=each.ea_code,
            name=each.name,
            place=_place(names, each.subdistrict_code, each.district_code),
            status=each.status.value,
            households=each.counts.households,
            final=each.counts.final,
            responded=each.counts.responded,
            approved=each.counts.approved,
            returned=each.counts.returned,
            quarantined=each.counts.quarantined,
            field_problems=reported.get(each.ea_code, 0),
        )
        for each in listed
    ]


def batch_page(session: Session, actor: Actor, batch: Batch) -> dict[str, Any]:
    """One enumeration area with its arithmetic, its problems and its households."""
    names = area_names(session, {batch.subdistrict_code, batch.district_code})
    locale = languages.current()
    reported = field_problem_counts(session, [batch.ea_code])
    return {
        "field_problems": reported.get(batch.ea_code, 0),
        "batch": _batch(batch, _place(names, batch.subdistrict_code, batch.district_code)),
        "problems": [
            {
                "code": each.code,
                "household_id": each.household_id,
                "message": each.sentence(locale),
            }
            for each in batch.problems
        ],
        "items": [_item(each) for each in batch.items],
        "may": _may(actor, batch),
    }


def _message(finding: OpenFinding) -> str:
    """What the rule says, and of which other household, where it compares two."""
    said = sentence(finding.edit, languages.current())
    other = finding.other_household_id
    return f"{said} · {other}" if other else said


def household_page(actor: Actor, opened: OpenedHousehold) -> dict[str, Any]:
    """One household with its answers in words."""
    answers = opened.answers
    known = nodes_of(opened.counting) if opened.counting else {}
    return {
        "household": _household(opened),
        "answers": answer_list(answers.items, known) if answers else [],
        "persons": [person_context(each, known) for each in (answers.persons if answers else ())],
        "findings": [
            {
                "edit": each.finding.edit,
                "severity": each.finding.severity.value,
                "person": each.finding.person,
                "message": _message(each.finding),
                "nodes": [_item_name(known, node) for node in each.finding.nodes],
                "override_reason": each.override_reason,
            }
            for each in opened.findings
        ],
        "submissions": arrivals_of(opened),
        "rulings": rulings_of(opened),
        "visits": [attempt(each) for each in opened.visits],
        "decisions": [
            {
                "at": each.decision.decided_at,
                "by": each.by,
                "verdict": each.decision.verdict.value,
                "reason": each.decision.reason,
                "questions": each.decision.questions,
            }
            for each in opened.decisions
        ],
        "may": _may_on_household(actor, opened),
    }


def _batch(batch: Batch, place: list[SimpleNamespace]) -> SimpleNamespace:
    counts = batch.counts
    return SimpleNamespace(
        ea_code=batch.ea_code,
        name=batch.name,
        place=place,
        status=batch.status.value,
        etag=written(batch),
        households=counts.households,
        final=counts.final,
        not_final=counts.not_final,
        responded=counts.responded,
        nonresponse=counts.nonresponse,
        ineligible=counts.ineligible,
        submitted=counts.submitted,
        approved=counts.approved,
        returned=counts.returned,
        quarantined=counts.quarantined,
        approvable=sum(item.is_approvable for item in batch.items),
    )


def _item(item: Item) -> dict[str, Any]:
    severities = Counter(each.severity.value for each in item.findings if not each.is_overridden)
    return {
        "household_id": item.household_id,
        "address": item.address,
        "disposition": item.disposition.value if item.disposition else None,
        "review": item.review.value,
        "mode": item.mode.value if item.mode else None,
        "revision": item.revision,
        "findings": {name: severities[name] for name in ("hard", "soft", "query")},
        "evidence": item.evidence.value if item.evidence else None,
        "needs_confirmation": item.needs_confirmation,
        "own_work": item.is_own_work,
    }


def _may(actor: Actor, batch: Batch) -> dict[str, bool]:
    counts: Counts = batch.counts
    is_closable = batch.status is BatchStatus.APPROVED and not counts.quarantined
    return {
        "decide": actor.may(Permission.DECIDE_BATCH) and not batch.is_closed,
        "close": actor.may(Permission.CLOSE_AREA) and is_closable,
        "reopen": actor.may(Permission.CLOSE_AREA) and batch.is_closed,
    }


def _household(opened: OpenedHousehold) -> dict[str, Any]:
    case = opened.case
    return {
        "household_id": case.household_id,
        "ea_code": case.ea_code,
        "address": opened.household.address,
        "disposition": case.disposition.value if case.disposition else None,
        "responded": is_response(case.disposition),
        "review": case.review.value,
        "mode": case.mode.value if case.mode else None,
        "revision": case.revision,
        "etag": opened.etag,
        "evidence": case.evidence.value if case.evidence else None,
        "is_confirmed": case.is_confirmed,
        "has_choice": case.chosen_submission_id is not None,
    }


def _may_on_household(actor: Actor, opened: OpenedHousehold) -> dict[str, bool]:
    """What is approved can still be returned, but not approved again."""
    case = opened.case
    is_theirs = actor.may(Permission.DECIDE_BATCH) and not opened.is_own_work
    is_decidable = case.review in (Review.SUBMITTED, Review.APPROVED)
    is_waiting = case.review is Review.SUBMITTED
    return {
        "decide": is_theirs and is_decidable and not opened.is_area_closed,
        "approve": is_waiting,
        "override": is_waiting and is_blocked(case),
        "confirm": is_waiting and opened.needs_confirmation,
        "rule": is_theirs and actor.may(Permission.CHOOSE_RESPONSE) and not opened.is_area_closed,
    }


def _item_name(known: Mapping[str, Node], node: str) -> dict[str, str]:
    return {
        "item": node,
        "label_th": label_of(known, node, "th"),
        "label_en": label_of(known, node, "en"),
    }


def _place(names: dict[str, AreaName], *codes: str) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(name_th=names[code].th, name_en=names[code].en)
        for code in codes
        if code in names
    ]
