"""Laying out enumeration areas: about two hundred households each, with a long tail upwards."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from random import Random

from census.demo.chance import chance
from census.demo.districts import District, districts_of
from census.demo.provinces import BY_CODE, PROVINCES, Province, households_at
from census.progress.rules.apportionment import apportion

REGION = 2
USUAL_HOUSEHOLDS = 200
FEWEST_HOUSEHOLDS = 25
"""A district is left out at a small scale rather than given fewer."""

MUNICIPAL, OUTSIDE = 1, 2


class Kind(StrEnum):
    """What most dwellings of an enumeration area are."""

    VILLAGE = "village"
    TOWN = "town"
    ROOMS = "rooms"
    """Dormitories, workers' quarters and flats: many households on little land."""


@dataclass(frozen=True, slots=True)
class SyntheticArea:
    """An enumeration area that is invented; its subdistrict is not."""

    code: str
    subdistrict_code: str
    zone: int
    village: str
    name: str
    kind: Kind
    households: int
    first: int
    """How many households all areas before it have, which makes a number for every household."""

    @property
    def district_code(self) -> str:
        """The district it lies in."""
        return self.subdistrict_code[:4]

    @property
    def province(self) -> Province:
        """The province it lies in."""
        return BY_CODE[self.subdistrict_code[:2]]

    def household_id(self, index: int) -> str:
        """The id of a household, counted from zero."""
        return f"{self.code}-{index + 1:04d}"


def lay_out_areas(
    scale: Fraction, seed: int, subdistricts: Mapping[str, Sequence[str]]
) -> list[SyntheticArea]:
    """Every enumeration area at this scale, by code within district; subdistricts by district."""
    areas: list[SyntheticArea] = []
    for district, households in _districts_with_households(scale):
        first = areas[-1].first + areas[-1].households if areas else 0
        areas += _areas_of(district, households, seed, subdistricts[district.code], first)
    return areas


def _districts_with_households(scale: Fraction) -> Iterator[tuple[District, int]]:
    households = households_at(scale)
    for province in PROVINCES:
        count = households[province.code]
        listed = districts_of(province.code)
        large_first = sorted(listed, key=lambda each: -each.share)
        chosen = set(large_first[: max(1, count // FEWEST_HOUSEHOLDS)])
        kept = [district for district in listed if district in chosen]
        for district, part in zip(kept, _parts(count, kept), strict=True):
            if part:
                yield district, part


def _parts(count: int, districts: Sequence[District]) -> list[int]:
    """Each district's households: the fewest each, and the rest by their shares."""
    floor = min(FEWEST_HOUSEHOLDS, count // len(districts))
    rest = apportion(
        count - floor * len(districts), {district.code: district.share for district in districts}
    )
    return [floor + rest[district.code] for district in districts]


def _areas_of(
    district: District, households: int, seed: int, subdistricts: Sequence[str], first: int
) -> list[SyntheticArea]:
    dice = chance(seed, "areas", district.code)
    count = max(1, round(households / USUAL_HOUSEHOLDS))
    weights = {subdistrict: dice.randint(5, 40) for subdistrict in subdistricts}
    weights[subdistricts[0]] += 30
    numbers: dict[tuple[str, int], int] = {}
    drafts = []
    for subdistrict, part in apportion(count, weights).items():
        for _ in range(part):
            zone = MUNICIPAL if dice.random() < district.municipal else OUTSIDE
            number = numbers[subdistrict, zone] = numbers.get((subdistrict, zone), 0) + 1
            drafts.append((subdistrict, zone, number, _kind(dice, district, zone)))
    drafts.sort(key=lambda draft: draft[:3])
    sizes = _sizes(dice, households, [draft[3] for draft in drafts])
    areas = []
    for (subdistrict, zone, number, kind), size in zip(drafts, sizes, strict=True):
        areas.append(_area(subdistrict, zone, number, kind, size, first))
        first += size
    return areas


def _kind(dice: Random, district: District, zone: int) -> Kind:
    rented = BY_CODE[district.province_code].rented_rooms
    # A large area of rooms holds more households than the others, so fewer of them are needed.
    if dice.random() < rented * (0.65 if zone == MUNICIPAL else 0.35):
        return Kind.ROOMS
    return Kind.TOWN if zone == MUNICIPAL else Kind.VILLAGE


def _sizes(dice: Random, households: int, kinds: Sequence[Kind]) -> list[int]:
    weights = {}
    for position, kind in enumerate(kinds):
        spread = dice.lognormvariate(0, 0.22)
        if kind is Kind.ROOMS:
            spread *= dice.choice((1.0, 1.2, 1.5, 2.0, 4.5))
        weights[str(position)] = max(1, round(1_000 * spread))
    parts = apportion(households, weights)
    return [parts[str(position)] for position in range(len(kinds))]


def _area(
    subdistrict: str, zone: int, number: int, kind: Kind, households: int, first: int
) -> SyntheticArea:
    is_village = zone == OUTSIDE
    village = f"{(number - 1) % 18 + 1:02d}" if is_village else "00"
    place = f"หมู่ที่ {int(village)}" if is_village else "ในเขตเทศบาล"
    return SyntheticArea(
        code=f"{REGION}{subdistrict}{zone}{number:03d}",
        subdistrict_code=subdistrict,
        zone=zone,
        village=village,
        name=f"เขตแจงนับที่ {number} {place}",
        kind=kind,
        households=households,
        first=first,
    )
