"""Outlines of enumeration areas: cells around random points in a rough box for each district."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from random import Random

import shapely
from shapely.geometry import MultiPoint, Point, Polygon, box

from census.demo.chance import chance
from census.demo.districts import DISTRICTS
from census.demo.enumeration_areas import SyntheticArea

HALF_BOX = 0.11
"""Half the side of a district's box, in degrees: districts are cut off where they would meet."""
DECIMALS = 6

Corner = tuple[float, float]
"""Longitude and latitude."""


def outlines(areas: Sequence[SyntheticArea], seed: int) -> Iterator[tuple[SyntheticArea, Polygon]]:
    """Each area with its outline; every outline is convex, and no two overlap."""
    lands = _lands()
    for district_code, group in groupby(areas, key=lambda area: area.district_code):
        members = list(group)
        dice = chance(seed, "outlines", district_code)
        yield from zip(members, _cells(lands[district_code], len(members), dice), strict=True)


def position_in(corners: Sequence[Corner], dice: Random) -> Corner:
    """A place inside a convex outline: a mean of its corners, each weighted by chance."""
    weights = [dice.random() ** 2 + 0.02 for _ in corners]
    whole = sum(weights)
    longitude = sum(w * corner[0] for w, corner in zip(weights, corners, strict=True)) / whole
    latitude = sum(w * corner[1] for w, corner in zip(weights, corners, strict=True)) / whole
    return round(longitude, DECIMALS), round(latitude, DECIMALS)


def corners_of(outline: Polygon) -> list[Corner]:
    """The corners of an outline, each once."""
    return [(x, y) for x, y in outline.exterior.coords[:-1]]


def _lands() -> dict[str, Polygon]:
    """The land of each district: what is nearest to its centre, within its box."""
    centres = [Point(district.longitude, district.latitude) for district in DISTRICTS]
    cells = _voronoi(centres, box(100.0, 12.0, 102.5, 14.5))
    return {
        district.code: _overlap(
            cell,
            box(
                district.longitude - HALF_BOX,
                district.latitude - HALF_BOX,
                district.longitude + HALF_BOX,
                district.latitude + HALF_BOX,
            ),
        )
        for district, cell in zip(DISTRICTS, cells, strict=True)
    }


def _cells(land: Polygon, count: int, dice: Random) -> list[Polygon]:
    if count == 1:
        return [_rounded(land)]
    corners = corners_of(land)
    points = [Point(position_in(corners, dice)) for _ in range(count)]
    return [_rounded(_overlap(cell, land)) for cell in _voronoi(points, land)]


def _voronoi(points: Sequence[Point], around: Polygon) -> list[Polygon]:
    cells = shapely.voronoi_polygons(MultiPoint(points), extend_to=around, ordered=True)
    return list(cells.geoms)


def _overlap(one: Polygon, other: Polygon) -> Polygon:
    """What two convex outlines have in common, which is one outline."""
    common = one.intersection(other)
    if not isinstance(common, Polygon):
        raise TypeError(f"two outlines have a {common.geom_type} in common")
    return common


def _rounded(outline: Polygon) -> Polygon:
    # Whole hundred-millionths of a degree, a millimetre, so that the file reads back the same.
    return Polygon([(round(x, 8), round(y, 8)) for x, y in outline.exterior.coords])
