"""What can be seen of progress, within the actor's areas."""

from census.progress.queries.areas import AreaProgress, Progress, progress_of
from census.progress.queries.days import Day, series_in, series_of
from census.progress.queries.outcomes import rates_in, rates_of
from census.progress.queries.plans import AreaPlan, plans_of
from census.progress.queries.scopes import Scope, areas_above, scope_of
from census.progress.queries.standing import (
    IndicatorStanding,
    conditions_now,
    indicator_standing,
    standing_with,
)

__all__ = [
    "AreaPlan",
    "AreaProgress",
    "Day",
    "IndicatorStanding",
    "Progress",
    "Scope",
    "areas_above",
    "conditions_now",
    "indicator_standing",
    "plans_of",
    "progress_of",
    "rates_in",
    "rates_of",
    "scope_of",
    "series_in",
    "series_of",
    "standing_with",
]
