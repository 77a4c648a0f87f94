"""Every edit rule by its id: on one record, across records, and on an area as a whole."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from census.collection.edits import (
    any_item,
    areas,
    dwelling,
    elsewhere,
    identification,
    relationships,
    residence,
    sex_and_age,
    structure,
    work,
)
from census.collection.edits.edit import Edit
from census.collection.instances.coverage import Coverage
from census.collection.instances.members import Household, Member
from census.core.locale import Locale

HOUSEHOLD_EDITS: tuple[Edit[Household], ...] = (
    *identification.EDITS,
    *structure.EDITS,
    *dwelling.EDITS,
)
PERSON_EDITS: tuple[Edit[Member], ...] = (
    *sex_and_age.EDITS,
    *relationships.EDITS,
    *residence.EDITS,
    *work.EDITS,
)
ITEM_EDITS: tuple[Edit[Coverage], ...] = any_item.EDITS

_ALL: tuple[Edit[Any], ...] = (
    *HOUSEHOLD_EDITS,
    *PERSON_EDITS,
    *ITEM_EDITS,
    *elsewhere.EDITS,
    *areas.EDITS,
)


def _in_order(edit: Edit[Any]) -> tuple[int, str]:
    """Identification first, then the household, persons and areas, each by number."""
    return "IHPX".index(edit.id[2]), edit.id


CATALOGUE: Mapping[str, Edit[Any]] = MappingProxyType(
    {edit.id: edit for edit in sorted(_ALL, key=_in_order)}
)


def by_universe(
    edits: tuple[Edit[Member], ...],
) -> tuple[tuple[Callable[[Member], bool], tuple[Edit[Member], ...]], ...]:
    """The rules grouped by whom they look at, so that each universe is asked once a person."""
    groups: dict[Callable[[Member], bool], list[Edit[Member]]] = defaultdict(list)
    for edit in edits:
        groups[edit.universe].append(edit)
    return tuple((universe, tuple(members)) for universe, members in groups.items())


def sentence(edit_id: str, locale: Locale) -> str:
    """What a rule says, in the reader's language."""
    return CATALOGUE[edit_id].sentence(locale)
