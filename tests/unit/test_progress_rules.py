"""The indicator of the pilot census, its thresholds and its rates, with the published numbers.

The identifiers in the names (a1 to a15, b1) are those of the worked examples: A from the office's
performance report for the fiscal year 2564, B from the AAPOR outcome rates.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from census.core.locale import Locale, format_percent
from census.progress.codelists import Condition
from census.progress.rules.apportionment import apportion, apportion_thresholds
from census.progress.rules.kpi import (
    PERCENT_PASSES_COUNT_FAILS,
    BelowLowest,
    ScoreRule,
    assess,
    interpolate,
    level_by_count,
    level_by_percent,
)
from census.progress.rules.other_indicators import (
    Channel,
    pmqa_index,
    scaled_to_hundred,
    service_total,
    weighted_mean,
)
from census.progress.rules.periods import Period, length_in_days, remaining_days
from census.progress.rules.rates import Outcomes, aapor_rates, response_rate
from census.progress.rules.thresholds import (
    LevelRule,
    ceil10,
    gaps,
    required_daily_rate,
    scaled_base,
    thresholds_from_base,
)

PLANNING_BASE = 835_040
FRAME = 832_173
PROTOTYPE_AND_TRANSFER = frozenset({Condition.PROTOTYPE, Condition.TRANSFER})
ALL_CONDITIONS = PROTOTYPE_AND_TRANSFER | {Condition.PLAN}
LEVELS = (
    LevelRule(50, Fraction("0.65"), PROTOTYPE_AND_TRANSFER),
    LevelRule(75, Fraction("0.75"), PROTOTYPE_AND_TRANSFER),
    LevelRule(100, Fraction("0.85"), ALL_CONDITIONS),
)
THRESHOLDS = {50: 542_780, 75: 626_280, 100: 709_790}
HOUSEHOLDS_OF_2019 = {"20": 630_549, "21": 321_229, "24": 272_383}
FRAME_OF_PROVINCES = {"20": 428_641, "21": 218_369, "24": 185_163}


def standing(responded, *, holding=ALL_CONDITIONS, **choices):
    return assess(responded, FRAME, THRESHOLDS, LEVELS, holding, **choices)


def test_a1_the_pilot_reached_level_75_with_81_12_percent_and_lacked_34702_households():
    result = standing(675_088, holding=PROTOTYPE_AND_TRANSFER)

    assert format_percent(result.response_rate, Locale.EN) == "81.12%"
    assert float(result.response_rate) == pytest.approx(0.8112351638, abs=1e-10)
    assert result.level == 75
    assert result.gaps == {50: 0, 75: 0, 100: 34_702}
    assert float(result.interpolated) == pytest.approx(89.6114, abs=5e-5)
    assert result.warning is None


def test_a1_without_a_plan_the_score_stops_at_75_though_the_count_alone_would_give_more():
    result = standing(675_088, holding=PROTOTYPE_AND_TRANSFER)

    assert result.score == 75
    assert result.score_rule is ScoreRule.COUNT


def test_a1_interpolated_on_percentage_points_the_score_is_90_30():
    unrounded = standing(675_088, score_rule=ScoreRule.PERCENT)
    as_printed = interpolate(Fraction("0.8112"), [(rule.share, rule.score) for rule in LEVELS])

    assert float(unrounded.score) == pytest.approx(90.3088, abs=5e-5)
    assert as_printed == Fraction("90.30")
    assert unrounded.score_rule is ScoreRule.PERCENT


def test_a2_a_plan_does_not_raise_the_level_of_675088_households():
    result = standing(675_088)

    assert result.level == 75
    assert float(result.score) == pytest.approx(89.6114, abs=5e-5)


def test_a3_without_a_plan_709790_households_stay_at_level_75_and_score_75():
    result = standing(709_790, holding=PROTOTYPE_AND_TRANSFER)

    assert (result.level, result.score) == (75, 75)


def test_a4_with_a_plan_709790_households_reach_level_100_and_score_100():
    result = standing(709_790)

    assert (result.level, result.score) == (100, 100)
    assert result.gaps[100] == 0


def test_a5_one_household_short_of_709790_is_level_75():
    result = standing(709_789)

    assert result.level == 75
    assert float(result.score) == pytest.approx(99.9997, abs=5e-5)
    assert result.gaps[100] == 1


def test_a6_626280_households_are_level_75_and_one_less_is_level_50():
    reached, missed = standing(626_280), standing(626_279)

    assert (reached.level, reached.score) == (75, 75)
    assert missed.level == 50
    assert float(missed.score) == pytest.approx(74.9997, abs=5e-5)


def test_a7_542780_households_are_level_50_and_one_less_is_below_the_minimum():
    reached, missed = standing(542_780), standing(542_779)

    assert (reached.level, reached.score) == (50, 50)
    assert (missed.level, missed.score) == (0, 0)


def test_a7_below_the_minimum_the_score_may_be_made_proportional():
    half_way = standing(271_390, below=BelowLowest.PROPORTIONAL)

    assert (half_way.level, half_way.score) == (0, 25)


@pytest.mark.parametrize(("responded", "score"), [(700_000, 97.0692), (600_000, 67.1317)])
def test_a8_between_two_levels_the_score_lies_on_a_straight_line(responded, score):
    assert float(standing(responded).score) == pytest.approx(score, abs=5e-5)


@pytest.mark.parametrize("missing", [Condition.PROTOTYPE, Condition.TRANSFER])
def test_a9_without_prototype_or_transfer_720000_households_reach_no_level(missing):
    result = standing(720_000, holding=ALL_CONDITIONS - {missing}, below=BelowLowest.PROPORTIONAL)

    assert (result.level, result.score) == (0, 0)


def test_a10_the_planning_base_gives_the_three_thresholds_rounded_up_to_tens():
    assert thresholds_from_base(PLANNING_BASE, LEVELS) == THRESHOLDS
    assert [ceil10(Fraction(n)) for n in (542_776, 542_780, 542_781)] == [542_780, 542_780, 542_790]


@pytest.mark.parametrize("base", [835_036, 835_040])
def test_a10_the_ends_of_the_range_of_bases_give_the_same_thresholds(base):
    assert thresholds_from_base(base, LEVELS) == THRESHOLDS


@pytest.mark.parametrize("base", [835_035, 835_041])
def test_a10_a_base_outside_of_the_range_gives_others(base):
    assert thresholds_from_base(base, LEVELS) != THRESHOLDS


def test_a10_practice_data_is_measured_against_a_planning_base_of_its_scale():
    base = scaled_base(PLANNING_BASE, Fraction("0.01"))

    assert base == Fraction("8350.4")
    assert thresholds_from_base(base, LEVELS) == {50: 5_430, 75: 6_270, 100: 7_100}


def test_a10_practice_data_at_full_scale_has_the_thresholds_of_the_census():
    base = scaled_base(PLANNING_BASE, Fraction(1))

    assert thresholds_from_base(base, LEVELS) == THRESHOLDS


def test_a11_625000_households_pass_by_percentage_and_fail_by_count_with_a_warning():
    result = standing(625_000)

    assert format_percent(result.response_rate, Locale.EN) == "75.10%"
    assert level_by_percent(result.response_rate, LEVELS) == 75
    assert result.level == 50
    assert result.warning == PERCENT_PASSES_COUNT_FAILS == "kpi.percent_passes_count_fails"


@pytest.mark.parametrize(
    ("responded", "warns"), [(624_129, False), (624_130, True), (626_279, True), (626_280, False)]
)
def test_a11_the_warning_is_given_only_where_the_two_tests_differ(responded, warns):
    assert (standing(responded).warning is not None) is warns


@pytest.mark.parametrize(
    ("total", "parts"),
    [(FRAME, (428_641, 218_369, 185_163)), (PLANNING_BASE, (430_118, 219_121, 185_801))],
)
def test_a12_a_base_is_divided_over_the_provinces_like_the_households_of_2019(total, parts):
    divided = apportion(total, HOUSEHOLDS_OF_2019)

    assert tuple(divided.values()) == parts
    assert sum(divided.values()) == total


@pytest.mark.parametrize(
    ("total", "parts"),
    [
        (542_780, (279_579, 142_430, 120_771)),
        (626_280, (322_588, 164_341, 139_351)),
        (709_790, (365_603, 186_255, 157_932)),
        (675_088, (347_729, 177_148, 150_211)),
    ],
)
def test_a12_a_threshold_is_divided_over_the_provinces_like_the_frame(total, parts):
    divided = apportion(total, FRAME_OF_PROVINCES)

    assert tuple(divided.values()) == parts
    assert sum(divided.values()) == total


def test_a12_a_province_may_have_thresholds_of_its_own():
    own = {"21": {50: 140_000, 75: 160_000, 100: 180_000}}

    parts = apportion_thresholds(THRESHOLDS, FRAME_OF_PROVINCES, own=own)

    assert parts["21"] == own["21"]
    assert parts["20"] == {50: 279_579, 75: 322_588, 100: 365_603}


@pytest.mark.parametrize(
    ("last_day", "days"),
    [(date(2021, 1, 15), 46), (date(2021, 2, 28), 90), (date(2021, 3, 31), 121)],
)
def test_a13_the_field_period_had_46_then_90_then_121_days(last_day, days):
    period = Period(1, date(2020, 12, 1), last_day, decided_on=date(2020, 10, 1))

    assert length_in_days(period) == days


def test_a14_from_600000_households_on_28_february_3541_61_a_day_are_required():
    period = Period(3, date(2020, 12, 1), date(2021, 3, 31), decided_on=date(2021, 2, 22))
    days = remaining_days(period, date(2021, 2, 28))

    required = required_daily_rate(gaps(600_000, THRESHOLDS)[100], days)

    assert days == 31
    assert float(required) == pytest.approx(3_541.61, abs=5e-3)


def test_a14_nothing_is_required_once_the_threshold_is_reached_and_no_rate_can_save_the_last_day():
    assert required_daily_rate(0, 0) == 0
    assert required_daily_rate(1, 0) is None


def test_a15_services_to_data_users_add_up_over_the_channels_that_count():
    services = [
        Channel(f"channel {number}", count)
        for number, count in enumerate((974_160, 675, 259, 2_439, 263, 363))
    ]
    volumes = Channel("volumes distributed", 5_363, is_counted=False)
    subscribers = [Channel("subscribers", 20_776), Channel("app downloads", 716)]

    assert service_total([*services, volumes]) == 978_159
    assert service_total([*services, volumes, *subscribers]) == 999_651


def test_a15_the_mean_score_of_84_agencies_is_74_98_and_scales_to_99_97():
    mean = weighted_mean([(51, Fraction(75)), (33, Fraction("74.95"))])

    assert float(mean) == pytest.approx(74.98036, abs=5e-6)
    assert float(scaled_to_hundred(mean, full=75)) == pytest.approx(99.97, abs=5e-3)
    # The report prints 74.88 for the mean, which would scale to 99.84: a misprint.
    assert float(scaled_to_hundred(Fraction("74.88"), full=75)) == pytest.approx(99.84, abs=5e-3)


def test_a15_a_mean_over_nobody_does_not_exist():
    assert weighted_mean([]) is None


def test_a15_a_pmqa_score_of_341_62_is_an_index_of_2_73_and_interpolates_to_96_19():
    score = Fraction("341.62")

    assert float(pmqa_index(score)) == pytest.approx(2.73, abs=5e-3)
    assert float(interpolate(score, [(240, 50), (350, 100)])) == pytest.approx(96.19, abs=5e-3)


def test_a15_official_statistics_at_92_99_percent_interpolate_to_67_26():
    points = [(Fraction("88.51"), 50), (Fraction(95), 75), (Fraction(97), 100)]

    assert float(interpolate(Fraction("92.99"), points)) == pytest.approx(67.26, abs=5e-3)


B1 = Outcomes(I=4, P=2, R=1, NC=1, O=1, UH=1, UO=1, NE=1)
B1_RATES = {
    "e": 0.9,
    **{"RR1": 0.364, "RR2": 0.545, "RR3": 0.370, "RR4": 0.556, "RR5": 0.444, "RR6": 0.667},
    **{"COOP1": 0.500, "COOP2": 0.750, "COOP3": 0.571, "COOP4": 0.857},
    **{"REF1": 0.091, "REF2": 0.093, "REF3": 0.111},
    **{"CON1": 0.727, "CON2": 0.741, "CON3": 0.889},
}


def test_b1_the_outcome_rates_are_those_of_the_published_example():
    rates = aapor_rates(B1)

    assert {name: round(float(rate), 3) for name, rate in rates.items()} == B1_RATES


def test_an_area_of_no_households_has_no_response_rate_and_no_level():
    nothing = dict.fromkeys(THRESHOLDS, 0)

    assert response_rate(0, 0) is None
    assert level_by_count(0, nothing) == 0
    assert assess(0, 0, nothing, LEVELS, ALL_CONDITIONS).score == 0
