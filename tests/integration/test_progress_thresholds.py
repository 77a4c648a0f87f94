"""The thresholds of the whole are divided down the area tree, and the parts add up exactly."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace

import pytest
from sqlalchemy import select

from census.progress import indicator
from census.progress.models import Threshold
from tests.factories.counts import (
    INDICATOR,
    PILOT,
    THRESHOLDS,
    counted_census,
    freeze_counts,
    pilot,
)


@pytest.fixture(autouse=True)
def _defined() -> None:
    indicator.connect(INDICATOR)


def random_frame(seed: int) -> dict[str, dict[str, int]]:
    """Three provinces of uneven areas, some of them without any household."""
    chance = random.Random(seed)
    return {
        f"2{province}{district:02d}{subdistrict:02d}1{number:03d}": {
            "frame": chance.choice((0, 1, 2, 7, 150, 200, 251))
        }
        for province in (20, 21, 24)
        for district in range(1, chance.randint(2, 4))
        for subdistrict in range(1, chance.randint(2, 5))
        for number in range(1, chance.randint(2, 9))
    }


def parts_of(session, version: int) -> dict[str, dict[int, int]]:
    parts: dict[str, dict[int, int]] = defaultdict(dict)
    for row in session.scalars(select(Threshold).where(Threshold.frame_version == version)):
        parts[row.area_code][row.level] = row.households
    return parts


@pytest.mark.parametrize("seed", range(5))
def test_on_any_frame_the_parts_add_up_at_every_level(session, seed):
    frame = random_frame(seed)

    counted_census(session, frame)

    children = defaultdict(list)
    for row in session.scalars(select(Threshold).where(Threshold.parent_code.is_not(None))):
        children[row.parent_code, row.level].append(row.households)
    parts = parts_of(session, 1)
    assert parts["TH"] == THRESHOLDS
    assert frame.keys() <= parts.keys()
    for (parent, level), households in children.items():
        assert sum(households) == parts[parent][level]


def test_the_pilots_provinces_get_the_parts_of_the_plan(session):
    pilot(session)

    parts = parts_of(session, 1)

    assert parts["20"] == {50: 279_579, 75: 322_588, 100: 365_603}
    assert parts["21"] == {50: 142_430, 75: 164_341, 100: 186_255}
    assert parts["24"] == {50: 120_771, 75: 139_351, 100: 157_932}


def test_a_province_may_have_thresholds_of_its_own(session):
    own = {50: 280_000, 75: 323_000, 100: 366_000}
    indicator.connect(replace(INDICATOR, provinces={"20": own}))

    pilot(session)

    parts = parts_of(session, 1)
    assert (parts["20"], parts["2001"]) == (own, own)
    assert parts["21"] == {50: 142_430, 75: 164_341, 100: 186_255}


def test_a_new_frame_version_leaves_the_parts_of_the_earlier_one(session):
    pilot(session)
    before = parts_of(session, 1)

    freeze_counts(session, 2, {code: size + 1_000 for code, size in PILOT.items()})

    assert parts_of(session, 1) == before
    assert parts_of(session, 2)["TH"] == THRESHOLDS
    assert parts_of(session, 2)["20"] != before["20"]
