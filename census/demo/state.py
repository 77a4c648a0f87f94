"""How far a load of practice data has come, kept in the database it loads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from census.accounts.models import User
from census.core import stored_settings
from census.demo.plan import Order
from census.frame.models import EnumerationArea

DEMO_SETTING = "demo"
FRAME, PEOPLE, FIELD, FINISH, DONE = "frame", "people", "field", "finish", "done"


@dataclass(frozen=True, slots=True)
class Progress:
    """What was asked for, the step that comes next, and the day of the field work."""

    order: Order
    scale_text: str
    step: str = FRAME
    day: int = 0

    @property
    def is_done(self) -> bool:
        """Whether everything is there."""
        return self.step == DONE

    def at(self, step: str, day: int = 0) -> Progress:
        """The same load, further on."""
        return replace(self, step=step, day=day)


def read_progress(session: Session) -> Progress | None:
    """The load of this database, or none if there never was one."""
    kept: dict[str, Any] | None = stored_settings.read(session, DEMO_SETTING)
    if kept is None:
        return None
    responses = kept["responses"]
    order = Order(
        scale=Fraction(kept["scale"]),
        seed=kept["seed"],
        on=date.fromisoformat(kept["on"]),
        responses=None if responses is None else Fraction(responses),
    )
    return Progress(order, kept["scale"], kept["step"], kept["day"])


def write_progress(session: Session, progress: Progress) -> None:
    """Remember how far the load is, in the transaction that brought it there."""
    order = progress.order
    stored_settings.write(
        session,
        DEMO_SETTING,
        {
            "scale": progress.scale_text,
            "seed": order.seed,
            "on": order.on.isoformat(),
            "responses": None if order.responses is None else str(order.responses),
            "step": progress.step,
            "day": progress.day,
        },
    )


def has_frame(session: Session) -> bool:
    """Whether there is an enumeration area other than the one for training."""
    real = select(EnumerationArea.code).where(EnumerationArea.is_practice.is_(False))
    return bool(session.scalar(select(exists(real))))


def has_people(session: Session) -> bool:
    """Whether anybody works here yet."""
    return bool(session.scalar(select(exists(select(User.id)))))
