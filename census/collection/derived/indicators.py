"""Indicators over many persons, from counts: each with its formula; None where it has no meaning.

Rates are fractions from 0 to 1; ratios are per hundred, as demographers write them. Who is not
known is in no count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from census.collection.derived.ages import BroadCounts
from census.collection.derived.persons import Activity

FIRST_MARRIAGE_GROUPS = range(15, 55, 5)
"""The first ages of the five-year groups that the mean age at marriage is worked out from."""


@dataclass(frozen=True, slots=True)
class DependencyRatios:
    """How many dependants there are for a hundred persons of working age."""

    total: float
    child: float
    old_age: float


def dependency_ratios(counts: BroadCounts) -> DependencyRatios | None:
    """`100 · (young + old) ÷ working`, and its two parts."""
    if not counts.working:
        return None
    child = 100 * counts.young / counts.working
    old_age = 100 * counts.old / counts.working
    return DependencyRatios(child + old_age, child, old_age)


def ageing_index(counts: BroadCounts) -> float | None:
    """The old for a hundred of the young: `100 · old ÷ young`."""
    return 100 * counts.old / counts.young if counts.young else None


def potential_support_ratio(counts: BroadCounts) -> float | None:
    """Persons of working age for each of the old: `working ÷ old`."""
    return counts.working / counts.old if counts.old else None


def sex_ratio(male: int, female: int) -> float | None:
    """Men for a hundred women: `100 · M ÷ F`."""
    return 100 * male / female if female else None


def mean_age(by_age: Mapping[int, int]) -> float | None:
    """The mean age in exact years: `Σ n(x) · (x + ½) ÷ Σ n(x)`.

    Who has completed x years is x and a half on average.
    """
    persons = sum(by_age.values())
    return sum(n * (age + 0.5) for age, n in by_age.items()) / persons if persons else None


def median_age(by_age: Mapping[int, int]) -> float | None:
    """The age that half of the persons are younger than: `x + (N ÷ 2 - F(x)) ÷ n(x)`.

    x is the completed year of age in which half is passed and F(x) how many are younger than x;
    within the year the ages are spread evenly.
    """
    half, younger = sum(by_age.values()) / 2, 0
    for age in sorted(age for age, n in by_age.items() if n):
        if younger + by_age[age] >= half:
            return age + (half - younger) / by_age[age]
        younger += by_age[age]
    return None


def mean_age_at_marriage(never_married: Mapping[int, float]) -> float | None:
    """The singulate mean age at marriage, from shares of the never married by five-year group.

    `SMAM = (15 + 5 · Σ S(15–19 … 45–49) - 50 · S(50)) ÷ (1 - S(50))`, where S(50) is the mean of
    S(45–49) and S(50–54). Hajnal, Age at marriage and proportions marrying, Population Studies
    7(2), 1953; United Nations, Manual X. Keys are the first ages of the groups, 15 to 50.
    """
    if any(first not in never_married for first in FIRST_MARRIAGE_GROUPS):
        return None
    single_at_50 = (never_married[45] + never_married[50]) / 2
    if single_at_50 >= 1:
        return None
    lived_single = 15 + 5 * sum(never_married[first] for first in FIRST_MARRIAGE_GROUPS[:-1])
    return (lived_single - 50 * single_at_50) / (1 - single_at_50)


def employment_rate(activities: Iterable[Activity | None]) -> float | None:
    """The employed over all persons of 15 or more whose activity is known."""
    counts = _counted(activities)
    return counts[Activity.EMPLOYED] / counts.total() if counts.total() else None


def unemployment_rate(activities: Iterable[Activity | None]) -> float | None:
    """The unemployed over the labour force.

    The labour force is the employed, the unemployed and those who wait for the season, as in the
    Labour Force Survey of Thailand.
    """
    counts = _counted(activities)
    labour_force = counts.total() - counts[Activity.OUTSIDE]
    return counts[Activity.UNEMPLOYED] / labour_force if labour_force else None


def mean_years_of_schooling(years: Iterable[int | None]) -> float | None:
    """The mean over those of whom the years are known; published for persons of 15 or more."""
    known = [each for each in years if each is not None]
    return sum(known) / len(known) if known else None


def share_of(flags: Iterable[bool | None]) -> float | None:
    """The share of those for whom something holds, over those of whom it is known.

    For the share of non-Thais, of migrants, of the latent population and of persons with a
    disability.
    """
    known = [flag for flag in flags if flag is not None]
    return sum(known) / len(known) if known else None


def _counted(activities: Iterable[Activity | None]) -> Counter[Activity]:
    return Counter(each for each in activities if each is not None)
