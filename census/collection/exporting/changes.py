"""Which households changed since a mark, told by the events that were recorded since.

An event names what changed: a household, a submission, an action in the field. That decides which
household it is about. Whatever an event changed beside it in its own area is found by the moment:
whoever changes a case writes the event's moment into it. An event whose subject is none of these
speaks for all households of its area. The answer may hold a household too many, never one too few.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import CTE, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import aliased

from census.accounts.actors import COUNTRY
from census.collection.exporting.columns import Expression
from census.collection.models import Case, FieldAction, Submission
from census.core.events import Event
from census.frame.models import EnumerationArea

CHANGES_NO_ANSWER = (
    "answers.exported",
    "area.leased",
    "area.lease_ended",
    "attachment.missing",
    "attachment.read",
    "frame.frozen",
    "household.read",
    "submission.read",
)
CHANGES_NO_ANSWER_OF_KIND = (
    "accounts",
    "area_finding",
    "condition",
    "device",
    "field_period",
    "identity",
    "permission",
    "questionnaire",
    "session",
    "sign_in",
    "threshold",
    "token",
    "user",
    "workload",
)
"""What is before the dot in the names of events that never change anything that is exported.

An event that is not listed is taken to change something: to forget one here makes exports larger,
never wrong.
"""


TOLD_BY_MOMENT = ("findings.changed",)
"""Events about a whole area that change only cases which carry their moment."""


def changed_since(number: int) -> Expression:
    """The condition that a case changed after this event number, in what the session sees.

    Events that are committed but have no number yet are later than every number.
    """
    happened = _events_after(number)
    found = union(*_named(happened), _beside(happened), _of_whole_areas(happened))
    rows = found.subquery("changed")
    return Case.household_id.in_(select(rows.c[0]))


def _events_after(number: int) -> CTE:
    """The events after the number that may have changed something."""
    return (
        select(Event.name, Event.subject, Event.area, Event.at)
        .where(
            or_(Event.number > number, Event.number.is_(None)),
            Event.name.not_in(CHANGES_NO_ANSWER),
            *(_is_not_of_kind(kind) for kind in CHANGES_NO_ANSWER_OF_KIND),
        )
        .cte("happened")
    )


def _is_not_of_kind(kind: str) -> Expression:
    prefix = f"{kind}."
    return func.substr(Event.name, 1, len(prefix)) != prefix


def _named(happened: CTE) -> list[Select[Any]]:
    """The households that are subjects, or that a submission or an action is about."""
    return [
        select(happened.c.subject),
        select(Submission.household_id).join(
            happened, happened.c.subject == Submission.instance_id
        ),
        select(FieldAction.household_id).join(
            happened, happened.c.subject == FieldAction.action_id
        ),
    ]


def _beside(happened: CTE) -> Select[Any]:
    """The households of each area that were changed at its first event's moment or later."""
    first = (
        select(happened.c.area, func.min(happened.c.at).label("at"))
        .group_by(happened.c.area)
        .subquery("first")
    )
    beside = aliased(Case)
    return select(beside.household_id).join(
        first, and_(beside.ea_code == first.c.area, beside.changed_at >= first.c.at)
    )


def _of_whole_areas(happened: CTE) -> Select[Any]:
    """All households of the areas of events whose subject is nothing that is known here."""
    subject = happened.c.subject
    area = aliased(EnumerationArea)
    covered = aliased(Case)
    return (
        select(covered.household_id)
        .join(area, area.code == covered.ea_code)
        .join(
            happened,
            or_(
                happened.c.area.is_(None),
                happened.c.area.in_(
                    (
                        COUNTRY,
                        area.province_code,
                        area.district_code,
                        area.subdistrict_code,
                        area.code,
                    )
                ),
            ),
        )
        .where(
            happened.c.name.not_in(TOLD_BY_MOMENT),
            ~exists().where(Submission.instance_id == subject),
            ~exists().where(FieldAction.action_id == subject),
            ~exists().where(aliased(Case).household_id == subject),
        )
    )
