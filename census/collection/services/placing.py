"""Finding out where a submission belongs, and whether its sender may answer for that place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.assignment.models import Lease
from census.assignment.queries import lease_at
from census.collection.arrivals import Arrival
from census.collection.models import UNKNOWN_PROVINCE, Questionnaire
from census.collection.queries import (
    EA_CODE_DIGITS,
    areas_answered_for,
    places_of_households,
)
from census.frame.models import EnumerationArea
from census.frame.queries import lies_within

_KNOWN_VERSIONS: WeakKeyDictionary[Engine, set[tuple[str, str]]] = WeakKeyDictionary()
"""The published versions that this process has met, by database."""


Places = Mapping[str, tuple[str, str | None]]
"""Province and enumeration area of households, by their ids."""


def places_named_in(session: Session, arrivals: Sequence[Arrival]) -> Places:
    """Where the households lie that instances and envelopes name, as far as they are known."""
    households = {each.household_id for each in arrivals if each.household_id}
    named = {each.incoming.household_id for each in arrivals if each.incoming.household_id}
    return places_of_households(session, households | named)


def place(
    session: Session, actor: Actor, arrivals: Sequence[Arrival], *, places: Places | None = None
) -> None:
    """Give each arrival of a sender its province and area, or the reason why it cannot be counted.

    Whoever places the arrivals of several senders looks up all their places at once.
    """
    places = places_named_in(session, arrivals) if places is None else places
    versions = _published_among(session, arrivals)
    for arrival in arrivals:
        arrival.province_code, arrival.ea_code = places.get(
            arrival.household_id or "", (UNKNOWN_PROVINCE, None)
        )
    own = areas_answered_for(session, actor, {each.ea_code for each in arrivals if each.ea_code})
    for arrival in arrivals:
        if actor.is_revoked:
            arrival.reason = "token.revoked"
        elif arrival.reason is None:
            arrival.reason = _objection(session, actor, arrival, versions, own)
    _place_strays(session, actor, [each for each in arrivals if each.ea_code is None], places)


def _place_strays(
    session: Session,
    actor: Actor,
    strays: Sequence[Arrival],
    places: Places,
) -> None:
    """Put what names no known household where somebody will see it.

    That is the area its envelope or its household id speaks of, or else the sender's province.
    """
    if not strays:
        return
    areas = _areas_spoken_of(session, strays)
    province_code = _province_of(session, actor)
    for stray in strays:
        ea_code = (stray.household_id or "")[:EA_CODE_DIGITS]
        stray.province_code, stray.ea_code = (
            places.get(stray.incoming.household_id or "")
            or areas.get(ea_code)
            or (province_code, None)
        )


def _areas_spoken_of(
    session: Session, strays: Sequence[Arrival]
) -> dict[str, tuple[str, str | None]]:
    codes = {(stray.household_id or "")[:EA_CODE_DIGITS] for stray in strays}
    rows = session.execute(
        select(EnumerationArea.code, EnumerationArea.province_code).where(
            EnumerationArea.code.in_(codes)
        )
    )
    return {row.code: (row.province_code, row.code) for row in rows}


def _province_of(session: Session, actor: Actor) -> str:
    """The province the sender works in, or used to."""
    held = select(Lease.province_code).where(Lease.enumerator_id == actor.id)
    within = select(EnumerationArea.province_code).where(lies_within(actor, EnumerationArea))
    return session.scalar(within.limit(1)) or session.scalar(held.limit(1)) or UNKNOWN_PROVINCE


def _objection(
    session: Session,
    actor: Actor,
    arrival: Arrival,
    versions: Collection[tuple[str, str]],
    own: Collection[str],
) -> str | None:
    answers = arrival.answers
    if answers is not None and (answers.form_id, answers.version) not in versions:
        return "questionnaire.unknown_version"
    if arrival.ea_code is None:
        return "household.unknown"
    if arrival.ea_code in own or arrival.is_vouched_for or _held_then(session, actor, arrival):
        return None
    return "household.foreign"


def _published_among(session: Session, arrivals: Sequence[Arrival]) -> Collection[tuple[str, str]]:
    """Those of the arrivals' versions that were published; once published, a version stays so."""
    known = _KNOWN_VERSIONS.setdefault(session.get_bind().engine, set())
    asked = {(each.answers.form_id, each.answers.version) for each in arrivals if each.answers}
    if not asked <= known:
        rows = session.execute(select(Questionnaire.id, Questionnaire.version))
        known.update((row.id, row.version) for row in rows)
    return known


def _held_then(session: Session, actor: Actor, arrival: Arrival) -> bool:
    """Whether the sender held the area when the interview was made.

    Moving an area to another enumerator must not cost the records still on the old tablet.
    """
    if arrival.ea_code is None or arrival.ended_at is None:
        return False
    lease = lease_at(session, arrival.ea_code, arrival.ended_at)
    return lease is not None and lease.enumerator_id == actor.id
