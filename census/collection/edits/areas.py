"""Rules on an enumeration area as a whole: its counts against its list, its province, or a norm.

Shares and means of very few households say nothing, so every rule that compares one has a least
number it is applied from; the numbers stand in the constants.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from census.collection.codelists import Severity
from census.collection.derived.indicators import sex_ratio
from census.collection.edits.edit import Context, Edit, Step

FEWEST_HOUSEHOLDS = 20
"""From so many households on a mean or a share of an area is compared with its province."""
FEWEST_AGED_23_TO_62 = 100
"""From so many persons of these ages on an index of age heaping is worth reading."""
FEWEST_RECORDS_OF_AN_ENUMERATOR = 10

SD_AROUND_THE_MEAN = 3
VACANCY_TIMES = 3
POINTS_OVER_90TH_PERCENTILE = 0.15
HEAPED_FROM = 125.0
LEAST_SEX_RATIO, MOST_SEX_RATIO = 60.0, 160.0
FEWEST_FOR_SEX_RATIO = 50
MOST_REGISTER_DIFFERENCE = 0.5
LACKING_BIRTH_FROM = 0.3


@dataclass(frozen=True, slots=True)
class ProvinceFacts:
    """What the areas of a province have in common, to compare each with."""

    mean_size: float | None
    """Persons over private households."""
    sd_of_mean_sizes: float | None
    """The standard deviation of the areas' mean sizes, as of a sample."""
    vacancy_share: float | None
    one_person_90th_percentile: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaFacts:
    """What was counted in one enumeration area, or by one enumerator in it."""

    is_closed: bool = False
    listed: int = 0
    """Households on the list, with those found in the field."""
    final: int = 0
    responded: int = 0
    ineligible: int = 0
    vacant: int = 0
    private_households: int = 0
    """Private households that answered and whose size is known."""
    persons_in_private: int = 0
    one_person_households: int = 0
    male: int = 0
    female: int = 0
    aged_23_to_62: int = 0
    """Persons of the group of areas whose stated age is from 23 to 62."""
    aged_on_fives: int = 0
    """Those of them whose age ends in 0 or 5."""
    registered: int = 0
    """Registered persons of the households whose number of residents is known."""
    enumerated: int = 0
    """The usual residents of the same households."""
    records: int = 0
    """The persons that one enumerator recorded."""
    records_without_birth: int = 0
    province: ProvinceFacts | None = None

    @property
    def mean_size(self) -> float | None:
        """The mean size of the private households that answered."""
        return _share(self.persons_in_private, self.private_households)

    @property
    def one_person_share(self) -> float | None:
        """The share of one-person households among the private ones."""
        return _share(self.one_person_households, self.private_households)

    @property
    def vacancy_share(self) -> float | None:
        """The share of vacant dwellings among the households with a final disposition."""
        return _share(self.vacant, self.final)


class Measured(NamedTuple):
    """What was measured, and the limit it passes."""

    measured: float
    limit: float


Measure = Callable[[AreaFacts], Measured | None]


def whipple_index(on_fives: int, aged_23_to_62: int) -> float | None:
    """Whipple's index: 100 where no age is preferred, 500 where all ages end in 0 or 5.

    `W = 100 · 5 · Σ P(25, 30, …, 60) ÷ Σ P(23 … 62)`. United Nations, Methods of Appraisal of
    Quality of Basic Data for Population Estimates (Manual II), 1955; Shryock and Siegel, The
    Methods and Materials of Demography, chapter 8.
    """
    return 500 * on_fives / aged_23_to_62 if aged_23_to_62 else None


def province_facts(areas: Sequence[AreaFacts]) -> ProvinceFacts:
    """What these areas of one province have in common; an area with too few households says none.

    The 90th percentile lies between the two nearest areas, in proportion (the default of R and of
    PostgreSQL's percentile_cont). The standard deviation is that of a sample.
    """
    compared = [area for area in areas if area.private_households >= FEWEST_HOUSEHOLDS]
    means = [mean for area in compared if (mean := area.mean_size) is not None]
    shares = sorted(share for area in compared if (share := area.one_person_share) is not None)
    return ProvinceFacts(
        mean_size=_share(
            sum(area.persons_in_private for area in areas),
            sum(area.private_households for area in areas),
        ),
        sd_of_mean_sizes=statistics.stdev(means) if len(means) > 1 else None,
        vacancy_share=_share(sum(area.vacant for area in areas), sum(area.final for area in areas)),
        one_person_90th_percentile=_percentile(shares, 0.9),
    )


def incomplete_at_closing(facts: AreaFacts) -> Measured | None:
    """E-X01: a closed area accounts for every household on its list: accepted or not eligible."""
    accounted = facts.responded + facts.ineligible
    if not facts.is_closed or accounted == facts.listed:
        return None
    return Measured(accounted, facts.listed)


def unusual_mean_size(facts: AreaFacts) -> Measured | None:
    """E-X02: the mean size is over three standard deviations of area means from the province's."""
    province, mean = facts.province, facts.mean_size
    if province is None or mean is None or facts.private_households < FEWEST_HOUSEHOLDS:
        return None
    if province.mean_size is None or province.sd_of_mean_sizes is None:
        return None
    reach = SD_AROUND_THE_MEAN * province.sd_of_mean_sizes
    least, most = province.mean_size - reach, province.mean_size + reach
    if least <= mean <= most:
        return None
    return Measured(mean, most if mean > most else least)


