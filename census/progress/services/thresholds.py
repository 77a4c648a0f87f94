"""Dividing the thresholds of the whole down the area tree, so that the parts add up exactly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from census.core.bulk import insert_rows
from census.core.events import Event
from census.frame.models import EnumerationArea, FrozenCount
from census.frame.rules import COUNTRY_CODE
from census.progress.indicator import indicator, thresholds
from census.progress.models import Threshold
from census.progress.rules.apportionment import apportion_thresholds

Sizes = dict[str, dict[str, int]]
"""Frozen households of each area, grouped by the area above it."""


def apportion_frozen_frame(session: Session, events: Sequence[Event]) -> None:
    """Give every area of each newly frozen version its part of the thresholds."""
    for event in events:
        apportion_version(session, int(event.subject))


def apportion_version(session: Session, version: int) -> None:
    """Divide the thresholds over a frame version: each area among those directly below it."""
    whole = thresholds(session)
    session.execute(delete(Threshold).where(Threshold.frame_version == version))
    sizes = _sizes(session, version)
    rows = list(_rows(version, None, COUNTRY_CODE, whole))
    rows.extend(_divided(version, COUNTRY_CODE, whole, sizes))
    insert_rows(session, Threshold, rows)


def _divided(
    version: int, code: str, of_area: Mapping[int, int], sizes: Sizes
) -> Iterator[dict[str, Any]]:
    """The parts of every area below this one, down to the enumeration areas."""
    below = sizes.get(code, {})
    if not any(below.values()):
        return
    own = indicator().provinces if code == COUNTRY_CODE else None
    for child, parts in apportion_thresholds(of_area, below, own=own).items():
        yield from _rows(version, code, child, parts)
        yield from _divided(version, child, parts, sizes)


def _rows(
    version: int, parent_code: str | None, code: str, parts: Mapping[int, int]
) -> Iterator[dict[str, Any]]:
    for level, households in parts.items():
        yield {
            "frame_version": version,
            "area_code": code,
            "level": level,
            "parent_code": parent_code,
            "households": households,
        }


def _sizes(session: Session, version: int) -> Sizes:
    sizes: Sizes = defaultdict(lambda: defaultdict(int))
    rows = session.execute(
        select(
            EnumerationArea.code,
            EnumerationArea.subdistrict_code,
            EnumerationArea.district_code,
            EnumerationArea.province_code,
            func.coalesce(FrozenCount.households, 0).label("households"),
        )
        .join(FrozenCount, FrozenCount.ea_code == EnumerationArea.code)
        .where(FrozenCount.version == version, EnumerationArea.is_practice.is_(False))
    )
    for row in rows:
        path = (
            COUNTRY_CODE,
            row.province_code,
            row.district_code,
            row.subdistrict_code,
            row.code,
        )
        for parent, child in pairwise(path):
            sizes[parent][child] += row.households
    return sizes
