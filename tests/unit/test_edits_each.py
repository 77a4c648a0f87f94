"""Every one of the 86 rules fires on its fault, and stays silent where there is none."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from census.collection.codelists import Mode, Severity
from census.collection.edits import CATALOGUE, judge
from census.collection.edits.areas import (
    AreaFacts,
    far_from_register,
    high_vacancy,
    province_facts,
    unusual_mean_size,
    unusual_sex_ratio,
    whipple_index,
    written,
)
from census.collection.instances.answers import HouseholdAnswers, Override
from tests.factories.edit_cases import CONTEXT, PAIRS, area

ON_A_RECORD = [
    edit for edit, (broken, _) in PAIRS.items() if isinstance(broken.subject, HouseholdAnswers)
]
HARD = [edit for edit in ON_A_RECORD if CATALOGUE[edit].severity is Severity.HARD]
SOFT = [edit for edit in ON_A_RECORD if CATALOGUE[edit].severity is Severity.SOFT]


def test_every_rule_of_the_catalogue_has_its_cases_and_there_are_86():
    groups = Counter(edit[2] for edit in PAIRS)

    assert list(PAIRS) == list(CATALOGUE)
    assert groups == {"I": 10, "H": 22, "P": 46, "X": 8}
    assert len(PAIRS) == 86


@pytest.mark.parametrize("edit", PAIRS)
def test_a_rule_fires_on_its_fault(edit):
    assert PAIRS[edit][0].breaks(edit)


@pytest.mark.parametrize("edit", PAIRS)
def test_a_rule_is_silent_without_its_fault(edit):
    assert not PAIRS[edit][1].breaks(edit)


@pytest.mark.parametrize("edit", HARD)
@pytest.mark.parametrize("mode", [Mode.DROP_OFF, Mode.MAIL])
def test_on_paper_every_hard_rule_is_soft_and_a_reason_is_enough(edit, mode):
    answers, context = PAIRS[edit][0]
    on_paper = replace(context, mode=mode)

    found = [each for each in judge(answers, on_paper) if each.edit == edit]
    explained = replace(
        answers, overrides=tuple(Override(edit, each.person, "so it is") for each in found)
    )

    assert {each.severity for each in found} == {Severity.SOFT}
    assert not any(each.overridden for each in found)
    assert all(each.overridden for each in judge(explained, on_paper) if each.edit == edit)


@pytest.mark.parametrize("edit", HARD)
def test_no_reason_overrides_a_hard_finding_in_the_field(edit):
    answers, context = PAIRS[edit][0]
    explained = replace(
        answers, overrides=tuple(Override(edit, person, "so it is") for person in (None, 1, 2, 3))
    )

    found = [each for each in judge(explained, context) if each.edit == edit]

    assert {each.severity for each in found} == {Severity.HARD}
    assert not any(each.overridden for each in found)


@pytest.mark.parametrize("edit", SOFT)
def test_a_soft_finding_waits_for_a_reason_and_stays_on_record_with_it(edit):
    answers, context = PAIRS[edit][0]
    explained = replace(
        answers, overrides=tuple(Override(edit, person, "so it is") for person in (None, 1, 2, 3))
    )

    plain = [each for each in judge(answers, context) if each.edit == edit]
    with_reason = [each for each in judge(explained, context) if each.edit == edit]

    assert plain
    assert not any(each.overridden for each in plain)
    assert with_reason == [replace(each, overridden=True) for each in plain]


def test_whipple_is_100_without_a_preference_and_500_where_every_age_is_a_five():
    assert whipple_index(8, 40) == 100
    assert whipple_index(40, 40) == 500
    assert whipple_index(0, 0) is None


def test_a_province_is_summed_up_over_its_areas():
    sizes = [(20, 40), (20, 60), (40, 120), (5, 50)]
    areas = [
        AreaFacts(
            private_households=households,
            persons_in_private=persons,
            one_person_households=households // 4,
            final=households,
            vacant=1,
        )
        for households, persons in sizes
    ]

    province = province_facts(areas)

    assert province.mean_size == pytest.approx(270 / 85)
    assert province.sd_of_mean_sizes == pytest.approx((1 / 3) ** 0.5)
    assert province.vacancy_share == pytest.approx(4 / 85)
    assert province.one_person_90th_percentile == 0.25


def test_a_percentile_lies_between_two_areas_in_proportion():
    areas = [
        AreaFacts(private_households=100, persons_in_private=200, one_person_households=ones)
        for ones in (10, 20, 30, 40, 50)
    ]

    assert province_facts(areas).one_person_90th_percentile == pytest.approx(0.46)


def test_nothing_is_compared_with_a_province_that_was_not_counted():
    alone = AreaFacts(private_households=50, persons_in_private=500, final=50, vacant=50)

    assert unusual_mean_size(alone) is None
    assert high_vacancy(alone) is None
    assert province_facts([]).mean_size is None
    assert unusual_mean_size(replace(alone, province=province_facts([]))) is None


@pytest.mark.parametrize(
    ("edit", "few"),
    [
        ("E-X02", {"private_households": 19, "persons_in_private": 190}),
        ("E-X03", {"final": 19, "vacant": 19}),
        ("E-X04", {"private_households": 19, "one_person_households": 19}),
        ("E-X05", {"aged_23_to_62": 99, "aged_on_fives": 99}),
        ("E-X06", {"male": 49, "female": 0}),
        ("E-X07", {"registered": 0, "enumerated": 9}),
        ("E-X08", {"records": 9, "records_without_birth": 9}),
    ],
)
def test_too_few_say_nothing(edit, few):
    assert not CATALOGUE[edit].test(area(**few), CONTEXT)


def test_a_measure_passes_the_limit_it_is_nearest_to():
    assert unusual_sex_ratio(area(male=30, female=70)).limit == 60
    assert unusual_sex_ratio(area(male=50, female=0)) == (5000, 160)
    assert unusual_mean_size(area(private_households=100, persons_in_private=99)).limit == 1.0
    assert far_from_register(area(registered=100, enumerated=49)) == (0.51, 0.5)


@pytest.mark.parametrize(
    ("edit", "value", "text"),
    [
        ("E-X01", 1200, "1,200"),
        ("E-X02", 2.345, "2.35"),
        ("E-X03", 0.5, "50.0%"),
        ("E-X05", 250, "250.0"),
        ("E-X07", 1.5, "150.0%"),
    ],
)
def test_a_measure_is_written_in_its_own_unit(edit, value, text):
    assert written(edit, value) == text
