"""Who works where: enumerators with one to three areas, supervisors with some seven of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from census.demo.enumeration_areas import SyntheticArea

AREAS_EACH = 3
ENUMERATORS_EACH = 7


@dataclass(frozen=True, slots=True)
class Enumerator:
    """An enumerator of the practice data, and the areas in their hands."""

    username: str
    areas: tuple[SyntheticArea, ...]


@dataclass(frozen=True, slots=True)
class Supervisor:
    """A supervisor, and the codes they answer for: whole districts, or parts of a large one."""

    username: str
    answers_for: tuple[str, ...]
    areas: tuple[SyntheticArea, ...]


@dataclass(frozen=True, slots=True)
class Staff:
    """Everybody who works in the field."""

    enumerators: tuple[Enumerator, ...]
    supervisors: tuple[Supervisor, ...]


def staff_for(areas: Sequence[SyntheticArea]) -> Staff:
    """Divide the areas among as many people as they need; nobody works in two provinces."""
    teams = [team for _, members in groupby(areas, _province) for team in _teams(list(members))]
    loads = [load for _, members in groupby(areas, _district) for load in _loads(list(members))]
    return Staff(
        enumerators=tuple(
            Enumerator(f"enumerator{number}", tuple(load))
            for number, load in enumerate(loads, start=1)
        ),
        supervisors=tuple(
            Supervisor(f"supervisor{number}", _codes(team, areas), tuple(team))
            for number, team in enumerate(teams, start=1)
        ),
    )


def _province(area: SyntheticArea) -> str:
    return area.province.code


def _district(area: SyntheticArea) -> str:
    return area.district_code


def _loads(areas: list[SyntheticArea]) -> Iterator[list[SyntheticArea]]:
    """Areas of one district in even parts of at most three."""
    yield from _even_parts(areas, -(-len(areas) // AREAS_EACH))


def _teams(areas: list[SyntheticArea]) -> Iterator[list[SyntheticArea]]:
    """Areas of one province: small districts together, large ones divided."""
    usual = AREAS_EACH * ENUMERATORS_EACH
    gathered: list[SyntheticArea] = []
    for _, members in groupby(areas, _district):
        district = list(members)
        if len(district) > usual:
            yield from _even_parts(district, -(-len(district) // usual))
            continue
        gathered += district
        if len(gathered) >= usual * 2 // 3:
            yield gathered
            gathered = []
    if gathered:
        yield gathered


def _even_parts(areas: list[SyntheticArea], count: int) -> Iterator[list[SyntheticArea]]:
    for part in range(count):
        yield areas[part * len(areas) // count : (part + 1) * len(areas) // count]


def _codes(team: list[SyntheticArea], areas: Sequence[SyntheticArea]) -> tuple[str, ...]:
    """Districts where the team has all of them, else the enumeration areas themselves."""
    districts = {area.district_code for area in team}
    if sum(area.district_code in districts for area in areas) == len(team):
        return tuple(sorted(districts))
    return tuple(area.code for area in team)
