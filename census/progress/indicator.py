"""The indicator as this census defines it; the application hands it over at start."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from sqlalchemy.orm import Session

from census.core import stored_settings
from census.progress.rules.kpi import BelowLowest, ScoreRule
from census.progress.rules.thresholds import LevelRule, scaled_base, thresholds_from_base

PRACTICE_SCALE_SETTING = "practice_scale"
"""Present where the data are synthetic: the share of the whole that they stand for, as a text."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """Planning base, levels and rounding; provinces may have thresholds of their own."""

    planning_base: int
    rounding: int
    levels: tuple[LevelRule, ...]
    counts: str = "responded"
    """What counts towards a level: `responded`, or `approved`."""
    provinces: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    score_rule: ScoreRule = ScoreRule.COUNT
    below_lowest: BelowLowest = BelowLowest.ZERO


class _Defined:
    """The indicator of this process; `connect` fills it."""

    indicator: Indicator | None = None


def connect(indicator: Indicator) -> None:
    """Measure against this indicator from now on."""
    _Defined.indicator = indicator


def indicator() -> Indicator:
    """The indicator in use."""
    if _Defined.indicator is None:
        raise RuntimeError("indicator.connect() has not been called")
    return _Defined.indicator


def practice_scale(session: Session) -> Fraction | None:
    """The scale of practice data, or none where the data are real."""
    scale = practice_scale_text(session)
    return None if scale is None else Fraction(scale)


def practice_scale_text(session: Session) -> str | None:
    """The same as it was asked for, such as 0.01."""
    scale = stored_settings.read(session, PRACTICE_SCALE_SETTING)
    return None if scale is None else str(scale)


def planning_base(session: Session) -> Fraction:
    """The planning base of the data in this database: scaled down for practice data."""
    base = indicator().planning_base
    return scaled_base(base, practice_scale(session) or Fraction(1))


def thresholds(session: Session) -> dict[int, int]:
    """The households each level needs as a whole, by level."""
    defined = indicator()
    return thresholds_from_base(planning_base(session), defined.levels, rounding=defined.rounding)
