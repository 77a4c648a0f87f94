"""A day's submissions and visits, through the same services as everybody's.

Tablets and keying desks send every few days what they have gathered. Everything has ids that follow
from the order alone: what was kept before an interruption is told apart as a repeat.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select

from census.accounts.actors import Actor
from census.collection.arrivals import Incoming
from census.collection.codelists import Mode, Review
from census.collection.models import Case
from census.collection.services import receive_field_actions, receive_submissions
from census.collection.services.field_actions import Action
from census.core.db import reading, transaction
from census.demo.agenda import Act
from census.demo.answering import CORRECTED, FIRST, Version, action_of, submission_of
from census.demo.chance import chance
from census.demo.enumeration_areas import SyntheticArea
from census.demo.moments import SENDING, moment
from census.demo.people import Crew
from census.demo.plan import Plan
from census.demo.provinces import PROVINCES
from census.demo.watching import Advance

TABLETS_SEND_EVERY, OFFICES_KEY_EVERY = 6, 3
IN_A_PARCEL = 100
IN_A_TRANSACTION = 150
CORRECTED_SHARE = 0.6
"""Of the households that were returned; the others still wait."""


@dataclass(slots=True)
class Parcel:
    """What one person sends at once."""

    actor: Actor
    at: datetime
    incoming: list[Incoming] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)

    def __len__(self) -> int:
        """How many records it holds."""
        return len(self.incoming) + len(self.actions)


def send_day(plan: Plan, crew: Crew, day: int, advance: Advance) -> None:
    """Take in everything that is sent on this day."""
    waiting: list[Parcel] = []
    for parcel in _parcels(plan, crew, day):
        if not len(parcel):
            continue
        waiting.append(parcel)
        if sum(map(len, waiting)) >= IN_A_TRANSACTION:
            send(waiting)
            advance(sum(map(len, waiting)))
            waiting = []
    send(waiting)
    advance(sum(map(len, waiting)))


def send(parcels: Sequence[Parcel]) -> None:
    """Take in these parcels in one transaction."""
    if not parcels:
        return
    with transaction() as session:
        for parcel in parcels:
            if parcel.actions:
                receive_field_actions(session, parcel.actor, parcel.actions, at=parcel.at)
            for first in range(0, len(parcel.incoming), IN_A_PARCEL):
                part = parcel.incoming[first : first + IN_A_PARCEL]
                receive_submissions(session, parcel.actor, part, at=parcel.at)


def last_sent(day: int, turn: int, every: int) -> int:
    """The last day before this one on which a sender whose turn it is sent anything."""
    return next((before for before in range(day - 1, -1, -1) if before % every == turn % every), -1)


def _parcels(plan: Plan, crew: Crew, day: int) -> Iterator[Parcel]:
    is_last = day == len(plan.days) - 1
    returned = _returned_households()
    for turn, enumerator in enumerate(plan.staff.enumerators):
        if is_last or day % TABLETS_SEND_EVERY == turn % TABLETS_SEND_EVERY:
            actor = crew.by_username[enumerator.username]
            after = last_sent(day, turn, TABLETS_SEND_EVERY)
            yield _from_field(plan, actor, enumerator.areas, (after, day, turn), returned)
    for turn, province in enumerate(PROVINCES):
        if is_last or day % OFFICES_KEY_EVERY == turn % OFFICES_KEY_EVERY:
            after = last_sent(day, turn, OFFICES_KEY_EVERY)
            yield from _from_office(plan, crew.clerk(province.code), province.code, after, day)


def _from_field(
    plan: Plan,
    actor: Actor,
    areas: Sequence[SyntheticArea],
    when: tuple[int, int, int],
    returned: dict[str, list[str]],
) -> Parcel:
    after, day, turn = when
    parcel = Parcel(actor, moment(plan.days[day], SENDING, minutes=turn % 60))
    for area in areas:
        for act in plan.agendas[area.code].due(after=after, until=day, at_office=False):
            if act.mode is None:
                parcel.actions.append(action_of(plan, area, act))
            else:
                parcel.incoming.append(submission_of(plan, area, act))
        for household_id in returned.get(area.code, ()):
            if chance(plan.order.seed, "corrects", household_id).random() < CORRECTED_SHARE:
                parcel.incoming.append(_correction(plan, area, household_id, day))
    return parcel


def _from_office(
    plan: Plan, actor: Actor, province_code: str, after: int, day: int
) -> Iterator[Parcel]:
    """Paper, telephone and internet, a part at a time."""
    at = moment(plan.days[day], SENDING)
    parcel = Parcel(actor, at)
    for area in plan.areas:
        if area.province.code != province_code:
            continue
        for act in plan.agendas[area.code].due(after=after, until=day, at_office=True):
            parcel.incoming.append(submission_of(plan, area, act))
        if len(parcel) >= IN_A_PARCEL:
            yield parcel
            parcel = Parcel(actor, at)
    yield parcel


def _correction(plan: Plan, area: SyntheticArea, household_id: str, day: int) -> Incoming:
    act = Act(day, int(household_id[-4:]) - 1, mode=Mode.FACE_TO_FACE)
    version = Version(CORRECTED, replaces=FIRST, is_flawless=True)
    return submission_of(plan, area, act, version)


def _returned_households() -> dict[str, list[str]]:
    """The households that wait for a correction, by enumeration area."""
    found: dict[str, list[str]] = {}
    with reading() as session:
        rows = session.execute(
            select(Case.ea_code, Case.household_id)
            .where(Case.review == Review.RETURNED)
            .order_by(Case.household_id)
        )
        for ea_code, household_id in rows:
            found.setdefault(ea_code, []).append(household_id)
    return found
