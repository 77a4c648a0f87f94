"""The census itself, as config/census.toml states it: moments, areas, indicator, field periods."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from importlib.resources import files
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the indicator: its score, its share of the planning base, what else it needs."""

    score: int
    share: Fraction
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedPeriod:
    """One revision of the field period, with the decision that made it."""

    revision: int
    starts_on: date
    ends_on: date
    decided_on: date
    reason_th: str
    reason_en: str
    decision_document: str


@dataclass(frozen=True, slots=True)
class CensusSettings:
    """What another country, or another year, would change."""

    name_th: str
    name_en: str
    reference_moment: datetime
    region_digits: tuple[int, ...]
    latitude: tuple[float, float]
    longitude: tuple[float, float]
    planning_base: int
    rounding: int
    counts: str
    levels: tuple[Level, ...]
    province_thresholds: dict[str, dict[int, int]]
    field_periods: tuple[PlannedPeriod, ...]


def load(path: Path | None = None) -> CensusSettings:
    """Read the file, or the one that ships with the project."""
    text = path.read_text("utf-8") if path else _shipped()
    content = tomllib.loads(text, parse_float=Decimal)
    return _settings_in(content)


def _shipped() -> str:
    return files("config").joinpath("census.toml").read_text("utf-8")


def _settings_in(content: dict[str, Any]) -> CensusSettings:
    areas, indicator = content["areas"], content["indicator"]
    south, north = map(float, areas["latitude"])
    west, east = map(float, areas["longitude"])
    return CensusSettings(
        name_th=content["census"]["name_th"],
        name_en=content["census"]["name_en"],
        reference_moment=content["census"]["reference_moment"],
        region_digits=tuple(areas["region_digits"]),
        latitude=(south, north),
        longitude=(west, east),
        planning_base=indicator["planning_base"],
        rounding=indicator["rounding"],
        counts=indicator["counts"],
        levels=tuple(_level_in(entry) for entry in indicator["levels"]),
        province_thresholds=_own_thresholds_in(indicator.get("provinces", {})),
        field_periods=tuple(PlannedPeriod(**entry) for entry in content["field_periods"]),
    )


def _level_in(entry: dict[str, Any]) -> Level:
    return Level(
        score=entry["score"], share=Fraction(entry["share"]), conditions=tuple(entry["conditions"])
    )


def _own_thresholds_in(provinces: dict[str, dict[str, int]]) -> dict[str, dict[int, int]]:
    return {
        province: {int(level): households for level, households in thresholds.items()}
        for province, thresholds in provinces.items()
    }
