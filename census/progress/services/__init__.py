"""What can be done to progress: counts are taken again, thresholds divided, conditions stated."""

from census.progress.services.conditions import state_condition
from census.progress.services.days import refresh_days
from census.progress.services.recounting import (
    Difference,
    area_pages,
    differences_from_recount,
    differences_in,
    recount_afresh,
    recount_areas,
    recount_every_area,
    recount_touched_areas,
)
from census.progress.services.thresholds import apportion_frozen_frame

__all__ = [
    "Difference",
    "apportion_frozen_frame",
    "area_pages",
    "differences_from_recount",
    "differences_in",
    "recount_afresh",
    "recount_areas",
    "recount_every_area",
    "recount_touched_areas",
    "refresh_days",
    "state_condition",
]
