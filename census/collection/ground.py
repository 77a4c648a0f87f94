"""Where an enumeration area is: within its outline, or around the dwellings on its list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry import MultiPoint
from shapely.geometry.base import BaseGeometry

from census.core.geo import metres_between, metres_outside

FEWEST_POSITIONS = 3
"""From so many known dwellings on an area without an outline is a circle around them."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Where an enumeration area is: its outline, or a circle around the dwellings on its list."""

    outline: BaseGeometry | None
    centre: BaseGeometry | None = None
    radius_m: float = 0.0

    @property
    def is_known(self) -> bool:
        """Whether anything can be said to lie outside."""
        return self.outline is not None or self.centre is not None

    def metres_outside(self, position: BaseGeometry) -> float | None:
        """How far outside a position is, in metres; 0 within, none where the ground is unknown."""
        if self.outline is not None:
            return metres_outside(self.outline, position)
        if self.centre is None:
            return None
        return max(0.0, metres_between(self.centre, position) - self.radius_m)


def ground_of(outline: BaseGeometry | None, dwellings: Sequence[BaseGeometry]) -> Ground:
    """The ground of an area: within its outline, or as near as its farthest dwelling."""
    if outline is not None or len(dwellings) < FEWEST_POSITIONS:
        return Ground(outline)
    centre = shapely.centroid(MultiPoint([each.coords[0][:2] for each in dwellings]))
    return Ground(None, centre, max(metres_between(centre, each) for each in dwellings))