def high_vacancy(facts: AreaFacts) -> Measured | None:
    """E-X03: vacant dwellings are over three times as frequent as in the province."""
    province, share = facts.province, facts.vacancy_share
    if province is None or province.vacancy_share is None:
        return None
    if share is None or facts.final < FEWEST_HOUSEHOLDS:
        return None
    return _over(share, VACANCY_TIMES * province.vacancy_share)


def many_one_person_households(facts: AreaFacts) -> Measured | None:
    """E-X04: the share is over the 90th percentile of the province's areas and 15 points more."""
    province, share = facts.province, facts.one_person_share
    if province is None or province.one_person_90th_percentile is None:
        return None
    if share is None or facts.private_households < FEWEST_HOUSEHOLDS:
        return None
    return _over(share, province.one_person_90th_percentile + POINTS_OVER_90TH_PERCENTILE)


def age_heaping(facts: AreaFacts) -> Measured | None:
    """E-X05: Whipple's index of the group of areas, which are those of one subdistrict."""
    if facts.aged_23_to_62 < FEWEST_AGED_23_TO_62:
        return None
    index = whipple_index(facts.aged_on_fives, facts.aged_23_to_62)
    return None if index is None else _over(index, HEAPED_FROM)


def unusual_sex_ratio(facts: AreaFacts) -> Measured | None:
    """E-X06: men per hundred women; where there is no woman the ratio is over every limit."""
    if facts.male + facts.female < FEWEST_FOR_SEX_RATIO:
        return None
    ratio = sex_ratio(facts.male, facts.female)
    if ratio is None:
        return Measured(100.0 * facts.male, MOST_SEX_RATIO)
    if ratio < LEAST_SEX_RATIO:
        return Measured(ratio, LEAST_SEX_RATIO)
    return _over(ratio, MOST_SEX_RATIO)


def far_from_register(facts: AreaFacts) -> Measured | None:
    """E-X07: the same households have over half more, or half fewer, residents than registered.

    `|enumerated - registered| ÷ registered`, over the households whose residents are known.
    """
    if not facts.registered:
        return None
    difference = abs(facts.enumerated - facts.registered) / facts.registered
    return _over(difference, MOST_REGISTER_DIFFERENCE)


def birth_often_missing(facts: AreaFacts) -> Measured | None:
    """E-X08: thirty in a hundred of an enumerator's persons have no year of birth."""
    if facts.records < FEWEST_RECORDS_OF_AN_ENUMERATOR:
        return None
    share = facts.records_without_birth / facts.records
    return Measured(share, LACKING_BIRTH_FROM) if share >= LACKING_BIRTH_FROM else None


def _over(measured: float, limit: float) -> Measured | None:
    return Measured(measured, limit) if measured > limit else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _percentile(ordered: Sequence[float], fraction: float) -> float | None:
    if not ordered:
        return None
    place = (len(ordered) - 1) * fraction
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _edit(id_: str, th: str, en: str, measure: Measure) -> Edit[AreaFacts]:
    def passes_its_limit(facts: AreaFacts, context: Context) -> bool:
        return measure(facts) is not None

    return Edit(id_, Severity.QUERY, Step.ACROSS_RECORDS, th, en, passes_its_limit)


_RULES: tuple[tuple[str, str, str, Measure], ...] = (
    ("E-X01", "จำนวนงานไม่ครบตามบัญชีเขต", "EA not complete", incomplete_at_closing),
    ("E-X02", "ขนาดครัวเรือนเฉลี่ยผิดปกติ", "Unusual mean size in EA", unusual_mean_size),
    ("E-X03", "บ้านว่างสูงผิดปกติ", "High vacancy share", high_vacancy),
    ("E-X04", "ครัวเรือน 1 คนสูงผิดปกติ", "Many one-person households", many_one_person_households),
    ("E-X05", "อายุกระจุกที่เลขลงท้าย 0/5", "Age heaping", age_heaping),
    ("E-X06", "อัตราส่วนเพศผิดปกติ", "Unusual sex ratio", unusual_sex_ratio),
    ("E-X07", "จำนวนต่างจากทะเบียนมาก", "Field and register far apart", far_from_register),
    ("E-X08", "วันเกิดว่างมาก", "Birth date often missing", birth_often_missing),
)

EDITS: tuple[Edit[AreaFacts], ...] = tuple(_edit(*rule) for rule in _RULES)

MEASURES: Mapping[str, Measure] = {id_: measure for id_, _, _, measure in _RULES}

OF_ENUMERATORS = frozenset({"E-X08"})
"""Judged of each enumerator of an area instead of the area."""
OF_GROUPS = frozenset({"E-X05"})
"""Judged of the areas of a subdistrict together, and told of each of them."""
AGAINST_PROVINCE = frozenset({"E-X02", "E-X03", "E-X04"})
"""Judged only when the whole province was counted."""


_SHARES = frozenset({"E-X03", "E-X04", "E-X07", "E-X08"})


def written(edit: str, value: float) -> str:
    """A measured value or a limit as people read it: shares in percent, counts whole."""
    if edit in _SHARES:
        return f"{value:.1%}"
    if edit == "E-X02":
        return f"{value:.2f}"
    return f"{value:,.0f}" if edit == "E-X01" else f"{value:,.1f}"


def with_province(facts: AreaFacts, province: ProvinceFacts) -> AreaFacts:
    """The area, to be compared with its province."""
    return replace(facts, province=province)
