"""Distances on the ground, against lengths that are known."""

from __future__ import annotations

import pytest
from shapely.geometry import MultiPolygon, Point, box

from census.collection.ground import ground_of
from census.core.geo import metres_between, metres_outside

EQUATOR = 111_319.491
"""The length of a degree of longitude at the equator of WGS 84: 2πa ÷ 360."""
DEGREE_NORTH_AT_EQUATOR = 110_574.4
"""The length of the first degree of latitude from the equator, half to each side of it."""

SQUARE = MultiPolygon([box(100.98, 13.355, 100.99, 13.365)])


def test_a_degree_along_the_equator():
    assert metres_between(Point(100, 0), Point(101, 0)) == pytest.approx(EQUATOR, rel=1e-6)


def test_a_degree_across_the_equator():
    apart = metres_between(Point(100, -0.5), Point(100, 0.5))

    assert apart == pytest.approx(DEGREE_NORTH_AT_EQUATOR, rel=1e-5)


def test_a_distance_is_the_same_both_ways_and_none_to_oneself():
    bangkok, pattaya = Point(100.5018, 13.7563), Point(100.8825, 12.9236)

    assert metres_between(bangkok, pattaya) == metres_between(pattaya, bangkok)
    assert metres_between(bangkok, bangkok) == 0


def test_within_an_outline_nothing_is_outside():
    assert metres_outside(SQUARE, Point(100.985, 13.36)) == 0
    assert metres_outside(SQUARE, Point(100.98, 13.36)) == 0


def test_outside_the_nearest_edge_counts():
    east = Point(100.992, 13.36)

    assert metres_outside(SQUARE, east) == pytest.approx(
        metres_between(Point(100.99, 13.36), east), rel=1e-9
    )


def test_the_nearest_of_several_parts_counts():
    two = MultiPolygon([box(100.0, 13.0, 100.1, 13.1), box(100.98, 13.355, 100.99, 13.365)])
    position = Point(100.992, 13.36)

    assert metres_outside(two, position) == metres_outside(SQUARE, position)


def test_without_an_outline_the_farthest_dwelling_is_the_rim():
    dwellings = [Point(100.98, 13.36), Point(100.985, 13.36), Point(100.99, 13.36)]
    ground = ground_of(None, dwellings)

    assert ground.metres_outside(dwellings[0]) == pytest.approx(0, abs=1e-6)
    assert ground.metres_outside(Point(101.0, 13.36)) == pytest.approx(
        metres_between(dwellings[2], Point(101.0, 13.36)), rel=1e-6
    )


def test_an_outline_counts_more_than_the_dwellings():
    assert ground_of(SQUARE, [Point(0, 0)] * 3).outline is SQUARE


def test_of_two_dwellings_no_ground_is_made():
    ground = ground_of(None, [Point(100.98, 13.36)] * 2)

    assert not ground.is_known
    assert ground.metres_outside(Point(0, 0)) is None
