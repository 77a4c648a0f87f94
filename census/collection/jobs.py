"""What collection does in the background.

It compares records, judges areas, tends its files, and tries the quarantine again after a repair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.collection import services
from census.collection.quarantine import Kind, Wanted, places_waiting_for
from census.collection.services import Replayed, sweeping
from census.core.clock import utcnow
from census.core.db import reading, transaction
from census.core.events import Event
from census.core.jobs import Queue, every, job, owe_many

REPAIRS: Mapping[str, str] = {
    "questionnaire.published": "questionnaire.unknown_version",
    "frame.households_imported": "household.unknown",
    "area.leased": "household.foreign",
    "batch.reopened": "area.closed",
}
"""Which event may put right which reason of quarantine."""

MOST_AT_ONCE = 1_000
"""How many are tried again while somebody waits for the answer."""


@every(timedelta(hours=1))
def sweep_attachments() -> None:
    """Remove files without a row, and tell which files are missing."""
    with reading() as session:
        stock = sweeping.take_stock(session, at=utcnow())
    with transaction() as session:
        sweeping.note_missing(session, stock, at=utcnow())
    sweeping.remove_orphans_unless_strange(stock)


@job(Queue.DEFAULT, gathers_for=timedelta(seconds=30))
def cross_check_area(ea_code: str) -> None:
    """Compare the records of an enumeration area with all others. Safe to run any number of times.

    Where another area's findings no longer fit what was found here, that one is owed as well.
    """
    with transaction() as session:
        others = services.cross_check(session, ea_code, at=utcnow())
        owe_many(session, cross_check_area, sorted(others))


@job(Queue.DEFAULT)
def check_area(ea_code: str) -> None:
    """Judge one enumeration area as a whole, after it was closed or opened again."""
    with transaction() as session:
        services.check_area(session, ea_code, at=utcnow())


@job(Queue.DEFAULT, timeout=timedelta(hours=1))
def check_province(province_code: str) -> None:
    """Judge every enumeration area of a province as a whole."""
    with transaction() as session:
        services.check_province(session, province_code, at=utcnow())


@job(Queue.DEFAULT, timeout=timedelta(hours=1))
def measure_afresh(_import_id: str) -> None:
    """Measure every position again, after outlines were drawn anew."""
    with reading() as session:
        pages = list(services.pages_of_answered_areas(session))
    for ea_codes in pages:
        with transaction() as session:
            services.forget_distances(session, ea_codes)
            owe_many(session, cross_check_area, ea_codes)


@every(timedelta(minutes=30))
def check_provinces_once_a_day() -> None:
    """Owe the judgement of every province, once on each day of the wall clock in Bangkok."""
    with reading() as session:
        if not services.is_day_of_check_due(session, at=utcnow()):
            return
    with transaction() as session:
        owe_many(session, check_province, services.begin_day_of_check(session, at=utcnow()))


def owe_retries(session: Session, events: Sequence[Event]) -> None:
    """After what may put a reason right: owe another try wherever anything waits for it."""
    wanted = {(REPAIRS[event.name], event.area) for event in events}
    keys = {
        f"{reason}|{place}"
        for reason, area in wanted
        for place in places_waiting_for(session, reason, area)
    }
    owe_many(session, retry_waiting, sorted(keys))


@job(Queue.DEFAULT, timeout=timedelta(hours=1))
def retry_waiting(key: str) -> None:
    """Try again what waits, by `reason|area`, page by page. Safe to run any number of times."""
    reason, _, area = key.partition("|")
    for retry in (services.retry_page, services.retry_actions_page):
        after: str | None = None
        while True:
            with transaction() as session:
                page = retry(session, reason, area, after=after, at=utcnow())
            if (after := page.next) is None:
                break


def replay_many(
    actor: Actor, wanted: Wanted, *, kind: Kind = Kind.SUBMISSION, after: str | None = None
) -> Replayed:
    """Try again what waits within the actor's areas, as many as somebody can wait for."""
    replay = services.replay_page if kind is Kind.SUBMISSION else services.replay_actions_page
    tried = taken_up = 0
    while True:
        with transaction() as session:
            page = replay(session, actor, wanted, after=after, at=utcnow())
        tried, taken_up, after = tried + page.tried, taken_up + page.taken_up, page.next
        if after is None or tried >= MOST_AT_ONCE:
            return Replayed(tried, taken_up, after)
