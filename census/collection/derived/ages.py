"""Age groups: five years each, and the two broad groupings in use, each with its label."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

WIDTH = 5
LAST_GROUP_FROM = 85

AGE_GROUPS: tuple[str, ...] = (
    *(f"{first}–{first + WIDTH - 1}" for first in range(0, LAST_GROUP_FROM, WIDTH)),
    f"{LAST_GROUP_FROM}+",
)
"""The five-year groups 0–4 to 80–84, and 85+."""


@dataclass(frozen=True, slots=True)
class BroadGroups:
    """Three broad age groups: the young, those of working age, and the old."""

    name: str
    th: str
    en: str
    working_from: int
    old_from: int

    @property
    def labels(self) -> tuple[str, str, str]:
        """The names of the three groups."""
        working, old = self.working_from, self.old_from
        return f"0–{working - 1}", f"{working}–{old - 1}", f"{old}+"

    def group(self, age: int | None) -> str | None:
        """The label of the group an age belongs to."""
        if age is None:
            return None
        young, working, old = self.labels
        if age < self.working_from:
            return young
        return working if age < self.old_from else old


THAI = BroadGroups("thai", "กลุ่มอายุตามแนวปฏิบัติของไทย", "National convention of Thailand", 15, 60)
INTERNATIONAL = BroadGroups("international", "กลุ่มอายุสากล", "International convention", 15, 65)


@dataclass(frozen=True, slots=True)
class BroadCounts:
    """How many persons are young, of working age, and old, by one of the two groupings."""

    young: int
    working: int
    old: int


def age_group(age: int | None) -> str | None:
    """The five-year group of an age in completed years."""
    return None if age is None else AGE_GROUPS[min(age, LAST_GROUP_FROM) // WIDTH]


def counted(by_age: Mapping[int, int], groups: BroadGroups) -> BroadCounts:
    """Sum up persons by completed year of age into the three broad groups."""
    young = sum(n for age, n in by_age.items() if age < groups.working_from)
    old = sum(n for age, n in by_age.items() if age >= groups.old_from)
    return BroadCounts(young, sum(by_age.values()) - young - old, old)
