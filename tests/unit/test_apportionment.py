"""Whatever is divided among areas adds up again, to the household."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from census.progress.rules.apportionment import apportion

FRAMES = st.dictionaries(
    st.from_regex(r"[1-9][0-9]{3}", fullmatch=True),
    st.integers(min_value=0, max_value=500_000),
    min_size=1,
    max_size=40,
).filter(lambda sizes: sum(sizes.values()) > 0)
TOTALS = st.integers(min_value=0, max_value=2_000_000)


@given(total=TOTALS, sizes=FRAMES)
def test_the_parts_add_up_to_the_whole(total, sizes):
    assert sum(apportion(total, sizes).values()) == total


@given(total=TOTALS, sizes=FRAMES)
def test_every_part_is_its_exact_quota_rounded_down_or_up(total, sizes):
    whole = sum(sizes.values())

    parts = apportion(total, sizes)

    assert all(
        total * size // whole <= parts[code] <= -(-total * size // whole)
        for code, size in sizes.items()
    )


@given(total=TOTALS, sizes=FRAMES, data=st.data())
def test_the_order_of_the_areas_makes_no_difference(total, sizes, data):
    shuffled = dict(data.draw(st.permutations(list(sizes.items()))))

    assert apportion(total, shuffled) == apportion(total, sizes)


@given(
    sizes=st.dictionaries(
        st.sampled_from(["20", "21", "24"]), st.integers(20, 500_000), min_size=3, max_size=3
    )
)
def test_a_higher_level_never_asks_less_of_a_province_than_a_lower_one(sizes):
    whole = sum(sizes.values())
    ascending = [apportion(-(-share * whole // 100), sizes) for share in (65, 75, 85)]

    t50, t75, t100 = ascending

    assert all(t50[code] <= t75[code] <= t100[code] for code in sizes)


@given(sizes=FRAMES, lower=TOTALS)
def test_a_whole_household_more_for_every_area_never_lessens_a_part(sizes, lower):
    sizes = {code: size + 1 for code, size in sizes.items()}
    higher = lower + -(-sum(sizes.values()) // min(sizes.values()))

    before, after = apportion(lower, sizes), apportion(higher, sizes)

    assert all(before[code] <= after[code] for code in sizes)


@given(total=TOTALS, sizes=FRAMES)
def test_an_area_without_households_gets_nothing(total, sizes):
    parts = apportion(total, sizes | {"0000": 0})

    assert parts["0000"] == 0


def test_of_equal_fractions_the_larger_area_comes_first():
    assert apportion(2, {"2001": 1, "2002": 3}) == {"2001": 0, "2002": 2}


def test_of_equal_areas_the_lower_code_comes_first():
    assert apportion(1, {"24": 5, "20": 5, "21": 5}) == {"20": 1, "21": 0, "24": 0}


def test_nothing_is_divided_among_nobody():
    assert apportion(0, {}) == {}
    assert apportion(0, {"20": 0}) == {"20": 0}


def test_households_cannot_be_divided_among_areas_that_have_none():
    with pytest.raises(ValueError, match="have none"):
        apportion(1, {"20": 0})


@pytest.mark.parametrize(("total", "sizes"), [(-1, {"20": 1}), (1, {"20": 2, "21": -1})])
def test_negative_households_are_refused(total, sizes):
    with pytest.raises(ValueError, match="negative"):
        apportion(total, sizes)
