"""The files an office would hand in, written row by row, whatever the scale."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from shapely.geometry import MultiPolygon, Polygon, mapping

from census.demo.households import household_at
from census.demo.plan import Plan

Advance = Callable[[int], None]

ENUMERATION_AREAS = "enumeration_areas.csv"
BOUNDARIES = "boundaries.geojson"
HOUSEHOLDS = "households.csv"
REGISTER = "register.csv"

_OF_AREAS = ("ea_code", "subdistrict_code", "zone", "village", "name", "expected_households")
_OF_HOUSEHOLDS = (
    "household_id",
    "ea_code",
    "house_code",
    "address",
    "latitude",
    "longitude",
    "register_persons",
)
_OF_REGISTER = (
    "house_code",
    "pid",
    "title",
    "first_name",
    "surname",
    "sex",
    "birth_year_be",
    "birth_month",
    "nationality",
)


def write_files(plan: Plan, folder: Path, advance: Advance) -> None:
    """Write every file of the frame; tells how many households it has come through."""
    _write_csv(folder / ENUMERATION_AREAS, _OF_AREAS, _areas(plan))
    _write_boundaries(folder / BOUNDARIES, plan)
    _write_households(folder, plan, advance)


def _write_csv(path: Path, columns: Iterable[str], rows: Iterable[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def _areas(plan: Plan) -> Iterator[tuple[object, ...]]:
    for area in plan.areas:
        yield (
            area.code,
            area.subdistrict_code,
            area.zone,
            area.village,
            area.name,
            area.households,
        )


def _write_boundaries(path: Path, plan: Plan) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"ea_code": area.code},
            "geometry": mapping(MultiPolygon([Polygon(plan.corners[area.code])])),
        }
        for area in plan.areas
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")


def _write_households(folder: Path, plan: Plan, advance: Advance) -> None:
    """Households and register go side by side: each household is made up only once for both."""
    with (
        (folder / HOUSEHOLDS).open("w", encoding="utf-8", newline="") as households_file,
        (folder / REGISTER).open("w", encoding="utf-8", newline="") as register_file,
    ):
        households, register = csv.writer(households_file), csv.writer(register_file)
        households.writerow(_OF_HOUSEHOLDS)
        register.writerow(_OF_REGISTER)
        for area in plan.areas:
            corners = plan.corners[area.code]
            for index in range(area.households):
                made = household_at(area, corners, plan.order.seed, index)
                longitude, latitude = made.position
                households.writerow(
                    (
                        made.id,
                        area.code,
                        made.house_code,
                        made.address,
                        latitude,
                        longitude,
                        len(made.registered),
                    )
                )
                register.writerows(
                    (
                        made.house_code,
                        person.identity_number,
                        person.title,
                        person.first_name,
                        person.surname,
                        person.sex,
                        person.birth_year_be,
                        person.birth_month,
                        person.nationality,
                    )
                    for person in made.registered
                )
            advance(area.households)
