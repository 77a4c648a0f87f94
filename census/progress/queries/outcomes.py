"""How the cases of an area ended, and the rates that the field computes from it."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from sqlalchemy.orm import Session

from census.accounts.actors import Actor
from census.progress.queries.scopes import scope_of
from census.progress.queries.sums import CLASSES, total_counts
from census.progress.rules.rates import Outcomes, aapor_rates


def outcomes_in(counts: Mapping[str, int]) -> Outcomes:
    """The counts of a tally under the letters of the standard."""
    return Outcomes(**{letter: counts[column] for letter, column in CLASSES.items()})


def rates_of(
    session: Session, actor: Actor, code: str | None = None
) -> dict[str, int | Fraction | None]:
    """The outcomes of an area by their letters, and every rate of the standard by its name."""
    return rates_in(total_counts(session, scope_of(session, actor, code)))


def rates_in(counts: Mapping[str, int]) -> dict[str, int | Fraction | None]:
    """The same of counts that were added up already."""
    letters = {letter: counts[column] for letter, column in CLASSES.items()}
    return {**letters, **aapor_rates(outcomes_in(counts))}
