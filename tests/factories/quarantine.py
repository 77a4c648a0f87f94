"""What waits in quarantine for each reason, and the repair after which it counts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.accounts.models import UserArea
from census.collection import services
from census.collection.arrivals import Incoming
from census.collection.models import FieldArea
from census.collection.services import open_cases
from census.frame.codelists import Origin
from census.frame.models import Household
from tests.factories.census import AWAY, HOME, NOON, SmallCensus
from tests.factories.instances import new_instance_id
from tests.factories.submissions import incoming


@dataclass(frozen=True)
class Stray:
    """A submission that will be quarantined: who sends it, and how that can be put right."""

    reason: str
    household_id: str
    """The household for which it counts in the end."""
    sender: Actor
    sent: Incoming
    repair: Callable[[Session], None] | None = None
    """What has to become true; nothing where an officer has to vouch for it."""


def mismatched(census: SmallCensus) -> Stray:
    """The envelope names another household than the instance."""
    sent = replace(incoming(census.household()), household_id=census.household(2))
    return Stray("submission.mismatch", census.household(), census.enumerator, sent)


def badly_wrapped(census: SmallCensus) -> Stray:
    """The envelope itself was not valid."""
    sent = incoming(census.household())
    wrapped = Incoming(sent.instance_id, sent.data, reason="submission.invalid_envelope")
    return Stray("submission.invalid_envelope", census.household(), census.enumerator, wrapped)


def from_a_revoked_tablet(census: SmallCensus) -> Stray:
    """The tablet's token was revoked before it was sent."""
    sender = replace(census.enumerator, is_revoked=True)
    return Stray("token.revoked", census.household(), sender, incoming(census.household()))


def too_new(census: SmallCensus) -> Stray:
    """The questionnaire's version is published later."""
    sent = incoming(census.household())
    newer = replace(sent, data=sent.data.replace(b"2564.1", b"2564.9"), version="2564.9")

    def publish(session: Session) -> None:
        services.publish_questionnaire(
            session, None, "household", "2564.9", xform=b"<h/>", workbook=b"", at=NOON
        )

    return Stray(
        "questionnaire.unknown_version", census.household(), census.enumerator, newer, publish
    )


def of_nobody(census: SmallCensus) -> Stray:
    """The household comes onto the list later."""
    household_id = f"{HOME}-0777"

    def add(session: Session) -> None:
        add_household(session, household_id)

    return Stray("household.unknown", household_id, census.enumerator, incoming(household_id), add)


def of_another_area(census: SmallCensus) -> Stray:
    """The enumerator is given the area later."""
    household_id = census.household(ea_code=AWAY)
    sender = census.enumerator

    def grant(session: Session) -> None:
        session.add(UserArea(user_id=sender.id, area_code=AWAY))
        session.flush()

    return Stray("household.foreign", household_id, sender, incoming(household_id), grant)


def for_a_closed_area(census: SmallCensus) -> Stray:
    """The area is closed when it arrives, and opened again later."""

    def reopen(session: Session) -> None:
        close_area(session, HOME, is_closed=False)

    return Stray(
        "area.closed",
        census.household(),
        census.enumerator,
        incoming(census.household()),
        reopen,
    )


REPAIRABLE = (too_new, of_nobody, of_another_area, for_a_closed_area)
"""What counts by itself once something else is put right."""

VOUCHABLE = (mismatched, badly_wrapped, from_a_revoked_tablet, of_another_area, of_nobody)
"""What counts once an officer vouches for its household."""


def close_area(session: Session, ea_code: str, *, is_closed: bool = True) -> None:
    """Close an area to what arrives, or open it again."""
    session.get_one(FieldArea, ea_code).closed_at = NOON if is_closed else None
    session.flush()


def add_household(session: Session, household_id: str) -> None:
    """Put one more household onto the list, with its case."""
    session.add(
        Household(
            province_code="20",
            id=household_id,
            ea_code=household_id[:11],
            address="777 หมู่ 1",
            origin=Origin.FRAME,
            since_version=1,
        )
    )
    session.flush()
    open_cases(session)


def variants(census: SmallCensus) -> tuple[Incoming, Incoming]:
    """Two submissions under one id: the second says more than the first."""
    instance_id = new_instance_id()
    first = incoming(census.household(), instance_id=instance_id)
    second = incoming(census.household(), instance_id=instance_id, h08="4")
    return first, second
