"""Whoever asks sees counts, shares and gaps of their own areas, and they add up exactly."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from census.accounts.codelists import Role
from census.core import stored_settings
from census.core.clock import set_census_clock
from census.frame.codelists import Level
from census.frame.errors import AreaMissing
from census.frame.practice import PRACTICE_EA, PRACTICE_PROVINCE
from census.frame.services import ensure_practice_area
from census.progress import indicator, queries
from census.progress.codelists import Condition
from census.progress.errors import LevelAboveArea
from census.progress.indicator import PRACTICE_SCALE_SETTING
from tests.factories.accounts import passing_actor
from tests.factories.counts import (
    EA_20,
    EA_21,
    EA_24,
    INDICATOR,
    NOON,
    PILOT,
    THRESHOLDS,
    add_day,
    add_period,
    counted_census,
    pilot,
    state,
)

HQ = passing_actor(Role.HEADQUARTERS, ["TH"])
ANSWERED = {EA_20: 372_000, EA_21: 166_877, EA_24: 136_211}
"""675,088 households in all, the result of the pilot."""

SMALL = {
    "22001011001": {"frame": 200, "responded": 150, "approved": 90, "added": 2},
    "22001011002": {"frame": 100, "responded": 10, "approved": 0, "added": 0},
    "22001021001": {"frame": 300, "responded": 200, "approved": 10, "added": 1},
    "22002011001": {"frame": 400, "responded": 100, "approved": 0, "added": 0},
    "22101011001": {"frame": 500, "responded": 400, "approved": 5, "added": 4},
}


@pytest.fixture(autouse=True)
def _defined() -> None:
    indicator.connect(INDICATOR)


def rows_of(progress):
    return {row.area: row.counts["responded"] for row in progress.rows}


def test_headquarters_sees_the_total_against_the_thresholds_and_each_province_against_its_share(
    session,
):
    pilot(session, ANSWERED)

    progress = queries.progress_of(session, HQ, at=NOON)

    assert (progress.area.code, progress.by, progress.frame_version) == ("TH", Level.PROVINCE, 1)
    assert progress.as_of == NOON
    assert progress.total.counts["responded"] == 675_088
    assert progress.total.thresholds == THRESHOLDS
    assert progress.total.gap == {50: 0, 75: 0, 100: 34_702}
    assert (progress.total.level, progress.total.approved_level) == (75, 0)
    assert float(progress.total.response_rate) == pytest.approx(0.8112351638, abs=1e-10)
    assert [(row.area, row.thresholds, row.level) for row in progress.rows] == [
        ("20", {50: 279_579, 75: 322_588, 100: 365_603}, 100),
        ("21", {50: 142_430, 75: 164_341, 100: 186_255}, 75),
        ("24", {50: 120_771, 75: 139_351, 100: 157_932}, 50),
    ]
    assert progress.rows[2].gap == {50: 0, 75: 3_140, 100: 21_721}


@pytest.mark.parametrize("by", [level for level in Level if level is not Level.COUNTRY])
def test_the_rows_of_every_level_add_up_to_the_same_total(session, by):
    counted_census(session, SMALL)

    progress = queries.progress_of(session, HQ, by=by, at=NOON)

    assert progress.total.counts["frame"] == 1_500
    assert sum(row.counts["responded"] for row in progress.rows) == 860
    assert progress.total.counts["responded"] == 860
    for level in (50, 75, 100):
        assert sum(row.thresholds[level] for row in progress.rows) == THRESHOLDS[level]


@pytest.mark.parametrize(
    ("areas", "asked", "area", "rows"),
    [
        (["20"], None, "20", {"2001": 360, "2002": 100}),
        (["20"], "2001", "2001", {"200101": 160, "200102": 200}),
        (["2001"], None, "2001", {"200101": 160, "200102": 200}),
        (["2001"], "200101", "200101", {"22001011001": 150, "22001011002": 10}),
        (["2001"], "22001011001", "22001011001", {"22001011001": 150}),
        (["22001011002"], None, "22001011002", {"22001011002": 10}),
        (["22001011001", "22001021001"], None, "2001", {"22001011001": 150, "22001021001": 200}),
        (["2002", "2001"], None, "20", {"2001": 360, "2002": 100}),
        (["20", "21"], None, "TH", {"20": 460, "21": 400}),
        (["2001", "22001011001"], None, "2001", {"200101": 160, "200102": 200}),
        (["2002", "22001011001"], None, "20", {"22001011001": 150, "22002011001": 100}),
    ],
)
def test_everybody_sees_their_own_areas_and_no_others(session, areas, asked, area, rows):
    counted_census(session, SMALL)

    progress = queries.progress_of(session, passing_actor(Role.SUPERVISOR, areas), asked, at=NOON)

    assert progress.area.code == area
    assert rows_of(progress) == rows
    assert progress.total.counts["responded"] == sum(rows.values())
    for level in (50, 75, 100):
        parts = [row.thresholds[level] for row in progress.rows]
        assert progress.total.thresholds[level] == sum(parts)


@pytest.mark.parametrize("asked", ["TH", "20", "2002", "22002011001", "21", "99", "nowhere"])
def test_what_lies_outside_the_actors_areas_does_not_exist(session, asked):
    counted_census(session, SMALL)
    supervisor = passing_actor(Role.SUPERVISOR, ["2001"])

    for see in (queries.progress_of, queries.series_of):
        with pytest.raises(AreaMissing):
            see(session, supervisor, asked, at=NOON)
    with pytest.raises(AreaMissing):
        queries.rates_of(session, supervisor, asked)


def test_an_area_of_practice_counts_nowhere(session):
    counted_census(session, SMALL)
    ensure_practice_area(session, at=NOON)
    trainer = passing_actor(Role.SUPERVISOR, ["2001", PRACTICE_EA])

    assert queries.progress_of(session, trainer, at=NOON).area.code == "2001"
    assert queries.progress_of(session, HQ, PRACTICE_PROVINCE, at=NOON).rows == []
    assert queries.progress_of(session, HQ, at=NOON).total.counts["frame"] == 1_500


def test_somebody_without_areas_sees_nothing(session):
    counted_census(session, SMALL)

    with pytest.raises(AreaMissing):
        queries.progress_of(session, passing_actor(Role.SUPERVISOR), at=NOON)


def test_an_area_is_not_divided_by_a_level_above_its_own(session):
    counted_census(session, SMALL)

    with pytest.raises(LevelAboveArea) as refusal:
        queries.progress_of(session, HQ, "2001", by=Level.PROVINCE, at=NOON)

    assert [fault.pointer for fault in refusal.value.faults] == ["/by"]


def test_before_the_first_freeze_only_the_whole_has_thresholds(session):
    areas = {EA_20: {"frame": 0, "added": 428_641, "responded": 0}}
    counted_census(session, areas, is_frozen=False)

    progress = queries.progress_of(session, HQ, at=NOON)

    assert progress.frame_version is None
    assert progress.total.thresholds == THRESHOLDS
    assert progress.rows[0].thresholds == {50: None, 75: None, 100: None}
    assert progress.rows[0].gap == {50: None, 75: None, 100: None}
    assert (progress.rows[0].response_rate, progress.rows[0].level) == (None, 0)


def test_a_census_may_count_only_approved_responses_towards_its_levels(session):
    indicator.connect(replace(INDICATOR, counts="approved"))
    pilot(session, ANSWERED, approved=300_000)

    province = queries.progress_of(session, HQ, at=NOON).rows[0]

    assert (province.level, province.approved_level) == (50, 50)
    assert province.gap == {50: 0, 75: 22_588, 100: 65_603}


def test_practice_data_is_measured_against_a_smaller_base_and_says_so(session):
    stored_settings.write(session, PRACTICE_SCALE_SETTING, "0.01")
    counted_census(session, {EA_20: {"frame": 8_322, "responded": 6_751}})

    progress = queries.progress_of(session, HQ, at=NOON)

    assert progress.scale == "0.01"
    assert progress.total.thresholds == {50: 5_430, 75: 6_270, 100: 7_100}


def test_rates_without_a_denominator_do_not_exist(session):
    counted_census(session, {EA_20: {"frame": 0}})

    rates = queries.rates_of(session, HQ)

    assert [rates[letter] for letter in ("I", "P", "R", "NC", "O", "UH", "UO", "NE")] == [0] * 8
    assert {value for name, value in rates.items() if name[-1].isdigit()} == {None}
    assert rates["e"] is None


def test_the_rates_of_an_area_are_those_of_the_published_example(session):
    ended = {"complete": 4, "partial": 2, "refusal": 1, "non_contact": 1, "other": 1}
    unknown = {"unknown_household": 1, "unknown_other": 1, "not_eligible": 1}
    counted_census(session, {EA_20: {"frame": 12, **ended, **unknown}, EA_21: {"frame": 0}})

    rates = queries.rates_of(session, HQ, "20")

    assert {name: rates[name] for name in ("I", "P", "NE")} == {"I": 4, "P": 2, "NE": 1}
    assert float(rates["e"]) == 0.9
    assert round(float(rates["RR4"]), 3) == 0.556


def test_the_pilots_result_stands_at_level_75_and_lacks_34_702_households(session):
    pilot(session, ANSWERED)
    state(session, Condition.PROTOTYPE, Condition.TRANSFER)

    found = queries.indicator_standing(session)

    assert (found.standing.level, found.standing.gaps[100]) == (75, 34_702)
    assert float(found.standing.interpolated) == pytest.approx(89.6114, abs=1e-4)
    assert found.standing.score == 75
    assert (found.planning_base, found.frame) == (835_040, 832_173)
    assert found.standing.warning is None


def test_the_percentage_alone_raises_a_warning(session):
    pilot(session, {EA_20: 428_641, EA_21: 196_359})
    state(session, *Condition)

    found = queries.indicator_standing(session)

    assert found.responded == 625_000
    assert float(found.response_rate) > 0.75
    assert (found.standing.level, found.standing.warning) == (
        50,
        "kpi.percent_passes_count_fails",
    )


def test_of_two_statements_on_a_condition_the_later_one_holds(session):
    state(session, *Condition)
    state(session, Condition.PLAN, holds=False, at=datetime(2021, 2, 11, tzinfo=UTC))

    assert queries.conditions_now(session) == {
        Condition.PROTOTYPE: True,
        Condition.TRANSFER: True,
        Condition.PLAN: False,
    }


def test_the_series_has_a_row_for_every_day_from_the_first_to_today(session):
    pilot(session)
    add_period(session, 1, ends_on=date(2021, 1, 15), decided_on=date(2020, 10, 1))
    set_census_clock(session, shows=datetime(2020, 12, 3, 5, tzinfo=UTC), at=NOON)
    add_day(session, EA_20, date(2020, 12, 1), responded=7, face_to_face=5, mail=2)
    add_day(session, EA_21, date(2020, 12, 1), responded=1, internet=1)
    add_day(session, EA_20, date(2020, 12, 3), responded=2, approved=6, internet=2)

    days = queries.series_of(session, HQ, at=NOON)

    assert [day.on.day for day in days] == [1, 2, 3]
    assert [day.counts["responded"] for day in days] == [8, 0, 2]
    assert [day.cumulative["responded"] for day in days] == [8, 8, 10]
    assert [day.cumulative["approved"] for day in days] == [0, 0, 6]
    assert days[0].by_mode == {
        "face_to_face": 5,
        "drop_off": 0,
        "mail": 2,
        "internet": 1,
        "telephone": 0,
    }


def test_the_series_of_a_part_is_planned_towards_its_own_share(session):
    pilot(session)
    add_period(session, 1, ends_on=date(2021, 1, 15), decided_on=date(2020, 10, 1))
    add_period(session, 2, ends_on=date(2021, 2, 28), decided_on=date(2021, 1, 8))
    set_census_clock(session, shows=datetime(2021, 1, 8, 5, tzinfo=UTC), at=NOON)

    days = queries.series_of(session, passing_actor(Role.PROVINCE, ["20"]), at=NOON)

    share = 365_603
    assert days[0].planned == round(share / 46)
    assert days[-2].planned == round(share * 38 / 46)
    assert days[-1].planned == round(share * 39 / 90)


def test_the_series_ends_with_the_field_period_unless_something_came_later(session):
    pilot(session)
    add_period(session, 1, ends_on=date(2021, 1, 15), decided_on=date(2020, 10, 1))
    set_census_clock(session, shows=datetime(2021, 3, 1, 5, tzinfo=UTC), at=NOON)

    ended = queries.series_of(session, HQ, at=NOON)
    add_day(session, EA_20, date(2021, 1, 20), approved=1)
    later = queries.series_of(session, HQ, at=NOON)

    assert ended[-1].on == date(2021, 1, 15)
    assert later[-1].on == date(2021, 1, 20)
    assert (later[-1].planned, later[-1].cumulative["approved"]) == (709_790, 1)


def test_without_a_field_period_and_without_responses_there_are_no_days(session):
    pilot(session)

    assert queries.series_of(session, HQ, at=NOON) == []


def test_the_areas_above_are_those_that_the_reader_may_open(session):
    counted_census(session, SMALL)
    supervisor = passing_actor(Role.SUPERVISOR, ["2001"])
    area = queries.scope_of(session, supervisor, "22001011001").area

    assert [above.code for above in queries.areas_above(session, supervisor, area)] == [
        "2001",
        "200101",
    ]
    assert [above.code for above in queries.areas_above(session, HQ, area)] == [
        "TH",
        "20",
        "2001",
        "200101",
    ]


def test_the_pilots_provinces_are_its_whole_frame():
    assert sum(PILOT.values()) == 832_173
