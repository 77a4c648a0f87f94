"""Where the indicator stands: it is decided on the whole and never on a part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from census.frame.queries import find_area
from census.frame.rules import COUNTRY_CODE
from census.progress import indicator
from census.progress.codelists import Condition
from census.progress.models import ConditionStatement
from census.progress.queries.areas import counting
from census.progress.queries.scopes import Scope
from census.progress.queries.sums import total_counts
from census.progress.rules.kpi import Standing, assess
from census.progress.rules.rates import response_rate


@dataclass(frozen=True, slots=True)
class IndicatorStanding:
    """The counts of the whole, what they are measured against, and what follows."""

    responded: int
    approved: int
    frame: int
    planning_base: Fraction
    conditions: Mapping[Condition, bool]
    thresholds: Mapping[int, int]
    standing: Standing
    scale: str | None

    @property
    def response_rate(self) -> Fraction | None:
        """Responded households over those of the frozen frame."""
        return response_rate(self.responded, self.frame)


def indicator_standing(session: Session) -> IndicatorStanding:
    """Where the indicator stands now."""
    whole = find_area(session, COUNTRY_CODE)
    return standing_with(session, total_counts(session, Scope(whole, (whole,))))


def standing_with(session: Session, counts: Mapping[str, int]) -> IndicatorStanding:
    """Where the indicator stands with these counts of the whole."""
    defined = indicator.indicator()
    thresholds = indicator.thresholds(session)
    conditions = conditions_now(session)
    return IndicatorStanding(
        responded=counts["responded"],
        approved=counts["approved"],
        frame=counts["frame"],
        planning_base=indicator.planning_base(session),
        conditions=conditions,
        thresholds=thresholds,
        standing=assess(
            counting(counts),
            counts["frame"],
            thresholds,
            defined.levels,
            {condition for condition, holds in conditions.items() if holds},
            score_rule=defined.score_rule,
            below=defined.below_lowest,
        ),
        scale=indicator.practice_scale_text(session),
    )


def conditions_now(session: Session) -> dict[Condition, bool]:
    """Which conditions hold by the latest statement; without one a condition does not hold."""
    statements = session.scalars(
        select(ConditionStatement).order_by(ConditionStatement.stated_at, ConditionStatement.id)
    )
    latest = {statement.condition: statement.holds for statement in statements}
    return {condition: latest.get(condition, False) for condition in Condition}
